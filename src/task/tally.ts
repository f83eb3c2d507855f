// What composing turned down, counted by reason. The names stand in index.json and in reports, so
// they do not change: `step:` a write that may not join a chain, `distractor:` a row that may not lie
// beside the state, and the kind of a task for a task that came to nothing.
import type { Task } from './task.js';

/** Why a write does not join a chain. */
export type StepFailure =
  | 'no-arguments' // nothing there fills a parameter
  | 'refused' // the tool refuses
  | 'fault'
  | 'breaks-policy'
  | 'no-effect'
  | 'undoes' // takes back what an earlier step brought about
  | 'repeats' // is the very call of an earlier step
  | 'shares-row' // touches a row of a chain that it has to be disjoint from
  | 'not-describable' // the caller cannot say what is meant
  | 'not-recoverable' // an agent cannot find what is said
  | 'rule-not-knowable' // an agent cannot read what a rule rests on
  | 'too-long';

/** Why a row does not lie beside the state. */
export type DistractorFailure =
  | 'no-clone' // nothing near in place of a fact
  | 'no-row' // does not fit its columns
  | 'not-unique' // a value or a find that belongs to another row
  | 'breaks-invariant'
  | 'blurs' // a reference would mean it as well
  | 'changes-outcome' // the steps of the task do something else
  | 'changes-gold'; // an agent can no longer do the task

/** Why a task came to nothing. */
export type DraftFailure =
  | `first-step-${StepFailure}`
  | 'no-row' // nothing to ask about
  | 'no-case-for-rule'
  | 'not-describable'
  | 'already-said' // the answer is in the question
  | 'nothing-permitted' // a refusal in part needs something that is done
  | 'outside-complexity'
  | 'superfluous-step' // some of the writes alone reach the goal
  | 'order-decides' // whether a wish is forbidden hangs on what is done before it
  | GoldFailure
  | 'gold-does-not-replay'
  | 'gold-violates'
  | 'gold-lacks-an-act'
  | 'asked-before';

/** Why an agent that reads cannot do the task. */
export type GoldFailure =
  | 'caller-not-found'
  | 'not-recoverable'
  | 'rule-not-knowable'
  | 'other-rule'
  | 'not-readable'
  | 'refused'
  | 'too-long'
  | 'ends-elsewhere';

export interface Tally {
  note(
    reason: `step:${StepFailure}` | `distractor:${DistractorFailure}` | `${Task['kind']}:${DraftFailure}`,
  ): void;
  /** In the order of the names. */
  counts(): Readonly<Record<string, number>>;
}

export function openTally(): Tally {
  const counts = new Map<string, number>();
  return {
    note: (reason) => void counts.set(reason, (counts.get(reason) ?? 0) + 1),
    counts: () => Object.fromEntries([...counts].toSorted(([left], [right]) => (left < right ? -1 : 1))),
  };
}
