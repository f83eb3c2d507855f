// The reference semantics of a domain: what a call answers and what state it leaves. Slow, direct,
// and without a line of the emitter's, so that emitted code can be tested against it call for call.
import { must } from '../core/errors.js';
import type { Json, JsonObject } from '../core/json.js';
import { fail, ok, type Result } from '../core/result.js';
import { bindParams, type Refusal } from './bind-params.js';
import { passes } from './filter.js';
import { columnValue, isRow, numberOf, type Runtime } from './runtime.js';
import { evaluate, holds, type Bindings, type RowSource } from './evaluate.js';
import { mentions } from './hints.js';
import type { DerivedTool, Domain, Expr, Returns, SpecTool, Tool } from './model.js';
import { ruleOn } from './rule.js';
import { entityOf, runStatements } from './run-statements.js';
import { stateSource, tableOf } from './state-source.js';
import type { Row, State, Value } from './state.js';

export { bindParams } from './bind-params.js';

/** What a call answers. */
export type Interpreted =
  | { readonly type: 'result'; readonly value: Json }
  | { readonly type: 'refusal'; readonly code: string; readonly message: string };

/** Runs one call, whose arguments fit the manifest. The given state is left as it is; a refusal returns it. */
export function interpret(
  domain: Domain,
  state: State,
  tool: string,
  args: JsonObject,
): { readonly reply: Interpreted; readonly state: State } {
  const called = toolOf(domain, tool);
  const bound = bindParams(called, args, stateSource(state));
  const end = !bound.ok
    ? bound
    : called.kind === 'derived'
      ? read(domain, called, state, bound.value)
      : runTool(domain, called, state, bound.value);
  if (!end.ok) return { reply: { type: 'refusal', ...end.error }, state };
  return { reply: { type: 'result', value: end.value.value }, state: end.value.state };
}

/**
 * Whether the condition of a policy holds for a call. `missing` is the answer where a row is missing,
 * `nobody` where the condition asks for a caller and nobody is identified: both what is so of a call
 * that complies, which for an escalation is false.
 */
export function holdsGuard(
  condition: Expr,
  tool: Pick<Tool, 'params'>,
  args: JsonObject,
  caller: string | null,
  source: RowSource,
  missing = true,
  nobody = missing,
): boolean {
  const bound = bindParams(tool, args, source);
  if (!bound.ok) return missing;
  const bindings = withCaller(condition, bound.value, caller, source);
  return bindings === null ? nobody : holds(condition, source, bindings);
}

/** The bindings with the caller, where an expression asks for one; null when nobody is identified. */
function withCaller(
  expr: Expr,
  bindings: Bindings,
  caller: string | null,
  source: RowSource,
): Bindings | null {
  const entity = callerEntity(expr);
  if (entity === undefined) return bindings;
  if (caller === null || source.get(entity, caller) === undefined) return null;
  return new Map([...bindings, ['caller', { entity, id: caller }]]);
}

/** Ids of the policies that a call would violate by their conditions, in declared order. */
export function violatedGuards(
  domain: Domain,
  tool: string,
  args: JsonObject,
  caller: string | null,
  source: RowSource,
): readonly string[] {
  const called = toolOf(domain, tool);
  const violated = domain.policies.filter((policy) => {
    const rule = ruleOn(policy, called);
    if (rule === undefined) return false;
    const { condition, complies } = rule;
    return holdsGuard(condition, called, args, caller, source, complies) !== complies;
  });
  return violated.map((policy) => policy.id);
}

/** What a computed argument has to be; undefined where a row is missing or nobody is identified. */
export function computedValue(
  value: Expr,
  tool: Pick<Tool, 'params'>,
  args: JsonObject,
  caller: string | null,
  source: RowSource,
): Value | undefined {
  const params = tool.params.filter((param) => args[param.name] !== undefined || param.optional);
  const bound = bindParams({ params }, args, source);
  const bindings = bound.ok ? withCaller(value, bound.value, caller, source) : null;
  return bindings === null ? undefined : columnValue(evaluate(value, source, bindings));
}

/**
 * Ids of the policies that conceal what they name of a row from the caller although they know
 * exceptions, in declared order. Of a row that is not there nothing is concealed; from nobody, what an
 * exception for callers would have shown.
 */
