// Arguments for a call that a certain caller may ask for: rows of their own or of nobody's, rows
// that earlier steps made, values from the generators of the columns they go to.
import type { Json } from '../core/json.js';
import type { Rng } from '../core/rng.js';
import type { Param, Tool, Type } from '../spec/model.js';
import type { MadeRow, NamedRow } from './chain.js';
import { belonging, freeRows, isTakable, ownerOf, rowEntity, takableRows, type Ground } from './ground.js';
import type { ChainArg, ChainArgs } from './chain-model.js';
import { sampleValue } from './sample-value.js';
import { pickLeastUsed, type Usage } from './use.js';

export interface SampleOptions {
  readonly usage: Usage;
  /** Rows that earlier steps made or named: taken rather than others, since they make a chain of the steps. */
  readonly made: readonly MadeRow[];
  readonly named: readonly NamedRow[];
  /** Rows that are not to be taken. */
  readonly avoid: ReadonlySet<string>;
  /** Chance that a row is taken from somebody else's. */
  readonly foreign: number;
}

interface Sampling extends SampleOptions {
  readonly ground: Ground;
  readonly tool: Tool;
  readonly caller: string;
  readonly rng: Rng;
}

const mostListItems = 3;
/** Chance that a row that is made or named is taken, where there is one. */
const clings = 0.75;
/** Chance that a row is taken whatever its state: what the graph knows of states is not all. */
const anyState = 0.1;
const foreignTries = 12;

/** A caller for whom the tool may make sense: the owner of some row that it could take, one of those who called least. */
export function pickCaller(ground: Ground, tool: Tool, usage: Usage, rng: Rng): string {
  const callers = ground.ids.get(ground.domain.caller) ?? [];
  for (const param of tool.params) {
    const entity = rowEntity(param);
    if (entity === null || (ground.paths.get(entity) ?? []).length === 0) continue;
    const ids = ground.ids.get(entity) ?? [];
    const owners = Array.from({ length: ids.length === 0 ? 0 : 6 }, () => rng.pick(ids))
      .filter((id) => isTakable(ground, tool.name, entity, id))
      .map((id) => ownerOf(ground, id))
      .filter((owner) => owner !== null);
    if (owners.length > 0) return pickLeastUsed(usage, owners.slice(0, 3), rng);
  }
  return pickLeastUsed(usage, callers, rng);
}

/**
 * Whether something is there for every row that the tool has to be given: made or named by the steps
 * before, which may have brought it into the state that the tool wants, or the caller's to name.
 */
export function canFill(
  ground: Ground,
  tool: Tool,
  caller: string,
  before: readonly (MadeRow | NamedRow)[],
): boolean {
  return tool.params.every((param) => {
    const entity = rowEntity(param);
    if (param.optional || entity === null || before.some((row) => row.entity === entity)) return true;
    return takableRows(ground, tool.name, entity, caller).length > 0;
  });
}

/** Arguments for every parameter, or null when one has no candidate. */
export function sampleArgs(
  ground: Ground,
  tool: Tool,
  caller: string,
  rng: Rng,
  options: SampleOptions,
): ChainArgs | null {
  const sampling: Sampling = { ground, tool, caller, rng, ...options };
  const args: Record<string, ChainArg> = {};
  for (const param of tool.params) {
    if (param.optional && rng.chance(0.5)) continue;
    const arg = sampleArg(sampling, param);
    if (arg !== null) args[param.name] = arg;
    else if (!param.optional) return null;
  }
  return args;
}

function sampleArg(sampling: Sampling, param: Param): ChainArg | null {
  const { rng } = sampling;
  const { type } = param;
  if (type.kind === 'row') {
    const made = sampling.made.filter((row) => row.entity === type.entity);
    if (made.length > 0 && rng.chance(clings)) return { made: rng.pick(made).step };
    const id = sampleRow(sampling, type.entity);
    return id === null ? null : { value: id };
  }
  if (type.kind !== 'list') {
    const value = sampleItem(sampling, param, type);
    return value === null ? null : { value };
  }
  const low = Math.max(1, param.minItems ?? 1);
  const wanted = rng.int(low, Math.max(low, Math.min(param.maxItems ?? 10, mostListItems)));
  const items = new Set<Json>();
  for (let attempt = 0; attempt < wanted * 6 && items.size < wanted; attempt++) {
    const item = sampleItem(sampling, param, type.item);
    if (item !== null) items.add(item);
  }
  return items.size < low ? null : { value: [...items] };
}

function sampleItem(sampling: Sampling, param: Param, type: Type): Json | null {
  if (type.kind === 'row') return sampleRow(sampling, type.entity);
  const { ground, tool, usage, rng } = sampling;
  if (type.kind !== 'enum') return sampleValue(ground, tool, param, type, rng);
  const uses = type.of.map((value) => valueUse(tool.name, param.name, value));
  const least = uses.indexOf(pickLeastUsed(usage, uses, rng));
  return type.of[least] ?? null;
}

/** Under which name the use of one of a few values is counted. */
export function valueUse(tool: string, param: string, value: string): string {
  return `${tool}.${param}=${value}`;
}

/** A row of the caller's own or of nobody's; somebody else's by the chance that the options give. */
function sampleRow(sampling: Sampling, entity: string): string | null {
  const { ground, tool, caller, rng, avoid } = sampling;
  const named = sampling.named.filter((row) => row.entity === entity);
  if (named.length > 0 && rng.chance(clings)) return rng.pick(named).id;
  if (rng.chance(sampling.foreign)) return sampleForeign(sampling, entity);
  if (entity === ground.domain.caller) return caller;
  const takable = takableRows(ground, tool.name, entity, caller);
  const rows = takable.length > 0 && !rng.chance(anyState) ? takable : freeRows(ground, entity, caller);
  const open = avoid.size === 0 ? rows : rows.filter((id) => !avoid.has(id));
  return open.length === 0 ? null : rng.pick(open);
}

function sampleForeign({ ground, tool, caller, rng, avoid }: Sampling, entity: string): string | null {
  const ids = ground.ids.get(entity) ?? [];
  for (let attempt = 0; attempt < foreignTries && ids.length > 0; attempt++) {
    const id = rng.pick(ids);
    if (belonging(ground, id, caller) !== 'foreign' || avoid.has(id)) continue;
    if (isTakable(ground, tool.name, entity, id) || rng.chance(anyState)) return id;
  }
  return null;
}
