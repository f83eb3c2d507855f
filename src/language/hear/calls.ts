// The calls that stand in clauses: the tool that words and values fit best, with all it requires. What a
// call lacks is never supplied, and what could be two calls is none.
import { canonicalJson } from '../../core/json.js';
import type { Call } from '../../policy/talk.js';
import { areKin } from './families.js';
import type { Stretch } from './candidates.js';
import type { Message } from './message.js';
import { argumentsIn, type Given } from './read-arguments.js';
import { stemsSaid } from './said.js';
import { singular } from './stem.js';
import type { Token } from './token.js';
import type { ToolWords } from './tool-words.js';

export interface Proposed {
  readonly call: Call;
  /** Places of the values that it was read from. */
  readonly used: readonly number[];
}

/** The calls in some clauses, with what the rest of the message adds. */
export function callsIn(
  message: Message,
  content: readonly Stretch[],
  rest: readonly Stretch[],
): readonly Proposed[] {
  const whole = bestCall(message, content, rest, null);
  const ids = idsIn(message, content);
  if (whole !== null && ids.every((id) => whole.given.used.includes(id))) return [callOf(whole)];
  const parts = content
    .flatMap((clause) => partsOf(message, clause))
    .filter((part) => idsIn(message, [part]).length > 0);
  const calls = parts.length > 1 ? callsOfParts(message, parts, rest) : null;
  return calls ?? (whole === null ? [] : [callOf(whole)]);
}

interface Choice {
  readonly tool: ToolWords;
  readonly given: Given;
  readonly score: number;
}

const callOf = ({ tool, given }: Choice): Proposed => ({
  call: { tool: tool.name, args: given.args },
  used: given.used,
});

function idsIn(message: Message, content: readonly Stretch[]): readonly number[] {
  return content.flatMap(({ from, to }) =>
    message.spans
      .filter((span) => span.form === 'id' && span.from >= from && span.from < to)
      .map((span) => span.from),
  );
}

const dividing = new Set(['and', ',', '+', '&', 'then', 'also']);

/** Stretches of a clause between "and" and commas, each with an id in it. */
function partsOf(message: Message, { from, to }: Stretch): readonly Stretch[] {
  const parts: Stretch[] = [];
  let start = from;
  for (let at = from; at <= to; at++) {
    if (at < to && !dividing.has(message.tokens[at]?.text ?? '')) continue;
    const before = { from: start, to: at };
    const after = { from: at + 1, to };
    if (idsIn(message, [before]).length === 0 || (at < to && idsIn(message, [after]).length === 0)) {
      if (at < to) continue;
      const last = parts.pop();
      parts.push(last === undefined ? before : { from: last.from, to: at });
      continue;
    }
    parts.push(before);
    start = at + 1;
  }
  return parts;
}

/** A call for each part; a part without a tool of its own goes on with the one before. */
function callsOfParts(
  message: Message,
  parts: readonly Stretch[],
  rest: readonly Stretch[],
): readonly Proposed[] | null {
  const calls: Proposed[] = [];
  let last: ToolWords | null = null;
  const whole: Stretch = { from: parts[0]?.from ?? 0, to: parts.at(-1)?.to ?? 0 };
  for (const part of parts) {
    const choice: Choice | null =
      bestCall(message, [part], withoutIds(message, whole), last) ?? bestCall(message, [part], rest, last);
    if (choice === null) return null;
    last = choice.tool;
    calls.push(callOf(choice));
  }
  return [...new Map(calls.map((proposed) => [canonicalJson({ ...proposed.call }), proposed])).values()];
}

/** The stretches between ids: what a part may take from its neighbours is no row. */
function withoutIds(message: Message, { from, to }: Stretch): readonly Stretch[] {
  const ids = idsIn(message, [{ from, to }]);
  return [...ids, to].map((id, at) => ({ from: at === 0 ? from : (ids[at - 1] ?? from) + 1, to: id }));
}

/** The least fit of a tool, of one that the caller has asked for, and of one beside those. */
const least = { any: 0.36, wanted: 0.2, unwanted: 0.55 };

/** A fit that needs no value beside it. */
const surely = 0.6;

function isNear({ used }: Given, near: readonly Stretch[]): boolean {
  return used.some((place) => near.some(({ from, to }) => place >= from && place < to));
}

/** How far behind the best fit a tool may be whose requirements alone are said. */
const slack = 0.3;

