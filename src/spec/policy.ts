// Policies of the spec → what a monitor enforces: which tools, which finds, guards typed for each tool.
import { checkInner, decide } from './decide.js';
import { checkCondition } from './expression.js';
import { findName } from './derive.js';
import { mentions } from './mention.js';
import { emptyScope, withVariable, type EntityIndex, type TableIndex } from './scope.js';
import { subjectOf } from './subject.js';
import { didYouMean, type Report } from './issues.js';
import type { Problem } from './types.js';
import type { EntitySpec } from './domain.js';
import type { PolicySpec } from './policy-spec.js';
import type { Expr, Policy, Tool } from './model.js';

/** What policies speak about. `brokenTools` were reported already. */
interface PolicyContext {
  readonly caller: string;
  readonly entities: EntityIndex;
  readonly specs: Readonly<Record<string, EntitySpec>>;
  readonly tables: TableIndex;
  readonly tools: ReadonlyMap<string, Tool>;
  readonly brokenTools: ReadonlySet<string>;
}

/** Checks the policies, and that who the caller is has been verified wherever a guard asks it. */
export function resolvePolicies(
  specs: readonly (readonly [index: number, spec: PolicySpec])[],
  context: PolicyContext,
  report: Report,
): readonly Policy[] {
  const ids = new Map<string, number>();
  const resolved = specs.flatMap(([index, spec]) => {
    const below = report.at(index);
    const other = ids.get(spec.id);
    if (other !== undefined) below.at('id')(`policies[${other}] is called '${spec.id}' already`);
    else if (spec.id === 'other') below.at('id')("'other' is what a hand-over without a policy is called");
    ids.set(spec.id, index);
    return [[index, resolvePolicy(spec, context, below)] as const];
  });
  // With an unknown tool in a verify policy, what it was to cover is not known.
  const misnamed = specs.some(
    ([, spec]) =>
      spec.kind === 'verify' &&
      spec.before !== 'write' &&
      spec.before.some((tool) => !context.tools.has(tool)),
  );
  const verified = new Set(resolved.flatMap(([, policy]) => (policy.kind === 'verify' ? policy.on : [])));
  for (const [index, policy] of resolved) {
    const conditions = policy.kind === 'guard' ? policy.holds : policy.kind === 'escalate' ? policy.when : {};
    for (const [tool, condition] of Object.entries(conditions)) {
      if (!mentions(condition, 'caller') || verified.has(tool) || misnamed) continue;
      report.at(index)(`'caller' is asked for ${tool}, which no verify policy covers`);
    }
  }
  return resolved.map(([, policy]) => policy);
}

function resolvePolicy(spec: PolicySpec, context: PolicyContext, report: Report): Policy {
  const { id, text } = spec;
  switch (spec.kind) {
    case 'verify':
      return resolveVerify(spec, context, report);
    case 'confirm':
      return { id, text, kind: 'confirm', on: toolsOf(spec.on, context, report.at('on')) };
    case 'guard': {
      const on = toolsOf(spec.on, context, report.at('on'));
      return {
        id,
        text,
        kind: 'guard',
        on,
        holds: byTool(spec.require, on, context, report.at('require'), 'complies with'),
      };
    }
    case 'escalate': {
      const on = toolsOf(spec.on, context, report.at('on'));
      return {
        id,
        text,
        kind: 'escalate',
        on,
        when: byTool(spec.when, on, context, report.at('when'), 'meets'),
      };
    }
    case 'precede': {
      const on = toolsOf(spec.on, context, report.at('on'));
      const first = findTool(spec.first, context, report.at('first'));
      if (on.includes(spec.first)) report.at('first')(`${spec.first} cannot come before itself`);
      const names = new Set(on.flatMap((tool) => paramNames(context.tools.get(tool))));
      const shared = paramNames(first).flatMap((name) => (names.has(name) ? [[name, name] as const] : []));
      return { id, text, kind: 'precede', on, first: spec.first, shared };
    }
  }
}

function paramNames(tool: Tool | undefined): readonly string[] {
  return (tool?.params ?? []).map((param) => param.name);
}

function findTool(name: string, { tools, brokenTools }: PolicyContext, report: Report): Tool | undefined {
  const tool = tools.get(name);
  if (tool === undefined && !brokenTools.has(name)) {
    report(`there is no tool '${name}'`, didYouMean(name, [...tools.keys(), ...brokenTools]));
  }
  return tool;
}

