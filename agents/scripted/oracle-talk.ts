// The oracle's conduct, readable downwards: learn who calls, understand what they want, ask for what is
// missing, find what is meant, then fulfil each wish as far as the rules allow, until no more come.
import type { JsonObject } from '../../src/core/json.js';
import type { Observation } from '../../src/env/protocol.js';
import { follow, columnsOf } from '../../src/policy/belief/path.js';
import { precedes, precedingCall } from '../../src/policy/belief/precede.js';
import { complies, concealedBy, policiesOn, rulesOn, withComputed } from '../../src/policy/belief/rules.js';
import { typedValue } from '../../src/policy/typed-value.js';
import type { Call, Wish } from '../../src/policy/talk.js';
import type { RowSource } from '../../src/spec/evaluate.js';
import { askForMissing } from './oracle-ask.js';
import { identify } from './oracle-identify.js';
import { completeArgs, findMeant } from './oracle-meaning.js';
import {
  call,
  hear,
  know,
  openMind,
  say,
  understand,
  type Ears,
  type Mind,
  type Part,
} from './oracle-mind.js';

/** The whole talk, from the opening on; when it ends all is done or given up. */
export function* serve(domain: Mind['domain'], ears: Ears, opening: Observation): Part<void> {
  const mind = openMind(domain, ears);
  hear(mind, opening, null);
  yield* identify(mind);
  for (let served = 0; ;) {
    yield* understand(mind);
    const all = mind.wishes.length;
    if (served === all) return;
    // What the user names is named as things stand now, so all of it is found before anything changes.
    for (let wish = served; wish < all; wish++) yield* askForMissing(mind, wish);
    for (let wish = served; wish < all; wish++) yield* findMeant(mind, wish);
    for (let wish = served; wish < all; wish++) {
      if (!(yield* fulfil(mind, wish))) return;
    }
    served = all;
    yield* say(mind, { act: 'close' });
  }
}

/** Does what a wish asks; false when the talk was handed over. */
function* fulfil(mind: Mind, index: number): Part<boolean> {
  const wish = mind.wishes[index];
  if (wish?.wish === 'tell') yield* tell(mind, wish, mind.meant.get(index) ?? {});
  return wish?.wish === 'do' ? yield* perform(mind, wish, index) : true;
}

/** Reads and tells a value. */
function* tell(mind: Mind, wish: Extract<Wish, { wish: 'tell' }>, meant: JsonObject): Part<void> {
  const id = meant['of'];
  const column = columnsOf(mind.domain, wish.entity, wish.attr)?.at(-1);
  if (typeof id !== 'string' || column === undefined) return;
  const against = yield* know(mind, (source) => concealingRule(mind, source, wish, id));
  if (against?.value !== null && against?.value !== undefined) return yield* refuse(mind, against.value);
  const value = yield* know(mind, (source) => follow(mind.domain, source, wish.entity, id, wish.attr));
  if (value?.value === undefined) return;
  yield* say(mind, { act: 'tell', values: [typedValue(column, value.value)] });
}

const mostObjections = 2;

/** Makes the wished-for call as the rules ask, or says which rule is in the way; false when the talk was handed over. */
function* perform(mind: Mind, wish: Extract<Wish, { wish: 'do' }>, index: number): Part<boolean> {
  for (let objections = 0; objections <= mostObjections; objections++) {
    const tool = mind.domain.tools.find((other) => other.name === wish.tool);
    const now = mind.wishes[index];
    if (tool === undefined || now?.wish !== 'do') return true;
    const said = completeArgs(mind, tool, now, mind.meant.get(index) ?? {});
    if (said === null) return true;
    const worked = yield* know(mind, (source) => withComputed(mind.domain, tool, said, mind.caller, source));
    const args = worked?.value ?? null;
    if (args === null) return true;
    const wanted: Call = { tool: tool.name, args };
    for (const rule of rulesOn(mind.domain, tool.name)) {
      const fine = yield* know(mind, (source) => complies(rule, tool, args, mind.caller, source));
      if (fine === null || fine.value) continue;
      if (rule.kind === 'guard') {
        yield* refuse(mind, rule.id);
        return true;
      }
      yield { type: 'call', tool: 'transfer_to_human', args: { policy: rule.id, summary: rule.text } };
      return false;
    }
    yield* goAhead(mind, wanted);
    if (yield* agreed(mind, wanted)) {
      const result = yield* call(mind, wanted);
      if (result !== null) mind.made.set(index, { tool: tool.name, value: result.value });
      return true;
    }
    // An objection that says what is meant puts the wish right.
    yield* understand(mind);
    if (mind.wishes[index] === now) return true;
    yield* findMeant(mind, index);
  }
  return true;
}

/** Refuses by a rule, and again to a user who insists. */
function* refuse(mind: Mind, policy: string): Part<void> {
  const acts = yield* say(mind, { act: 'refuse', policy });
  if (acts.some(({ act }) => act === 'insist')) yield* say(mind, { act: 'refuse', policy });
}

/** The rule by which the caller must not be told what the path leads to, or null. */
function concealingRule(
  mind: Mind,
  source: RowSource,
  { entity, attr }: Extract<Wish, { wish: 'tell' }>,
  id: string,
): string | null {
  const columns = columnsOf(mind.domain, entity, attr) ?? [];
  const owner = columns.at(-2)?.type;
  const way = attr.split('.').slice(0, -1).join('.');
  const at = way === '' ? id : follow(mind.domain, source, entity, id, way);
  if (typeof at !== 'string') return null;
  const row = { entity: owner?.kind === 'row' ? owner.entity : entity, id: at };
  return concealedBy(mind.domain, row, columns.at(-1)?.column ?? '', mind.caller, source);
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
  const acts = yield* say(mind, { act: 'propose', call: wanted });
  return acts.some(({ act }) => act === 'confirm');
}