function bestCall(
  message: Message,
  near: readonly Stretch[],
  far: readonly Stretch[],
  carried: ToolWords | null,
): Choice | null {
  const { lexicon, wishes } = message;
  const words = stemsSaid(message.tokens, near);
  const verbs = stemsSaid(message.tokens, near, (text) => isRowNoun(message, text));
  const asked = wishes.some((wish) => !wish.includes('.'));
  const fits = lexicon.tools.map((tool) => {
    const wanted = wishes.includes(tool.name);
    const named = namedBy(message, tool, near);
    const fit =
      named + Math.max(fitOf(message, tool, words, verbs, wanted), tool === carried ? least.unwanted : 0);
    const enough = fit >= (wanted ? least.wanted : asked ? least.unwanted : least.any);
    return { tool, fit, whole: fit + (wanted ? 0.8 : 0), enough };
  });
  const top = Math.max(...fits.map(({ whole }) => whole));
  let best: Choice | null = null;
  let tied = false;
  for (const { tool, fit, whole, enough } of fits) {
    if (!enough || whole < top - slack) continue;
    const given = argumentsIn(message, tool, near, far);
    if (given === null || !(fit > surely || isNear(given, near))) continue;
    const score = whole + 0.25 * given.used.length - 0.6 * unused(message, near, given);
    if (best !== null && score === best.score) tied = true;
    if (best !== null && score <= best.score) continue;
    best = { tool, given, score };
    tied = false;
  }
  return tied ? null : best;
}

/** Whether a word is the name of an entity. */
function isRowNoun({ lexicon }: Message, text: string): boolean {
  return lexicon.entities.some(({ words }) => words.length === 1 && words[0] === singular(text));
}

/** How many rows and choices are named that a call has no use for. */
function unused({ spans, lexicon }: Message, near: readonly Stretch[], { used }: Given): number {
  return spans.filter(({ from: at, form, value }) => {
    const counts = form === 'id' || (form === 'enum' && lexicon.choices.has(String(value.value)));
    return counts && !used.includes(at) && near.some(({ from, to }) => at >= from && at < to);
  }).length;
}

/** Tools that words plainly name, whether or not all they require is said. */
export function toolsNamed(message: Message, stretches: readonly Stretch[]): readonly string[] {
  const words = stemsSaid(message.tokens, stretches);
  const verbs = stemsSaid(message.tokens, stretches, (text) => isRowNoun(message, text));
  return message.lexicon.tools.flatMap((tool) =>
    fitOf(message, tool, words, verbs, false) > surely ? [tool.name] : [],
  );
}

/** How a tool's name stands there: 3 as `cancel_hold`, 0.5 word for word as in "cancel your hold", else 0. */
function namedBy({ tokens }: Message, { name }: ToolWords, stretches: readonly Stretch[]): number {
  const words = name.split('_');
  if (words.length < 2) return 0;
  let best = 0;
  for (const { from, to } of stretches) {
    for (let at = from; at < to; at++) {
      if (tokens[at]?.kind === 'literal' && tokens[at]?.text === name) return 3;
      if (tokens[at]?.text !== words[0]) continue;
      if (
        words.every((word, index) => isPart(tokens[at + index], word)) &&
        tokens[at]?.start === tokens[at + words.length - 1]?.start
      )
        return 3;
      if (followsAt(tokens, at, to, words)) best = 0.5;
    }
  }
  return best;
}

function isPart(token: Token | undefined, word: string): boolean {
  return token?.kind === 'part' && token.text === word;
}

const widest = 2;

/** Whether words follow each other from a place on, with few others between them. */
function followsAt(tokens: readonly Token[], at: number, to: number, words: readonly string[]): boolean {
  let place = at;
  for (const word of words.slice(1)) {
    const next = tokens
      .slice(place + 1, Math.min(to, place + 2 + widest))
      .findIndex(({ text }) => text === word);
    if (next < 0) return false;
    place += 1 + next;
  }
  return true;
}

/** How well words name a tool: what it does counts most, then what it does it to. 0 when nothing says what is done. */
function fitOf(
  { lexicon }: Message,
  tool: ToolWords,
  words: ReadonlySet<string>,
  verbs: ReadonlySet<string>,
  wanted: boolean,
): number {
  let said = 0;
  let deed = '';
  for (const { stem, weight } of tool.deeds) {
    const near = weight * nearness(stem, verbs, words);
    if (near > said) [said, deed] = [near, stem];
  }
  // What another tool does is not as well what this one does it to: renewing a loan sets no renewals.
  const nouns = tool.words.slice(1);
  const taken = lexicon.verbs.has(deed) ? deed : '';
  const named = nouns.filter((noun) => noun !== taken && words.has(noun)).length / Math.max(1, nouns.length);
  const described = [...tool.about].filter((word) => words.has(word)).length / Math.max(4, tool.about.size);
  const fit = said * 0.7 + named * 0.6 + described * 0.8;
  return said > 0 ? fit : wanted ? least.wanted : 0;
}

/** How nearly a deed is said: by its verb, by one of the same family, or by a noun for a row. */
function nearness(stem: string, verbs: ReadonlySet<string>, words: ReadonlySet<string>): number {
  if (verbs.has(stem)) return 1;
  for (const word of verbs) if (areKin(word, stem)) return 0.6;
  return words.has(stem) ? 0.3 : 0;
}
