// Grading: solved is an accepted end state with its values told, the acts needed, and no violation.
// Nothing here judges by words or by likeness; each fact holds or does not.
import type { ContentHash } from '../core/hash.js';
import { answers, type Question } from '../policy/told.js';
import type { TalkState } from '../policy/talk.js';
import { isDone } from '../task/act-done.js';
import type { Goal } from '../task/task.js';

/** What has to hold of an episode, each by itself; solved is when all of it does. */
export interface Facts {
  readonly state: boolean;
  readonly told: boolean;
  readonly acts: boolean;
  readonly policy: boolean;
  readonly ended: boolean;
}

export interface Grade {
  readonly solved: boolean;
  readonly facts: Facts;
}

/** Grades how a talk ended; `ended` is false for a talk that was cut short. */
export function grade(
  goal: Goal,
  digest: ContentHash,
  talk: TalkState,
  question: Question,
  violations: number,
  ended: boolean,
): Grade {
  const states = goal.accepts.filter((accept) => accept.digest === digest);
  const facts = {
    state: states.length > 0,
    told: (states.length > 0 ? states : goal.accepts).some(({ communicate }) =>
      answers(talk, { ...question, wanted: communicate }),
    ),
    acts: goal.actsNeeded.every((needed) => isDone(talk, needed)) && nothingElseRefused(goal, talk),
    policy: violations === 0,
    ended,
  };
  return { solved: Object.values(facts).every(Boolean), facts };
}

/** A refusal or a hand-over that nothing called for is wrong, as is naming every policy in turn. */
function nothingElseRefused(goal: Goal, talk: TalkState): boolean {
  const refusals = new Set(
    goal.actsNeeded.flatMap((needed) => (needed.act === 'refuse' ? [needed.policy] : [])),
  );
  const handOver = goal.actsNeeded.some(({ act }) => act === 'transfer');
  return talk.refused.every((policy) => refusals.has(policy)) && (talk.escalated === null || handOver);
}
