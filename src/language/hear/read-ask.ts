// Which slots a clause asks for: by their names, by the choice it offers, or by the thing it wants to
// know which of.
import { asking, offering, reasoning, wondering } from './cues.js';
import type { Clause } from './clauses.js';
import type { SlotWords } from './lexicon.js';
import { cueIn, spansIn, type Message } from './message.js';
import { otherNameAt } from './other-names.js';
import { findPhrase, phrases } from './phrase.js';
import { singular } from './stem.js';
import type { Token } from './token.js';

const choosing = phrases('which|what|where|how');

const offeringOneself = phrases('shall|should i|we / like|want|wish|prefer me|us to');

/** The slots that a clause asks for, in their order; none when it asks for nothing. */
export function slotsAsked(message: Message, clause: Clause): readonly string[] {
  // "Shall I check which slots are free?" asks for no slot.
  const offer = cueIn(message, offeringOneself, clause);
  if (offer !== null && cueIn(message, choosing, { from: clause.from, to: offer.to }) === null) {
    return clause.question ? choicesIn(message, clause) : [];
  }
  const cue = cueIn(message, asking, clause);
  const wonders = cueIn(message, wondering, clause);
  const needs = /^(?:need|needs|require|requires|needed|missing)$/.test(message.tokens[clause.from]?.text ?? '');
  const asks = needs || cue !== null || (wonders !== null && (clause.question || wonders.from <= clause.from + 1));
  if (!asks && !clause.question) return isBare(message, clause) ? slotsNamed(message, clause) : [];
  const chosen = choicesIn(message, clause);
  // "Would you like me to look?" asks for nothing; "How would you like to pay?" does.
  if (cueIn(message, offering, clause) !== null && (cue === null || clause.question) && wonders === null) return chosen;
  const named = slotsNamed(message, regionOf(message, clause, cue?.from ?? clause.from));
  const found = [...named, ...chosen];
  return found.length > 0 ? [...new Set(found)] : impliedSlots(message, clause);
}

const again = phrases(`
  ~check|~verify|~confirm|~repeat|~spell|~say|~supply|~provide|~give|~send|~share|~state|~quote (me|us) (that|it|them) again|it|that|them|once
`);

/** Whether a clause asks for what the one before it spoke of: "Could you double-check it?" */
export function asksAgain(message: Message, clause: Clause): boolean {
  return cueIn(message, asking, clause) !== null && cueIn(message, again, clause) !== null;
}

/** Slots that a clause speaks of. */
export function slotsSpokenOf(message: Message, clause: Clause): readonly string[] {
  return slotsNamed(message, clause);
}

/** Whether a clause asks for what the lines below it list. */
export function leads(message: Message, clause: Clause): boolean {
  return !clause.item && cueIn(message, asking, clause) !== null;
}

/** Slots that a line of a list names: all of a line that does nothing else, or the one it begins with. */
export function slotsListed(message: Message, clause: Clause): readonly string[] {
  const { from, to } = clause;
  if (isBare(message, clause)) return slotsNamed(message, clause);
  let start = from;
  while (start < to && introducing.has(message.tokens[start]?.text ?? '')) start += 1;
  const first = slotAt(message, start, { from: start, to })?.slot ?? null;
  return first === null ? [] : [first];
}

interface Region {
  readonly from: number;
  readonly to: number;
}

/** What stands before the reason, and behind the request where slots do. */
function regionOf(message: Message, { from, to }: Clause, cue: number): Region {
  const reason = findPhrase(reasoning, message.tokens, cue + 1, to);
  const end = reason === null || reason.from <= cue + 2 ? to : reason.from;
  return { from: slotsNamed(message, { from: cue, to: end }).length > 0 ? cue : from, to: end };
}

/** Slots by name; rows by "which", by their number, or by being meant. */
function slotsNamed(message: Message, region: Region): readonly string[] {
  const found: string[] = [];
  let at = region.from;
  let since = region.from;
  while (at < region.to) {
    const slot = slotAt(message, at, region);
    const named = slot ?? entityAt(message, at, { from: since, to: region.to });
    if (named !== null && named.slot !== null) found.push(named.slot);
    at = named?.to ?? at + 1;
    if (slot !== null) since = at;
  }
  return found;
}

interface Named {
  /** Null for an entity that is mentioned and not asked for. */
  readonly slot: string | null;
  readonly to: number;
}

