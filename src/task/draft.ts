// A task in the making: what one of the kinds hands over to be put together. Who calls, what they want,
// and what is to become of each wish.
import type { Call } from '../policy/talk.js';
import type { Rule } from '../policy/belief/rules.js';
import type { TypedValue } from '../policy/talk.js';
import type { Chain } from './chain-model.js';
import type { SpokenWish } from './goal.js';
import type { KnownSlots } from './scenario.js';
import type { DraftFailure } from './tally.js';
import type { Task } from './task.js';

/** A value to be told: of which row, which attribute. */
export interface Question {
  readonly entity: string;
  readonly id: string;
  readonly attr: string;
  readonly value: TypedValue;
}

/** One wish and what is to become of it. Those that are done are the steps of the chain, in order. */
export type Errand = { readonly spoken: SpokenWish } & (
  | { readonly end: 'done' }
  | { readonly end: 'told'; readonly question: Question }
  | TurnedDown
);

/** A call that would work and that exactly this rule is against. */
export interface TurnedDown {
  readonly end: 'refused' | 'handed-over';
  readonly call: Call;
  readonly rule: Rule;
}

export interface Draft {
  readonly kind: Task['kind'];
  readonly caller: string;
  readonly known: KnownSlots;
  readonly chain: Chain;
  /** Of how many chains, disjoint from each other, it is made. */
  readonly chains: number;
  readonly errands: readonly Errand[];
  /** What was used, so that the next task takes something else. */
  readonly used: readonly string[];
}

/** A draft, or why there is none. */
export type Drafted = { readonly draft: Draft } | { readonly reason: DraftFailure };
