// Rows laid beside the seed state when a session opens. They belong to its start, so that a diff and a
// digest count only what was done since.
import { canonicalJson } from '../core/json.js';
import type { StateSchema } from '../emit/emitted-domain.js';
import type { GuestRow, RowChange } from '../../sandbox/guest-api.js';
import type { LaidRow } from './world.js';

export interface Laid {
  /** As changes that a patch makes. */
  readonly changes: readonly RowChange[];
  readonly rows: ReadonlyMap<string, { readonly entity: string; readonly row: GuestRow }>;
}

/** Names each row by its key. */
export function layRows(schema: StateSchema, laid: readonly LaidRow[]): Laid {
  const keys = new Map(schema.tables.map(({ entity, key }) => [entity, key]));
  const rows = new Map(laid.map(({ entity, row }) => [String(row[keys.get(entity) ?? '']), { entity, row }]));
  const changes = [...rows].map(([id, { entity, row }]) => ({ entity, id, before: null, after: row }));
  return { changes, rows };
}

/** The changes that were made after the rows were laid. */
export function sinceLaid({ rows }: Laid, changes: readonly RowChange[]): readonly RowChange[] {
  if (rows.size === 0) return changes;
  const there = new Set(changes.map(({ id }) => id));
  const later = changes.flatMap((change): RowChange[] => {
    const laid = rows.get(change.id);
    if (laid === undefined) return [change];
    const same = canonicalJson(laid.row) === canonicalJson(change.after);
    return same ? [] : [{ ...change, before: laid.row }];
  });
  const removed = [...rows].filter(([id]) => !there.has(id));
  return [...later, ...removed.map(([id, { entity, row }]) => ({ entity, id, before: row, after: null }))];
}
