// From the arguments of a call to the variables that its expressions see. The arguments have passed
// the manifest's schema; what may still be missing is a row.
import { Bug } from '../core/errors.js';
import type { Json, JsonObject } from '../core/json.js';
import { fail, ok, type Result } from '../core/result.js';
import type { Bindings, RowSource, Runtime } from './evaluate.js';
import type { Param, Tool, Type } from './model.js';
import { snakeCase, spaced } from './names.js';

/** What a tool says instead of a result. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** Binds parameters in declared order; the first id without a row refuses the call. */
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
  if (value === undefined || value === null) {
    if (!param.optional) throw new Bug(`argument ${param.name} is missing`);
    return ok(null);
  }
  if (param.type.kind !== 'list') return bindOne(param.type, value as string, source);
  const items: Runtime[] = [];
  for (const item of value as readonly string[]) {
    const bound = bindOne(param.type.item, item, source);
    if (!bound.ok) return bound;
    items.push(bound.value);
  }
  return ok(items);
}

function bindOne(type: Type, value: string, source: RowSource): Result<Runtime, Refusal> {
  if (type.kind !== 'row') return ok(value);
  const { entity } = type;
  return source.get(entity, value) === undefined ? fail(notFound(entity, value)) : ok({ entity, id: value });
}

/** The refusal of an id that no row has. */
function notFound(entity: string, id: string): Refusal {
  const snake = snakeCase(entity);
  return { code: `${snake.toUpperCase()}_NOT_FOUND`, message: `No ${spaced(snake)} ${id}.` };
}
