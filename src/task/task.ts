// A task: who calls and why, what counts as solved, and the executed reference steps.
import type { ContentHash } from '../core/hash.js';
import type { AgentAct, Call, Scalar, TypedValue, Wish } from '../policy/talk.js';

export interface Task {
  readonly format: string;
  readonly id: string;
  readonly domain: ContentHash;
  readonly kind: 'do' | 'tell' | 'refuse' | 'transfer';
  readonly split: 'train' | 'test';
  readonly seed: string;
  /** The state at the start, by the hash of state.json. */
  readonly worlds: { readonly agent: ContentHash };
  readonly scenario: Scenario;
  readonly goal: Goal;
  readonly gold: readonly Step[];
  readonly difficulty: Readonly<Record<string, number>>;
  readonly certificate: readonly CertificateLine[];
}

/** What the user wants, knows and withholds until asked. `opening` is the first thing said. */
export interface Scenario {
  readonly caller: string; // id of the row
  readonly known: Readonly<Record<string, Scalar>>; // attributes of the caller that the user can say
  readonly wishes: readonly Wish[];
  readonly reason?: string;
  readonly opening: string;
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
