// What tasks are asked for: the share of each kind, how complex they become, and how many rows that
// look alike are laid beside the state.
import { defaultComplexity, type Complexity } from './size.js';
import type { Task } from './task.js';

export type Kind = Task['kind'];

export interface ComposeOptions {
  /** Share of each kind; a kind left out gets none, nor does one that the domain has no case of. */
  readonly shares?: Readonly<Partial<Record<Kind, number>>>;
  readonly complexity?: Complexity;
  /** Share of tasks by the number of distractors that are tried to be laid, from none on; three at most. */
  readonly distractors?: readonly number[];
}

export const kinds: readonly Kind[] = ['do', 'tell', 'refuse', 'part', 'transfer'];

const defaultShares: Readonly<Record<Kind, number>> = {
  do: 0.5,
  tell: 0.15,
  refuse: 0.12,
  part: 0.15,
  transfer: 0.08,
};

const defaultDistractors: readonly number[] = [40, 30, 18, 12];

export interface Wanted {
  readonly shares: Readonly<Record<Kind, number>>;
  readonly complexity: Complexity;
  readonly distractors: readonly number[];
}

/** The options with what they leave out. */
export function wantedBy(options: ComposeOptions): Wanted {
  const none = { do: 0, tell: 0, refuse: 0, part: 0, transfer: 0 };
  const shares = options.shares === undefined ? defaultShares : { ...none, ...options.shares };
  const whole = kinds.reduce((sum, kind) => sum + shares[kind], 0);
  return {
    shares: Object.fromEntries(kinds.map((kind) => [kind, shares[kind] / whole])) as Record<Kind, number>,
    complexity: options.complexity ?? defaultComplexity,
    distractors: (options.distractors ?? defaultDistractors).slice(0, 4),
  };
}
