// The seed rows of a table, shared by all sessions, with an index per column: on reference columns
// from the start, on another when it is first asked for.
import type { TableInfo } from './module-types.js';
import type { Row, Value } from './rows.js';

/** Some seed rows, ascending by position. */
export interface Bucket {
  readonly rows: Row[];
  readonly positions: number[];
}

export interface SeedTable {
  readonly info: TableInfo;
  readonly rows: readonly Row[];
  readonly byId: ReadonlyMap<string, Row>;
  readonly positions: ReadonlyMap<string, number>;
  /** Rows ever created when the session starts. */
  readonly created: number;
  bucket(column: string, value: Value): Bucket | undefined;
}

export function createSeedTable(info: TableInfo, rows: readonly Row[], created: number): SeedTable {
  const byId = new Map<string, Row>();
  const positions = new Map<string, number>();
  rows.forEach((row, position) => {
    const id = row[info.key];
    if (typeof id !== 'string' || byId.has(id)) throw new Error(`${info.entity}: bad or double id`);
    byId.set(id, row);
    positions.set(id, position);
  });
  const indexes = new Map<string, Map<Value, Bucket>>();
  const index = (column: string): Map<Value, Bucket> => {
    const made = buildIndex(rows, column);
    indexes.set(column, made);
    return made;
  };
  for (const column of Object.keys(info.references)) index(column);
  const bucket = (column: string, value: Value): Bucket | undefined =>
    (indexes.get(column) ?? index(column)).get(value);
  return { info, rows, byId, positions, created, bucket };
}

function buildIndex(rows: readonly Row[], column: string): Map<Value, Bucket> {
  const index = new Map<Value, Bucket>();
  rows.forEach((row, position) => {
    const value = row[column] ?? null;
    const bucket = index.get(value);
    if (bucket === undefined) index.set(value, { rows: [row], positions: [position] });
    else {
      bucket.rows.push(row);
      bucket.positions.push(position);
    }
  });
  return index;
}
