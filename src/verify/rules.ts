// The conditions by which policies judge calls, and what is told of rows.
import { Bug } from '../core/errors.js';
import { holdsGuard } from '../spec/interpret.js';
import type { Domain, Expr, Policy, Tool } from '../spec/model.js';
import { ruleOn, toolsOf } from '../spec/rule.js';
import type { Site } from './site.js';

/** A policy's condition on calls of one tool, or on the telling of one entity's rows. */
export interface Rule {
  readonly policy: string;
  /** The name under which guards.ts has it: of the tool or the entity. */
  readonly on: string;
  /** Whose parameters the condition sees; of an entity, those of the read that gets a row of it. */
  readonly tool: Tool;
  readonly condition: Expr;
  /** How it comes out where all is well, also where a row is missing. */
  readonly complies: boolean;
  /** How it comes out where it asks for a caller and nobody is identified. */
  readonly nobody: boolean;
}

/** The conditions of a policy. */
export function rulesOf({ tools }: Domain, policy: Policy): Rule[] {
  if (policy.kind === 'conceal') {
    return Object.entries(policy.unless ?? {}).flatMap(([on, condition]): Rule[] => {
      const tool = tools.find((one) => one.kind === 'derived' && one.read === 'get' && one.entity === on);
      return tool === undefined
        ? []
        : [{ policy: policy.id, on, tool, condition, complies: true, nobody: false }];
    });
  }
  return toolsOf(policy).flatMap((name): Rule[] => {
    const tool = tools.find((one) => one.name === name);
    const rule = tool && ruleOn(policy, tool);
    return tool === undefined || rule === undefined
      ? []
      : [{ policy: policy.id, on: tool.name, tool, ...rule, nobody: rule.complies }];
  });
}

/** How a condition in the place of the rule's own comes out at a site; undefined where it has no value. */
export function judgeRule(rule: Rule, { args, caller, draft }: Site, condition: Expr): boolean | undefined {
  try {
    return holdsGuard(condition, rule.tool, args, caller, draft, rule.complies, rule.nobody);
  } catch (error) {
    if (error instanceof Bug || error instanceof RangeError || error instanceof TypeError) return undefined;
    throw error;
  }
}
