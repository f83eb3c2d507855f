// The ground that tasks grow on: the domain, its world and seed state, and who belongs to whom.
import type { GuestState } from '../../sandbox/guest-api.js';
import { Bug, must } from '../core/errors.js';
import type { ContentHash } from '../core/hash.js';
import { footprintOf } from '../graph/footprint.js';
import type { Domain, Entity, Param, Tool, Type } from '../spec/model.js';
import type { RowSource } from '../spec/evaluate.js';
import { stateSource } from '../spec/state-source.js';
import { follow } from '../policy/belief/path.js';
import type { LaidRow, Session, World } from '../world/world.js';

/** How a row stands to a caller: theirs, somebody else's, or nobody's in particular. */
export type Belonging = 'own' | 'foreign' | 'shared';

export interface Ground {
  readonly domain: Domain;
  readonly world: World;
  /** A session on the seed state and what is laid beside it. */
  readonly open: () => Session;
  readonly laid: readonly LaidRow[];
  readonly state: GuestState;
  /** Of the seed state. */
  readonly digest: ContentHash;
  readonly source: RowSource;
  readonly tools: ReadonlyMap<string, Tool>;
  readonly entities: ReadonlyMap<string, Entity>;
  /** Ids by entity, in order of insertion. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
  /** Paths of references from an entity to the caller's, the shortest first; '' from the caller's own. */
  readonly paths: ReadonlyMap<string, readonly string[]>;
  /** The callers that a row leads to, by its id, the nearest first. */
  readonly owners: ReadonlyMap<string, readonly string[]>;
  /** Rows that a caller may speak of, by what was asked for; filled as it is. */
  readonly free: Map<string, readonly string[]>;
  /** In which states a tool wants rows of an entity, by `tool/Entity`. */
  readonly wants: ReadonlyMap<string, ReadonlySet<string>>;
}

const longestPath = 3;

export function openGround(domain: Domain, world: World): Ground {
  const session = world.open();
  const [state, digest] = [session.state(), session.digest()];
  session.close();
  if (!state.ok) throw new Bug(`the seed state cannot be read: ${state.fault.message}`);
  if (!digest.ok) throw new Bug(`the seed state has no digest: ${digest.fault.message}`);
  const source = stateSource(state.value);
  const paths = new Map(domain.entities.map((entity) => [entity.name, pathsToCaller(domain, entity)]));
  const ids = new Map(
    domain.entities.map((entity): [string, readonly string[]] => [
      entity.name,
      (state.value.tables[entity.name] ?? []).map((row) => String(row[entity.key])),
    ]),
  );
  const owners = new Map<string, readonly string[]>();
  const ground: Ground = {
    domain,
    world,
    open: () => world.open(),
    laid: [],
    state: state.value,
    digest: digest.value,
    source,
    tools: new Map(domain.tools.map((tool) => [tool.name, tool])),
    entities: new Map(domain.entities.map((entity) => [entity.name, entity])),
    ids,
    paths,
    owners,
    free: new Map(),
    wants: new Map(domain.tools.flatMap((tool) => wantsOf(domain, tool))),
  };
  for (const [entity, rows] of ids) for (const id of rows) owners.set(id, ownersIn(ground, entity, id));
  return ground;
}

/** The callers that a row leads to, the nearest first. */
export function ownersIn(
  { domain, source, paths }: Pick<Ground, 'domain' | 'source' | 'paths'>,
  entity: string,
  id: string,
): readonly string[] {
  return (paths.get(entity) ?? [])
    .map((path) => (path === '' ? id : follow(domain, source, entity, id, path)))
    .filter((owner) => typeof owner === 'string');
}

/** States that every call of the tool needs some rows of an entity to be in. */
function wantsOf(domain: Domain, tool: Tool): (readonly [string, ReadonlySet<string>])[] {
  const wants = new Map<string, ReadonlySet<string>>();
  for (const { entity, states, wants: how } of footprintOf(domain, tool).needs) {
    if (how !== 'some') continue;
    const known = wants.get(entity);
    wants.set(entity, new Set(known === undefined ? states : states.filter((state) => known.has(state))));
  }
  return [...wants].map(([entity, states]) => [`${tool.name}/${entity}`, states] as const);
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
  return kept(ground, `${entity}/${caller}`, () =>
    (ground.ids.get(entity) ?? []).filter((id) => belonging(ground, id, caller) !== 'foreign'),
  );
}

/** Those of them that are in a state in which the tool can take them. */
export function takableRows(ground: Ground, tool: string, entity: string, caller: string): readonly string[] {
  return kept(ground, `${tool}/${entity}/${caller}`, () =>
    freeRows(ground, entity, caller).filter((id) => isTakable(ground, tool, entity, id)),
  );
}

/** Whether a row is in a state in which the tool wants rows of its entity. */
export function isTakable(ground: Ground, tool: string, entity: string, id: string): boolean {
  const states = ground.wants.get(`${tool}/${entity}`);
  const status = ground.source.get(entity, id)?.['status'];
  return states === undefined || typeof status !== 'string' || states.has(status);
}

function kept(ground: Ground, key: string, find: () => readonly string[]): readonly string[] {
  const known = ground.free.get(key);
  if (known !== undefined) return known;
  const rows = find();
  ground.free.set(key, rows);
  return rows;
}

/** The entity of a parameter that takes a row or rows. */
export function rowEntity(param: Param): string | null {
  const type: Type = param.type.kind === 'list' ? param.type.item : param.type;
  return type.kind === 'row' ? type.entity : null;
}

function pathsToCaller(domain: Domain, start: Entity): string[] {
  const found: string[] = start.name === domain.caller ? [''] : [];
  let open: { readonly entity: string; readonly path: string }[] = [{ entity: start.name, path: '' }];
  for (let length = 1; length <= longestPath; length++) {
    const next: typeof open = [];
    for (const { entity, path } of open) {
      const columns = domain.entities.find((other) => other.name === entity)?.columns ?? [];
      for (const column of columns) {
        if (column.role !== 'reference' || column.type.kind !== 'row') continue;
        const longer = path === '' ? column.attr : `${path}.${column.attr}`;
        if (column.type.entity === domain.caller) found.push(longer);
        else next.push({ entity: column.type.entity, path: longer });
      }
    }
    open = next;
  }
  return found;
}
