// How a constant agent learns who calls: it asks for all that look-ups need, then tries every look-up
// that it can fill. It reads nothing else.
import type { JsonObject } from '../../src/core/json.js';
import { sayableSlots } from '../../src/env/candidates.js';
import type { Action, AgentView, Observation } from '../../src/env/protocol.js';

/** Where the identification stands; plain, so that a fork is a copy. */
export interface Identifying {
  readonly asked: boolean;
  readonly known: JsonObject;
  /** Look-ups not tried yet; null before they are known. */
  readonly left: readonly Action[] | null;
  readonly done: boolean;
}

export const notIdentified: Identifying = { asked: false, known: {}, left: null, done: false };

/** The next action towards knowing the caller, or null when all has been tried. */
export function identifyCaller(
  view: AgentView,
  state: Identifying,
  observation: Observation,
): { readonly state: Identifying; readonly action: Action | null } {
  const known = { ...state.known, ...informed(observation) };
  const slots = [...new Set(lookUps(view).flatMap(({ slots }) => slots))];
  if (!state.asked && slots.length > 0) {
    return { state: { ...state, known, asked: true }, action: { type: 'say', act: { act: 'ask', slots } } };
  }
  const left = state.left ?? lookUps(view).flatMap(({ tool, slots }) => fill(tool, slots, known));
  const [next, ...rest] = left;
  return { state: { asked: true, known, left: rest, done: next === undefined }, action: next ?? null };
}

interface LookUp {
  readonly tool: string;
  readonly slots: readonly string[];
}

/** Reads that need only what a person can say. */
function lookUps(view: AgentView): readonly LookUp[] {
  return view.manifest.flatMap((tool) => {
    const required = tool.parameters['required'];
    const slots = sayableSlots(tool);
    const all = Array.isArray(required) && slots.length === required.length && slots.length > 0;
    return tool.effect === 'read' && all ? [{ tool: tool.name, slots }] : [];
  });
}

function fill(tool: string, slots: readonly string[], known: JsonObject): Action[] {
  if (!slots.every((slot) => Object.hasOwn(known, slot))) return [];
  return [{ type: 'call', tool, args: Object.fromEntries(slots.map((slot) => [slot, known[slot] ?? null])) }];
}

function informed(observation: Observation): JsonObject {
  if (observation.type !== 'user') return {};
  const slots = observation.acts.flatMap((act) => (act.act === 'inform' ? act.slots : []));
  return Object.fromEntries(slots.map(({ slot, value }) => [slot, value]));
}
