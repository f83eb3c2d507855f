// What differs between two states, row by row, in the form in which a guest reports it; and how a
// patch and the changes of a call after it add up to what the guest sees against its seed state.
import { canonicalJson } from '../core/json.js';
import type { Row, State } from '../spec/state.js';
import type { RowChange } from '../../sandbox/guest-api.js';

/** Keys of the entities, in schema order. */
export type Keys = ReadonlyMap<string, string>;

/** The rows that `after` has otherwise than `before`. Rows kept by identity cost a comparison of pointers. */
export function diffStates(keys: Keys, before: State, after: State): RowChange[] {
  const changes: RowChange[] = [];
  for (const [entity, key] of keys) {
    const old = before.tables[entity] ?? [];
    const fresh = after.tables[entity] ?? [];
    if (old === fresh) continue;
    const byId = new Map(old.map((row) => [String(row[key]), row]));
    for (const row of fresh) {
      const id = String(row[key]);
      const previous = byId.get(id);
      byId.delete(id);
      if (previous === row || (previous !== undefined && sameRow(previous, row))) continue;
      changes.push({ entity, id, before: previous ?? null, after: row });
    }
    for (const [id, row] of byId) changes.push({ entity, id, before: row, after: null });
  }
  return changes;
}

/** The changes of `first`, then `second`, as one list against the state before both. */
export function addChanges(first: readonly RowChange[], second: readonly RowChange[]): RowChange[] {
  const merged = new Map<string, RowChange>();
  for (const change of [...first, ...second]) {
    const place = `${change.entity} ${change.id}`;
    const earlier = merged.get(place);
    merged.set(place, earlier === undefined ? change : { ...change, before: earlier.before });
  }
  return [...merged.values()].filter(isChange);
}

/** One text for equal sets of changes, whatever their order; rows that came back to what they were do not count. */
export function changesText(changes: readonly RowChange[]): string {
  return changes
    .filter(isChange)
    .map((change) => `${change.entity} ${change.id} ${canonicalJson(change.after)}`)
    .sort()
    .join('\n');
}

/** The state with the changes laid over it. */
export function applyChanges(keys: Keys, state: State, changes: readonly RowChange[]): State {
  if (changes.length === 0) return state;
  const tables: Record<string, readonly Row[]> = { ...state.tables };
  for (const [entity, key] of keys) {
    const mine = changes.filter((change) => change.entity === entity);
    if (mine.length === 0) continue;
    const byId = new Map(mine.map((change) => [change.id, change.after]));
    const kept = (tables[entity] ?? []).flatMap((row) => {
      const id = String(row[key]);
      const after = byId.get(id);
      byId.delete(id);
      return after === undefined ? [row] : after === null ? [] : [after];
    });
    tables[entity] = [...kept, ...[...byId.values()].filter((row) => row !== null)];
  }
  return { ...state, tables };
}

function isChange(change: RowChange): boolean {
  if (change.before === null || change.after === null) return change.before !== change.after;
  return !sameRow(change.before, change.after);
}

function sameRow(left: Row, right: Row): boolean {
  const columns = Object.keys(left);
  return (
    columns.length === Object.keys(right).length && columns.every((column) => left[column] === right[column])
  );
}
