// What a user's text says of their wishes: which they ask for, what they add to one when they are asked,
// and what they put right. This needs look-ups, since rows are known by their values.
import { valuesSaid } from '../policy/values-said.js';
import { must } from '../core/errors.js';
import { canonicalJson, type Json } from '../core/json.js';
import { boundName, snakeCase } from '../spec/names.js';
import type { Domain } from '../spec/model.js';
import type { AgentAct, Call, Reference, UserAct, Wish } from '../policy/talk.js';
import { entityOf } from '../policy/belief/path.js';
import { rowsMatching } from '../policy/belief/resolve.js';
import { wordsIn } from './lexicon.js';
import { mentionsIn } from './recover-mentions.js';
import { correcting } from './recover-reply.js';
import { recoverWishes, sentencesOf } from './recover-request.js';
import { recoverRow, type Scope } from './recover-row.js';
import { dealMentions, slotsOfTool, type Slot } from './recover-slots.js';
import { recoverReference } from './recover-wish.js';

const triedDeals = 12;

/** What was said before: by the agent, and of wishes by the user. */
export interface Before {
  readonly heard: AgentAct | null;
  readonly wishes: readonly Wish[];
}

/** The requests of a text, and what it adds to wishes or puts right in them. */
export function recoverWishActs(scope: Scope, text: string, { heard, wishes }: Before): UserAct[] {
  if (wishes.length === 0) return requests(recoverWishes(scope, text, []).wishes);
  const sentences = sentencesOf(text);
  const corrections = sentences.filter((sentence) => correcting.test(sentence));
  const rest = sentences.filter((sentence) => !correcting.test(sentence)).join(' ');
  if (heard?.act === 'propose') return objections(scope, sentences.slice(1).join(' '), heard.call, wishes);
  if (heard?.act === 'ask') {
    return [
      ...specified(scope, rest, heard.slots, wishes),
      ...corrections.flatMap((sentence) => corrected(scope, sentence, wishes)),
    ];
  }
  if (heard?.act === 'refuse' || heard === null) return [];
  return requests(recoverWishes(scope, text, wishes).wishes);
}

function requests(wishes: readonly Wish[]): UserAct[] {
  return wishes.length === 0 ? [] : [{ act: 'request', wishes }];
}

/** What a text says for an argument of a wish, or null when it says nothing of the kind. */
export function recoverArgument(scope: Scope, wish: Wish, arg: string, text: string): Reference | null {
  const slot = slotsOfWish(scope.domain, wish).find(({ name }) => name === arg);
  if (slot === undefined) return null;
  const mentions = mentionsIn(text, scope.domain, scope.source.now);
  for (const { fills } of dealMentions(scope.domain, text, mentions, [slot]).slice(0, triedDeals)) {
    const [fill = []] = fills;
    const reference = fill.length === 0 ? null : recoverReference(scope, text, slot, fill);
    if (reference !== null) return reference;
  }
  return slot.type.kind === 'row' ? recoverRow(scope, slot.type.entity, [], text) : null;
}

function slotsOfWish(domain: Domain, wish: Wish): readonly Slot[] {
  if (wish.wish === 'do') {
    const tool = domain.tools.find(({ name }) => name === wish.tool);
    return tool === undefined ? [] : slotsOfTool(domain, tool);
  }
  const attr = snakeCase(wish.entity);
  return [{ name: 'of', type: { kind: 'row', entity: wish.entity }, attr, optional: false }];
}

