// What the references of a wish mean: each row is looked up by what the user said of it.
import type { Json, JsonObject } from '../../src/core/json.js';
import { madeRow } from '../../src/policy/belief/made.js';
import { computedParams } from '../../src/policy/belief/rules.js';
import { rowsMatching } from '../../src/policy/belief/resolve.js';
import type { Reference, Wish } from '../../src/policy/talk.js';
import type { Param, Tool } from '../../src/spec/model.js';
import { know, type Mind, type Part } from './oracle-mind.js';

/** Finds the values of a wish's references, by parameter (`of` for what to tell about), as far as they are to be found. */
export function* findMeant(mind: Mind, index: number): Part<void> {
  const wish = mind.wishes[index];
  if (wish === undefined) return;
  const references = wish.wish === 'do' ? wish.args : { of: wish.of };
  const values: Record<string, Json> = {};
  for (const [name, reference] of Object.entries(references)) {
    if (isMade(reference)) continue;
    const value = yield* find(mind, reference);
    if (value !== null) values[name] = value.value;
  }
  mind.meant.set(index, values);
}

function* find(mind: Mind, reference: Reference): Part<{ readonly value: Json } | null> {
  switch (reference.type) {
    case 'value':
      return { value: reference.value };
    case 'caller':
      return mind.caller === null ? null : { value: mind.caller };
    case 'row': {
      const { entity, facts } = reference;
      if (facts.length === 0) return null;
      const ids = yield* know(mind, (source) =>
        rowsMatching(mind.domain, source, entity, facts, mind.caller),
      );
      const [id] = ids?.value ?? [];
      return ids?.value.length === 1 && id !== undefined ? { value: id } : null;
    }
    case 'list': {
      const values: Json[] = [];
      for (const item of reference.items) {
        const value = yield* find(mind, item);
        if (value === null) return null;
        values.push(value.value);
      }
      return { value: values };
    }
    case 'record': {
      const values: Record<string, Json> = {};
      for (const [field, of] of Object.entries(reference.fields)) {
        const value = yield* find(mind, of);
        if (value === null) return null;
        values[field] = value.value;
      }
      return { value: values };
    }
    case 'made':
      return null;
  }
}

/** The arguments that a wished-for call is told, with the rows that earlier wishes made; null when one is not there. */
export function completeArgs(
  mind: Mind,
  tool: Tool,
  wish: Extract<Wish, { wish: 'do' }>,
  meant: JsonObject,
): JsonObject | null {
  const args: Record<string, Json> = {};
  const computed = computedParams(mind.domain, tool.name);
  for (const param of tool.params) {
    const reference = wish.args[param.name];
    if (reference === undefined) {
      if (!param.optional && !computed.has(param.name)) return null;
      continue;
    }
    const value = isMade(reference) ? made(mind, param, reference) : meant[param.name];
    if (value === undefined) return null;
    args[param.name] = value;
  }
  return args;
}

function isMade(reference: Reference): boolean {
  return reference.type === 'made' || (reference.type === 'list' && reference.items.some(isMade));
}

/** Ids of made rows; a list may hold made rows only. */
function made(mind: Mind, param: Param, reference: Reference): Json | undefined {
  if (reference.type === 'list') {
    const items = reference.items.map((item) => made(mind, param, item));
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  const type = param.type.kind === 'list' ? param.type.item : param.type;
  if (reference.type !== 'made' || type.kind !== 'row') return undefined;
  const source = mind.made.get(reference.wish);
  const tool = mind.domain.tools.find((other) => other.name === source?.tool);
  if (source === undefined || tool === undefined) return undefined;
  return madeRow(mind.domain, tool, type.entity, source.value) ?? undefined;
}
