// Which rows a tool's result shows. A row is recognised by its columns, since results carry rows as
// they are; a bare id, or a reference inside another row, does not show the row it points to.
import { isObject, type Json, type JsonObject } from '../core/json.js';
import type { StateSchema } from '../emit/emitted-domain.js';

/** A row inside a result, with its entity and id. */
export interface ShownRow {
  readonly entity: string;
  readonly id: string;
}

type Kind = { readonly entity: string; readonly key: string } | null;

// Objects with the same keys are rows of the same entity, so each key set is judged once.
const kinds = new WeakMap<StateSchema, Map<string, Kind>>();

/** The rows in a result, in order of appearance, repeats included. */
export function rowsIn(schema: StateSchema, value: Json): ShownRow[] {
  const shown: ShownRow[] = [];
  collect(schema, value, shown);
  return shown;
}

function collect(schema: StateSchema, value: Json, shown: ShownRow[]): void {
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) collect(schema, item, shown);
  } else if (isObject(value)) {
    const kind = kindOf(schema, value);
    const id = kind === null ? undefined : value[kind.key];
    if (kind !== null && typeof id === 'string') shown.push({ entity: kind.entity, id });
    for (const key in value) {
      const field = value[key];
      if (typeof field === 'object' && field !== null) collect(schema, field, shown);
    }
  }
}

function kindOf(schema: StateSchema, value: JsonObject): Kind {
  let known = kinds.get(schema);
  if (known === undefined) kinds.set(schema, (known = new Map<string, Kind>()));
  const signature = Object.keys(value).join(',');
  let kind = known.get(signature);
  if (kind === undefined) {
    const table = schema.tables.find((table) =>
      table.columns.every(({ column }) => Object.hasOwn(value, column)),
    );
    kind = table === undefined ? null : { entity: table.entity, key: table.key };
    known.set(signature, kind);
  }
  return kind;
}
