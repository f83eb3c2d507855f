// Which rules of the domain speak against a call, judged over any source of rows.
import type { JsonObject } from '../../core/json.js';
import type { RowSource } from '../../spec/evaluate.js';
import { holdsGuard } from '../../spec/interpret.js';
import type { Domain, Policy, Tool } from '../../spec/model.js';

export type Rule = Extract<Policy, { kind: 'guard' | 'escalate' }>;

/** Guard and escalate policies that speak about a tool, in the order of the domain. */
export function rulesOn(domain: Domain, tool: string): readonly Rule[] {
  return domain.policies.filter(
    (policy): policy is Rule =>
      (policy.kind === 'guard' || policy.kind === 'escalate') && policy.on.includes(tool),
  );
}

/** Whether the call may be made as far as this rule goes. */
export function complies(
  rule: Rule,
  tool: Tool,
  args: JsonObject,
  caller: string | null,
  source: RowSource,
): boolean {
  if (rule.kind === 'guard') {
    const holds = rule.holds[tool.name];
    return holds === undefined || holdsGuard(holds, tool, args, caller, source);
  }
  const when = rule.when[tool.name];
  return when === undefined || !holdsGuard(when, tool, args, caller, source, false);
}

/** Policies of a kind that speak about a tool. */
export function policiesOn<Kind extends Policy['kind']>(
  domain: Domain,
  kind: Kind,
  tool: string,
): readonly Extract<Policy, { kind: Kind }>[] {
  return domain.policies.filter(
    (policy): policy is Extract<Policy, { kind: Kind }> => policy.kind === kind && policy.on.includes(tool),
  );
}
