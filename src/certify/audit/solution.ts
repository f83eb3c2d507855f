// Independent solutions of a task: ways other than gold's to do what is asked, each right by itself.
// One that is not paid is an error of the grader (or of the user or its reader); why is said by class.
import { canonicalJson } from '../../core/json.js';
import { goldActions } from '../../env/gold.js';
import type { Episode } from '../../env/protocol.js';
import type { Task } from '../../task/task.js';
import type { CertifyContext } from '../context.js';
import { isPaid } from '../play.js';
import { detours } from './detours.js';
import { otherCalls } from './other-calls.js';
import { otherIdentifications } from './other-identification.js';
import { otherOrders } from './other-orders.js';
import type { Played, Variation } from './variation.js';
import { otherWordings } from './wordings.js';

export type SolutionVerdict =
  | { readonly verdict: 'passed' }
  | { readonly verdict: 'rejected'; readonly reason: string }
  | { readonly verdict: 'fault'; readonly reason: string };

export function solutions(context: CertifyContext, task: Task): readonly Variation[] {
  return [
    ...otherOrders(context, task),
    ...otherCalls(context, task),
    ...otherIdentifications(context, task),
    ...detours(context, task),
    ...otherWordings(context, task),
  ];
}

export function judgeSolution(task: Task, { variation, episode }: Played): SolutionVerdict {
  if (episode.end === 'fault') return { verdict: 'fault', reason: episode.faults.at(-1)?.kind ?? 'fault' };
  if (isPaid(episode)) return { verdict: 'passed' };
  return { verdict: 'rejected', reason: reasonFor(task, variation, episode) };
}

/** Why a right solution was not paid: misread words before a broken rule, a user who left, a missing part. */
function reasonFor(task: Task, variation: Variation, episode: Episode): string {
  const misread = variation.kind === 'other wording' ? misreadAct(task, episode) : null;
  if (misread !== null) return `the reader took ${misread} for something else`;
  const [violation] = episode.violations;
  if (violation !== undefined) return `the monitor saw '${violation.policy}' broken`;
  if (episode.end === 'gave-up') return 'the user gave up';
  if (episode.end === 'turn-limit') return 'the user never left';
  const missing = Object.entries(episode.reward.parts).filter(([, value]) => value === 0);
  return `the grader found wanting: ${missing.map(([part]) => part).join(' ')}`;
}

/** The first act of gold that its words were not understood as. */
function misreadAct(task: Task, { steps }: Episode): string | null {
  for (const [at, gold] of goldActions(task).entries()) {
    const heard = steps[at]?.heard;
    if (gold.type !== 'say' || !('act' in gold) || heard === undefined) continue;
    if (canonicalJson(heard) !== canonicalJson([gold.act]) && heard[0]?.act !== gold.act.act)
      return gold.act.act;
  }
  return null;
}
