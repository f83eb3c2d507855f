// Arguments for a call that a certain caller may ask for: rows of their own or of nobody's, rows
// that earlier steps made, values from the generators of the columns they go to.
import type { Json } from '../core/json.js';
import type { Rng } from '../core/rng.js';
import type { Param, Tool, Type } from '../spec/model.js';
import { computedParams } from '../policy/belief/rules.js';
import { belonging, freeRows, ownerOf, rowEntity, type Ground } from './ground.js';
import type { ChainArg, ChainArgs } from './chain-model.js';
import { sampleValue } from './sample-value.js';
import { pickLeastUsed, type Usage } from './use.js';

export interface MadeRow {
  readonly step: number;
  readonly entity: string;
}

export interface SampleOptions {
  /** Rows that earlier steps made or named: taken more often than others. */
  readonly made: readonly MadeRow[];
  readonly named: readonly { readonly entity: string; readonly id: string }[];
  /** Chance that a row is taken from somebody else's. */
  readonly foreign: number;
}

const mostListItems = 3;

/** A caller for whom the tool may make sense: the owner of some row that it could take, one of those who called least. */
export function pickCaller(ground: Ground, tool: Tool, usage: Usage, rng: Rng): string {
  const callers = ground.ids.get(ground.domain.caller) ?? [];
  for (const param of tool.params) {
    const entity = rowEntity(param);
    if (entity === null || (ground.paths.get(entity) ?? []).length === 0) continue;
    const ids = ground.ids.get(entity) ?? [];
    const owners = Array.from({ length: ids.length === 0 ? 0 : 3 }, () =>
      ownerOf(ground, rng.pick(ids)),
    ).filter((owner) => owner !== null);
    if (owners.length > 0) return pickLeastUsed(usage, owners, rng);
  }
  return pickLeastUsed(usage, callers, rng);
}

/** Arguments for every parameter, or null when one has no candidate. */
export function sampleArgs(
  ground: Ground,
  tool: Tool,
  caller: string,
  rng: Rng,
  options: SampleOptions,
): ChainArgs | null {
  const args: Record<string, ChainArg> = {};
  const computed = computedParams(ground.domain, tool.name);
  for (const param of tool.params) {
    if (computed.has(param.name)) continue; // nobody asks for what the rules settle
    if (param.optional && rng.chance(0.5)) continue;
    const arg = sampleArg(ground, tool, param, caller, rng, options);
    if (arg !== null) args[param.name] = arg;
    else if (!param.optional) return null;
  }
  return args;
}

function sampleArg(
  ground: Ground,
  tool: Tool,
  param: Param,
  caller: string,
  rng: Rng,
  options: SampleOptions,
): ChainArg | null {
  const { type } = param;
  if (type.kind === 'row') {
    const made = options.made.filter((row) => row.entity === type.entity);
    if (made.length > 0 && rng.chance(0.6)) return { made: rng.pick(made).step };
    const id = sampleRow(ground, type.entity, caller, rng, options);
    return id === null ? null : { value: id };
  }
  if (type.kind !== 'list') {
    const value = sampleValue(ground, tool, param, type, rng);
    return value === null ? null : { value };
  }
  const low = Math.max(1, param.minItems ?? 1);
  const wanted = rng.int(low, Math.max(low, Math.min(param.maxItems ?? 10, mostListItems)));
  const items = new Set<Json>();
  for (let attempt = 0; attempt < wanted * 6 && items.size < wanted; attempt++) {
    const item = sampleItem(ground, tool, param, type.item, caller, rng, options);
    if (item !== null) items.add(item);
  }
  return items.size < low ? null : { value: [...items] };
}

function sampleItem(
  ground: Ground,
  tool: Tool,
  param: Param,
  type: Type,
  caller: string,
  rng: Rng,
  options: SampleOptions,
): Json | null {
  return type.kind === 'row'
    ? sampleRow(ground, type.entity, caller, rng, options)
    : sampleValue(ground, tool, param, type, rng);
}

/** A row of the caller's own or of nobody's; somebody else's by the chance that the options give. */
function sampleRow(
  ground: Ground,
  entity: string,
  caller: string,
  rng: Rng,
  options: SampleOptions,
): string | null {
  const named = options.named.filter((row) => row.entity === entity);
  if (named.length > 0 && rng.chance(0.5)) return rng.pick(named).id;
  if (!rng.chance(options.foreign)) {
    if (entity === ground.domain.caller) return caller;
    const free = freeRows(ground, entity, caller);
    return free.length === 0 ? null : rng.pick(free);
  }
  const ids = ground.ids.get(entity) ?? [];
  const foreign = ids.filter((id) => belonging(ground, id, caller) === 'foreign');
  return foreign.length === 0 ? null : rng.pick(foreign);
}
