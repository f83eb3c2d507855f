// Paths of attributes as people mean them: copy.book.title of a loan.
import type { RowSource } from '../../spec/evaluate.js';
import type { Column, Domain, Entity } from '../../spec/model.js';
import type { Value } from '../../spec/state.js';
import { must } from '../../core/errors.js';

/** The columns along a path, or null when it is none of the entity. */
export function columnsOf(domain: Domain, entity: string, path: string): readonly Column[] | null {
  const columns: Column[] = [];
  let at: string | null = entity;
  for (const attr of path.split('.')) {
    const column: Column | undefined = at === null ? undefined : attributeOf(domain, at, attr);
    if (column === undefined) return null;
    columns.push(column);
    at = column.type.kind === 'row' ? column.type.entity : null;
  }
  return columns;
}

/** The value at the end of a path from a row, or undefined where the way there is null. */
export function follow(
  domain: Domain,
  source: RowSource,
  entity: string,
  id: string,
  path: string,
): Value | undefined {
  let at = { entity, id };
  const attrs = path.split('.');
  for (const [index, attr] of attrs.entries()) {
    const column = attributeOf(domain, at.entity, attr);
    const value = column === undefined ? undefined : source.get(at.entity, at.id)?.[column.column];
    if (index === attrs.length - 1 || value === undefined) return value;
    if (typeof value !== 'string' || column?.type.kind !== 'row') return undefined;
    at = { entity: column.type.entity, id: value };
  }
  return undefined;
}

export function entityOf(domain: Domain, name: string): Entity {
  return must(entriesOf(domain).get(name), `entity ${name}`).entity;
}

function attributeOf(domain: Domain, entity: string, attr: string): Column | undefined {
  return must(entriesOf(domain).get(entity), `entity ${entity}`).columns.get(attr);
}

interface Entry {
  readonly entity: Entity;
  /** By attribute; the key also as `id`. */
  readonly columns: ReadonlyMap<string, Column>;
}

const indexes = new WeakMap<Domain, ReadonlyMap<string, Entry>>();

function entriesOf(domain: Domain): ReadonlyMap<string, Entry> {
  const known = indexes.get(domain);
  if (known !== undefined) return known;
  const index = new Map(
    domain.entities.map((entity) => {
      const key = entity.columns
        .filter(({ role }) => role === 'key')
        .map((column) => ['id', column] as const);
      const columns = new Map([...key, ...entity.columns.map((column) => [column.attr, column] as const)]);
      return [entity.name, { entity, columns }] as const;
    }),
  );
  indexes.set(domain, index);
  return index;
}