/** Answers for arguments that were asked for: those that the wishes lack, else any of the name. */
function specified(scope: Scope, text: string, asked: readonly string[], wishes: readonly Wish[]): UserAct[] {
  // Who is asked for their email address gives their own.
  const own = new Set(entityOf(scope.domain, scope.domain.caller).columns.map(({ attr }) => attr));
  const names = asked.filter((name) => !own.has(name));
  const needed = wishes.flatMap((wish) =>
    slotsOfWish(scope.domain, wish).filter(({ name, optional }) => !optional && lacks(wish, name)),
  );
  return wishes.flatMap((wish, index): UserAct[] => {
    const named = slotsOfWish(scope.domain, wish).filter((slot) => names.some((name) => isNamed(slot, name)));
    // Nobody asks for what need not be said where somebody else needs it.
    const lacking = named.filter(
      (slot) =>
        lacks(wish, slot.name) && (!slot.optional || !needed.some((other) => other.name === slot.name)),
    );
    const args: Record<string, Reference> = {};
    for (const { name } of lacking) {
      const reference = recoverArgument(scope, wish, name, text);
      if (reference !== null) args[name] = reference;
    }
    return Object.keys(args).length === 0 ? [] : [{ act: 'specify', wish: index, args, corrects: false }];
  });
}

function isNamed({ name, attr, type }: Slot, asked: string): boolean {
  const bound = boundName(asked);
  const item = type.kind === 'list' ? type.item : type;
  return (
    name === asked ||
    attr === asked ||
    attr === bound ||
    (item.kind === 'row' && snakeCase(item.entity) === bound)
  );
}

function lacks(wish: Wish, arg: string): boolean {
  if (wish.wish === 'do') return wish.args[arg] === undefined;
  return wish.of.type === 'row' && wish.of.facts.length === 0;
}

