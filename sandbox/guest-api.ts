// The host's side of a guest: what a world asks of it. The guest holds the state; only names,
// argument text and result text cross.
import type { Fault } from '../src/core/errors.js';
import type { Json } from '../src/core/json.js';

/** JavaScript module texts: state.js, tools.js, guards.js. */
export interface GuestProgram {
  readonly modules: Readonly<Record<string, string>>;
}

/** The seed state, as in state.json. */
export interface GuestState {
  readonly now: string;
  readonly tables: Readonly<Record<string, readonly GuestRow[]>>;
  readonly created: Readonly<Record<string, number>>;
}

export type GuestRow = Readonly<Record<string, string | number | boolean | null>>;

export interface Limits {
  /** Cap of the WASM memory, in bytes. */
  readonly memory: number;
  /** Interrupt-handler hits that one call may cost (one per 10,000 poll points). */
  readonly fuel: number;
  /** Stack of the guest, in bytes. */
  readonly stack: number;
  /** Longest result text of one call, in characters. */
  readonly result: number;
}

/**
 * Kinds of a fault of the boundary 'sandbox'. `threw`: the tool threw; `not-json` and `too-large`:
 * what it returned; `async`: it left promises behind; `watchdog`: a native loop, killed with its worker.
 */
export type SandboxFaultKind =
  | 'fuel'
  | 'memory'
  | 'stack'
  | 'crash'
  | 'threw'
  | 'not-json'
  | 'too-large'
  | 'async'
  | 'unknown-tool'
  | 'watchdog';

export type Reply =
  | { readonly type: 'result'; readonly value: Json }
  | { readonly type: 'refusal'; readonly code: string; readonly message: string }
  | { readonly type: 'fault'; readonly fault: Fault };

/** A row that differs from the seed state: created (before is null), removed (after is null) or changed. */
export interface RowChange {
  readonly entity: string;
  readonly id: string;
  readonly before: GuestRow | null;
  readonly after: GuestRow | null;
}

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: Fault };

/** One domain in one WASM module, holding many sessions. After a fault it has healed itself: the other sessions are as they were. */
export interface Guest {
  open(): number;
  fork(session: number): number;
  reset(session: number): void;
  close(session: number): void;
  /** Runs a tool. A refusal or a fault leaves the session as it was. */
  call(session: number, tool: string, args: string): Reply;
  /**
   * Calls a tool, and names the others that would have replied or written otherwise here with the same
   * arguments; of those nothing stays.
   */
  compare(session: number, tool: string, others: readonly string[], args: string): Answer<readonly string[]>;
  /**
   * Ids of the policies that this call would violate now by their conditions. For what may be told, an
   * entity stands in the place of the tool, and the id of a row is the argument.
   */
  violatedGuards(
    session: number,
    tool: string,
    args: string,
    caller: string | null,
  ): Answer<readonly string[]>;
  /** Ids of the invariants that do not hold: judged on what changed since the seed state, or on everything. */
  brokenInvariants(session: number, scope: 'changed' | 'all'): Answer<readonly string[]>;
  /** What differs from the seed state, by entity in schema order, then in order of insertion. */
  diff(session: number): Answer<readonly RowChange[]>;
  /**
   * Lays changes over the session as if writes had made them: for procedural cases. Rows whose
   * `before` is null are added under the id given and do not advance the ids of rows that tools create.
   */
  patch(session: number, changes: readonly RowChange[]): Answer<true>;
  /** The whole state: for tests and the interpreter, never on a hot path. */
  state(session: number): Answer<GuestState>;
  /** What the engine said at the latest fault: for whoever debugs a domain, never for an agent. */
  lastError(): string | null;
  dispose(): void;
}
