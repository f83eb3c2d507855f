// What an agent does not know yet. Thinking runs over believed rows; where one is missing it stops
// with the read that is needed, the read is made, and the thought starts again from the beginning.
import type { Value } from '../../spec/state.js';

export interface Equal {
  readonly column: string;
  readonly value: Value;
}

/** A row by its id, or every row of an entity whose columns have these values. */
export type Need =
  | { readonly entity: string; readonly id: string }
  | { readonly entity: string; readonly equals: readonly Equal[] };

/** Thrown by a believed source; caught by `think` alone. */
export class NeedRead extends Error {
  override readonly name = 'NeedRead';
  readonly need: Need;

  constructor(need: Need) {
    super(`${need.entity} has not been read`);
    this.need = need;
  }
}

export type Thought<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly need: Need };

/** Runs a computation over beliefs: its value, or what must be read first. */
export function think<T>(compute: () => T): Thought<T> {
  try {
    return { known: true, value: compute() };
  } catch (error) {
    if (error instanceof NeedRead) return { known: false, need: error.need };
    throw error;
  }
}