export function concealing(
  domain: Domain,
  entity: string,
  id: string,
  caller: string | null,
  source: RowSource,
): readonly string[] {
  if (source.get(entity, id) === undefined) return [];
  const row = new Map([[entityOf(domain, entity).snake, { entity, id }]]);
  const concealing = domain.policies.filter((policy) => {
    const unless = policy.kind === 'conceal' ? policy.unless?.[entity] : undefined;
    if (unless === undefined) return false;
    const bindings = withCaller(unless, row, caller, source);
    return bindings === null || !holds(unless, source, bindings);
  });
  return concealing.map((policy) => policy.id);
}

/** Ids of the invariants that do not hold, in declared order. */
export function brokenInvariants(domain: Domain, state: State): readonly string[] {
  const source = stateSource(state);
  return domain.invariants.filter(({ holds: it }) => !holds(it, source, new Map())).map(({ id }) => id);
}

type End = Result<{ readonly value: Json; readonly state: State }, Refusal>;

function runTool(domain: Domain, tool: SpecTool, state: State, params: Bindings): End {
  const before = stateSource(state);
  const bindings = new Map(params);
  for (const { name, value } of tool.lets) bindings.set(name, evaluate(value, before, bindings));
  const broken = tool.requires.find((require) => !holds(require.holds, before, bindings));
  if (broken !== undefined) return fail({ code: broken.code, message: broken.message });
  const end = runStatements(domain, tool.body, { state, bindings });
  if (!end.ok) return end;
  const after = stateSource(end.value.state);
  return ok({ value: returned(tool.returns, after, end.value.bindings), state: end.value.state });
}

function read(domain: Domain, tool: DerivedTool, state: State, params: Bindings): End {
  const entity = entityOf(domain, tool.entity);
  const argument = (at: number): Runtime =>
    params.get(must(tool.params[at], `parameter ${at}`).binds) ?? null;
  if (tool.read === 'get') return ok({ value: toJson(argument(0), stateSource(state)), state });
  const matches = tableOf(state, tool.entity).filter((row) =>
    tool.by.every((column, at) => {
      const wanted = columnValue(argument(at));
      const open = tool.read === 'search' && wanted === null;
      return open || passes(must(tool.tests[at], `test ${at}`), row[column] ?? null, wanted);
    }),
  );
  if (tool.pageSize !== undefined) {
    return ok({ value: pageOf(matches, numberOf(argument(tool.by.length)), tool.pageSize), state });
  }
  if (tool.read !== 'find') return ok({ value: matches, state });
  const [only, ...others] = matches;
  const code = entity.snake.toUpperCase();
  if (only === undefined) return fail({ code: `${code}_NOT_FOUND`, message: `No ${entity.words} matches.` });
  if (others.length > 0) {
    return fail({ code: `${code}_AMBIGUOUS`, message: `Several ${entity.pluralWords} match.` });
  }
  return ok({ value: only, state });
}

/** Rows `(page - 1) * size` to `page * size`, in order of insertion; none behind the last. */
function pageOf(matches: readonly Row[], page: number, size: number): JsonObject {
  const total = matches.length;
  const items = matches.filter((_, at) => Math.floor(at / size) === page - 1);
  return { items, page, pages: Math.ceil(total / size), total };
}

function returned(returns: Returns, source: RowSource, bindings: Bindings): Json {
  const value = (expr: Expr): Json => toJson(evaluate(expr, source, bindings), source);
  if ('value' in returns) return value(returns.value);
  return Object.fromEntries(Object.entries(returns.fields).map(([name, expr]) => [name, value(expr)]));
}

function toJson(value: Runtime, source: RowSource): Json {
  if (isRow(value)) return must<Row>(source.get(value.entity, value.id), `${value.entity} ${value.id}`);
  if (Array.isArray(value)) return (value as readonly Runtime[]).map((item) => toJson(item, source));
  return columnValue(value);
}

function callerEntity(condition: Expr): string | undefined {
  let entity: string | undefined;
  mentions(condition, (part) => {
    if (part.kind === 'variable' && part.name === 'caller' && part.type.kind === 'row')
      entity = part.type.entity;
    return entity !== undefined;
  });
  return entity;
}

function toolOf(domain: Domain, name: string): Tool {
  return must(
    domain.tools.find((tool) => tool.name === name),
    `tool ${name}`,
  );
}
