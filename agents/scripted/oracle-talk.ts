// The oracle's conduct, readable downwards: learn who calls, find what is meant, then fulfil each
// wish as far as the rules allow.
import type { Json, JsonObject } from '../../src/core/json.js';
import type { Observation } from '../../src/env/protocol.js';
import { madeRow } from '../../src/policy/belief/made.js';
import { columnsOf, follow } from '../../src/policy/belief/path.js';
import { precedes, precedingCall } from '../../src/policy/belief/precede.js';
import { rowsMatching } from '../../src/policy/belief/resolve.js';
import { complies, concealedBy, policiesOn, rulesOn, withComputed } from '../../src/policy/belief/rules.js';
import { typedValue } from '../../src/policy/typed-value.js';
import type { Call, Reference, Wish } from '../../src/policy/talk.js';
import type { Param, Tool } from '../../src/spec/model.js';
import { identify } from './oracle-identify.js';
import { actsOf, call, hear, know, openMind, type Mind, type Part } from './oracle-mind.js';

/** The whole talk, from the opening on; when it ends all is done or given up. */
export function* serve(domain: Mind['domain'], opening: Observation): Part<void> {
  const mind = openMind(domain);
  hear(mind, opening);
  const wishes = actsOf(opening).flatMap((act) => (act.act === 'request' ? act.wishes : []));
  yield* identify(mind);
  // What the user names is named as things stand now, so all of it is found before anything changes.
  const found: (JsonObject | null)[] = [];
  for (const wish of wishes) found.push(yield* findMeant(mind, wish));
  for (const [index, wish] of wishes.entries()) {
    const meant = found[index] ?? null;
    if (meant === null) continue;
    const open =
      wish.wish === 'tell' ? yield* tell(mind, wish, meant) : yield* perform(mind, wish, index, meant);
    if (!open) return;
  }
  yield { type: 'say', act: { act: 'close' } };
}

/** Values for a wish's references, by parameter (`of` for what to tell about); null when one is not to be found. */
function* findMeant(mind: Mind, wish: Wish): Part<JsonObject | null> {
  const references = wish.wish === 'do' ? wish.args : { of: wish.of };
  const values: Record<string, Json> = {};
  for (const [name, reference] of Object.entries(references)) {
    if (isMade(reference)) continue;
    const value = yield* find(mind, reference);
    if (value === null) return null;
    values[name] = value.value;
  }
  return values;
}

function* find(mind: Mind, reference: Reference): Part<{ readonly value: Json } | null> {
  switch (reference.type) {
    case 'value':
      return { value: reference.value };
    case 'caller':
      return mind.caller === null ? null : { value: mind.caller };
    case 'row': {
      const { entity, facts } = reference;
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

/** Reads and tells a value; the talk goes on. */
function* tell(mind: Mind, wish: Extract<Wish, { wish: 'tell' }>, meant: JsonObject): Part<boolean> {
  const id = meant['of'];
  const column = columnsOf(mind.domain, wish.entity, wish.attr)?.at(-1);
  if (typeof id !== 'string' || column === undefined) return true;
  const against = yield* know(mind, (source) =>
    concealedBy(mind.domain, { entity: wish.entity, id }, wish.attr, mind.caller, source),
  );
  if (against?.value !== null && against?.value !== undefined) {
    yield { type: 'say', act: { act: 'refuse', policy: against.value } };
    return true;
  }
  const value = yield* know(mind, (source) => follow(mind.domain, source, wish.entity, id, wish.attr));
  if (value?.value === undefined) return true;
  yield { type: 'say', act: { act: 'tell', values: [typedValue(column, value.value)] } };
  return true;
}

/** Makes the wished-for call as the rules ask, or says which rule is in the way; false when the talk was handed over. */
function* perform(
  mind: Mind,
  wish: Extract<Wish, { wish: 'do' }>,
  index: number,
  meant: JsonObject,
): Part<boolean> {
  const tool = mind.domain.tools.find((other) => other.name === wish.tool);
  const said = tool === undefined ? null : complete(mind, tool, wish, meant);
  if (tool === undefined || said === null) return true;
  const worked = yield* know(mind, (source) => withComputed(mind.domain, tool, said, mind.caller, source));
  const args = worked?.value ?? null;
  if (args === null) return true;
  const wanted: Call = { tool: tool.name, args };
  for (const rule of rulesOn(mind.domain, tool.name)) {
    const fine = yield* know(mind, (source) => complies(rule, tool, args, mind.caller, source));
    if (fine === null || fine.value) continue;
    if (rule.kind === 'guard') {
      yield { type: 'say', act: { act: 'refuse', policy: rule.id } };
      return true;
    }
    yield { type: 'call', tool: 'transfer_to_human', args: { policy: rule.id, summary: rule.text } };
    return false;
  }
  yield* goAhead(mind, wanted);
  if (!(yield* agreed(mind, wanted))) return true;
  const result = yield* call(mind, wanted);
  if (result !== null) mind.made.set(index, { tool: tool.name, value: result.value });
  return true;
}

/** Makes the calls that policies want to precede this one. */
function* goAhead(mind: Mind, wanted: Call): Part<void> {
  for (const policy of policiesOn(mind.domain, 'precede', wanted.tool)) {
    if (mind.succeeded.some((earlier) => precedes(policy, earlier, wanted))) continue;
    const first = precedingCall(mind.domain, policy, wanted);
    if (first !== null) yield* call(mind, first);
  }
}

/** Whether the user agrees to exactly this call, where a policy wants that. */
function* agreed(mind: Mind, wanted: Call): Part<boolean> {
  if (policiesOn(mind.domain, 'confirm', wanted.tool).length === 0) return true;
  const answer = yield { type: 'say', act: { act: 'propose', call: wanted } };
  hear(mind, answer);
  return actsOf(answer).some((act) => act.act === 'confirm');
}

/** All arguments, with the rows that earlier wishes made; null when such a row is not there. */
function complete(
  mind: Mind,
  tool: Tool,
  wish: Extract<Wish, { wish: 'do' }>,
  meant: JsonObject,
): JsonObject | null {
  const args: Record<string, Json> = {};
  for (const param of tool.params) {
    const reference = wish.args[param.name];
    if (reference === undefined) continue;
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
