// The reward of an episode: named parts and one total, their weighted sum. A part says one thing; what
// a trainer wants of them is a choice of weights. An episode that broke has neither parts nor total.
import { canonicalJson } from '../core/json.js';
import type { Fault } from '../core/errors.js';
import type { Facts } from './grade.js';
import type { Action, EpisodeStep, Reward, RewardWeights } from './protocol.js';

/**
 * Weights to choose from. `outcome` pays what counts: 1 exactly when solved. `shaped` is for training:
 * it also pays the way (at most 0.4 in all), so every solved episode still pays more than any other.
 * Progress is potential-based, so it favours no way to the goal over another; since Φ is not taken
 * back at the end, what was reached of an unsolved task stays paid.
 */
export const rewardPresets = {
  outcome: { outcome: 1 },
  shaped: { outcome: 1, progress: 0.3, policy: 0.1, repetition: -0.1, format: -0.1 },
} as const satisfies Readonly<Record<string, RewardWeights>>;

/** What of an episode is rewarded. */
export interface Earned {
  readonly solved: boolean;
  readonly facts: Facts;
  readonly violations: number;
  readonly steps: readonly EpisodeStep[];
  /** By step: whether it changed the state or the talk. */
  readonly moved: readonly boolean[];
}

export function rewardOf(earned: Earned, weights: RewardWeights): Reward {
  const { solved, facts, violations, steps, moved } = earned;
  const parts = {
    outcome: solved ? 1 : 0,
    ...Object.fromEntries(Object.entries(facts).map(([fact, holds]) => [fact, holds ? 1 : 0])),
    violations,
    progress: steps.reduce((sum, step) => sum + step.progress, 0),
    repetition: share(repeated(steps, moved), steps.length),
    format: share(steps.filter(isMalformed).length, steps.length),
  };
  return { parts, weights, total: totalOf(parts, weights) };
}

/** The weighted sum; a part that is not there counts as 0. */
export function totalOf(parts: Reward['parts'], weights: RewardWeights): number {
  return Object.entries(weights).reduce((total, [part, weight]) => total + weight * (parts[part] ?? 0), 0);
}

/** What breaks outside the agent is never scored; an agent that breaks has earned nothing. */
export function rewardOfFault(fault: Fault | undefined, weights: RewardWeights): Reward {
  return { parts: {}, weights, total: fault?.boundary === 'agent' ? 0 : null };
}

/** How many steps repeat an earlier one since which nothing has changed: they can only bring the same. */
function repeated(steps: readonly EpisodeStep[], moved: readonly boolean[]): number {
  // Few actions have another of their kind, and only those have to be spelled out to be compared.
  const kinds = new Map<string, number[]>();
  for (const [at, { action }] of steps.entries()) {
    const alike = kinds.get(kindOf(action));
    if (alike === undefined) kinds.set(kindOf(action), [at]);
    else alike.push(at);
  }
  let count = 0;
  for (const alike of kinds.values()) {
    const latest = new Map<string, number>();
    for (const at of alike.length < 2 ? [] : alike) {
      const text = canonicalJson(steps[at]?.action);
      const before = latest.get(text);
      if (before !== undefined && !moved.slice(before + 1, at).includes(true)) count += 1;
      latest.set(text, at);
    }
  }
  return count;
}

function kindOf(action: Action): string {
  if (action.type === 'call') return action.tool;
  return 'act' in action ? `act ${action.act.act}` : `text ${action.text}`;
}

const misused = new Set(['UNKNOWN_TOOL', 'INVALID_ARGUMENTS']);

/** Unknown tools, arguments of a wrong form, and texts in which nothing was understood. */
function isMalformed({ action, heard, observation }: EpisodeStep): boolean {
  if (action.type === 'call') return observation.type === 'refusal' && misused.has(observation.code);
  return heard?.length === 0;
}

function share(count: number, all: number): number {
  return all === 0 ? 0 : count / all;
}
