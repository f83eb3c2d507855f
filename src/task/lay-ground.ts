// The ground with rows laid beside the seed state, so that references mean on it what they will mean
// when the task is played.
import type { LaidRow } from '../world/world.js';
import { entityNamed, ownersIn, type Ground } from './ground.js';

/** The ground with further rows laid beside the state. */
export function layGround(ground: Ground, laid: readonly LaidRow[]): Ground {
  if (laid.length === 0) return ground;
  const rows = new Map<string, Map<string, LaidRow['row']>>();
  for (const { entity, row } of laid) {
    const id = String(row[entityNamed(ground, entity).key]);
    rows.set(entity, (rows.get(entity) ?? new Map<string, LaidRow['row']>()).set(id, row));
  }
  const { source } = ground;
  const over: Ground = {
    ...ground,
    open: () => ground.world.open(laid),
    laid,
    source: {
      now: source.now,
      get: (entity, id) => rows.get(entity)?.get(id) ?? source.get(entity, id),
      rows: (entity, equals) => [
        ...source.rows(entity, equals),
        ...[...(rows.get(entity)?.values() ?? [])].filter((row) =>
          equals.every(({ column, value }) => row[column] === value),
        ),
      ],
    },
    ids: new Map(
      [...ground.ids].map(([entity, ids]) => [entity, [...ids, ...(rows.get(entity)?.keys() ?? [])]]),
    ),
    free: new Map(),
  };
  const owners = [...rows].flatMap(([entity, of]) =>
    [...of.keys()].map((id) => [id, ownersIn(over, entity, id)] as const),
  );
  return { ...over, owners: new Map([...ground.owners, ...owners]) };
}