function slotAt(message: Message, at: number, { from, to }: Region): Named | null {
  const { lexicon, tokens } = message;
  const entity = lexicon.entities.find(({ words }) => standsAt(tokens, at, to, words));
  for (const slot of lexicon.slots) {
    const name = endOf(slot, tokens, at, to) ?? onIt(message, slot, at, to);
    const end = name !== null && numbering.has(tokens[name]?.text ?? '') ? name + 1 : name;
    if (end === null || slot.words.length < (entity?.words.length ?? 0)) continue;
    if (!slot.common && !isIntroduced(tokens, at, from)) continue;
    return { slot: ofOther(message, slot.slot, at, end, to) ?? slot.slot, to: end };
  }
  return null;
}

/** Where a slot's name ends that begins here: "card number", "number of your card", "telephone". */
function endOf({ slot, words }: SlotWords, tokens: readonly Token[], at: number, to: number): number | null {
  if (standsAt(tokens, at, to, words)) return at + words.length;
  const [first = '', last = ''] = words;
  if (words.length === 2 && isNoun(tokens[at], last) && tokens[at + 1]?.text === 'of') {
    const behind = articles.has(tokens[at + 2]?.text ?? '') ? at + 3 : at + 2;
    if (behind < to && isNoun(tokens[behind], first)) return behind + 1;
  }
  return otherNameAt(slot, tokens, at, to);
}

/** "the number on it", where its first word stands nearby: on the card, on the label. */
function onIt({ tokens }: Message, { words }: SlotWords, at: number, to: number): number | null {
  const [first = '', last = ''] = words;
  if (words.length !== 2 || !isNoun(tokens[at], last)) return null;
  const behind = tokens.slice(at + 1, Math.min(to, at + 6));
  const link = behind.findIndex(({ text }) => text === 'on' || text === 'of' || text === 'from');
  if (link < 0) return null;
  const named = behind.findIndex((token) => isNoun(token, first));
  if (named > link) return at + 2 + named;
  const it = behind[link + 1]?.text === 'it' && tokens.slice(Math.max(0, at - 25), at).some((token) => isNoun(token, first));
  return it ? at + 3 + link : null;
}

const articles = new Set(['the', 'your', 'this', 'that', 'its', 'a', 'an', 'their', 'his', 'her']);
const introducing = new Set([...articles, 'which', 'what', 'full', 'exact', 'new', 'current']);

function isIntroduced(tokens: readonly Token[], at: number, from: number): boolean {
  return at === from || introducing.has(tokens[at - 1]?.text ?? '');
}

function standsAt(tokens: readonly Token[], at: number, to: number, words: readonly string[]): boolean {
  return at + words.length <= to && words.every((word, index) => isNoun(tokens[at + index], word));
}

function isNoun(token: Token | undefined, word: string): boolean {
  if (token?.kind !== 'word' && token?.kind !== 'part') return false;
  const { text } = token;
  return text === word || (singular(word) === word && singular(text) === word) || (word === 'number' && shortNumber.has(text));
}

const shortNumber = new Set(['no', 'nr', 'num']);

/** The entity whose attribute is asked for, where the caller has one of that name too. */
function ofOther(message: Message, slot: string, at: number, end: number, to: number): string | null {
  const { lexicon, tokens, spans } = message;
  if (!lexicon.callerColumns.has(slot) || !lexicon.otherColumns.has(slot)) return null;
  // What a write is given is asked for by its own name; but everything has a name.
  if (slot !== 'name' && lexicon.tools.some(({ params }) => params.some((param) => param.name === slot))) return null;
  const called = tokens[at]?.text === 'called' || tokens[at]?.text === 'named';
  const of = tokens[end]?.text === 'of';
  const [from, until] = [called ? at - 4 : at - 1, of ? end + 4 : at];
  for (let near = Math.max(0, from); near < Math.min(to, until); near++) {
    const entity = lexicon.entities.find(({ words }) => standsAt(tokens, near, to, words));
    if (entity !== undefined && entity.slot !== lexicon.caller) return entity.slot;
    const member = spans.find((span) => span.form === 'enum' && span.from === near);
    const owners = member === undefined ? [] : (lexicon.owners.get(String(member.value.value)) ?? []);
    const [owner] = owners.filter((name) => name !== lexicon.caller);
    if (owner !== undefined) return owner;
  }
  return null;
}

function entityAt(message: Message, at: number, { from, to }: Region): Named | null {
  const { lexicon, tokens } = message;
  const entity = lexicon.entities.find(({ words }) => standsAt(tokens, at, to, words));
  const word = tokens[at]?.kind === 'word' ? singular(tokens[at]?.text ?? '') : '';
  const slot = entity?.slot ?? lexicon.aliases.get(word) ?? ownerAt(message, at, from);
  if (slot === undefined) return null;
  const end = at + (entity?.words.length ?? 1);
  return { slot: isMeant(tokens, at, end, from, to) ? slot : null, to: end };
}

