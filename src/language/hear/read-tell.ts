// What a clause tells: its values, unless they are denied, and yes, no and nought in words.
import type { TypedValue } from '../../policy/talk.js';
import { courteous } from './cues.js';
import type { Clause } from './clauses.js';
import { stemsOf } from './tool-words.js';
import { spansIn, type Message } from './message.js';
import { phraseAt } from './phrase.js';
import type { Token } from './token.js';
import type { ValueSpan } from './value-span.js';

/** `plainly` is false for a clause that is there for something else: then only times and numbers count. */
export function valuesTold(message: Message, clause: Clause, plainly: boolean): readonly TypedValue[] {
  const { tokens } = message;
  const told = spansIn(message, clause)
    .filter(({ from, value }) => !isDenied(tokens, from, clause.from) && (plainly || !isName(value)))
    .filter((span) => !isLabel(message, span))
    .map(({ value }) => value);
  return [...told, ...yesOrNo(message, clause), ...attributesTold(message, clause)];
}

/** Whether a word stands in the name of an attribute or a row: the card of "card number". */
function isLabel({ tokens, lexicon }: Message, { from, to, form }: ValueSpan): boolean {
  if (form !== 'enum' && form !== 'number') return false;
  const next = tokens[to]?.text ?? '';
  if (form === 'enum' && (next === 'id' || next === 'ids' || next === 'number' || next === ':')) return true;
  return lexicon.labels.some((words) => {
    if (words.length <= to - from) return false;
    const before = words.length - (to - from);
    for (let start = Math.max(0, from - before); start <= from; start++) {
      if (words.every((word, at) => tokens[start + at]?.text === word)) return true;
    }
    return false;
  });
}

function isName({ type }: TypedValue): boolean {
  return type === 'string' || type === 'enum' || type === 'id';
}

const between = new Set(['on', 'at', 'the', 'a', 'an', 'in', 'by', 'for', 'to', 'of', 'from', ',']);

/** Whether a value is what something is not: "not on 12 June". */
function isDenied(tokens: readonly Token[], at: number, from: number): boolean {
  let before = at - 1;
  while (before >= Math.max(from, at - 3) && between.has(tokens[before]?.text ?? '')) before--;
  return before >= from && tokens[before]?.text === 'not';
}

const positive = new Set(['yes', 'yep', 'yeah']);
const negative = new Set(['no', 'nope']);

/** "Our records say: no", "The answer is yes". */
const answering = new Set([':', 'is', 'say', 'says', 'a']);

/** An answer: "Yes, it is." and not "Yes, of course." or "No problem". */
function yesOrNo({ tokens }: Message, { from, to }: Clause): readonly TypedValue[] {
  const last = tokens[to - 1]?.text ?? '';
  if (to - from > 1 && answering.has(tokens[to - 2]?.text ?? '')) {
    if (positive.has(last)) return [{ type: 'bool', value: true }];
    if (negative.has(last)) return [{ type: 'bool', value: false }];
  }
  const first = tokens[from]?.kind === 'word' ? (tokens[from]?.text ?? '') : '';
  const isYes = positive.has(first);
  if (!isYes && !negative.has(first)) return [];
  if (phraseAt(courteous, tokens, from, to) !== null) return [];
  const next = tokens[from + 1];
  const apart =
    from + 1 >= to ||
    (next?.kind === 'mark' && next.text !== '-') ||
    isPronoun.has(next?.text ?? '') ||
    next?.text === '-';
  return apart ? [{ type: 'bool', value: isYes }] : [];
}

const isPronoun = new Set(['it', 'that', 'they', 'he', 'she', 'your', 'the', 'this', 'there']);

/** Attributes told in their own words: "not a controlled drug", "not renewed yet", "no repeats left". */
function attributesTold(message: Message, clause: Clause): readonly TypedValue[] {
  const { tokens, lexicon, wishes } = message;
  const words = tokens.slice(clause.from, clause.to);
  const denied = words.some(({ text }) => nothing.has(text));
  const answered = positive.has(words[0]?.text ?? '') || negative.has(words[0]?.text ?? '');
  const counted = spansIn(message, clause).some(({ value }) => value.type === 'int');
  if (isOfAgent(words)) return [];
  for (const { kind, stems, path, none } of lexicon.plainColumns) {
    const wanted = wishes.includes(path);
    if (none !== null && wanted && denied) return [{ type: 'enum', value: none }];
    const named = stems.filter((word) => !weak.has(word));
    if (kind === 'bool' && wanted && !answered && standAll(words, named))
      return [{ type: 'bool', value: !denied }];
    if (kind === 'count' && denied && !counted && ((wanted && isYet(words)) || isNone(words, named))) {
      return [{ type: 'int', value: 0 }];
    }
  }
  return [];
}

/** "I have not renewed it yet" speaks of the agent. */
function isOfAgent(words: readonly Token[]): boolean {
  const at = words.findIndex(({ text }) => nothing.has(text));
  const subject = words.slice(Math.max(0, at - 3), at);
  return subject.some(({ text }) => text === 'i' || text === 'we');
}

const nothing = new Set(['not', 'no', 'never', 'none', 'nothing']);
const weak = new Set(stemsOf('left is has of only number'));
const yet = new Set(['yet', 'left', 'far', 'all', 'never', 'none', 'remaining', 'nothing']);

function standAll(words: readonly Token[], stems: readonly string[]): boolean {
  return stems.length > 0 && stems.every((wanted) => words.some(({ stem }) => stem === wanted));
}

function isYet(words: readonly Token[]): boolean {
  return words.some(({ text }) => yet.has(text));
}

/** "no renewals", "never renewed", "not been renewed yet". */
function isNone(words: readonly Token[], stems: readonly string[]): boolean {
  const [first] = stems;
  const at = first === undefined ? -1 : words.findIndex(({ stem }) => stem === first);
  if (at < 1 || !standAll(words, stems)) return false;
  if (words[at - 1]?.text === 'no' || words[at - 1]?.text === 'never') return true;
  const before = words.slice(Math.max(0, at - 3), at);
  return before.some(({ text }) => text === 'not' || text === 'never') && isYet(words);
}
