// All values in the tokens of a message. What one form has taken no later one reads again: quoted
// strings and seen strings come before dates, dates before numbers.
import { isRealTime } from '../../core/time.js';
import type { TypedValue } from '../../policy/talk.js';
import { numberAt } from './read-numbers.js';
import { clockAt, timeAt } from './read-times.js';
import { seenAt, type Seen } from './seen.js';
import type { Token } from './token.js';
import type { ValueSpan } from './value-span.js';

/** What a domain's schema says of values: members of enums by their letters, and forms of strings. */
export interface ValueWords {
  readonly members: ReadonlyMap<string, string>;
  readonly patterns: readonly RegExp[];
}

export const noValueWords: ValueWords = { members: new Map(), patterns: [] };

const idForm = /^[A-Z][A-Z0-9]*-\d{5,}$/;

export function spansOf(tokens: readonly Token[], seen: readonly Seen[], words: ValueWords): ValueSpan[] {
  const shown = seen.flatMap(({ times }) => times);
  const spans: ValueSpan[] = [];
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at];
    if (token === undefined) break;
    const span =
      fixedAt(token, at) ?? stringAt(tokens, at, seen, words) ?? timedAt(tokens, at, shown, seen) ?? countedAt(tokens, at);
    if (span?.value != null) spans.push({ to: span.to, form: span.form, from: at, value: span.value });
    at = span?.to ?? at + 1;
  }
  return spans;
}

interface Reading {
  readonly to: number;
  readonly value: TypedValue | null;
  readonly form: ValueSpan['form'];
}

/** Tokens that are values by themselves. */
function fixedAt(token: Token, at: number): Reading | null {
  switch (token.kind) {
    case 'quoted':
      return { to: at + 1, value: { type: 'string', value: token.text }, form: 'quoted' };
    case 'literal':
      return { to: at + 1, value: literalValue(token.text), form: 'literal' };
    case 'id':
      return { to: at + 1, value: { type: 'id', value: token.text }, form: 'id' };
    case 'email':
      return { to: at + 1, value: { type: 'string', value: token.text }, form: 'email' };
    default:
      return null;
  }
}

function literalValue(text: string): TypedValue {
  if (idForm.test(text)) return { type: 'id', value: text };
  if (isRealTime(text)) return { type: text.length > 10 ? 'datetime' : 'date', value: text };
  return { type: 'string', value: text };
}

function stringAt(
  tokens: readonly Token[],
  at: number,
  seen: readonly Seen[],
  words: ValueWords,
): Reading | null {
  const known = seenAt(tokens, at, seen);
  const member = memberAt(tokens, at, words);
  if (known !== null && known.to >= (member?.to ?? 0)) {
    return { to: known.to, value: { type: 'string', value: known.value }, form: 'seen' };
  }
  if (member !== null) return { to: member.to, value: { type: 'enum', value: member.value }, form: 'enum' };
  const token = tokens[at];
  if (token?.kind !== 'code' && token?.kind !== 'number') return null;
  const formed = [token.text, token.text.toUpperCase()].find((text) =>
    words.patterns.some((pattern) => pattern.test(text)),
  );
  if (formed === undefined && token.kind === 'number') return null;
  return { to: at + 1, value: { type: 'string', value: formed ?? token.text }, form: 'code' };
}

/** A member of an enum in its words: mill_road is Mill Road, check-up is checkup. */
function memberAt(
  tokens: readonly Token[],
  at: number,
  { members }: ValueWords,
): { readonly value: string; readonly to: number } | null {
  let letters = '';
  let best: { readonly value: string; readonly to: number } | null = null;
  for (let to = at; to < Math.min(at + 7, tokens.length); to++) {
    const token = tokens[to];
    if (token?.kind === 'word' || token?.kind === 'part' || token?.kind === 'number') letters += token.text;
    else if (to === at || (token?.text !== '-' && token?.text !== '_')) break;
    const value = members.get(letters);
    if (value !== undefined) best = { value, to: to + 1 };
  }
  return best;
}

function timedAt(
  tokens: readonly Token[],
  at: number,
  shown: readonly string[],
  seen: readonly Seen[],
): Reading | null {
  const time = timeAt(tokens, at, shown);
  if (time !== null) return { ...time, form: 'time' };
  const clock = clockAt(tokens, at);
  if (clock === null) return null;
  const known = seen.some(({ strings }) => strings.get(clock.clock)?.some(({ texts }) => texts.length === 1));
  return { to: clock.to, value: known ? { type: 'string', value: clock.clock } : null, form: 'clock' };
}

function countedAt(tokens: readonly Token[], at: number): Reading | null {
  const number = numberAt(tokens, at);
  return number === null ? null : { ...number, form: tokens[at]?.kind === 'word' ? 'word' : 'number' };
}
