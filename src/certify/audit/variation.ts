// A way to play a task that follows gold up to a step and then goes its own way. Those of one task
// share what they have in common: gold is played once, with a fork for each.
import { canonicalJson } from '../../core/json.js';
import { goldActions } from '../../env/gold.js';
import type { Action, Episode } from '../../env/protocol.js';
import type { Task } from '../../task/task.js';
import type { CertifyContext } from '../context.js';
import { close, open, playOn } from '../play.js';

export interface Variation {
  readonly kind: string;
  /** What differs from gold, for a reader. */
  readonly what: string;
  /** The step of gold that it does not take. */
  readonly from: number;
  /** What it does from there on. */
  readonly actions: readonly Action[];
}

export interface Played {
  readonly variation: Variation;
  readonly episode: Episode;
}

/** A variation of a whole list of actions; null when it is gold itself. */
export function vary(task: Task, kind: string, what: string, actions: readonly Action[]): Variation | null {
  const gold = goldActions(task);
  const from = actions.findIndex((action, at) => !isSame(action, gold[at]));
  if (from >= 0) return { kind, what, from, actions: actions.slice(from) };
  return actions.length === gold.length ? null : { kind, what, from: actions.length, actions: [] };
}

const mostSteps = 30;

/** Plays each to its end, closing once it has done all it meant to do. */
export function playVariations(
  context: CertifyContext,
  task: Task,
  variations: readonly Variation[],
): readonly Played[] {
  const longest = Math.max(0, ...variations.map(({ from, actions }) => from + actions.length));
  const trunk = open(context, task, 'audit', { maxSteps: longest + mostSteps });
  const played: Played[] = [];
  for (const [step, action] of [...goldActions(task), close].entries()) {
    for (const variation of variations) {
      if (variation.from !== step) continue;
      let next = 0;
      const episode = playOn(trunk.fork(), () => variation.actions[next++] ?? close);
      played.push({ variation, episode });
    }
    if (trunk.done) break;
    trunk.step(action);
  }
  trunk.finish();
  return played;
}

function isSame(left: Action, right: Action | undefined): boolean {
  return right !== undefined && canonicalJson(left) === canonicalJson(right);
}