function toolsOf(on: 'write' | readonly string[], context: PolicyContext, report: Report): readonly string[] {
  if (on === 'write') {
    const writes = [...context.tools.values()].filter((tool) => tool.effect === 'write');
    if (writes.length === 0 && context.brokenTools.size === 0) report('no tool writes');
    return writes.map((tool) => tool.name);
  }
  return on.filter((name, index) => {
    if (on.indexOf(name) < index) report.at(index)(`'${name}' stands here twice`);
    return findTool(name, context, report.at(index)) !== undefined && on.indexOf(name) === index;
  });
}

type VerifySpec = Extract<PolicySpec, { kind: 'verify' }>;

function resolveVerify(spec: VerifySpec, context: PolicyContext, report: Report): Policy {
  const on = toolsOf(spec.before, context, report.at('before'));
  if (spec.by !== context.caller && context.entities.get(context.caller) !== undefined) {
    report.at('by')(`the caller is a ${context.caller}, not a ${spec.by}`);
  }
  const entity = context.entities.get(context.caller);
  const keys = context.specs[context.caller]?.find ?? [];
  const same = (a: readonly string[], b: readonly string[]): boolean => a.join() === b.join();
  const chosen = spec.with ?? keys;
  for (const [index, key] of chosen.entries()) {
    if (!keys.some((other) => same(key, other))) {
      const known = keys.map((other) => `[${other.join(', ')}]`).join(' or ');
      report.at('with', index)(
        `${context.caller} is not found by [${key.join(', ')}]`,
        known && `by ${known}`,
      );
    }
  }
  if (entity !== undefined && keys.length === 0)
    report(`${context.caller} has no 'find', so nobody can be identified`);
  for (const attr of new Set(chosen.flat())) {
    const column = entity?.columns.find((candidate) => candidate.attr === attr);
    if (column === undefined || column.known) continue;
    report(
      `a caller cannot say '${attr}', by which ${context.caller} is found`,
      "mark the attribute 'known: true'",
    );
  }
  const finds = entity === undefined ? [] : chosen.map((key) => findName(entity, key));
  for (const find of finds) {
    if (on.includes(find))
      report.at('before')(`${find} is how the caller is identified, so it cannot come after`);
  }
  return { id: spec.id, text: spec.text, kind: 'verify', on, by: context.caller, finds };
}

// A condition typed for the bindings of every tool it is on.
function byTool(
  text: string,
  on: readonly string[],
  context: PolicyContext,
  report: Report,
  verb: 'complies with' | 'meets',
): Readonly<Record<string, Expr>> {
  const typed: [string, Expr][] = [];
  const problems = new Map<string, { hint: string | undefined; tools: string[] }>();
  for (const name of on) {
    const tool = context.tools.get(name);
    if (tool === undefined) continue;
    const problem = (message: string, hint?: string): void => {
      const known = problems.get(message) ?? { hint, tools: [] };
      problems.set(message, { ...known, tools: [...new Set([...known.tools, name])] });
    };
    const variables = new Map(tool.params.map((param) => [param.binds, param.type]));
    const bound = { ...emptyScope(context.entities, context.tables), variables };
    const callerType =
      context.entities.get(context.caller) && ({ kind: 'row', entity: context.caller } as const);
    const scope = withVariable(bound, 'caller', callerType);
    const subject = (): Expr | undefined => subjectOf(tool, context.caller, context.entities, problem);
    const condition = checkCondition(text, { ...scope, subject }, problem);
    if (condition === undefined) continue;
    typed.push([name, condition]);
    checkInner(condition, problem);
    checkPossible(condition, tool, verb, problem);
  }
  for (const [message, { hint, tools }] of problems) report(`for ${tools.join(', ')}: ${message}`, hint);
  return Object.fromEntries(typed);
}

// A condition must be able to come out both ways, for calls that the tool itself would carry out.
function checkPossible(condition: Expr, tool: Tool, verb: string, problem: Problem): void {
  const required = tool.kind === 'spec' ? tool.requires.map((one) => one.holds) : [];
  const alone = decide(condition);
  // Requirements that contradict each other were reported.
  const reachable = required.every((one, index) => decide(one, required.slice(0, index)) !== 'never');
  const verdict = alone ?? (reachable ? decide(condition, required) : undefined);
  if (verdict === undefined) return;
  const calls = alone === undefined ? 'call that the tool does not refuse itself' : 'call';
  problem(`${verdict} holds: ${verdict === 'never' ? 'no' : 'every'} ${calls} ${verb} it`);
}
