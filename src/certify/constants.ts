// The goal's constants: ids and values in gold's writes and in the wishes; and the calls that can be
// made of them and of rows created on the way.
import { canonicalJson, isObject, type Json, type JsonObject } from '../core/json.js';
import type { ToolManifest } from '../emit/emitted-domain.js';
import type { Call } from '../policy/talk.js';
import { isComputed } from './asked.js';
import type { CertifyContext } from './context.js';
import { argumentLeaves } from './leaves.js';
import type { Created } from './run-calls.js';
import { parametersOf } from './tools.js';

export interface Constants {
  /** Ids by entity. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
  readonly values: readonly Constant[];
  /** Lists as they stand in calls: a list of line items is taken as a whole. */
  readonly lists: readonly Json[];
}

interface Constant {
  readonly value: Json;
  /** The parameter that it was given for, and its schema. */
  readonly name: string;
  readonly schema: JsonObject;
}

/** The constants of some calls. */
export function constantsOf(context: CertifyContext, calls: readonly Call[]): Constants {
  const ids = new Map<string, string[]>();
  const values = new Map<string, Constant>();
  const lists = new Map<string, Json>();
  for (const { tool, args } of calls) {
    for (const { path, value, schema } of argumentLeaves(parametersOf(context, tool), args)) {
      const entity = schema['x-entity'];
      if (typeof entity !== 'string' || typeof value !== 'string') {
        values.set(`${path} ${canonicalJson(value)}`, { value, name: path, schema });
      } else if (!(ids.get(entity) ?? []).includes(value)) {
        ids.set(entity, [...(ids.get(entity) ?? []), value]);
      }
    }
    for (const value of Object.values(args)) if (Array.isArray(value)) lists.set(canonicalJson(value), value);
  }
  return { ids, values: [...values.values()], lists: [...lists.values()] };
}

/** Texts among the constants. */
export function textsOf({ values }: Constants): ReadonlySet<string> {
  return new Set(values.map(({ value }) => value).filter((value) => typeof value === 'string'));
}

const mostCallsATool = 64;
const longestSubset = 4;

/** The calls of a tool over the constants, without what rules compute; at most some, and whether that cut any. */
export function callsOver(
  context: CertifyContext,
  tool: ToolManifest,
  constants: Constants,
  created: readonly Created[],
): { readonly calls: readonly Call[]; readonly cut: boolean } {
  const { properties, required } = tool.parameters;
  let argLists: JsonObject[] = [{}];
  let cut = false;
  for (const [name, schema] of Object.entries(isObject(properties) ? properties : {})) {
    if (isComputed(context, tool.name, name)) continue;
    const isOptional = !Array.isArray(required) || !required.includes(name);
    const options = optionsFor({ name, isOptional }, isObject(schema) ? schema : {}, constants, created);
    const longer = argLists.flatMap((args) => [
      ...(isOptional ? [args] : []),
      ...options.map((value) => ({ ...args, [name]: value })),
    ]);
    cut ||= longer.length > mostCallsATool;
    argLists = longer.slice(0, mostCallsATool);
  }
  return { calls: argLists.map((args) => ({ tool: tool.name, args })), cut };
}

interface Parameter {
  readonly name: string;
  readonly isOptional: boolean;
}

function optionsFor(
  parameter: Parameter,
  schema: JsonObject,
  constants: Constants,
  created: readonly Created[],
): readonly Json[] {
  const entity = schema['x-entity'];
  if (typeof entity === 'string') {
    const made = created.filter((row) => row.entity === entity).map(({ id }) => id);
    return [...(constants.ids.get(entity) ?? []), ...made];
  }
  if (schema['type'] === 'array') {
    const items = isObject(schema['items']) ? schema['items'] : {};
    if (items['type'] === 'object') return constants.lists.filter((list) => hasItems(list, items));
    return subsets(optionsFor(parameter, items, constants, created).slice(0, longestSubset));
  }
  const typed = constants.values.filter(({ value }) => hasForm(value, schema));
  const named = typed.filter(
    ({ name, schema: of }) => columnOf(name) === parameter.name || isAlike(of, schema),
  );
  // What a call cannot be made without may be any constant of its type.
  const fitting = named.length > 0 || parameter.isOptional ? named : typed;
  return [...new Map(fitting.map(({ value }) => [canonicalJson(value), value])).values()];
}

/** Whether two schemas ask for the same form, and one that not every text or number has. */
function isAlike(left: JsonObject, right: JsonObject): boolean {
  return ['enum', 'format', 'pattern'].some(
    (key) => left[key] !== undefined && canonicalJson(left[key]) === canonicalJson(right[key] ?? null),
  );
}

/** `lines.0.quantity` was given for a quantity. */
function columnOf(path: string): string {
  return path.split('.').at(-1) ?? path;
}

/** Whether the schema takes the value: what it does not take is no call. */
function hasForm(value: Json, schema: JsonObject): boolean {
  const { enum: members, type, pattern, minimum, maximum } = schema;
  if (Array.isArray(members)) return members.includes(value);
  if (typeof value === 'string') {
    return type === 'string' && (typeof pattern !== 'string' || new RegExp(pattern, 'u').test(value));
  }
  if (typeof value !== 'number') return typeof value === type;
  const isWithin = value >= Number(minimum ?? -Infinity) && value <= Number(maximum ?? Infinity);
  return isWithin && (type === 'number' || (type === 'integer' && Number.isInteger(value)));
}

/** Whether every item of a list has the fields that such items need, and no others. */
function hasItems(list: Json, { properties, required }: JsonObject): boolean {
  const names = new Set(Object.keys(isObject(properties) ? properties : {}));
  const needed = Array.isArray(required) ? (required as readonly Json[]) : [];
  return (
    Array.isArray(list) &&
    (list as readonly Json[]).every(
      (item) =>
        isObject(item) &&
        needed.every((name) => typeof name === 'string' && Object.hasOwn(item, name)) &&
        Object.keys(item).every((name) => names.has(name)),
    )
  );
}

/** The subsets but the empty one, the largest first: whole lists before their parts. */
function subsets(items: readonly Json[]): readonly Json[] {
  const all = Array.from({ length: 2 ** items.length - 1 }, (_, index) =>
    items.filter((_, at) => ((index + 1) & (1 << at)) !== 0),
  );
  return all.sort((left, right) => right.length - left.length);
}
