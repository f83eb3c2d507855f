// What an explanation of an episode holds.
import type { Call, TypedValue } from '../policy/talk.js';
import type { ActNeeded } from '../task/task.js';
import type { GuestRow } from '../../sandbox/guest-api.js';
import type { Divergence } from './diverge.js';
import type { EpisodeEnd } from './protocol.js';

/** A value of a row at the end: what gold left there and what the episode left; null for no row. */
export interface Difference {
  readonly entity: string;
  readonly id: string;
  readonly gold: GuestRow | null;
  readonly actual: GuestRow | null;
  /** Columns that differ; none when one of them has no such row. */
  readonly columns: readonly string[];
}

interface BrokenRule {
  readonly step: number;
  readonly policy: string;
  readonly text: string;
  readonly tool?: string;
}

export interface Explanation {
  readonly task: string;
  readonly agent: string;
  readonly end: EpisodeEnd;
  /** The first step that gold has no place for; null when every step fits. */
  readonly diverged: Divergence | null;
  readonly undone: readonly Call[];
  readonly wrong: readonly { readonly step: number; readonly call: Call }[];
  readonly differences: readonly Difference[];
  readonly untold: readonly TypedValue[];
  /** Rows that had to be read and were not. */
  readonly unread: readonly string[];
  readonly acts: readonly ActNeeded[];
  readonly violations: readonly BrokenRule[];
  readonly text: string;
}
