// From a sentence to the wish it states: the topic whose words it has and whose places its mentions
// fill, then each place's reference. Topics are weighed by words and by kinds of values alone, so that
// nothing has to be looked up before it is clear what is wanted.
import { makesRow } from '../policy/belief/made.js';
import { entityOf } from '../policy/belief/path.js';
import type { Reference, Wish } from '../policy/talk.js';
import type { Domain, Type } from '../spec/model.js';
import { readingsAs } from './known-paths.js';
import { lexiconOf, wordsIn, type Bag, type Lexicon, type Topic } from './lexicon.js';
import { recoverLines } from './recover-lines.js';
import { mentionsIn, type Mention } from './recover-mentions.js';
import { recoverRow, type Scope } from './recover-row.js';
import { dealMentions, isLeftOpen, slotsOfTopic, type Dealt, type Slot } from './recover-slots.js';

/** What a sentence may state, before its rows are looked up. */
export interface Candidate {
  readonly topic: Topic;
  readonly dealt: Dealt;
  readonly words: number;
  readonly score: number;
}

/** A wish as it was understood, and whether every value of its sentence came to something. */
export interface Recovered {
  readonly wish: Wish;
  readonly whole: boolean;
}

const wordWeight = 2.5;
/**
 * A sentence with fewer of a topic's words states no wish: with values that the topic has a place for,
 * without any that it needs, and where it needs none.
 */
const fewestWords = { filled: 0.15, open: 0.7, none: 0.5 } as const;
/** The weight of mentions from which on they count as values. */
const someValue = 0.65;
const dealsATopic = 8;
/** How much it speaks against a question that a sentence ends like none. */
const unasked = 0.5;

const cached = new WeakMap<Domain, Map<string, readonly Candidate[]>>();
const mostCached = 500;

