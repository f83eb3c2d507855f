// Which rules of the domain speak against a call or against telling a value, and which arguments they
// settle, judged over any source of rows.
import type { JsonObject } from '../../core/json.js';
import type { RowSource } from '../../spec/evaluate.js';
import { computedValue, concealing, holdsGuard } from '../../spec/interpret.js';
import type { Domain, Policy, Tool } from '../../spec/model.js';
import { judgesCalls, ruleOn, toolsOf, type CallPolicy } from '../../spec/rule.js';
import type { Value } from '../../spec/state.js';

export type Rule = CallPolicy;
type Compute = Extract<Policy, { kind: 'compute' }>;

/** Guard, escalate and compute policies that speak about a tool, in the order of the domain. */
export function rulesOn(domain: Domain, tool: string): readonly Rule[] {
  return domain.policies.filter((policy): policy is Rule => judgesCalls(policy) && policy.on.includes(tool));
}

/** Whether the call may be made as far as this rule goes. */
export function complies(
  rule: Rule,
  tool: Tool,
  args: JsonObject,
  caller: string | null,
  source: RowSource,
): boolean {
  const judged = ruleOn(rule, tool);
  if (judged === undefined) return true;
  return holdsGuard(judged.condition, tool, args, caller, source, judged.complies) === judged.complies;
}

/** The arguments of a tool that the agent works out, by name: a user does not say them. */
export function computedParams(domain: Domain, tool: string): ReadonlyMap<string, Compute> {
  return new Map(policiesOn(domain, 'compute', tool).map((policy) => [policy.param, policy]));
}

/** What the policy says that its argument must be, given the others; undefined where that is not settled. */
export function computeValue(
  policy: Compute,
  tool: Tool,
  args: JsonObject,
  caller: string | null,
  source: RowSource,
): Value | undefined {
  const value = policy.value[tool.name];
  return value && computedValue(value, tool, args, caller, source);
}

/** The arguments with those that the agent works out; null where one is not settled. */
export function withComputed(
  domain: Domain,
  tool: Tool,
  args: JsonObject,
  caller: string | null,
  source: RowSource,
): JsonObject | null {
  const computed: [string, Value][] = [];
  for (const [param, policy] of computedParams(domain, tool.name)) {
    const value = computeValue(policy, tool, args, caller, source);
    if (value === undefined) return null;
    computed.push([param, value]);
  }
  return computed.length === 0 ? args : { ...args, ...Object.fromEntries(computed) };
}

/** The id of the first policy by which the caller must not be told the column of a row; null when they may. */
export function concealedBy(
  domain: Domain,
  row: { readonly entity: string; readonly id: string },
  column: string,
  caller: string | null,
  source: RowSource,
): string | null {
  const { entity, id } = row;
  const found = domain.policies.find(
    (policy) =>
      policy.kind === 'conceal' &&
      policy.of.some((one) => one.entity === entity && one.column === column) &&
      (policy.unless === undefined || concealing(domain, entity, id, caller, source).includes(policy.id)),
  );
  return found?.id ?? null;
}

/** Policies of a kind that speak about a tool. */
export function policiesOn<Kind extends Policy['kind']>(
  domain: Domain,
  kind: Kind,
  tool: string,
): readonly Extract<Policy, { kind: Kind }>[] {
  return domain.policies.filter(
    (policy): policy is Extract<Policy, { kind: Kind }> =>
      policy.kind === kind && toolsOf(policy).includes(tool),
  );
}
