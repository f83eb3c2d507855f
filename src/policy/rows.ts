// Which rows a tool's result shows. A row is recognised by its columns, since results carry rows as
// they are; a bare id, or a reference inside another row, does not show the row it points to.
import { isObject, type Json, type JsonObject } from '../core/json.js';
import type { StateSchema, TableSchema } from '../emit/emitted-domain.js';

/** A row inside a result, with its entity and id. */
export interface ShownRow {
  readonly entity: string;
  readonly id: string;
}

/** The rows in a result, in order of appearance, repeats included. */
export function rowsIn(schema: StateSchema, value: Json): ShownRow[] {
  const shown: ShownRow[] = [];
  collect(schema.tables, value, shown, undefined);
  return shown;
}

/** Returns the table of the value, which the next item of a list most likely shares. */
function collect(
  tables: readonly TableSchema[],
  value: Json,
  shown: ShownRow[],
  likely: TableSchema | undefined,
): TableSchema | undefined {
  if (Array.isArray(value)) {
    let last: TableSchema | undefined;
    for (const item of value as readonly Json[]) last = collect(tables, item, shown, last);
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const table =
    likely !== undefined && isRow(likely, value) ? likely : tables.find((one) => isRow(one, value));
  const id = table === undefined ? undefined : value[table.key];
  if (table !== undefined && typeof id === 'string') shown.push({ entity: table.entity, id });
  for (const key in value) {
    const field = value[key];
    if (typeof field === 'object' && field !== null) collect(tables, field, shown, undefined);
  }
  return table;
}

function isRow({ columns }: TableSchema, value: JsonObject): boolean {
  for (const { column } of columns) if (value[column] === undefined) return false;
  // A row has the columns of its table and no more: those of another may be among them.
  return Object.keys(value).length === columns.length;
}
