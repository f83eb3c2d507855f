// What a session changed in one table, over seed rows that all sessions share. A fork shares the
// overlay until one side writes; a call's writes stand in a journal until the call is over.
import type { Row, Value } from './rows.js';

export interface Overlay {
  /** Rows put or added by id; null where one was removed. */
  readonly rows: Map<string, Row | null>;
  /** Ids of rows that are no seed rows in order of their coming, removed ones too. */
  readonly added: string[];
  /** Rows ever created in the table: the ordinal of the next id. */
  created: number;
  /** Whether a fork may read this object, so that a write has to copy it. */
  shared: boolean;
  /** Lists already made, by column ('' for all rows) and value; dropped by a write. */
  views: Map<string, Map<Value, Row[]>> | null;
}

/** `created` rows advance the counter of ids; rows `laid` by a patch do not. */
export type WriteKind = 'changed' | 'created' | 'laid';

/** One write of the current call. */
interface Write {
  readonly table: number;
  readonly id: string;
  readonly kind: WriteKind;
  /** What the overlay held of the row before. */
  readonly before: Row | null | undefined;
}

/** The session whose call is running; all tables read through it. */
export interface Cursor {
  overlays: (Overlay | undefined)[];
  writable: boolean;
  journal: Write[];
}

function emptyOverlay(created: number): Overlay {
  return { rows: new Map(), added: [], created, shared: false, views: null };
}

/** The overlay of a table that this session alone holds. */
export function ownOverlay(cursor: Cursor, table: number, created: number): Overlay {
  const overlay = cursor.overlays[table];
  if (overlay !== undefined && !overlay.shared) return overlay;
  const own =
    overlay === undefined
      ? emptyOverlay(created)
      : {
          rows: new Map(overlay.rows),
          added: overlay.added.slice(),
          created: overlay.created,
          shared: false,
          views: null,
        };
  cursor.overlays[table] = own;
  return own;
}

/** Takes back the writes of the current call. */
export function undo(cursor: Cursor): void {
  for (let at = cursor.journal.length - 1; at >= 0; at--) {
    const write = cursor.journal[at] as Write;
    const overlay = cursor.overlays[write.table] as Overlay;
    overlay.views = null;
    if (write.before === undefined) overlay.rows.delete(write.id);
    else overlay.rows.set(write.id, write.before);
    if (write.kind !== 'changed') overlay.added.pop();
    if (write.kind === 'created') overlay.created--;
  }
  cursor.journal = [];
}

/** A second session with the same rows. */
export function forkOverlays(overlays: readonly (Overlay | undefined)[]): (Overlay | undefined)[] {
  for (const overlay of overlays) if (overlay !== undefined) overlay.shared = true;
  return overlays.slice();
}
