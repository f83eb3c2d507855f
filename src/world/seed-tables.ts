// The rows of a state that is being seeded: written in place, with indexes that follow, so that
// invariants can be judged again after each change at the price of what changed.
import { must } from '../core/errors.js';
import type { Equality, RowSource } from '../spec/evaluate.js';
import type { Entity } from '../spec/model.js';
import type { Row, State, Value } from '../spec/state.js';

export interface SeedTables extends RowSource {
  /** All ids of an entity, those of rows not yet drawn too. */
  ids(entity: string): readonly string[];
  put(entity: string, row: Row): void;
  /** Whether another row has the value. */
  isTaken(entity: string, column: string, value: Value, except: string): boolean;
  /** The equality, of those hinted, that leaves the fewest rows. */
  narrowest(entity: string, equals: readonly Equality[]): Equality | undefined;
  state(): State;
}

interface Table {
  readonly entity: Entity;
  readonly ids: readonly string[];
  readonly place: ReadonlyMap<string, number>;
  readonly rows: Map<string, Row>;
  readonly indexes: Map<string, Map<Value, Set<string>>>;
}

/** Empty tables for entities whose ids are known. */
export function seedTables(
  now: string,
  entities: readonly (readonly [Entity, readonly string[]])[],
): SeedTables {
  const tables = new Map(
    entities.map(([entity, ids]): [string, Table] => [
      entity.name,
      { entity, ids, place: new Map(ids.map((id, at) => [id, at])), rows: new Map(), indexes: new Map() },
    ]),
  );
  const table = (name: string): Table => must(tables.get(name), `table ${name}`);
  const having = (name: string, { column, value }: Equality): ReadonlySet<string> =>
    indexOf(table(name), column).get(value) ?? new Set<string>();
  const narrowest = (name: string, equals: readonly Equality[]): Equality | undefined =>
    equals.reduce<Equality | undefined>(
      (best, next) =>
        best !== undefined && having(name, best).size <= having(name, next).size ? best : next,
      undefined,
    );
  return {
    now,
    ids: (name) => table(name).ids,
    get: (name, id) => table(name).rows.get(id),
    rows: (name, equals) => {
      const one = table(name);
      const best = narrowest(name, equals);
      return inOrder(one, best === undefined ? one.rows.keys() : having(name, best));
    },
    narrowest,
    isTaken: (name, column, value, except) => {
      const found = having(name, { column, value });
      return found.size > 1 || (found.size === 1 && !found.has(except));
    },
    put: (name, row) => put(table(name), row),
    state: () => ({
      now,
      tables: mapTables(tables, (one) => inOrder(one, one.rows.keys())),
      created: mapTables(tables, (one) => one.rows.size),
    }),
  };
}

function put(table: Table, row: Row): void {
  const id = String(row[table.entity.key]);
  const before = table.rows.get(id);
  table.rows.set(id, row);
  for (const [column, index] of table.indexes) {
    if (before !== undefined) index.get(before[column] ?? null)?.delete(id);
    addTo(index, row[column] ?? null, id);
  }
}

function indexOf(table: Table, column: string): Map<Value, Set<string>> {
  let index = table.indexes.get(column);
  if (index === undefined) {
    index = new Map();
    for (const [id, row] of table.rows) addTo(index, row[column] ?? null, id);
    table.indexes.set(column, index);
  }
  return index;
}

function addTo(index: Map<Value, Set<string>>, value: Value, id: string): void {
  const ids = index.get(value);
  if (ids === undefined) index.set(value, new Set([id]));
  else ids.add(id);
}

function inOrder(table: Table, ids: Iterable<string>): readonly Row[] {
  const place = (id: string): number => table.place.get(id) ?? 0;
  return [...ids].sort((a, b) => place(a) - place(b)).map((id) => must(table.rows.get(id), id));
}

function mapTables<T>(
  tables: ReadonlyMap<string, Table>,
  value: (table: Table) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries([...tables].map(([name, table]) => [name, value(table)]));
}
