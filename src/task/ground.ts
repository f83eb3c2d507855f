// The ground that tasks grow on: the domain, its world and seed state, who belongs to whom, and how
// often each thing was used already.
import type { GuestState } from '../../sandbox/guest-api.js';
import { Bug, must } from '../core/errors.js';
import type { Domain, Entity, Param, Tool, Type } from '../spec/model.js';
import type { RowSource } from '../spec/evaluate.js';
import { stateSource } from '../spec/state-source.js';
import { follow, pathsToCaller } from '../policy/belief/path.js';
import type { World } from '../world/world.js';

/** How a row stands to a caller: theirs, somebody else's, or nobody's in particular. */
export type Belonging = 'own' | 'foreign' | 'shared';

export interface Ground {
  readonly domain: Domain;
  readonly world: World;
  readonly state: GuestState;
  readonly source: RowSource;
  readonly tools: ReadonlyMap<string, Tool>;
  readonly entities: ReadonlyMap<string, Entity>;
  /** Ids by entity, in order of insertion. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
  /** Paths of references from an entity to the caller's, the shortest first; '' from the caller's own. */
  readonly paths: ReadonlyMap<string, readonly string[]>;
  /** The callers that a row leads to, by its id, the nearest first. */
  readonly owners: ReadonlyMap<string, readonly string[]>;
  /** Rows that a caller may speak of as theirs or as nobody's, by entity and caller; filled as asked for. */
  readonly free: Map<string, readonly string[]>;
}

export function openGround(domain: Domain, world: World): Ground {
  const session = world.open();
  const state = session.state();
  session.close();
  if (!state.ok) throw new Bug(`the seed state cannot be read: ${state.fault.message}`);
  const source = stateSource(state.value);
  const paths = new Map(domain.entities.map((entity) => [entity.name, pathsToCaller(domain, entity)]));
  const ids = new Map(
    domain.entities.map((entity): [string, readonly string[]] => [
      entity.name,
      (state.value.tables[entity.name] ?? []).map((row) => String(row[entity.key])),
    ]),
  );
  const ownersOf = (entity: string, id: string): readonly string[] =>
    (paths.get(entity) ?? [])
      .map((path) => (path === '' ? id : follow(domain, source, entity, id, path)))
      .filter((owner) => typeof owner === 'string');
  return {
    domain,
    world,
    state: state.value,
    source,
    tools: new Map(domain.tools.map((tool) => [tool.name, tool])),
    entities: new Map(domain.entities.map((entity) => [entity.name, entity])),
    ids,
    paths,
    owners: new Map(
      [...ids].flatMap(([entity, rows]) => rows.map((id) => [id, ownersOf(entity, id)] as const)),
    ),
    free: new Map(),
  };
}

export function entityNamed(ground: Ground, name: string): Entity {
  return must(ground.entities.get(name), `entity ${name}`);
}

/** The caller that a row belongs to, or null. */
export function ownerOf(ground: Ground, id: string): string | null {
  return ground.owners.get(id)?.[0] ?? null;
}

export function belonging(ground: Ground, id: string, caller: string): Belonging {
  const owners = ground.owners.get(id) ?? [];
  if (owners.includes(caller)) return 'own';
  return owners.length > 0 ? 'foreign' : 'shared';
}

/** Rows of an entity that are the caller's or nobody's. */
export function freeRows(ground: Ground, entity: string, caller: string): readonly string[] {
  const key = `${entity}/${caller}`;
  const known = ground.free.get(key);
  if (known !== undefined) return known;
  const rows = (ground.ids.get(entity) ?? []).filter((id) => belonging(ground, id, caller) !== 'foreign');
  ground.free.set(key, rows);
  return rows;
}

/** The entity of a parameter that takes a row or rows. */
export function rowEntity(param: Param): string | null {
  const type: Type = param.type.kind === 'list' ? param.type.item : param.type;
  return type.kind === 'row' ? type.entity : null;
}
