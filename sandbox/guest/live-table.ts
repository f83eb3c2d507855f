// A table as tools see it (table.ts): the seed rows under the overlay of the running session. Lists
// are copies of kept ones, made anew only after a write, by laying the few changed rows over the
// seed rows of an index.
import { formatId } from './ids.js';
import type { Table } from './table.js';
import { copyRow, type Row, type Value } from './rows.js';
import type { Cursor, Overlay, WriteKind } from './overlay.js';
import { ownOverlay } from './overlay.js';
import type { Bucket, SeedTable } from './seed-table.js';

export interface LiveTable {
  /** What tools see. */
  readonly table: Table<Row>;
  /** Adds a row under an id of its own. */
  readonly lay: (row: Row) => void;
}

export function createLiveTable(seed: SeedTable, table: number, cursor: Cursor): LiveTable {
  const { info, byId } = seed;
  const { key } = info;

  const get = (id: string | null): Row | undefined => {
    const overlay = cursor.overlays[table];
    if (overlay !== undefined) {
      const own = overlay.rows.get(id as string);
      if (own !== undefined) return own ?? undefined;
    }
    return byId.get(id as string);
  };

  const write = (id: string, row: Row | null, fresh: WriteKind = 'changed'): void => {
    if (!cursor.writable) throw new Error('only a tool may write');
    const current = cursor.overlays[table];
    const overlay =
      current === undefined || current.shared ? ownOverlay(cursor, table, seed.created) : current;
    const { rows } = overlay;
    const before = rows.get(id);
    // A row that was there once has its place still.
    const kind = fresh === 'changed' || before !== undefined || byId.has(id) ? 'changed' : fresh;
    cursor.journal.push({ table, id, kind, before });
    overlay.views = null;
    rows.set(id, row);
    if (kind !== 'changed') overlay.added.push(id);
    if (kind === 'created') overlay.created++;
  };

  const insert = (fields: object, kind: WriteKind): Row => {
    const row = copyRow(fields);
    const id = row[key];
    if (typeof id !== 'string' || get(id) !== undefined) throw new Error('the id of a new row is not new');
    write(id, row, kind);
    return row;
  };

  const list = (column: string, value: Value, bucket: Bucket | undefined): readonly Row[] => {
    const overlay = cursor.overlays[table];
    if (overlay === undefined || overlay.rows.size === 0)
      return bucket === undefined ? [] : bucket.rows.slice();
    overlay.views ??= new Map();
    let views = overlay.views.get(column);
    if (views === undefined) overlay.views.set(column, (views = new Map()));
    let view = views.get(value);
    if (view === undefined) views.set(value, (view = layOver(seed, overlay, bucket, column, value)));
    return view.slice();
  };

  const everything: Bucket = {
    rows: seed.rows as Row[],
    positions: seed.rows.map((_, position) => position),
  };

  const visible: Table<Row> = {
    get,
    must(id) {
      const row = get(id);
      if (row === undefined) throw new Error('a row that must be there is not');
      return row;
    },
    all: () => list('', null, everything),
    where: (column, value) => list(column, value, seed.bucket(column, value)),
    put(fields) {
      const row = copyRow(fields);
      const id = row[key];
      if (typeof id !== 'string' || get(id) === undefined) throw new Error('a row that is put must be there');
      write(id, row);
      return row;
    },
    add(fields) {
      const ordinal = cursor.overlays[table]?.created ?? seed.created;
      return insert({ [key]: formatId(info, ordinal), ...fields }, 'created');
    },
    remove(id) {
      if (get(id) === undefined) throw new Error('a row that is removed must be there');
      write(id, null);
    },
  };
  for (const method of Object.values(visible)) Object.freeze(method);
  return { table: Object.freeze(visible), lay: (row) => void insert(row, 'laid') };
}

/** The rows of `bucket` as the overlay has them now, and those that came to belong to it. */
function layOver(
  seed: SeedTable,
  overlay: Overlay,
  bucket: Bucket | undefined,
  column: string,
  value: Value,
): Row[] {
  const belongs = (row: Row): boolean => column === '' || (row[column] ?? null) === value;
  const positions = bucket?.positions ?? [];
  const rows: (Row | null)[] = bucket === undefined ? [] : bucket.rows.slice();
  const entering: { readonly at: number; readonly row: Row }[] = [];
  let left = false;
  overlay.rows.forEach((row, id) => {
    const position = seed.positions.get(id);
    if (position === undefined) return;
    const stays = row !== null && belongs(row);
    const at = column === '' ? position : placeOf(positions, position);
    if (positions[at] === position) {
      rows[at] = stays ? row : null;
      left ||= !stays;
    } else if (stays) entering.push({ at, row });
  });
  if (entering.length > 0) {
    // From the back, so that the places of those in front stay right; rows that enter at one
    // place go in by their own positions.
    const order = (row: Row): number => seed.positions.get(row[seed.info.key] as string) ?? 0;
    entering.sort((one, other) => other.at - one.at || order(other.row) - order(one.row));
    for (const { at, row } of entering) rows.splice(at, 0, row);
  }
  const result = left ? rows.filter((row) => row !== null) : (rows as Row[]);
  for (const id of overlay.added) {
    const row = overlay.rows.get(id);
    if (row !== null && row !== undefined && belongs(row)) result.push(row);
  }
  return result;
}

/** Index of the first entry that is not below `position`. */
function placeOf(positions: readonly number[], position: number): number {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((positions[middle] as number) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}
