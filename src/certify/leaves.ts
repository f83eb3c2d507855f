// The values at the ends of a call's arguments, with what the tool's schema says of each.
import { isObject, type Json, type JsonObject } from '../core/json.js';

export interface Leaf {
  /** `fine_ids.0`, `items.1.quantity`. */
  readonly path: string;
  readonly value: Json;
  readonly schema: JsonObject;
}

/** Leaves of arguments, in the order in which they stand. */
export function argumentLeaves(parameters: JsonObject, args: JsonObject): readonly Leaf[] {
  return leavesOf(args, parameters, '');
}

function leavesOf(value: Json, schema: JsonObject, path: string): readonly Leaf[] {
  const inside = (name: string | number): string => (path === '' ? String(name) : `${path}.${name}`);
  if (Array.isArray(value)) {
    const items = isObject(schema['items']) ? schema['items'] : {};
    return (value as readonly Json[]).flatMap((item, index) => leavesOf(item, items, inside(index)));
  }
  if (!isObject(value)) return [{ path, value, schema }];
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  return Object.entries(value).flatMap(([name, field]) => {
    const of = properties[name];
    return leavesOf(field, isObject(of) ? of : {}, inside(name));
  });
}

/** The arguments with the leaf at a path replaced, or taken out where `value` is undefined. */
export function replaceLeaf(args: JsonObject, path: string, value: Json | undefined): JsonObject {
  return replaceIn(args, path.split('.'), value) as JsonObject;
}

function replaceIn(inside: Json, [name = '', ...rest]: readonly string[], value: Json | undefined): Json {
  if (Array.isArray(inside)) {
    const items = [...(inside as readonly Json[])];
    const at = Number(name);
    const next = rest.length === 0 ? value : replaceIn(items[at] ?? null, rest, value);
    items.splice(at, 1, ...(next === undefined ? [] : [next]));
    return items;
  }
  const fields = isObject(inside) ? inside : {};
  const next = rest.length === 0 ? value : replaceIn(fields[name] ?? null, rest, value);
  const { [name]: _, ...others } = fields;
  if (next === undefined) return others;
  // The field keeps its place, so that a call reads as it did.
  return Object.fromEntries(Object.entries({ ...fields, [name]: next }));
}
