// When two end states are one outcome to a fair reader: every change to a row that was there is the
// same, down to each column that counts, and the rows created pair up, entity by entity, alike in all
// but bookkeeping. Bookkeeping is what a tool writes of itself into a row that it creates: the moment,
// and words that no constant of the goal gave it. Other dates, numbers, states and references never are.
import { canonicalJson, type Json } from '../core/json.js';
import { normalForm } from '../core/normal-form.js';
import type { ColumnSchema, StateSchema, TableSchema } from '../emit/emitted-domain.js';
import type { RowChange } from '../../sandbox/guest-api.js';

/** What tells bookkeeping from what counts. */
export interface Books {
  readonly now: string;
  /** Texts that wishes or gold's calls give. */
  readonly texts: ReadonlySet<string>;
}

/** A text that is equal for changes which a fair reader takes for the same. */
export function outcomeOf(schema: StateSchema, changes: readonly RowChange[], books: Books): string {
  const tables = new Map(schema.tables.map((table) => [table.entity, table]));
  const names = new Map(
    changes.filter(({ before }) => before === null).map(({ id, entity }) => [id, `new ${entity}`]),
  );
  const lines = changes.flatMap((change) => {
    const table = tables.get(change.entity);
    return table === undefined ? [] : [describe(table, change, names, books)];
  });
  return lines
    .filter((line) => line !== '')
    .sort()
    .join('\n');
}

/** '' for a row that is as it was in all that counts, or that came and went. */
function describe(
  table: TableSchema,
  { before, after, id }: RowChange,
  names: ReadonlyMap<string, string>,
  books: Books,
): string {
  const columns = table.columns.filter(({ role, match }) => role !== 'key' && match !== 'exempt');
  const spell = (column: ColumnSchema, row: NonNullable<RowChange['after']>): Json => {
    const value = row[column.column] ?? null;
    if (typeof value !== 'string') return value;
    if (column.role === 'reference') return names.get(value) ?? value;
    return column.match === 'semantic' ? normalForm(value) : value;
  };
  if (after === null) return before === null ? '' : canonicalJson([table.entity, id, null]);
  if (before !== null && columns.every((column) => spell(column, before) === spell(column, after))) return '';
  const counted =
    before === null ? columns.filter((column) => !isBookkeeping(column, after, books)) : columns;
  const row = Object.fromEntries(counted.map((column) => [column.column, spell(column, after)]));
  return canonicalJson([table.entity, before === null ? null : id, row]);
}

function isBookkeeping(
  { role, column, schema }: ColumnSchema,
  row: NonNullable<RowChange['after']>,
  { now, texts }: Books,
): boolean {
  const value = row[column] ?? null;
  const isText = [schema['type']].flat().includes('string') && schema['enum'] === undefined;
  if (role !== 'value' || !isText) return false;
  if (value === null || value === now || value === now.slice(0, 10)) return true;
  return schema['format'] === undefined && typeof value === 'string' && !texts.has(value);
}
