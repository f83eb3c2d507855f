// A task: who calls and why, what counts as solved, and the executed reference steps.
import type { GuestRow } from '../../sandbox/guest-api.js';
import type { ContentHash } from '../core/hash.js';
import type { AgentAct, Call, Reference, Scalar, TypedValue, Wish } from '../policy/talk.js';

export interface Task {
  readonly format: string;
  readonly id: string;
  readonly domain: ContentHash;
  /** `part`: some of what is asked for is done and the rest refused. */
  readonly kind: 'do' | 'tell' | 'refuse' | 'part' | 'transfer';
  readonly split: 'train' | 'test';
  readonly seed: string;
  /** The state at the start, by the hash of state.json. */
  readonly worlds: { readonly agent: ContentHash };
  /** Rows beside the seed state that look like what is meant and are not it. */
  readonly distractors: readonly { readonly entity: string; readonly row: GuestRow }[];
  readonly scenario: Scenario;
  readonly goal: Goal;
  readonly gold: readonly Step[];
  readonly difficulty: Readonly<Record<string, number>>;
  readonly certificate: readonly CertificateLine[];
}

/**
 * What the user wants, knows and withholds. `opening` is the first thing said; it leaves out what is
 * `withheld` and later wishes, and says what is `corrected` wrongly.
 */
export interface Scenario {
  readonly caller: string; // id of the row
  readonly persona: string; // how the user speaks: a name of language/persona.ts
  readonly known: Readonly<Record<string, Scalar>>; // attributes of the caller that the user can say
  readonly wishes: readonly Wish[]; // all of them, whole
  /** The wishes have to be fulfilled in their order, and the user says so. */
  readonly ordered: boolean;
  /** Arguments that the user says only when asked for them. */
  readonly withheld: readonly WishedArgument[];
  /** Arguments said wrongly first (`first`) and put right with the answer to the agent's first question. */
  readonly corrected: readonly (WishedArgument & { readonly first: Reference })[];
  /** Wishes from this one on come up once those before are settled. */
  readonly later: number;
  /** Objects once to a refusal before taking it. */
  readonly insists: boolean;
  readonly reason?: string;
  readonly opening: string;
  /** The words of arguments (`0.branch`; a corrected one's first words as `0.branch.first`) and of later wishes (`1`). */
  readonly phrases: Readonly<Record<string, string>>;
}

/** An argument of a wish: by parameter, `of` for a row asked about. */
export interface WishedArgument {
  readonly wish: number;
  readonly arg: string;
}

/** Solved = an accepted end state with its values told, the acts needed, and no violation. */
export interface Goal {
  readonly accepts: readonly { readonly digest: ContentHash; readonly communicate: readonly TypedValue[] }[];
  readonly actsNeeded: readonly ActNeeded[];
}

export type ActNeeded =
  | { readonly act: 'identify'; readonly caller: string }
  | { readonly act: 'read'; readonly rows: readonly string[] } // ids that must have appeared in results
  | { readonly act: 'refuse'; readonly policy: string }
  | { readonly act: 'transfer'; readonly policy: string };

export type Step =
  | { readonly by: 'agent'; readonly call: Call }
  | { readonly by: 'agent'; readonly say: AgentAct };

export interface CertificateLine {
  readonly line: string;
  readonly passed: boolean;
  readonly evidence: Readonly<Record<string, string | number | boolean>>;
}
