// What policies that judge calls come down to: one condition for each tool.
import type { Expr, Policy, Tool } from './model.js';

/** Policies that judge a call by a condition. */
export type CallPolicy = Extract<Policy, { kind: 'guard' | 'escalate' | 'compute' }>;

export interface Rule {
  readonly condition: Expr;
  /** How it comes out where a call complies; also where a row is missing, or the caller is that it asks for. */
  readonly complies: boolean;
}

/** Whether a policy judges calls by a condition. */
export function judgesCalls(policy: Policy): policy is CallPolicy {
  return policy.kind === 'guard' || policy.kind === 'escalate' || policy.kind === 'compute';
}

/** The tools that a policy speaks about. */
export function toolsOf(policy: Policy): readonly string[] {
  return policy.kind === 'conceal' ? [] : policy.on;
}

/** The condition by which a policy judges calls of a tool, if it does. */
export function ruleOn(policy: Policy, tool: Pick<Tool, 'name' | 'params'>): Rule | undefined {
  switch (policy.kind) {
    case 'guard': {
      const condition = policy.holds[tool.name];
      return condition && { condition, complies: true };
    }
    case 'escalate': {
      const condition = policy.when[tool.name];
      return condition && { condition, complies: false };
    }
    case 'compute': {
      const value = policy.value[tool.name];
      const param = tool.params.find(({ name }) => name === policy.param);
      if (value === undefined || param === undefined) return undefined;
      const left: Expr = { kind: 'variable', name: param.binds, type: param.type };
      const condition: Expr = { kind: 'binary', op: '==', left, right: value, type: { kind: 'bool' } };
      return { condition, complies: true };
    }
    default:
      return undefined;
  }
}
