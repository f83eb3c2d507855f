// Learning who calls: ask for what a find needs, from the first find that the rules accept to the
// last, until one gives the caller's row.
import { isObject, type Json } from '../../src/core/json.js';
import { entityOf } from '../../src/policy/belief/path.js';
import { identifyingFinds, slotsOf } from '../../src/policy/belief/identity.js';
import type { DerivedTool } from '../../src/spec/model.js';
import { call, say, type Mind, type Part } from './oracle-mind.js';

/** Asks and looks up until the caller is found or no way is left. */
export function* identify(mind: Mind): Part<void> {
  const { key } = entityOf(mind.domain, mind.domain.caller);
  for (const find of identifyingFinds(mind.domain)) {
    const args = yield* askFor(mind, find);
    if (args === null) continue;
    const row = yield* call(mind, { tool: find.name, args });
    const id = row !== null && isObject(row.value) ? row.value[key] : undefined;
    if (typeof id !== 'string') continue;
    mind.caller = id;
    return;
  }
}

/** The find's arguments as the user says them, or null when it does not know one. */
function* askFor(mind: Mind, find: DerivedTool): Part<Record<string, Json> | null> {
  const slots = slotsOf(mind.domain, find);
  if (slots.some(({ slot }) => mind.said.get(slot) === null)) return null;
  const missing = slots.map(({ slot }) => slot).filter((slot) => !mind.said.has(slot));
  if (missing.length > 0) yield* say(mind, { act: 'ask', slots: missing });
  const args: Record<string, Json> = {};
  for (const { slot, param } of slots) {
    const value = mind.said.get(slot) ?? null;
    if (value === null) return null;
    args[param] = value;
  }
  return args;
}