/** The wishes that the text may state, the likeliest first; none for what is no wish. */
export function candidatesFor({ domain, source }: Scope, text: string): readonly Candidate[] {
  const cache = cached.get(domain) ?? new Map<string, readonly Candidate[]>();
  cached.set(domain, cache);
  const key = `${source.now} ${text}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (cache.size >= mostCached) cache.clear();
  const found = findCandidates(domain, text, source.now);
  cache.set(key, found);
  return found;
}

function findCandidates(domain: Domain, text: string, today: string): readonly Candidate[] {
  const lexicon = lexiconOf(domain);
  const mentions = mentionsIn(text, domain, today);
  const words = plainWords(text, mentions);
  const isOrder = /[.!]$/.test(text);
  const found = lexicon.topics.flatMap((topic): Candidate[] => {
    const { close, telling } = wordsFor(domain, topic, words);
    if (close < fewestWords.filled) return [];
    const own = ownWords(domain, topic);
    const isToldAnyway = ({ kind, at, end }: Mention): boolean =>
      (kind === 'time' || kind === 'member') && wordsIn(text.slice(at, end)).every((word) => own.has(word));
    return dealMentions(domain, text, mentions, slotsOfTopic(domain, topic), isToldAnyway)
      .slice(0, dealsATopic)
      .filter(({ used, missing }) => {
        if (used >= someValue) return true;
        return telling && close >= (missing > 0 ? fewestWords.open : fewestWords.none);
      })
      .map((dealt) => {
        const score = wordWeight * close + dealt.score - (isOrder && topic.is === 'tell' ? unasked : 0);
        return { topic, dealt, words: close, score };
      });
  });
  return found.sort((left, right) => right.score - left.score);
}

const commonInReason = 0.4;

/** How well the words of a reason of some topic explain the text. */
export function reasonWords(scope: Scope, text: string): number {
  const lexicon = lexiconOf(scope.domain);
  const words = new Set(wordsIn(text));
  const tells = (all: Iterable<string>): number =>
    [...all].reduce((sum, word) => sum + (lexicon.isCommon(word) ? commonInReason : 1), 0);
  const close = (bag: Bag): number => {
    const shared = tells([...bag].filter((word) => words.has(word)));
    return 0.75 * (shared / tells(bag)) + 0.25 * (shared / Math.max(1, tells(words)));
  };
  return Math.max(0, ...lexicon.topics.flatMap(({ reasons }) => reasons.map(close)));
}

/** The words of a text but those of its values. */
function plainWords(text: string, mentions: readonly Mention[]): ReadonlySet<string> {
  let plain = text;
  for (const { kind, at, end, readings } of mentions) {
    if (kind === 'count' || (kind === 'member' && isName(text.slice(at, end), readings[0]?.value))) continue;
    plain = `${plain.slice(0, at)}${' '.repeat(end - at)}${plain.slice(end)}`;
  }
  return new Set(wordsIn(plain));
}

/** Whether a member of an enum is called by its name; what else it is called says nothing more. */
function isName(words: string, member: string | number | undefined): boolean {
  return words.toLowerCase() === String(member).replaceAll('_', ' ');
}

interface Close {
  /** From 0 to 1. */
  readonly close: number;
  /** Whether the phrase has words of its own. */
  readonly telling: boolean;
}

/** How close the words are to one of the topic's phrases. */
function wordsFor(domain: Domain, topic: Topic, words: ReadonlySet<string>): Close {
  const lexicon = lexiconOf(domain);
  const names = namesFor(domain, topic);
  const found = topic.phrases.map((bag) => overlap(lexicon, bag, words, names));
  return found.reduce((best, next) => (next.close > best.close ? next : best), { close: 0, telling: false });
}

/** The words by which the rows that a topic has places for are named. */
function namesFor(domain: Domain, topic: Topic): Bag {
  const { names } = lexiconOf(domain);
  const entities = slotsOfTopic(domain, topic).flatMap(({ type }) => entitiesIn(type));
  return new Set(entities.flatMap((entity) => [...names(entity)]));
}

function entitiesIn(type: Type): readonly string[] {
  if (type.kind === 'row') return [type.entity];
  if (type.kind === 'list') return entitiesIn(type.item);
  return type.kind === 'record' ? type.fields.flatMap((field) => entitiesIn(field.type)) : [];
}

/** Words that a topic's phrases and the names of its rows have, whatever the values are. */
function ownWords(domain: Domain, topic: Topic): Bag {
  return new Set([...topic.phrases.flatMap((bag) => [...bag]), ...namesFor(domain, topic)]);
}

/** A word that no topic has counts a little, since a text of such words is about something else. */
const strangeWord = 0.5;

/**
 * The weight shared by a phrase and a text, as a part of both; words that name things are no surplus. A
 * phrase that has words of its own shares little with a text that has none of them.
 */
function overlap(
  { weight, isCommon }: Lexicon,
  bag: Bag,
  words: ReadonlySet<string>,
  names: ReadonlySet<string>,
): Close {
  let shared = 0;
  let phrase = 0;
  let telling = 0;
  let told = 0;
  for (const word of bag) {
    phrase += weight(word);
    const own = isCommon(word) ? 0 : 1;
    telling += own;
    if (!words.has(word)) continue;
    shared += weight(word);
    told += own;
  }
  if (shared === 0) return { close: 0, telling: false };
  let text = 0;
  for (const word of words) if (bag.has(word) || !names.has(word)) text += weight(word) || strangeWord;
  const [recall, precision] = [shared / phrase, shared / text];
  const close = (2 * recall * precision) / (recall + precision);
  return telling > 0 && told === 0 ? { close: close / 2, telling: false } : { close, telling: telling > 0 };
}

/** The wish of a candidate; what cannot be made out is left out of it. `before` are earlier wishes. */
export function recoverWish(
  scope: Scope,
  text: string,
  { topic, dealt }: Candidate,
  before: readonly Wish[],
): Recovered {
  let whole = dealt.spare < someValue;
  const args: Record<string, Reference> = {};
  for (const [index, slot] of slotsOfTopic(scope.domain, topic).entries()) {
    const mentions = dealt.fills[index] ?? [];
    const reference =
      mentions.length > 0
        ? recoverReference(scope, text, slot, mentions)
        : impliedReference(scope, text, slot, before);
    if (reference !== null) args[slot.name] = reference;
    else if (mentions.length > 0) whole = false;
  }
  if (topic.is === 'do') return { wish: { wish: 'do', tool: topic.tool.name, args }, whole };
  const { name } = topic.entity;
  const of = args['of'] ?? { type: 'row', entity: name, facts: [] };
  return { wish: { wish: 'tell', of, entity: name, attr: topic.attr }, whole };
}

/** What mentions say for a slot, or null when they come to nothing. */
export function recoverReference(
  scope: Scope,
  text: string,
  slot: Slot,
  mentions: readonly Mention[],
): Reference | null {
  const { type } = slot;
  if (type.kind === 'row') return recoverRow(scope, type.entity, mentions, text);
  if (type.kind === 'list' && type.item.kind === 'record') {
    const others = mentionsIn(text, scope.domain, scope.source.now);
    return recoverLines(scope, text, type.item.fields, mentions, others);
  }
  if (type.kind === 'list') return recoverList(scope, text, { ...slot, type: type.item }, mentions);
  const [first] = mentions;
  const value = first === undefined ? undefined : readingsAs(first, type, slot)[0];
  return value === undefined ? null : { type: 'value', value };
}

/** The items of a list: between them stands a comma or an "and". */
function recoverList(scope: Scope, text: string, item: Slot, mentions: readonly Mention[]): Reference | null {
  const items: Reference[] = [];
  let group: Mention[] = [];
  for (const [index, mention] of mentions.entries()) {
    const before = mentions[index - 1];
    const parted = before !== undefined && /,|\band\b|&/.test(text.slice(before.end, mention.at));
    // A part that names nothing by itself belongs to the next one.
    const done = parted ? recoverReference(scope, text, item, group) : null;
    if (done !== null) {
      items.push(done);
      group = [];
    }
    group.push(mention);
  }
  const last = group.length === 0 ? null : recoverReference(scope, text, item, group);
  if (last === null) return null;
  return { type: 'list', items: [...items, last] };
}

/** What goes without a value: the caller, the row that an earlier wish makes, the caller's only row of a kind. */
function impliedReference(scope: Scope, text: string, slot: Slot, before: readonly Wish[]): Reference | null {
  const { type } = slot;
  if (type.kind !== 'row') return null;
  const { domain } = scope;
  if (type.entity === domain.caller) return { type: 'caller' };
  const { words, name } = entityOf(domain, type.entity);
  if (new RegExp(`\\bnew ${words}\\b`, 'i').test(text)) {
    const wish = before.findLastIndex(
      (earlier) =>
        earlier.wish === 'do' &&
        domain.tools.some((tool) => tool.name === earlier.tool && makesRow(tool, name)),
    );
    return wish < 0 ? null : { type: 'made', wish };
  }
  if (isLeftOpen(domain, text, slot)) return null;
  return recoverRow(scope, name, [], text);
}
