// The ground with rows laid beside the seed state, so that references mean on it what they will mean
// when the task is played.
import type { LaidRow } from '../world/world.js';
import { entityNamed, ownersIn, type Ground } from './ground.js';
import { overlaySource } from './overlay-source.js';

/** The ground with further rows laid beside the state. */
export function layGround(ground: Ground, laid: readonly LaidRow[]): Ground {
  if (laid.length === 0) return ground;
  const keyOf = (entity: string): string => entityNamed(ground, entity).key;
  const changes = laid.map(({ entity, row }) => ({
    entity,
    id: String(row[keyOf(entity)]),
    before: null,
    after: row,
  }));
  const idsOf = (entity: string): readonly string[] =>
    changes.filter((change) => change.entity === entity).map(({ id }) => id);
  const over: Ground = {
    ...ground,
    open: () => ground.world.open(laid),
    laid,
    source: overlaySource(ground.source, keyOf, changes),
    ids: new Map([...ground.ids].map(([entity, ids]) => [entity, [...ids, ...idsOf(entity)]])),
    free: new Map(),
  };
  const owners = changes.map(({ entity, id }) => [id, ownersIn(over, entity, id)] as const);
  return { ...over, owners: new Map([...ground.owners, ...owners]) };
}
