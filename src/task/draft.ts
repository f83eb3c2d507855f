// A task in the making: what one of the kinds hands over to be certified and published.
import type { Conduct } from './conduct.js';
import type { SpokenWish } from './goal.js';
import type { Subsets } from './minimal.js';
import type { KnownSlots } from './scenario.js';
import type { Goal, Step, Task } from './task.js';

export interface Draft {
  readonly kind: Task['kind'];
  readonly caller: string;
  readonly known: KnownSlots;
  readonly wishes: readonly SpokenWish[];
  readonly gold: readonly Step[];
  readonly goal: Goal;
  readonly conduct: Conduct;
  /** Of the writes: one that reaches the goal makes the rest superfluous. */
  readonly subsets: Subsets;
  /** What was used, so that the next task takes something else. */
  readonly used: readonly string[];
}

/** A draft, or why there is none, in a word or two. */
export type Drafted = { readonly draft: Draft } | { readonly reason: string };

export function rejected(reason: string): Drafted {
  return { reason };
}
