// A digest of an end state under the column match policies. Only what differs from the seed state
// enters it. Created rows count by content, not by id: they are renamed to what they say, rounds of
// colour refinement (Weisfeiler–Lehman) telling apart rows that refer to each other.
import { canonicalJson } from '../core/json.js';
import { hashText, type ContentHash } from '../core/hash.js';
import { normalForm } from '../core/normal-form.js';
import type { ColumnSchema, StateSchema, TableSchema } from '../emit/emitted-domain.js';
import type { GuestRow, RowChange } from '../../sandbox/guest-api.js';

/** Digest of `changes`; the empty list gives the digest of the seed state itself. */
export function digestChanges(schema: StateSchema, changes: readonly RowChange[]): ContentHash {
  const tables = new Map(schema.tables.map((table) => [table.entity, table]));
  const created = changes.filter((change) => change.before === null && change.after !== null);
  const labels = new Map(created.map((change) => [change.id, `new ${change.entity}`]));

  const describe = (change: RowChange): string => {
    const table = tables.get(change.entity);
    if (table === undefined) throw new RangeError(`no table of ${change.entity}`);
    return canonicalJson([
      change.entity,
      change.before === null ? null : change.id,
      content(table, change, labels),
    ]);
  };

  for (let round = 0; round < created.length; round++) {
    const next = created.map((change) => [change.id, hashText(describe(change))] as const);
    const before = new Set(labels.values()).size;
    for (const [id, label] of next) labels.set(id, label);
    if (round > 0 && new Set(labels.values()).size === before) break;
  }

  const lines = changes.filter((change) => isChange(tables, change)).map(describe);
  return hashText(lines.sort().join('\n'));
}

/** What of a row is compared: null when it was removed, else its columns but the exempt ones. */
function content(table: TableSchema, change: RowChange, labels: ReadonlyMap<string, string>): unknown {
  const row = change.after;
  if (row === null) return null;
  const columns = table.columns.filter((column) => column.role !== 'key' && column.match !== 'exempt');
  return Object.fromEntries(columns.map((column) => [column.column, compared(column, row, labels)]));
}

const nothingMade: ReadonlyMap<string, string> = new Map();

/** A value as digests compare it; `labels` name created rows by what they say. */
export function compared(
  column: ColumnSchema,
  row: GuestRow,
  labels: ReadonlyMap<string, string> = nothingMade,
): unknown {
  const value = row[column.column] ?? null;
  if (typeof value !== 'string') return value;
  if (column.role === 'reference') return labels.get(value) ?? value;
  return column.match === 'semantic' ? normalForm(value) : value;
}

/** A row that came back to what it was, or changed in exempt columns alone, is no change. */
function isChange(tables: ReadonlyMap<string, TableSchema>, change: RowChange): boolean {
  const { before, after } = change;
  if (before === null || after === null) return before !== after;
  const columns = tables.get(change.entity)?.columns ?? [];
  return columns.some(
    (column) => column.match !== 'exempt' && compared(column, before) !== compared(column, after),
  );
}
