// A value and where it stands in a message.
import type { TypedValue } from '../../policy/talk.js';

export interface ValueSpan {
  readonly value: TypedValue;
  /** Places of its first token and of the one behind its last. */
  readonly from: number;
  readonly to: number;
  readonly form:
    | 'quoted'
    | 'literal'
    | 'seen'
    | 'enum'
    | 'id'
    | 'email'
    | 'code'
    | 'time'
    | 'clock'
    | 'number';
}

/** What a reading of tokens takes: the place behind it, and its value, or null if it has none. */
export interface Taken {
  readonly to: number;
  readonly value: TypedValue | null;
}
