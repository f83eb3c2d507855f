// Conditions and values of policies, typed for the bindings of every tool that they are on. What is
// wrong for several tools is said once, with their names.
import { checkInner, decide } from './decide.js';
import { checkCondition, checkExpression } from './expression.js';
import { mentions } from './mention.js';
import type { PolicyContext } from './policy-context.js';
import type { PolicySpec } from './policy-spec.js';
import { ruleOn } from './rule.js';
import { emptyScope, withVariable, type Scope } from './scope.js';
import { rowsNamed, subjectOf } from './subject.js';
import { didYouMean, type Report } from './issues.js';
import { typeName, type Problem } from './types.js';
import type { Expr, Param, Policy, Tool } from './model.js';

/** A condition for each tool. */
export function resolveConditions(
  text: string,
  on: readonly string[],
  context: PolicyContext,
  report: Report,
  verb: 'complies with' | 'meets',
): Readonly<Record<string, Expr>> {
  return byTool(on, context, report, (tool, problem) => {
    const condition = checkCondition(text, scopeOf(tool, context, problem), problem);
    if (condition === undefined) return undefined;
    checkInner(condition, problem);
    checkPossible(condition, tool, verb, problem);
    return condition;
  });
}

type ComputeSpec = Extract<PolicySpec, { kind: 'compute' }>;

/** What an argument has to be, for each tool. */
export function resolveCompute(
  spec: ComputeSpec,
  on: readonly string[],
  context: PolicyContext,
  report: Report,
): Policy {
  const { id, text, param: name } = spec;
  const params = byTool(on, context, report.at('param'), (tool, problem) =>
    computedParam(name, tool, problem),
  );
  const value = byTool(Object.keys(params), context, report.at('value'), (tool, problem) => {
    const param = params[tool.name];
    const expr = param && checkExpression(spec.value, scopeOf(tool, context, problem), problem, param.type);
    if (param === undefined || expr === undefined) return undefined;
    if (mentions(expr, param.binds)) {
      problem(`'${name}' is what is computed here`);
      return undefined;
    }
    checkInner(expr, problem);
    return expr;
  });
  const policy = { id, text, kind: 'compute', on, param: name, value } as const;
  byTool(Object.keys(value), context, report.at('value'), (tool, problem) => {
    const rule = ruleOn(policy, tool);
    if (rule !== undefined) checkPossible(rule.condition, tool, 'complies with', problem);
    return undefined;
  });
  return policy;
}

/** A plain value that every call gives. */
function computedParam(name: string, tool: Tool, problem: Problem): Param | undefined {
  const param = tool.params.find((one) => one.name === name);
  if (param === undefined) {
    problem(
      `there is no parameter '${name}'`,
      didYouMean(
        name,
        tool.params.map((one) => one.name),
      ),
    );
    return undefined;
  }
  const { kind } = param.type;
  if (param.optional) problem(`'${name}' may be left out, so that nobody has to compute it`);
  else if (kind !== 'row' && kind !== 'list' && kind !== 'text') return param;
  else problem(`'${name}' is ${typeName(param.type)}: only a plain value is computed`);
  return undefined;
}

/** Reports arguments that two policies compute, and values that rest on another computed argument. */
export function checkComputed(
  policies: readonly (readonly [index: number, policy: Policy])[],
  report: Report,
): void {
  for (const [at, [index, policy]] of policies.entries()) {
    if (policy.kind !== 'compute') continue;
    for (const [other, [, one]] of policies.entries()) {
      if (one.kind !== 'compute' || other === at) continue;
      for (const [tool, value] of Object.entries(policy.value)) {
        if (one.value[tool] === undefined) continue;
        if (one.param === policy.param && other < at)
          report.at(index, 'param')(`'${policy.param}' of ${tool} is computed by '${one.id}' already`);
        else if (one.param !== policy.param && mentions(value, one.param))
          report.at(index, 'value')(`'${one.param}' of ${tool} is computed itself, by '${one.id}'`);
      }
    }
  }
}

function scopeOf(tool: Tool, context: PolicyContext, problem: Problem): Scope {
  const { caller, entities, tables } = context;
  const variables = new Map(tool.params.map((param) => [param.binds, param.type]));
  const callerType = entities.get(caller) && ({ kind: 'row', entity: caller } as const);
  const scope = withVariable({ ...emptyScope(entities, tables), variables }, 'caller', callerType);
  return { ...scope, subject: () => subjectOf(rowsNamed(tool), caller, entities, problem) };
}

/** What is made of each tool. */
function byTool<T>(
  on: readonly string[],
  { tools }: PolicyContext,
  report: Report,
  make: (tool: Tool, problem: Problem) => T | undefined,
): Readonly<Record<string, T>> {
  const made: [string, T][] = [];
  const problems = new Map<string, { hint: string | undefined; tools: string[] }>();
  for (const name of on) {
    const tool = tools.get(name);
    if (tool === undefined) continue;
    const one = make(tool, (message, hint) => {
      const known = problems.get(message) ?? { hint, tools: [] };
      problems.set(message, { ...known, tools: [...new Set([...known.tools, name])] });
    });
    if (one !== undefined) made.push([name, one]);
  }
  for (const [message, { hint, tools: named }] of problems)
    report(`for ${named.join(', ')}: ${message}`, hint);
  return Object.fromEntries(made);
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
