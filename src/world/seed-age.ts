// Ages a seed state: random write calls that the tools allow, the policies allow and the invariants
// survive, so that the state looks used and every kind of change has left its traces.
import type { Json, JsonObject } from '../core/json.js';
import type { Rng } from '../core/rng.js';
import { drawValue } from '../spec/draw-value.js';
import { parseGenerator } from '../spec/generator.js';
import { idSlots } from '../spec/id-slots.js';
import { brokenInvariants, computedValue, interpret, violatedGuards } from '../spec/interpret.js';
import { itemKey } from '../spec/line-item.js';
import type { Column, Domain, Expr, Field, Param, SpecTool, Statement, Type } from '../spec/model.js';
import { stateSource, tableOf } from '../spec/state-source.js';
import type { Row, State } from '../spec/state.js';
import { rowFaker } from './seed-person.js';

const triesPerTool = 16;

/** The state after about `calls` successful calls, spread over the write tools. */
export function age(domain: Domain, start: State, calls: number, rng: Rng): State {
  const tools = domain.tools.filter((tool): tool is SpecTool => tool.effect === 'write');
  let state = start;
  let done = 0;
  for (let round = 0; done < calls && round < calls; round++) {
    for (const tool of rng.shuffle(tools)) {
      if (done >= calls) break;
      const next = tryTool(domain, state, tool, rng.derive(tool.name, round));
      if (next === undefined) continue;
      state = next;
      done++;
    }
    if (done === 0) break;
  }
  return state;
}

function tryTool(domain: Domain, state: State, tool: SpecTool, rng: Rng): State | undefined {
  for (let tries = 0; tries < triesPerTool; tries++) {
    const drawn = drawArguments(domain, state, tool, rng);
    if (drawn === undefined) return undefined;
    const caller = callerOf(domain, state, tool, drawn);
    const args = { ...drawn, ...computed(domain, state, tool, drawn, caller) };
    const { reply, state: next } = interpret(domain, state, tool.name, args);
    if (reply.type === 'refusal' || next === state) continue;
    if (violatedGuards(domain, tool.name, args, caller, stateSource(state)).length > 0) continue;
    if (brokenInvariants(domain, next).length === 0) return next;
  }
  return undefined;
}

/** The arguments that the rules settle, where the tool takes them. */
function computed(
  domain: Domain,
  state: State,
  tool: SpecTool,
  args: JsonObject,
  caller: string | null,
): JsonObject {
  const values: Record<string, Json> = {};
  for (const policy of domain.policies) {
    const value = policy.kind === 'compute' ? policy.value[tool.name] : undefined;
    if (policy.kind !== 'compute' || value === undefined) continue;
    const found = computedValue(value, tool, args, caller, stateSource(state));
    const { min = -Infinity, max = Infinity } = tool.params.find(({ name }) => name === policy.param) ?? {};
    const fits = typeof found !== 'number' || (found >= min && found <= max);
    if (found !== undefined && fits) values[policy.param] = found;
  }
  return values;
}

/** Whoever the call is about: the first row of the caller's entity that its arguments lead to. */
function callerOf(domain: Domain, state: State, tool: SpecTool, args: JsonObject): string | null {
  const source = stateSource(state);
  const queue: { readonly entity: string; readonly id: Json }[] = tool.params.flatMap((param) =>
    idSlots(param).flatMap(({ entity, ids }) => ids(args[param.name]).map((id) => ({ entity, id }))),
  );
  for (let at = 0; at < queue.length && at < 60; at++) {
    const { entity, id } = queue[at] ?? {};
    if (entity === undefined || typeof id !== 'string') continue;
    if (entity === domain.caller) return id;
    const row = source.get(entity, id);
    for (const { column, type } of domain.entities.find(({ name }) => name === entity)?.columns ?? []) {
      if (type.kind === 'row') queue.push({ entity: type.entity, id: row?.[column] ?? null });
    }
  }
  return null;
}

function drawArguments(domain: Domain, state: State, tool: SpecTool, rng: Rng): JsonObject | undefined {
  const args: Record<string, Json> = {};
  const faker = rowFaker();
  for (const param of tool.params) {
    if (param.optional && rng.chance(0.4)) continue;
    const value = drawArgument(domain, state, tool, param, { rng, faker });
    if (value === undefined) return undefined;
    args[param.name] = value;
  }
  return args;
}

