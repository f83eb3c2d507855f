// A copy of a row with one thing about it changed: a value of its own, whose it is, or something that
// it refers to, in which case that is another row or a changed copy. What has to be unique is new.
import { formatId } from '../core/id.js';
import type { Rng } from '../core/rng.js';
import { follow } from '../policy/belief/path.js';
import type { Scalar } from '../policy/talk.js';
import type { Column, Entity } from '../spec/model.js';
import type { Row } from '../spec/state.js';
import type { LaidRow } from '../world/world.js';
import { entityNamed, type Ground } from './ground.js';
import { belongsTo, freshValue, nearValue } from './near-value.js';

/** Copies in the making. */
export interface Cloning {
  readonly ground: Ground;
  readonly rng: Rng;
  /** Whose a row becomes that is somebody else's in the copy. */
  readonly other: string;
  readonly rows: LaidRow[];
}

/** Ids of copies lie beyond any that a talk creates, and in the first round of the ids' digits. */
const firstOrdinal = 45_000;
const lastOrdinal = 89_999;
const rowsTried = 10;
/** Chance that a copy refers to another row that is there, rather than to a copy. */
const repoints = 0.6;
/** Chance that a copy that only comes along differs in something, too. */
const varies = 0.5;

/** Copies a row, with what stands at the end of the path changed; the copy's id, or null. */
export function cloneRow(
  cloning: Cloning,
  entityName: string,
  id: string,
  path: readonly string[],
): string | null {
  const { ground, rng } = cloning;
  const entity = entityNamed(ground, entityName);
  const row = ground.source.get(entityName, id);
  const fresh = row === undefined ? null : freshId(cloning, entity);
  if (row === undefined || fresh === null) return null;
  const copy: Record<string, Scalar> = { ...row, [entity.key]: fresh };
  const [head, ...rest] = path.length === 0 && rng.chance(varies) ? vary(entity, rng) : path;
  const changed = entity.columns.find(({ attr }) => attr === head);
  if (changed !== undefined) {
    const value = changedValue(cloning, entity, changed, copy, rest);
    if (value === null) return null;
    copy[changed.column] = value;
  }
  for (const column of entity.columns) {
    if (column === changed || column.role === 'key') continue;
    const value = copiedValue(cloning, entity, column, changed, copy);
    if (value === undefined) return null;
    copy[column.column] = value;
  }
  cloning.rows.push({ entity: entityName, row: copy });
  return fresh;
}

function changedValue(
  cloning: Cloning,
  entity: Entity,
  column: Column,
  row: Row,
  rest: readonly string[],
): Scalar {
  const { ground, rng, other } = cloning;
  if (column.role !== 'reference' || column.type.kind !== 'row') {
    return rest.length > 0 ? null : nearValue(entity, column, row, ground.source.now, rng);
  }
  if (rest.length === 0) return column.type.entity === ground.domain.caller ? other : null;
  const target = row[column.column];
  if (typeof target !== 'string') return null;
  const existing =
    column.distinct === true || !rng.chance(repoints)
      ? null
      : otherRow(cloning, column.type.entity, target, rest);
  return existing ?? cloneRow(cloning, column.type.entity, target, rest);
}

/** What the copy holds in a column that is not the one to change; undefined where that cannot be had. */
function copiedValue(
  cloning: Cloning,
  entity: Entity,
  column: Column,
  changed: Column | undefined,
  row: Row,
): Scalar | undefined {
  const { ground, rng } = cloning;
  const value = row[column.column] ?? null;
  if (value === null) return null;
  if (column.role === 'reference') {
    if (column.distinct !== true || column.type.kind !== 'row') return value;
    return cloneRow(cloning, column.type.entity, String(value), []) ?? undefined;
  }
  const goesWith = changed !== undefined && belongsTo(entity, column, changed);
  if (!column.unique && !goesWith) return value;
  const fresh = column.unique
    ? nearValue(entity, column, row, ground.source.now, rng)
    : freshValue(entity, column, row, ground.source.now, rng);
  return fresh ?? (column.unique ? undefined : null);
}

/** A row in the place of another, in the same state where it has one, that differs at the end of the path. */
function otherRow(cloning: Cloning, entity: string, id: string, path: readonly string[]): string | null {
  const { ground, rng, other } = cloning;
  const { domain, source } = ground;
  const ids = ground.ids.get(entity) ?? [];
  const at = path.join('.');
  const [was, state] = [follow(domain, source, entity, id, at), source.get(entity, id)?.['status']];
  const belongs = ground.owners.get(id)?.includes(String(was)) === true;
  for (let attempt = 0; attempt < rowsTried && ids.length > 0; attempt++) {
    const found = rng.pick(ids);
    const value = follow(domain, source, entity, found, at);
    const differs = belongs ? value === other : value !== undefined && value !== null && value !== was;
    if (differs && source.get(entity, found)?.['status'] === state) return found;
  }
  return null;
}

/** Something that can be said of the row, to differ in. */
function vary(entity: Entity, rng: Rng): readonly string[] {
  const sayable = entity.columns.filter(({ known, role, unique }) => known && role === 'value' && !unique);
  return sayable.length === 0 ? [] : [rng.pick(sayable).attr];
}

function freshId({ ground, rng, rows }: Cloning, entity: Entity): string | null {
  const table = ground.world.domain.stateSchema.tables.find((one) => one.entity === entity.name);
  if (table === undefined) return null;
  for (;;) {
    const id = formatId(table.ids, rng.int(firstOrdinal, lastOrdinal));
    const taken = rows.some(({ row }) => row[entity.key] === id);
    if (!taken && ground.source.get(entity.name, id) === undefined) return id;
  }
}
