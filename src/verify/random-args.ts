// Random arguments that fit a tool's parameters: ids of rows that are there (now and then one that
// is not), members of enums, numbers around the literals that the domain compares with, texts taken
// from columns of the same form.
import { formatId, idScheme } from '../core/id.js';
import type { Json, JsonObject } from '../core/json.js';
import type { Rng } from '../core/rng.js';
import { addMinutes, dateOf } from '../core/time.js';
import { itemKey } from '../spec/line-item.js';
import type { Field, Param, Tool, Type } from '../spec/model.js';
import type { Draft } from './draft.js';
import { sampleText } from './sample-text.js';

export interface ArgOptions {
  /** Share of ids that no row has. */
  readonly missing?: number;
  /** Share of optional parameters that are left out. */
  readonly leaveOut?: number;
  readonly listSize?: number;
}

export function randomArgs(tool: Tool, draft: Draft, rng: Rng, options: ArgOptions = {}): JsonObject {
  const args: Record<string, Json> = {};
  for (const [index, param] of tool.params.entries()) {
    if (param.optional && rng.chance(options.leaveOut ?? 0.4)) continue;
    const value = filterArg(tool, index, draft, rng) ?? randomArg(param, draft, rng, options);
    if (value !== undefined) args[param.name] = value;
  }
  return args;
}

/** For a filter of a search mostly what tells rows apart: a value of one, or a part of it; and near pages. */
function filterArg(tool: Tool, index: number, draft: Draft, rng: Rng): Json | undefined {
  if (tool.kind !== 'derived') return undefined;
  const test = tool.tests[index];
  if (test === undefined) return rng.int(1, 4);
  const ids = draft.ids(tool.entity);
  if (test === 'is' || ids.length === 0 || rng.chance(0.2)) return undefined;
  const value = draft.get(tool.entity, rng.pick(ids))?.[tool.by[index] ?? ''];
  if (test !== 'contains' || typeof value !== 'string') return value ?? undefined;
  return partOf(value, rng);
}

/** A part of a text, in either case. */
export function partOf(text: string, rng: Rng): string {
  const from = rng.int(0, Math.max(0, text.length - 3));
  const part = text.slice(from, from + rng.int(1, 6));
  return rng.pick([part, part.toUpperCase(), part.toLowerCase()]);
}

/** A value for one parameter; undefined when none fits (no row of its entity). */
function randomArg(param: Param, draft: Draft, rng: Rng, options: ArgOptions = {}): Json | undefined {
  const { type } = param;
  if (type.kind !== 'list') return randomValue(type, param, draft, rng, options);
  const low = param.minItems ?? 1;
  const high = Math.max(low, Math.min(param.maxItems ?? 10, 4));
  const wanted = Math.min(Math.max(options.listSize ?? rng.int(low, high), low), param.maxItems ?? 10);
  const items = new Map<string, Json>();
  for (let attempt = 0; items.size < wanted && attempt < wanted * 8; attempt++) {
    const item = randomItem(type.item, param, draft, rng, options);
    if (item !== undefined) items.set(itemKey(type.item, item), item);
  }
  return items.size < low ? undefined : [...items.values()];
}

function randomItem(type: Type, param: Param, draft: Draft, rng: Rng, options: ArgOptions): Json | undefined {
  if (type.kind !== 'record') return randomValue(type, param, draft, rng, options);
  const line: Record<string, Json> = {};
  for (const field of type.fields) {
    if (field.optional && rng.chance(options.leaveOut ?? 0.4)) continue;
    const value = randomValue(field.type, field, draft, rng, options);
    if (value !== undefined) line[field.name] = value;
    else if (!field.optional) return undefined;
  }
  return line;
}

/** An id of the entity's form that no row has. */
export function missingId(entity: string, draft: Draft, rng: Rng): string {
  const info = draft.ground.entities.get(entity);
  const scheme = idScheme(draft.ground.domain.id, entity, info?.prefix ?? 'X');
  for (;;) {
    const id = formatId(scheme, rng.int(30_000, 50_000));
    if (draft.get(entity, id) === undefined) return id;
  }
}

function randomValue(
  type: Type,
  param: Field,
  draft: Draft,
  rng: Rng,
  options: ArgOptions,
): Json | undefined {
  switch (type.kind) {
    case 'row': {
      if (rng.chance(options.missing ?? 0)) return missingId(type.entity, draft, rng);
      const ids = draft.ids(type.entity);
      return ids.length === 0 ? undefined : rng.pick(ids);
    }
    case 'enum':
      return rng.pick(type.of);
    case 'bool':
      return rng.chance(0.5);
    case 'int':
    case 'money':
      return randomNumber(param, type.kind, rng);
    case 'datetime':
      return addMinutes(draft.now, rng.int(-40, 40) * (rng.chance(0.5) ? 1440 : 90));
    case 'date':
      return addMinutes(dateOf(draft.now), rng.int(-40, 40) * 1440);
    default:
      return randomText(param, draft, rng);
  }
}

function randomNumber(param: Field, kind: 'int' | 'money', rng: Rng): number {
  const low = param.min ?? (kind === 'money' ? 0 : 0);
  const high = Math.max(low, param.max ?? low + (kind === 'money' ? 20_000 : 60));
  if (rng.chance(0.2)) return rng.pick([low, high]);
  // Small numbers are where rules bite.
  return rng.chance(0.5) ? rng.int(low, Math.min(high, low + 12)) : rng.int(low, high);
}

/** Mostly the value of some row whose column has the same form, so that look-ups find something. */
function randomText(param: Field, draft: Draft, rng: Rng): string {
  const pattern = param.pattern === undefined ? undefined : new RegExp(param.pattern);
  if (rng.chance(0.75)) {
    const names = [...draft.ground.entities.values()].flatMap((entity) =>
      entity.columns
        .filter((column) => column.type.kind === param.type.kind && column.role === 'value')
        .filter((column) => column.pattern === param.pattern)
        .map((column) => ({ entity: entity.name, column })),
    );
    const same = names.filter((name) => name.column.attr === param.name);
    const pool = same.length > 0 ? same : names;
    if (pool.length > 0) {
      const { entity, column } = rng.pick(pool);
      const ids = draft.ids(entity);
      const value = ids.length === 0 ? null : draft.get(entity, rng.pick(ids))?.[column.column];
      if (typeof value === 'string' && (pattern?.test(value) ?? true)) return value;
    }
  }
  return sampleText(param.pattern, rng);
}
