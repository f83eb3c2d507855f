// A world: an emitted domain and its seed state in a sandbox. A session is one overlay on the
// frozen seed rows; opening, forking and resetting cost what changed, not what there is.
import type { ContentHash } from '../core/hash.js';
import type { JsonObject } from '../core/json.js';
import type { EmittedDomain } from '../emit/emitted-domain.js';
import type { Answer, GuestRow, GuestState, Reply, RowChange } from '../../sandbox/guest-api.js';

/** A row that a session has from its start, beside the seed state. */
export interface LaidRow {
  readonly entity: string;
  readonly row: GuestRow;
}

export interface World {
  readonly domain: EmittedDomain;
  /** Hash of the seed state. */
  readonly seedState: ContentHash;
  /** A session on the seed state, with further rows laid beside it where given. */
  open(rows?: readonly LaidRow[]): Session;
  dispose(): void;
}

export interface Session {
  /**
   * Runs a tool. Unknown tools and arguments that do not fit the manifest are refused with
   * UNKNOWN_TOOL and INVALID_ARGUMENTS, and a message that names each problem.
   */
  call(tool: string, args: JsonObject): Reply;
  /** Policies that the call would violate now by their conditions; none for arguments that do not fit. */
  violatedGuards(tool: string, args: JsonObject, caller: string | null): Answer<readonly string[]>;
  /** Policies with exceptions that conceal what they name of the row from the caller now. */
  concealed(entity: string, id: string, caller: string | null): Answer<readonly string[]>;
  brokenInvariants(scope: 'changed' | 'all'): Answer<readonly string[]>;
  /** What differs from the start: the seed state and the rows laid beside it. */
  diff(): Answer<readonly RowChange[]>;
  /** Of the state under the column match policies; equal for states that differ only in the order or ids of created rows. */
  digest(): Answer<ContentHash>;
  /** Lays changes over the session as if writes had made them: for procedural cases. */
  patch(changes: readonly RowChange[]): Answer<true>;
  /** The whole state; never on a hot path. */
  state(): Answer<GuestState>;
  fork(): Session;
  reset(): void;
  close(): void;
}
