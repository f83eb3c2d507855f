// The structured side of a talk: what users and agents mean (acts), and what a monitor remembers of
// it (TalkState). Every text has its acts; every act has a text.
import type { ContentHash } from '../core/hash.js';
import type { Json, JsonObject } from '../core/json.js';

export type Scalar = string | number | boolean | null;

/** A value told to a user, typed so that 12 the count is not 12 the day. Ids are strings. */
export interface TypedValue {
  readonly type: 'string' | 'int' | 'number' | 'money' | 'bool' | 'date' | 'datetime' | 'enum' | 'id';
  readonly value: Scalar;
}

/** What a user knows of a row: the value at an attribute path ("copy.book.title"), or that the path leads to the caller. */
export type Fact =
  | { readonly path: string; readonly value: Scalar }
  | { readonly path: string; readonly caller: true };

/** How a user refers to a thing, without ids that a user would not know. */
export type Reference =
  | { readonly type: 'value'; readonly value: Scalar }
  | { readonly type: 'caller' }
  | { readonly type: 'row'; readonly entity: string; readonly facts: readonly Fact[] } // the one row for which all facts hold
  | { readonly type: 'made'; readonly wish: number } // the row that an earlier wish makes
  | { readonly type: 'list'; readonly items: readonly Reference[] }
  | { readonly type: 'record'; readonly fields: Readonly<Record<string, Reference>> }; // a line item, by field

/** One thing that a user wants. */
export type Wish =
  | { readonly wish: 'do'; readonly tool: string; readonly args: Readonly<Record<string, Reference>> }
  | { readonly wish: 'tell'; readonly of: Reference; readonly entity: string; readonly attr: string };

export interface Call {
  readonly tool: string;
  readonly args: JsonObject;
}

/**
 * Wishes number through a talk: those of a later request go on from those of the ones before. A wish
 * may leave out what the user says only when asked; `specify` says it then, and also what it corrects.
 */
export type UserAct =
  | { readonly act: 'request'; readonly wishes: readonly Wish[] }
  | {
      readonly act: 'specify';
      readonly wish: number;
      readonly args: Readonly<Record<string, Reference>>; // by parameter; `of` for a row asked about
      readonly corrects: boolean; // takes back what was said before
    }
  | { readonly act: 'inform'; readonly slots: readonly { readonly slot: string; readonly value: Scalar }[] }
  | { readonly act: 'unknown'; readonly slots: readonly string[] } // asked for what the user does not know
  | { readonly act: 'confirm'; readonly call: ContentHash }
  | { readonly act: 'deny'; readonly call: ContentHash }
  | { readonly act: 'accept' } // takes a refusal, an answer or a hand-over
  | { readonly act: 'insist' } // does not take a refusal yet
  | { readonly act: 'prompt' } // did not understand, or still waits
  | { readonly act: 'end'; readonly satisfied: boolean };

export type AgentAct =
  | { readonly act: 'ask'; readonly slots: readonly string[] } // attributes of the caller: email, name
  | { readonly act: 'propose'; readonly call: Call } // asks the user to confirm exactly this call
  | { readonly act: 'tell'; readonly values: readonly TypedValue[] }
  | { readonly act: 'refuse'; readonly policy: string }
  | { readonly act: 'close' }; // says that all is done

/** What the monitor remembers, updated from acts and results. Plain JSON, so that fork is a copy. */
export interface TalkState {
  /** Id of the row of the caller entity that a find returned for what the caller had said. */
  readonly identified: string | null;
  /** The finds that returned it: a verify policy may accept only some. */
  readonly identifiedBy: readonly string[];
  /** What the user has said: caller attributes and wished-for values, by slot. */
  readonly said: readonly { readonly slot: string; readonly value: Scalar }[];
  readonly proposed: readonly ContentHash[];
  readonly confirmed: readonly ContentHash[];
  readonly told: readonly TypedValue[];
  readonly refused: readonly string[]; // policy ids
  readonly escalated: string | null; // policy id named at the hand-over
  readonly succeeded: readonly Call[]; // for precede
  /** Ids of rows that have appeared in results. */
  readonly seen: readonly string[];
  /** The results themselves, where the domain has something that must not be told. */
  readonly shown: readonly Json[];
}
