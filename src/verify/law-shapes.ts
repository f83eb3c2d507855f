// The laws of references and shapes: every id leads to a row, every row fits its columns.
import { isObject, type Json } from '../core/json.js';
import type { GuestState } from '../../sandbox/guest-api.js';
import { count, type Bench, type Breach, type Checks } from './law.js';

/** Every reference of a state leads to a row. */
export function judgeReferences(bench: Bench, state: GuestState, checks: Checks | undefined): Breach | null {
  const ids = new Map(
    bench.emitted.stateSchema.tables.map((table) => [
      table.entity,
      new Set((state.tables[table.entity] ?? []).map((row) => row[table.key])),
    ]),
  );
  for (const table of bench.emitted.stateSchema.tables) {
    for (const { column, to } of table.columns) {
      if (to === undefined) continue;
      for (const row of state.tables[table.entity] ?? []) {
        const id = row[column] ?? null;
        count(checks, 'references');
        if (id === null || ids.get(to)?.has(id)) continue;
        return {
          law: 'references',
          what: `${String(row[table.key])}.${column} names ${String(id)}, which is gone`,
        };
      }
    }
  }
  return null;
}

/** Every row of a state fits its columns. */
export function judgeRows(bench: Bench, state: GuestState, checks: Checks | undefined): Breach | null {
  for (const [entity, rows] of Object.entries(state.tables)) {
    for (const row of rows) {
      count(checks, 'shapes');
      const problem = bench.rows(entity, row);
      if (problem !== null) return { law: 'shapes', what: problem };
    }
  }
  return null;
}

/** Every row inside a result fits its columns. A row is an object that begins with the key of an entity. */
export function judgeShape(bench: Bench, value: Json, checks: Checks | undefined): string | null {
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) {
      const problem = judgeShape(bench, item, checks);
      if (problem !== null) return problem;
    }
    return null;
  }
  if (!isObject(value)) return null;
  const columns = Object.keys(value);
  const table = bench.emitted.stateSchema.tables.find(
    (one) => columns[0] === one.key && columns.length === one.columns.length,
  );
  if (table === undefined) {
    for (const field of Object.values(value)) {
      const problem = judgeShape(bench, field, checks);
      if (problem !== null) return problem;
    }
    return null;
  }
  count(checks, 'shapes');
  return bench.rows(table.entity, value as GuestState['tables'][string][number]);
}
