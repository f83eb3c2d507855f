// Where slots stand by name in a clause: attributes and parameters by their words, rows by "which hold",
// "the hold's number" or "the hold you mean".
import { isSameNoun, type SlotWords } from './lexicon.js';
import type { Message } from './message.js';
import { phraseAt } from './phrase.js';
import { singular, stem } from './stem.js';
import type { Token } from './token.js';

export interface Region {
  readonly from: number;
  readonly to: number;
}

/** Slots in their order; `strictly` those that are introduced as something to be had: "your email", "which day". */
export function slotsNamed(message: Message, region: Region, strictly = false): readonly string[] {
  const found: string[] = [];
  let at = region.from;
  let since = region.from;
  while (at < region.to) {
    const named =
      slotAt(message, at, region, strictly) ??
      rowAt(message, at, { from: since, to: region.to }, region.from);
    const aside = found.length > 0 && isAside(message, at, since);
    if (named !== null && named.slot !== null && !aside) found.push(named.slot);
    at = named?.to ?? at + 1;
    if (named !== null && named.slot !== null) since = at;
  }
  return found;
}

const placing = new Set(['on', 'of', 'in', 'from', 'at', 'under']);

/** Whether a noun only says where the slot before it stands: "the tracking number on the label". */
function isAside({ tokens }: Message, at: number, since: number): boolean {
  const before = tokens.slice(since, at).map(({ text }) => text);
  const [first = '', ...rest] = before;
  return placing.has(first) && rest.every((word) => articles.has(word) || word === 'new');
}

interface Named {
  /** Null for a row that is mentioned and not asked for. */
  readonly slot: string | null;
  readonly to: number;
}

/** The attribute or parameter that is named at a place. */
export function slotAt(message: Message, at: number, { from, to }: Region, strictly = false): Named | null {
  const { lexicon, tokens, spans } = message;
  if (!isWord(tokens[at]) || spans.some((span) => span.to - span.from > 1 && at >= span.from && at < span.to))
    return null;
  const entity = lexicon.entities.find(({ words }) => standsAt(tokens, at, to, words));
  for (const slot of lexicon.slots) {
    const name = endOf(slot, tokens, at, to);
    if (name === null || slot.words.length < (entity?.words.length ?? 0)) continue;
    if ((strictly || !slot.common) && !isIntroduced(tokens, at, from)) continue;
    const end = numbering.has(tokens[name]?.text ?? '') ? name + 1 : name;
    return { slot: ofOther(message, slot.slot, at, end, to) ?? slot.slot, to: end };
  }
  return null;
}

function isWord(token: Token | undefined): boolean {
  return token?.kind === 'word' || token?.kind === 'part';
}

/** Whether the words of a name stand at a place. */
function standsAt(tokens: readonly Token[], at: number, to: number, words: readonly string[]): boolean {
  return at + words.length <= to && words.every((word, index) => isNoun(tokens[at + index], word));
}

function isNoun(token: Token | undefined, word: string): boolean {
  if (token === undefined || !isWord(token)) return false;
  return isSameNoun(token.text, word) || (word === 'number' && shortNumber.has(token.text));
}

const shortNumber = new Set(['no', 'nr', 'num']);
const numbering = new Set(['number', 'id', 'reference', 'ref', 'no', 'nr', 'code']);
const articles = new Set(['the', 'your', 'this', 'that', 'its', 'a', 'an', 'their', 'his', 'her']);
const introducing = new Set([...articles, 'which', 'what', 'full', 'exact', 'new', 'current']);

/** Whether a word comes before a name and not in it. */
export function introduces(token: Token | undefined): boolean {
  return token !== undefined && introducing.has(token.text);
}

function isIntroduced(tokens: readonly Token[], at: number, from: number): boolean {
  return at === from || introduces(tokens[at - 1]);
}

/** Where a slot's name ends that begins here: "card number", "number of your card", "telephone". */
function endOf(
  { words, others }: SlotWords,
  tokens: readonly Token[],
  at: number,
  to: number,
): number | null {
  if (standsAt(tokens, at, to, words)) return at + words.length;
  const [first = '', last = ''] = words;
  if (words.length === 2 && isNoun(tokens[at], last)) {
    const turned = turnedEnd(tokens, at, to, first);
    if (turned !== null) return turned;
  }
  return others === null ? null : phraseAt(others, tokens, at, to);
}

const farthest = 9;
const linking = new Set(['on', 'of', 'from', 'you', 'that', 'which', 'printed', 'written', 'shown']);

/** "number of your card", "number on the card", "the code you got when you uploaded it", and "number on it" where a card was spoken of. */
function turnedEnd(tokens: readonly Token[], at: number, to: number, first: string): number | null {
  const behind = tokens.slice(at + 1, Math.min(to, at + farthest));
  const link = behind.findIndex(({ text }) => linking.has(text));
  if (link < 0 || link > 1) return null;
  const named = behind.findIndex((token) => isNoun(token, first) || token.stem === stem(first));
  if (named > link) return at + 2 + named;
  const spoken = tokens.slice(Math.max(0, at - 25), at).some((token) => isNoun(token, first));
  return behind[link + 1]?.text === 'it' && spoken ? at + 3 + link : null;
}

