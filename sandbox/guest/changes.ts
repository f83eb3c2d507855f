// A session's changes as rows: what differs from the seed state, the log line of a call (from which
// the host can make the session again without running any tool), and the way back from both.
import type { Cursor, Overlay, WriteKind } from './overlay.js';
import { ownOverlay } from './overlay.js';
import type { LiveTable } from './live-table.js';
import { adoptRow, rowText, sameRow, type Row } from './rows.js';
import type { SeedTable } from './seed-table.js';

export interface Change {
  readonly id: string;
  readonly before: Row | null;
  readonly after: Row | null;
}

/** What an overlay makes differ from the seed rows: seed rows by position, then created rows. */
export function changesOf(seed: SeedTable, overlay: Overlay | undefined): readonly Change[] {
  if (overlay === undefined) return [];
  const changes: { readonly position: number; readonly change: Change }[] = [];
  overlay.rows.forEach((after, id) => {
    const position = seed.positions.get(id);
    if (position === undefined) return;
    const before = seed.rows[position] as Row;
    if (after === null || !sameRow(before, after)) changes.push({ position, change: { id, before, after } });
  });
  changes.sort((one, other) => one.position - other.position);
  const result = changes.map(({ change }) => change);
  for (const id of overlay.added) {
    const after = overlay.rows.get(id);
    if (after !== undefined && after !== null) result.push({ id, before: null, after });
  }
  return result;
}

export function diffText(seeds: readonly SeedTable[], overlays: readonly (Overlay | undefined)[]): string {
  const lines: string[] = [];
  seeds.forEach((seed, table) => {
    const entity = JSON.stringify(seed.info.entity);
    for (const { id, before, after } of changesOf(seed, overlays[table])) {
      lines.push(
        `{"entity":${entity},"id":${JSON.stringify(id)},"before":${text(before)},"after":${text(after)}}`,
      );
    }
  });
  return `[${lines.join(',')}]`;
}

/** The current call's writes as `[[table, kind, id, row|null], …]`; '' for none. */
export function logText(cursor: Cursor): string {
  if (cursor.journal.length === 0) return '';
  let log = '';
  for (const { table, kind, id } of cursor.journal) {
    const row = (cursor.overlays[table] as Overlay).rows.get(id) ?? null;
    log += `${log === '' ? '[' : ','}[${table},"${kind}",${JSON.stringify(id)},${text(row)}]`;
  }
  return `${log}]`;
}

/** What the current call's writes come to, row by row: what was written and is as before counts for nothing. */
export function effectText(seeds: readonly SeedTable[], cursor: Cursor): string {
  const seen = new Set<string>();
  let effect = '';
  for (const { table, id, before } of cursor.journal) {
    const place = `${table} ${id}`;
    if (seen.has(place)) continue;
    seen.add(place);
    const after = (cursor.overlays[table] as Overlay).rows.get(id) ?? null;
    const first = before === undefined ? ((seeds[table] as SeedTable).byId.get(id) ?? null) : before;
    if (first === after || (first !== null && after !== null && sameRow(first, after))) continue;
    effect += `\n${place} ${text(after)}`;
  }
  return effect;
}

/** A log line that makes the overlays from nothing: rows, then how many were created. */
export function sumText(overlays: readonly (Overlay | undefined)[]): string {
  const lines: string[] = [];
  overlays.forEach((overlay, table) => {
    if (overlay === undefined) return;
    const added = new Set(overlay.added);
    const line = (kind: WriteKind, id: string): string =>
      `[${table},"${kind}",${JSON.stringify(id)},${text(overlay.rows.get(id) ?? null)}]`;
    for (const id of overlay.rows.keys()) if (!added.has(id)) lines.push(line('changed', id));
    for (const id of overlay.added) lines.push(line('laid', id));
    lines.push(`[${table},"counted",${overlay.created}]`);
  });
  return `[${lines.join(',')}]`;
}

/** A line of a log. */
type Logged = readonly [table: number, kind: WriteKind, id: string, row: Row | null];
type Counted = readonly [table: number, kind: 'counted', created: number];

/** Lays logged writes, oldest call first, over the session of the cursor. */
export function replay(seeds: readonly SeedTable[], cursor: Cursor, log: string): void {
  const calls = JSON.parse(log) as (Logged | Counted)[][];
  for (const call of calls) {
    for (const logged of call) {
      const overlay = ownOverlay(cursor, logged[0], (seeds[logged[0]] as SeedTable).created);
      if (logged[1] === 'counted') {
        overlay.created = logged[2];
        continue;
      }
      const [, kind, id, row] = logged;
      overlay.rows.set(id, row === null ? null : adoptRow(row));
      if (kind !== 'changed') overlay.added.push(id);
      if (kind === 'created') overlay.created++;
    }
  }
}

/** Lays changes over the session as writes would. */
export function applyChanges(tables: ReadonlyMap<string, LiveTable>, changes: string): void {
  for (const { entity, id, before, after } of JSON.parse(changes) as (Change & { entity: string })[]) {
    const live = tables.get(entity);
    if (live === undefined) throw new Error(`no entity ${entity}`);
    if (after === null) live.table.remove(id);
    else if (before === null) live.lay(after);
    else live.table.put(after);
  }
}

function text(row: Row | null): string {
  return row === null ? 'null' : (rowText(row) ?? 'null');
}
