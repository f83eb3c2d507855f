// What a chain of writes is made of.
import type { ContentHash } from '../core/hash.js';
import type { Json } from '../core/json.js';
import type { Call } from '../policy/talk.js';

/** An argument: a value, or the row that an earlier step of the chain made. */
export type ChainArg = { readonly value: Json } | { readonly made: number };

export type ChainArgs = Readonly<Record<string, ChainArg>>;

export interface ChainStep {
  readonly tool: string;
  readonly args: ChainArgs;
}

/** A step as it was run. */
export interface RunStep {
  readonly call: Call;
  readonly result: Json;
}

/** Steps that are run; undefined where one has not been, so that the others keep their places. */
export type Run = readonly (RunStep | undefined)[];

export interface Chain {
  readonly steps: readonly ChainStep[];
  readonly run: readonly RunStep[];
  readonly digest: ContentHash;
}

/** No writes yet. */
export function emptyChain(digest: ContentHash): Chain {
  return { steps: [], run: [], digest };
}
