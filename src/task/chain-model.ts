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
interface RunStep {
  readonly call: Call;
  readonly result: Json;
}

export interface Chain {
  readonly steps: readonly ChainStep[];
  readonly run: readonly RunStep[];
  readonly digest: ContentHash;
}
