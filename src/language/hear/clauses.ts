// A message in clauses, each of which does one thing: sentences, lines, and the halves of a sentence
// that stand for themselves.
import { starting, tagging, turning } from './cues.js';
import { phraseAt } from './phrase.js';
import type { Token } from './token.js';
import type { ValueSpan } from './value-span.js';

export interface Clause {
  /** Places of its first token and of the one behind its last. */
  readonly from: number;
  readonly to: number;
  readonly question: boolean;
  /** A list item or a row of a table. */
  readonly item: boolean;
}

const abbreviations = new Set(
  'dr mr mrs ms prof st approx e.g i.e eg ie vs dept tel ref jan feb mar apr jun jul aug sep sept oct nov dec'.split(
    ' ',
  ),
);

/** What a question begins with that asks for a yes or a choice. */
const inverted = new Set('is are was were do does did has have will would could can should shall'.split(' '));

/** The clauses of a message; `plain` is its text. */
export function clausesOf(tokens: readonly Token[], spans: readonly ValueSpan[], plain: string): Clause[] {
  const inside = insideSpans(tokens.length, spans);
  const ending = tokens.map((_, at) => inside[at] !== true && ends(tokens, at, plain));
  const asks = asked(tokens, ending);
  const clauses: Clause[] = [];
  let from = 0;
  let item = false;
  const close = (to: number): void => {
    const isHalf = asks[to] === true && inverted.has(tokens[from]?.text ?? '');
    if (to > from) clauses.push({ from, to, question: tokens[to]?.text === '?' || isHalf, item });
  };
  for (const [at, token] of tokens.entries()) {
    if (inside[at] === true) continue;
    if (token.kind === 'break') {
      close(at);
      item = token.text === 'item';
      from = at + 1;
    } else if (ending[at] === true) {
      close(at);
      from = at + 1;
    } else if (at > from && halves(tokens, at, from, asks[at] === true)) {
      close(at);
      from = token.kind === 'mark' ? at + 1 : at;
    }
  }
  close(tokens.length);
  return clauses;
}

/** Which tokens stand inside a value, behind its first token. */
function insideSpans(length: number, spans: readonly ValueSpan[]): readonly boolean[] {
  const inside = Array.from({ length }, () => false);
  for (const { from, to } of spans) inside.fill(true, from + 1, to);
  return inside;
}

/** For each token whether its sentence ends with a question mark. */
function asked(tokens: readonly Token[], ending: readonly boolean[]): readonly boolean[] {
  let question = false;
  return tokens
    .map((token, at) => [token, at] as const)
    .reverse()
    .map(([token, at]) => {
      if (token.kind === 'break') question = false;
      else if (ending[at] === true) question = token.text === '?';
      return question;
    })
    .reverse();
}

/** Whether a sentence ends with this token. */
function ends(tokens: readonly Token[], at: number, plain: string): boolean {
  const token = tokens[at];
  if (token?.kind !== 'mark') return false;
  const next = tokens[at + 1];
  const asks = next?.text === '?' && next.start === token.end;
  if (asks && (token.text === '.' || token.text === '…')) return false;
  if ('?!…'.includes(token.text)) return true;
  if (token.text !== '.') return false;
  const before = tokens[at - 1];
  const last = next === undefined || next.kind === 'break';
  if (!last && next.start === token.end && next.kind !== 'mark') return false;
  if (before?.kind !== 'word' || before.end !== token.start || last) return true;
  if (abbreviations.has(before.text)) return false;
  // "customer no. and name", "no. 5"; but "No. It is late."
  if (before.text === 'no' && !/\p{Lu}/u.test(plain[next.start] ?? '')) return false;
  const initial = before.end - before.start === 1 && /\p{Lu}/u.test(plain[before.start] ?? '');
  return !initial || before.text === 'i';
}

const musing = new Set(['see', 'think', 'check', 'count', 'look', 'now']);

/** Whether another half of the sentence begins here. */
function halves(tokens: readonly Token[], at: number, from: number, asks: boolean): boolean {
  const token = tokens[at];
  const next = tokens[at + 1];
  if (token === undefined || next === undefined || next.kind === 'break') return false;
  switch (token.text) {
    case ';':
      return true;
    case ':':
      return asks && phraseAt(starting, tokens, at + 1) !== null;
    case 'but':
    case 'however':
      return at - from > 1;
    case '-':
    case '–':
    case '—': {
      const before = tokens[at - 1];
      return before !== undefined && before.end < token.start && next.start > token.end;
    }
    case ',':
    case 'and': {
      const start = token.text === ',' && next.text === 'and' ? at + 2 : at + 1;
      // "Let me see, it is due on …"
      if (token.text === ',' && tokens[from]?.text === 'let' && musing.has(tokens[at - 1]?.text ?? ''))
        return true;
      if (phraseAt(turning, tokens, start) !== null) return true;
      if (asks && phraseAt(tagging, tokens, start) !== null && isTail(tokens, start)) return false;
      return (
        phraseAt(starting, tokens, start) !== null || (asks && /^wh|^how$/.test(tokens[start]?.text ?? ''))
      );
    }
    default:
      return false;
  }
}

/** Whether little more comes before the sentence ends. */
function isTail(tokens: readonly Token[], at: number): boolean {
  return tokens.slice(at, at + 6).some(({ text }) => text === '?');
}
