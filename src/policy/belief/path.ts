// Paths of attributes as people mean them: copy.book.title of a loan.
import type { RowSource } from '../../spec/evaluate.js';
import type { Column, Domain, Entity, Expr } from '../../spec/model.js';
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

/** The attributes from a row's variable to a value: copy.book.title of `loan.copy.book.title`; '' for none. */
export function pathOf(expr: Expr): string {
  if (expr.kind !== 'member') return '';
  const before = pathOf(expr.of);
  return before === '' ? expr.attr : `${before}.${expr.attr}`;
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

const longestPath = 3;

/** Paths of references from an entity to the caller's, the shortest first; '' from the caller's own. */
export function pathsToCaller(domain: Domain, start: Entity): string[] {
  const found: string[] = start.name === domain.caller ? [''] : [];
  let open: { readonly entity: string; readonly path: string }[] = [{ entity: start.name, path: '' }];
  for (let length = 1; length <= longestPath; length++) {
    const next: typeof open = [];
    for (const { entity, path } of open) {
      const columns = domain.entities.find((other) => other.name === entity)?.columns ?? [];
      for (const column of columns) {
        if (column.role !== 'reference' || column.type.kind !== 'row') continue;
        const longer = path === '' ? column.attr : `${path}.${column.attr}`;
        if (column.type.entity === domain.caller) found.push(longer);
        else next.push({ entity: column.type.entity, path: longer });
      }
    }
    open = next;
  }
  return found;
}

/** Those of them on which a row is its caller's own: the shortest. "My card" is the one I hold, not one on my account. */
export function nearestPaths(paths: readonly string[]): readonly string[] {
  const lengths = paths.map((path) => path.split('.').length);
  const least = Math.min(...lengths);
  return paths.filter((path, at) => path !== '' && lengths[at] === least);
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
