// Which rows a tool's result shows. A row is recognised by its columns, since results carry rows as
// they are; a bare id, or a reference inside another row, does not show the row it points to.
import { isObject, type Json, type JsonObject } from '../core/json.js';
import type { StateSchema, TableSchema } from '../emit/emitted-domain.js';
import type { Scalar } from './talk.js';

/** A row inside a result, with its entity and id. */
export interface ShownRow {
  readonly entity: string;
  readonly id: string;
}

/** The rows in a result, in order of appearance, repeats included. */
export function rowsIn(schema: StateSchema, value: Json): ShownRow[] {
  const shown: ShownRow[] = [];
  collect(schema.tables, value, (entity, id) => void shown.push({ entity, id }), undefined);
  return shown;
}

/** The rows that a result is or has as fields: those that a call is about, not what they hold. */
export function shownRows({ tables }: StateSchema, value: Json): ShownRow[] {
  if (!isObject(value)) return [];
  const rows = tables.some((table) => isRow(table, value)) ? [value] : Object.values(value);
  return rows.flatMap((row) => {
    const table = tables.find((one) => isObject(row) && isRow(one, row));
    const id = table === undefined || !isObject(row) ? undefined : row[table.key];
    return table !== undefined && typeof id === 'string' ? [{ entity: table.entity, id }] : [];
  });
}

/** What to do with a row of a result, and with a value in it that stands in no row. */
export type SeeRow = (entity: string, id: string, row: JsonObject) => void;
export type SeeValue = (value: Scalar) => void;

/** Looks at everything that a result shows. */
export function lookThrough(schema: StateSchema, value: Json, seeRow: SeeRow, seeValue: SeeValue): void {
  collect(schema.tables, value, seeRow, undefined, seeValue);
}

/** Returns the table of the value, which the next item of a list most likely shares. */
function collect(
  tables: readonly TableSchema[],
  value: Json,
  seeRow: SeeRow,
  likely: TableSchema | undefined,
  seeValue?: SeeValue,
): TableSchema | undefined {
  if (Array.isArray(value)) {
    let last: TableSchema | undefined;
    for (const item of value as readonly Json[]) last = collect(tables, item, seeRow, last, seeValue);
    return undefined;
  }
  if (!isObject(value)) {
    seeValue?.(value as Scalar);
    return undefined;
  }
  const table =
    likely !== undefined && isRow(likely, value) ? likely : tables.find((one) => isRow(one, value));
  const id = table === undefined ? undefined : value[table.key];
  const isShown = table !== undefined && typeof id === 'string';
  if (isShown) seeRow(table.entity, id, value);
  for (const key in value) {
    const field = value[key];
    if (typeof field === 'object' && field !== null) collect(tables, field, seeRow, undefined, seeValue);
    else if (!isShown && field !== undefined) seeValue?.(field);
  }
  return table;
}

function isRow({ columns }: TableSchema, value: JsonObject): boolean {
  for (const { column } of columns) if (value[column] === undefined) return false;
  // A row has the columns of its table and no more: those of another may be among them.
  return Object.keys(value).length === columns.length;
}