/** "It should be X, not Y", "I said Y, but I meant X": the argument for which Y was said is X. */
function corrected(scope: Scope, sentence: string, wishes: readonly Wish[]): UserAct[] {
  const said = /\bI said (?<wrong>.+?), but (?:I meant|it['’ ]i?s) (?<right>.+)$/i.exec(sentence);
  const not = /^(?<right>.+?)(?: is what I meant)?, not (?<wrong>.+)$/i.exec(sentence);
  const { right = sentence, wrong = '' } = (said ?? not)?.groups ?? {};
  const asked = wishes.flatMap((wish, index) =>
    wish.wish === 'tell'
      ? []
      : Object.entries(wish.args).map(([arg, current]) => ({
          wish,
          index,
          arg,
          current,
          ...shareSaid(scope, current, wrong),
        })),
  );
  // What most of the words are about is looked up first.
  asked.sort((left, right) => right.share - left.share || right.told - left.told);
  for (const { wish, index, arg, current, told } of asked) {
    if (told === 0) break;
    const taken = recoverArgument(scope, wish, arg, wrong);
    if (taken === null || !isSame(scope, taken, current)) continue;
    const reference = recoverArgument(scope, wish, arg, right);
    // What stays the same was not put right: "the drill for Monday, not the saw for Monday".
    if (reference === null || isSame(scope, reference, current)) continue;
    return [{ act: 'specify', wish: index, args: { [arg]: reference }, corrects: true }];
  }
  return [];
}

/** How many of the values that the reference is made of a text has, and which part; this needs no look-up. */
function shareSaid(
  { domain, source }: Scope,
  reference: Reference,
  text: string,
): { readonly told: number; readonly share: number } {
  const words = ` ${wordsIn(text).join(' ')} `;
  const said = mentionsIn(text, domain, source.now).flatMap(({ readings }) =>
    readings.map(({ value }) => value),
  );
  const values = valuesSaid(reference);
  const told = values.filter(
    (value) =>
      (typeof value === 'string' && words.includes(` ${wordsIn(value.replaceAll('_', ' ')).join(' ')} `)) ||
      said.some((one) => one === value || (typeof value === 'number' && Number(one) * 100 === value)),
  );
  return { told: told.length, share: told.length / Math.max(1, values.length) };
}

/**
 * What is said after a no: arguments of a wish that the proposed call comes near to. Where it may be said
 * for one argument or another, it is for that for which it was said before.
 */
function objections(scope: Scope, text: string, call: Call, wishes: readonly Wish[]): UserAct[] {
  if (text === '') return [];
  let likeliest: { readonly act: UserAct; readonly doubt: number } | null = null;
  for (const wish of nearestWishes(scope, call, wishes)) {
    for (const { args, score } of objectedArgs(scope, text, must(wishes[wish], 'the wish'))) {
      const doubts = doubtsOf(scope, args, wishes[wish]);
      const act: UserAct = { act: 'specify', wish, args, corrects: true };
      if (doubts === 0) return [act];
      if (likeliest === null || doubts - score < likeliest.doubt) likeliest = { act, doubt: doubts - score };
    }
  }
  return likeliest === null ? [] : [likeliest.act];
}

/** What the arguments say that the wish did not: half a doubt for what it left out, one for what it said otherwise. */
function doubtsOf(scope: Scope, args: Readonly<Record<string, Reference>>, wish: Wish | undefined): number {
  return Object.entries(args).reduce((sum, [arg, reference]) => {
    const wished = wish?.wish === 'do' ? wish.args[arg] : undefined;
    if (wished === undefined) return sum + 0.5;
    return isSame(scope, wished, reference) ? sum : sum + 1;
  }, 0);
}

interface Objected {
  readonly args: Readonly<Record<string, Reference>>;
  readonly score: number;
}

/** What an objection may say for arguments of a wish, the likeliest first. */
function* objectedArgs(scope: Scope, text: string, wish: Wish): Generator<Objected> {
  const { domain, source } = scope;
  const slots = slotsOfWish(domain, wish);
  const mentions = mentionsIn(text, domain, source.now);
  for (const { fills, used, score } of dealMentions(domain, text, mentions, slots).slice(0, triedDeals)) {
    const args: Record<string, Reference> = {};
    let whole = used > 0 || mentions.length === 0;
    for (const [at, slot] of slots.entries()) {
      const fill = fills[at] ?? [];
      const reference =
        fill.length === 0 ? impliedCaller(domain, slot, text) : recoverReference(scope, text, slot, fill);
      if (reference !== null) args[slot.name] = reference;
      else if (fill.length > 0) whole = false;
    }
    if (whole && Object.keys(args).length > 0) yield { args, score };
  }
  for (const { name, type } of slots) {
    const row = type.kind === 'row' ? recoverRow(scope, type.entity, [], text) : null;
    if (row !== null) yield { args: { [name]: row }, score: 0 };
  }
}

/** The wishes for the called tool of which the fewest arguments are not those of the call. */
function nearestWishes(scope: Scope, call: Call, wishes: readonly Wish[]): readonly number[] {
  const wrong = wishes.map((wish) => {
    if (wish.wish !== 'do' || wish.tool !== call.tool) return Infinity;
    return Object.entries(wish.args).filter(
      ([arg, reference]) => canonicalJson(meaning(scope, reference)) !== canonicalJson(call.args[arg]),
    ).length;
  });
  const least = Math.min(...wrong);
  return least === Infinity ? [] : [...wishes.keys()].filter((wish) => wrong[wish] === least);
}

/** Whether two references come to one thing, whatever is said of it. */
function isSame(scope: Scope, left: Reference, right: Reference): boolean {
  if (canonicalJson(left) === canonicalJson(right)) return true;
  const id = meaning(scope, left);
  return id !== null && canonicalJson(id) === canonicalJson(meaning(scope, right));
}

/** The value that a call would have for a reference; null where it is not clear. */
function meaning(scope: Scope, reference: Reference): Json {
  switch (reference.type) {
    case 'value':
      return reference.value;
    case 'caller':
      return scope.caller;
    case 'row': {
      const ids = rowsMatching(scope.domain, scope.source, reference.entity, reference.facts, scope.caller);
      return ids.length === 1 ? (ids[0] ?? null) : null;
    }
    case 'list':
      return reference.items.map((item) => meaning(scope, item));
    case 'record':
      return Object.fromEntries(
        Object.entries(reference.fields).map(([field, value]) => [field, meaning(scope, value)]),
      );
    case 'made':
      return null;
  }
}

function impliedCaller(domain: Domain, slot: Slot, text: string): Reference | null {
  return isCaller(domain, slot) && /\bmy (?:own )?account\b|\bmine\b/i.test(text) ? { type: 'caller' } : null;
}

function isCaller({ caller }: Domain, { type }: Slot): boolean {
  return type.kind === 'row' && type.entity === caller;
}
