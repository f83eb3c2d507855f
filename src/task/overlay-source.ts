// Rows of a state with changes laid over them: what a session holds, or what a task lays beside the
// state, without reading the whole of it.
import type { RowSource } from '../spec/evaluate.js';
import type { Row } from '../spec/state.js';
import type { RowChange } from '../../sandbox/guest-api.js';

/** The source as it is after the changes: changed rows in their places, created ones last. */
export function overlaySource(
  source: RowSource,
  keyOf: (entity: string) => string,
  changes: readonly RowChange[],
): RowSource {
  if (changes.length === 0) return source;
  const changed = new Map<string, Map<string, Row | null>>();
  for (const { entity, id, after } of changes) {
    const rows = changed.get(entity) ?? new Map<string, Row | null>();
    changed.set(entity, rows.set(id, after));
  }
  return {
    now: source.now,
    get(entity, id) {
      const row = changed.get(entity)?.get(id);
      return row === undefined ? source.get(entity, id) : (row ?? undefined);
    },
    rows(entity, equals) {
      const own = changed.get(entity);
      if (own === undefined) return source.rows(entity, equals);
      const key = keyOf(entity);
      const before = source.rows(entity, []);
      const there = new Set(before.map((row) => String(row[key])));
      const replaced = before.map((row) => {
        const after = own.get(String(row[key]));
        return after === undefined ? row : after;
      });
      const created = [...own].flatMap(([id, row]) => (there.has(id) ? [] : [row]));
      return [...replaced, ...created].filter((row) => row !== null);
    },
  };
}