/** The entity whose attribute is asked for, where the caller has one of that name too. */
function ofOther(message: Message, slot: string, at: number, end: number, to: number): string | null {
  const { lexicon, tokens, spans } = message;
  if (!lexicon.callerColumns.has(slot) || !lexicon.otherColumns.has(slot)) return null;
  // What a write is given is asked for by its own name; but everything has a name.
  const given = lexicon.tools.some(({ params }) => params.some(({ name }) => name === slot));
  if (slot !== 'name' && given) return null;
  const called = tokens[at]?.text === 'called' || tokens[at]?.text === 'named';
  const from = called ? at - 4 : at - 1;
  const until = tokens[end]?.text === 'of' ? end + 4 : at;
  for (let near = Math.max(0, from); near < Math.min(to, until); near++) {
    const entity =
      lexicon.entities.find(({ words }) => standsAt(tokens, near, to, words))?.slot ??
      lexicon.aliases.get(stem(singular(tokens[near]?.text ?? '')));
    if (entity !== undefined && entity !== lexicon.caller) return entity;
    const member = spans.find((span) => span.form === 'enum' && span.from === near);
    const owners = member === undefined ? [] : (lexicon.owners.get(String(member.value.value)) ?? []);
    const owner = owners.find((name) => name !== lexicon.caller);
    if (owner !== undefined) return owner;
  }
  return null;
}

/** A row, or rows, by the entity's name or another noun for it. */
function rowAt(message: Message, at: number, { from, to }: Region, start: number): Named | null {
  const { lexicon, tokens } = message;
  const { text = '', kind } = tokens[at] ?? {};
  if (kind !== 'word' && kind !== 'part') return null;
  const named = lexicon.entities.find(({ words }) => standsAt(tokens, at, to, words));
  const slot = named?.slot ?? lexicon.aliases.get(stem(singular(text))) ?? ownerAt(message, at, from);
  if (slot === undefined) return null;
  const end = at + (named?.words.length ?? 1);
  if (!isMeant(tokens, at, end, { from, to }, start)) return { slot: null, to: end };
  const last = tokens[end - 1]?.text ?? '';
  const list = lexicon.entities.find((entity) => entity.slot === slot)?.list ?? null;
  return { slot: list !== null && singular(last) !== last ? list : slot, to: end };
}

const which = new Set(['which', 'what']);
const meaning = new Set(['mean', 'meant', 'about', 'concerned', 'question', 'affected', 'involved']);
const before = new Set(['on', 'in', 'at', 'for', 'to', 'from', 'of', 'by', 'with']);
const being = new Set(['is', 'are', 'was', 'were', 'do', 'does', 'did', 'has', 'have', 'will']);
const leading = new Set(['me', 'us', 'know', 'say', 'and', 'or', ',', ':', 'decide', 'please', 'then', 'so']);

/** Whether a word is right behind "which" or "what", or "which of our". */
export function isAfterWhich(tokens: readonly Token[], at: number): boolean {
  const ofSome = tokens[at - 2]?.text === 'of' && possessive.has(tokens[at - 1]?.text ?? '');
  return which.has(tokens[ofSome ? at - 3 : at - 1]?.text ?? '');
}

const possessive = new Set(['our', 'your', 'the', 'these', 'those']);

/** The entity that has a member of an enum, right behind "which": "which depot" is which branch. */
function ownerAt({ lexicon, tokens, spans }: Message, at: number, from: number): string | undefined {
  if (at <= from || !isAfterWhich(tokens, at)) return undefined;
  const member = spans.find((span) => span.form === 'enum' && span.from === at);
  const name = member === undefined ? singular(tokens[at]?.text ?? '') : String(member.value.value);
  const owners = lexicon.owners.get(name) ?? [];
  return owners.length === 1 ? owners[0] : undefined;
}

/** Whether "which" goes on about a noun before it: "the day on which the trip starts". */
function isRelative(tokens: readonly Token[], at: number, from: number): boolean {
  if (at <= from) return false;
  if (!before.has(tokens[at - 1]?.text ?? '')) return tokens[at - 1]?.text === ',' && at - 2 >= from;
  const noun = tokens[at - 2];
  return at - 2 >= from && noun?.kind === 'word' && !leading.has(noun.text);
}

/** Whether a row is asked for: "which hold", "tell me the hold", "number of the hold", "the hold you mean". */
function isMeant(
  tokens: readonly Token[],
  at: number,
  end: number,
  { from, to }: Region,
  start: number,
): boolean {
  // which hold you mean, and which copy you mean
  const youMean = tokens[end]?.text === 'you' && meaning.has(tokens[end + 1]?.text ?? '');
  for (let near = at - 1; near >= Math.max(from, at - 4); near--) {
    const { text = '', kind } = tokens[near] ?? {};
    if (which.has(text)) return youMean || !isRelative(tokens, near, start);
    // "What is inside the parcel?", "What is the appointment about?"
    if (being.has(text) && which.has(tokens[near - 1]?.text ?? '') && tokens[end]?.text === 'about')
      return false;
    if (being.has(text)) break;
    if (text === 'me' && near >= at - 2) return true;
    if (kind !== 'word') break;
  }
  if (end < to && numbering.has(tokens[end]?.text ?? '')) return true;
  // a reservation with that number
  const under = tokens[end]?.text === 'with' || tokens[end]?.text === 'under';
  if (under && numbering.has(tokens[end + 2]?.text ?? '')) return true;
  const last = tokens[at - 1]?.text ?? '';
  if (last === 'of' || articles.has(last)) {
    const earlier = tokens.slice(Math.max(from, at - 3), Math.max(from, at));
    if (earlier.some(({ text }) => numbering.has(text))) return true;
  }
  if (tokens[at - 2]?.text === 'of') return false;
  return tokens.slice(end, Math.min(to, end + 3)).some(({ text }) => meaning.has(text));
}
