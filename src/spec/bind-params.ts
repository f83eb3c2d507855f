// From the arguments of a call to the variables that its expressions see. The arguments have passed
// the manifest's schema; what may still be missing is a row.
import { Bug } from '../core/errors.js';
import type { Json, JsonObject } from '../core/json.js';
import { fail, ok, type Result } from '../core/result.js';
import type { Bindings, RowSource, Runtime } from './evaluate.js';
import { itemKey, sameLines } from './line-item.js';
import type { Field, Param, Tool, Type } from './model.js';
import { snakeCase, spaced } from './names.js';
import type { Value } from './state.js';

/** What a tool says instead of a result. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** Binds parameters in declared order; the first id without a row refuses the call, as do two lines with the same rows. */
export function bindParams(
  tool: Pick<Tool, 'params'>,
  args: JsonObject,
  source: RowSource,
): Result<Bindings, Refusal> {
  const bindings = new Map<string, Runtime>();
  for (const param of tool.params) {
    const value = bind(param, args[param.name], source);
    if (!value.ok) return value;
    bindings.set(param.binds, value.value);
  }
  return ok(bindings);
}

function bind(param: Param, value: Json | undefined, source: RowSource): Result<Runtime, Refusal> {
  if (param.type.kind !== 'list' || value === undefined || value === null) {
    return bindField(param, value, source);
  }
  const { item: type } = param.type;
  const same = sameLines(param);
  const items: Runtime[] = [];
  const seen = new Set<string>();
  for (const item of value as readonly Json[]) {
    const bound = bindOne(type, item, source);
    if (!bound.ok) return bound;
    if (same !== undefined) {
      if (seen.has(itemKey(type, item))) return fail(same);
      seen.add(itemKey(type, item));
    }
    items.push(bound.value);
  }
  return ok(items);
}

function bindField(field: Field, value: Json | undefined, source: RowSource): Result<Runtime, Refusal> {
  if (value !== undefined && value !== null) return bindOne(field.type, value, source);
  if (field.default !== undefined) return ok(field.default);
  if (!field.optional) throw new Bug(`argument ${field.name} is missing`);
  return ok(null);
}

function bindOne(type: Type, value: Json, source: RowSource): Result<Runtime, Refusal> {
  if (type.kind === 'record') return bindLine(type.fields, value as JsonObject, source);
  if (type.kind !== 'row') return ok(value as Value);
  if (typeof value !== 'string') throw new Bug('an id that is no text');
  const { entity } = type;
  return source.get(entity, value) === undefined ? fail(notFound(entity, value)) : ok({ entity, id: value });
}

function bindLine(fields: readonly Field[], line: JsonObject, source: RowSource): Result<Runtime, Refusal> {
  const bound: Record<string, Runtime> = {};
  for (const field of fields) {
    const value = bindField(field, line[field.name], source);
    if (!value.ok) return value;
    bound[field.binds] = value.value;
  }
  return ok({ fields: bound });
}

/** The refusal of an id that no row has. */
function notFound(entity: string, id: string): Refusal {
  const snake = snakeCase(entity);
  return { code: `${snake.toUpperCase()}_NOT_FOUND`, message: `No ${spaced(snake)} ${id}.` };
}
