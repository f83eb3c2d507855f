// Policies of the spec → what a monitor enforces: which tools, which finds, which rules.
import { findName } from './derive.js';
import { mentions } from './mention.js';
import { checkComputed, resolveCompute, resolveConditions } from './policy-rule.js';
import { resolveConceal } from './policy-conceal.js';
import { judgesCalls } from './rule.js';
import { didYouMean, type Report } from './issues.js';
import type { PolicyContext } from './policy-context.js';
import type { PolicySpec } from './policy-spec.js';
import type { Expr, Policy, Tool } from './model.js';

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
    for (const [tool, expr] of Object.entries(expressionsOf(policy))) {
      if (!mentions(expr, 'caller') || misnamed) continue;
      if (judgesCalls(policy) && !verified.has(tool))
        report.at(index)(`'caller' is asked for ${tool}, which no verify policy covers`);
      if (policy.kind === 'conceal' && verified.size === 0)
        report.at(index)("'caller' is asked for, and no verify policy identifies one");
    }
  }
  checkComputed(resolved, report);
  return resolved.map(([, policy]) => policy);
}

/** What a policy evaluates, by tool or entity. */
function expressionsOf(policy: Policy): Readonly<Record<string, Expr>> {
  switch (policy.kind) {
    case 'guard':
      return policy.holds;
    case 'escalate':
      return policy.when;
    case 'compute':
      return policy.value;
    case 'conceal':
      return policy.unless ?? {};
    default:
      return {};
  }
}

function resolvePolicy(spec: PolicySpec, context: PolicyContext, report: Report): Policy {
  const { id, text } = spec;
  switch (spec.kind) {
    case 'verify':
      return resolveVerify(spec, context, report);
    case 'confirm':
      return { id, text, kind: 'confirm', on: toolsIn(spec.on, context, report.at('on')) };
    case 'guard': {
      const on = toolsIn(spec.on, context, report.at('on'));
      const holds = resolveConditions(spec.require, on, context, report.at('require'), 'complies with');
      return { id, text, kind: 'guard', on, holds };
    }
    case 'escalate': {
      const on = toolsIn(spec.on, context, report.at('on'));
      const when = resolveConditions(spec.when, on, context, report.at('when'), 'meets');
      return { id, text, kind: 'escalate', on, when };
    }
    case 'compute':
      return resolveCompute(spec, toolsIn(spec.on, context, report.at('on')), context, report);
    case 'conceal':
      return resolveConceal(spec, context, report);
    case 'precede': {
      const on = toolsIn(spec.on, context, report.at('on'));
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

function toolsIn(on: 'write' | readonly string[], context: PolicyContext, report: Report): readonly string[] {
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
  const on = toolsIn(spec.before, context, report.at('before'));
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