/** The entity that has a member of an enum, right behind "which": "which depot" is which branch. */
function ownerAt({ lexicon, tokens, spans }: Message, at: number, from: number): string | undefined {
  if (at <= from || !which.has(tokens[at - 1]?.text ?? '')) return undefined;
  const member = spans.find((span) => span.form === 'enum' && span.from === at);
  const owners = member === undefined ? [] : (lexicon.owners.get(String(member.value.value)) ?? []);
  return owners.length === 1 ? owners[0] : undefined;
}

const which = new Set(['which', 'what']);
const numbering = new Set(['number', 'id', 'reference', 'ref', 'no', 'nr', 'code']);
const meaning = new Set(['mean', 'meant', 'about', 'concern', 'concerns', 'concerned']);

/** Whether a row is asked for: "which hold", "the hold's number", "the hold you mean", "tell me the hold". */
function isMeant(tokens: readonly Token[], at: number, end: number, from: number, to: number): boolean {
  for (let before = at - 1; before >= Math.max(from, at - 4); before--) {
    const { text = '', kind } = tokens[before] ?? {};
    if (which.has(text) || (text === 'me' && before >= at - 2)) return true;
    if (kind !== 'word') break;
  }
  if (end < to && numbering.has(tokens[end]?.text ?? '')) return true;
  if (tokens[at - 1]?.text === 'of' || articles.has(tokens[at - 1]?.text ?? '')) {
    if (tokens.slice(Math.max(from, at - 3), Math.max(from, at)).some(({ text }) => numbering.has(text))) return true;
  }
  return tokens[at - 2]?.text !== 'of' && tokens.slice(end, Math.min(to, end + 3)).some(({ text }) => meaning.has(text));
}

/** What a clause offers a choice of: two members of an enum, or two rows. */
function choicesIn(message: Message, clause: Clause): readonly string[] {
  const { lexicon, tokens } = message;
  if (!tokens.slice(clause.from, clause.to).some(({ text }) => text === 'or')) return [];
  const offered = new Map<string, Set<string>>();
  for (const { value, form, from } of spansIn(message, clause)) {
    if (which.has(tokens[from - 1]?.text ?? '')) continue;
    const said = String(value.value);
    const slots =
      form === 'id'
        ? lexicon.entities.filter(({ prefix }) => said.startsWith(`${prefix}-`)).map(({ slot }) => slot)
        : (lexicon.choices.get(said) ?? []);
    for (const slot of slots) offered.set(slot, (offered.get(slot) ?? new Set<string>()).add(said));
  }
  return [...offered].filter(([, members]) => members.size > 1).map(([slot]) => slot);
}

const howToPay = phrases('how .. ~pay|~settle / ~pay|paying by|with');
const howMuch = phrases('how much');

/** What a question asks for in other words. */
function impliedSlots(message: Message, clause: Clause): readonly string[] {
  if (!clause.question) return [];
  const known = (slot: string): boolean => message.lexicon.slots.some((other) => other.slot === slot && other.common);
  if (cueIn(message, howToPay, clause) !== null && known('method')) return ['method'];
  return cueIn(message, howMuch, clause) !== null && known('amount') ? ['amount'] : [];
}

const filling = new Set(
  'your the a an and or please just only new full first of in for my our also plus as well current registered account i still need number date'.split(
    ' ',
  ),
);

/** A line that names slots and nothing else: "Card number, please". */
function isBare(message: Message, { from, to }: Clause): boolean {
  const { tokens, lexicon } = message;
  if (spansIn(message, { from, to }).some(({ form }) => form !== 'enum')) return false;
  const words = tokens.slice(from, to).filter(({ kind }) => kind === 'word' || kind === 'part');
  if (words.length === 0 || words.length > 10) return false;
  const known = new Set(lexicon.slots.flatMap((slot) => slot.words));
  const marks = tokens.slice(from, to).filter(({ kind }) => kind === 'mark');
  const other = words.filter(
    ({ text, start }) =>
      !filling.has(text) && !known.has(singular(text)) && !lexicon.slots.some(({ slot }) => otherNameAt(slot, tokens, placeOf(tokens, start), to) !== null),
  );
  const polite = words.some(({ text }) => text === 'please');
  return other.length <= (polite ? 1 : 0) && marks.every(({ text }) => ',:()&/;+.-'.includes(text)) && slotsNamed(message, { from, to }).length > 0;
}

function placeOf(tokens: readonly Token[], start: number): number {
  return tokens.findIndex((token) => token.start === start);
}
