// What users know rows by: attributes of a row and of the rows it refers to, and which mentions of a
// text can be a value of each.
import type { Column, Domain, Entity, Type } from '../spec/model.js';
import type { Scalar } from '../policy/talk.js';
import { columnsOf, entityOf, pathOf } from '../policy/belief/path.js';
import type { Mention } from './recover-mentions.js';

/** An attribute by its path from a row, with the column at its end. */
export interface KnownPath {
  readonly path: string;
  readonly column: Column;
  /** Whether the domain's own phrases name rows by it. */
  readonly named: boolean;
}

const depth = 2;
const paths = new WeakMap<Domain, Map<string, readonly KnownPath[]>>();

/** The attributes that a row of the entity is named by: those of phrases first, then the nearest. */
export function knownPaths(domain: Domain, entity: string): readonly KnownPath[] {
  const known = paths.get(domain) ?? new Map<string, readonly KnownPath[]>();
  paths.set(domain, known);
  const found = known.get(entity) ?? collectPaths(domain, entityOf(domain, entity));
  known.set(entity, found);
  return found;
}

function collectPaths(domain: Domain, entity: Entity): readonly KnownPath[] {
  const named = new Set(
    (domain.say.entities[entity.name] ?? []).flatMap(({ slots }) => slots.map(({ path }) => pathOf(path))),
  );
  const all = new Map<string, KnownPath>();
  for (const path of named) {
    const column = columnsOf(domain, entity.name, path)?.at(-1);
    if (column !== undefined) all.set(path, { path, column, named: true });
  }
  for (const known of knownColumns(domain, entity, '', 0)) {
    if (!all.has(known.path)) all.set(known.path, known);
  }
  const steps = (path: string): number => path.split('.').length;
  return [...all.values()].sort(
    (left, right) => Number(right.named) - Number(left.named) || steps(left.path) - steps(right.path),
  );
}

function knownColumns(domain: Domain, entity: Entity, prefix: string, step: number): KnownPath[] {
  return entity.columns.flatMap((column): KnownPath[] => {
    const path = `${prefix}${column.attr}`;
    if (column.role === 'value') return column.known ? [{ path, column, named: false }] : [];
    if (column.role !== 'reference' || column.type.kind !== 'row' || step >= depth) return [];
    return knownColumns(domain, entityOf(domain, column.type.entity), `${path}.`, step + 1);
  });
}

/** What a mention can be as a value of a type, the likeliest first; nothing where it cannot be one. */
export function readingsAs(
  mention: Mention,
  type: Type,
  { attr, pattern }: { readonly attr: string; readonly pattern?: string },
): readonly Scalar[] {
  return mention.readings.flatMap(({ value }): Scalar[] => {
    switch (type.kind) {
      case 'enum':
        return mention.kind === 'member' && typeof value === 'string' && type.of.includes(value)
          ? [value]
          : [];
      case 'date':
      case 'datetime':
        return mention.kind === 'time' && String(value).length > 10 === (type.kind === 'datetime')
          ? [value]
          : [];
      case 'money':
        return mention.kind === 'money' || isAmount(mention) ? [Math.round(Number(value) * 100)] : [];
      case 'int':
      case 'number':
        return isAmount(mention) || mention.kind === 'count' ? [Number(value)] : [];
      case 'string':
      case 'text':
        return isText(mention, String(value), attr, pattern) ? [String(value)] : [];
      default:
        return [];
    }
  });
}

/** Whether digits may be said for a number: also those of a code, if it is no longer than people write numbers. */
function isAmount({ kind, readings }: Mention): boolean {
  return kind === 'amount' || (kind === 'code' && /^[1-9]\d{0,4}$/.test(String(readings[0]?.value)));
}

function isText(mention: Mention, value: string, attr: string, pattern: string | undefined): boolean {
  const isAddress = /mail/.test(attr);
  switch (mention.kind) {
    case 'email':
      return isAddress;
    case 'quoted':
      return pattern === undefined ? !isAddress : new RegExp(pattern, 'u').test(value);
    case 'code':
    case 'amount':
      return pattern !== undefined && new RegExp(pattern, 'u').test(value);
    case 'name':
    case 'capital':
      return pattern === undefined && !isAddress && !/phone/.test(attr);
    case 'time':
    case 'money':
    case 'count':
    case 'member':
      return false;
  }
}
