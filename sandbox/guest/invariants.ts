// Which invariants a state breaks. Judged incrementally: only rows that changed since the seed
// state, and rows that an invariant says are touched by them, so the cost is that of the changes.
import type { Invariant, InvariantRows } from './module-types.js';
import { changesOf, type Change } from './changes.js';
import type { LiveTable } from './live-table.js';
import type { Overlay } from './overlay.js';
import type { Row } from './rows.js';
import type { SeedTable } from './seed-table.js';

export interface InvariantWorld {
  readonly db: object;
  readonly seeds: readonly SeedTable[];
  readonly tables: ReadonlyMap<string, LiveTable>;
  readonly invariants: readonly (readonly [id: string, invariant: Invariant<object>])[];
}

/** Ids of the invariants that do not hold, in the order they are declared. */
export function brokenInvariants(
  world: InvariantWorld,
  overlays: readonly (Overlay | undefined)[],
  everything: boolean,
): string[] {
  const changes = new Map<string, readonly Change[]>();
  if (!everything) {
    world.seeds.forEach((seed, table) => {
      const found = changesOf(seed, overlays[table]);
      if (found.length > 0) changes.set(seed.info.entity, found);
    });
    if (changes.size === 0) return [];
  }
  const broken: string[] = [];
  for (const [id, invariant] of world.invariants) {
    const rows = everything ? allRows(world, invariant) : touchedRows(world, invariant, changes);
    const holds = invariant.holds as (db: object, row: Row | undefined) => unknown;
    if (!rows.every((row) => holds(world.db, row) === true)) broken.push(id);
  }
  return broken;
}

/** `[undefined]` stands for an invariant that judges the whole state at once. */
type Judged = readonly (Row | undefined)[];

function allRows(world: InvariantWorld, { of }: Invariant<object>): Judged {
  return of === null ? [undefined] : (world.tables.get(of)?.table.all() ?? []);
}

function touchedRows(
  world: InvariantWorld,
  invariant: Invariant<object>,
  changes: ReadonlyMap<string, readonly Change[]>,
): Judged {
  const { of, touchedBy } = invariant;
  const judged = new Map<string, Row>();
  const own = of === null ? undefined : world.seeds.find(({ info }) => info.entity === of)?.info;
  const live = of === null ? undefined : world.tables.get(of);
  const judge = (row: Row | undefined): void => {
    const id = own === undefined ? undefined : row?.[own.key];
    const current = typeof id === 'string' ? live?.table.get(id) : undefined;
    if (current !== undefined) judged.set(id as string, current);
  };
  for (const [entity, list] of changes) {
    const touches = Object.hasOwn(touchedBy, entity) ? touchedBy[entity] : undefined;
    if (touches === 'all' || (of === null && touches !== undefined)) return allRows(world, invariant);
    if (entity === of) for (const { after } of list) judge(after ?? undefined);
    if (touches === undefined) continue;
    const reach = touches as (db: object, row: Row) => InvariantRows;
    for (const { before, after } of list) {
      for (const side of [before, after]) {
        if (side !== null) for (const row of reach(world.db, side)) judge(row as Row | undefined);
      }
    }
  }
  return [...judged.values()];
}