interface Draw {
  readonly rng: Rng;
  readonly faker: (path: string, rng: Rng) => string | number | boolean | null;
}

function drawArgument(
  domain: Domain,
  state: State,
  tool: SpecTool,
  param: Param,
  draw: Draw,
): Json | undefined {
  const { type } = param;
  if (type.kind !== 'list') return drawItem(domain, state, tool, param, type, draw);
  const wanted = draw.rng.int(param.minItems ?? 1, Math.min(param.maxItems ?? 3, 3));
  const items = new Map<string, Json>();
  for (let tries = 0; tries < 12 && items.size < wanted; tries++) {
    const item =
      type.item.kind === 'record'
        ? drawLine(domain, state, tool, type.item.fields, draw)
        : drawItem(domain, state, tool, param, type.item, draw);
    if (item !== undefined) items.set(itemKey(type.item, item), item);
  }
  return items.size >= (param.minItems ?? 1) ? [...items.values()] : undefined;
}

function drawLine(
  domain: Domain,
  state: State,
  tool: SpecTool,
  fields: readonly Field[],
  draw: Draw,
): Json | undefined {
  const line: Record<string, Json> = {};
  for (const field of fields) {
    if (field.optional && draw.rng.chance(0.4)) continue;
    const value = drawItem(domain, state, tool, field, field.type, draw);
    if (value === undefined) return undefined;
    line[field.name] = value;
  }
  return line;
}

function drawItem(
  domain: Domain,
  state: State,
  tool: SpecTool,
  param: Field,
  type: Type,
  { rng, faker }: Draw,
): Json | undefined {
  if (type.kind === 'row') {
    const rows = tableOf(state, type.entity);
    const key = domain.entities.find(({ name }) => name === type.entity)?.key ?? '';
    return rows.length === 0 ? undefined : (rng.pick<Row>(rows)[key] ?? undefined);
  }
  const { nullable: _, ...present } = type;
  const shape = { attr: param.binds, type: present, ...bounds(param) };
  const gen = columnWritten(domain, tool, param)?.gen;
  const found = parseGenerator(gen?.includes('=>') === true ? undefined : gen, shape);
  const parsed = found.ok ? found : parseGenerator(undefined, shape);
  if (!parsed.ok) return undefined;
  return drawValue(parsed.value, { rng, now: state.now, row: {}, faker }) ?? undefined;
}

function bounds({ pattern, min, max }: Field): Pick<Field, 'pattern' | 'min' | 'max'> {
  return {
    ...(pattern === undefined ? {} : { pattern }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  };
}

/** The column that the tool writes the parameter to: its values look like that column's. */
function columnWritten(domain: Domain, tool: SpecTool, param: Field): Column | undefined {
  const isParam = (expr: Expr | undefined): boolean =>
    expr?.kind === 'variable'
      ? expr.name === param.binds
      : expr?.kind === 'member' && expr.of.type.kind === 'record' && expr.attr === param.binds;
  const search = (statements: readonly Statement[]): readonly [string, string] | undefined => {
    for (const statement of statements) {
      const found = writes(statement).find(([, , value]) => isParam(value));
      const inner = found ?? search(blocks(statement));
      if (inner !== undefined) return [inner[0], inner[1]];
    }
    return undefined;
  };
  const [entity, column] = search(tool.body) ?? [];
  return domain.entities.find(({ name }) => name === entity)?.columns.find((one) => one.column === column);
}

function writes(statement: Statement): readonly (readonly [string, string, Expr])[] {
  if (statement.kind === 'create') {
    return Object.entries(statement.values).map(([column, value]) => [statement.entity, column, value]);
  }
  if (statement.kind !== 'set') return [];
  return statement.assignments.map(({ entity, column, value }) => [entity, column, value]);
}

function blocks(statement: Statement): readonly Statement[] {
  if (statement.kind === 'if') return [...statement.then, ...statement.else];
  return statement.kind === 'each' ? statement.do : [];
}
