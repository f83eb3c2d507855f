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
    const column: Column | undefined = at === null ? undefined : attributeOf(entityOf(domain, at), attr);
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
    const column = attributeOf(entityOf(domain, at.entity), attr);
    const value = column === undefined ? undefined : source.get(at.entity, at.id)?.[column.column];
    if (index === attrs.length - 1 || value === undefined) return value;
    if (typeof value !== 'string' || column?.type.kind !== 'row') return undefined;
    at = { entity: column.type.entity, id: value };
  }
  return undefined;
}

export function entityOf(domain: Domain, name: string): Entity {
  return must(
    domain.entities.find((entity) => entity.name === name),
    `entity ${name}`,
  );
}

function attributeOf(entity: Entity, attr: string): Column | undefined {
  return entity.columns.find((column) => column.attr === attr || (attr === 'id' && column.role === 'key'));
}
