// A goal of the search for cases: how to approach it, and whether an attempt reached it.
import type { Interpreted } from '../spec/interpret.js';
import type { SpecTool } from '../spec/model.js';
import type { State } from '../spec/state.js';
import type { GoalKind } from './case.js';
import type { Site } from './site.js';

/** A site after its call was interpreted. */
export interface Attempt {
  readonly site: Site;
  readonly before: State;
  readonly reply: Interpreted;
  readonly after: State;
}

export interface Goal {
  readonly id: string;
  readonly kind: GoalKind;
  readonly required: boolean;
  readonly aim: (site: Site) => void;
  readonly met: (attempt: Attempt) => boolean;
}

/** Another version of the tool; the goal is met by a call on which the two differ. */
export interface VariantGoal extends Omit<Goal, 'met'> {
  readonly variant: SpecTool;
}

/** The call gave a result. */
export const succeeded = ({ reply }: Attempt): boolean => reply.type === 'result';
/** The call was refused with this code (and message). */
export const refusedWith =
  (code: string, message?: string) =>
  ({ reply }: Attempt): boolean =>
    reply.type === 'refusal' && reply.code === code && (message === undefined || reply.message === message);
