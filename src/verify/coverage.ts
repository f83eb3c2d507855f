// Completeness: what of the domain some case reaches. Required are a success of every tool with each
// shape of its arguments, every declared refusal, every edge of a machine that a tool can take, both
// sides of every branch, every row of a decision table that something can come to, a violating and a
// complying case of every guard and escalation, and a state that breaks each invariant. Boundaries and
// small wrong versions are reported beside it.
import type { Policy } from '../spec/model.js';
import { judgesCalls } from '../spec/rule.js';
import type { GoalOutcome } from './case.js';
import type { Coverage } from './report.js';

/** Policies are asked once for each side over all their tools. */
export function policyGoals(policies: readonly Policy[], found: readonly GoalOutcome[]): GoalOutcome[] {
  return policies
    .filter((policy) => judgesCalls(policy) || (policy.kind === 'conceal' && policy.unless !== undefined))
    .flatMap(({ id }) =>
      ['complies', 'violates'].map((side): GoalOutcome => ({
        id: `${id}: ${side} once`,
        kind: 'guard',
        required: true,
        reached: found.some(
          (goal) => goal.reached && goal.id.startsWith(`${id} on `) && goal.id.endsWith(`: ${side}`),
        ),
      })),
    );
}

/** Counts the goals that a test picks. */
function countGoals(goals: readonly GoalOutcome[], pick: (goal: GoalOutcome) => boolean): Coverage {
  const picked = goals.filter(pick);
  const missing = picked.filter(({ reached }) => !reached).map(({ id }) => id);
  return { reached: picked.length - missing.length, total: picked.length, missing };
}

/** The three fractions of the report. */
export function coverageOf(goals: readonly GoalOutcome[]): {
  readonly required: Coverage;
  readonly boundaries: Coverage;
  readonly variants: Coverage;
} {
  return {
    required: countGoals(goals, ({ required }) => required),
    boundaries: countGoals(goals, ({ required, kind }) => !required && kind !== 'variant'),
    variants: countGoals(goals, ({ kind }) => kind === 'variant'),
  };
}

/** A fraction of 1; an empty demand is met. */
export function fraction({ reached, total }: Pick<Coverage, 'reached' | 'total'>): number {
  return total === 0 ? 1 : reached / total;
}
