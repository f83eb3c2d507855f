// All values in the tokens of a message. What one form has taken no later one reads again: quoted
// strings and seen strings come before dates, dates before numbers.
import { isRealTime } from '../../core/time.js';
import type { TypedValue } from '../../policy/talk.js';
import { memberAt, type Members } from './members.js';
import { numberAt } from './read-numbers.js';
import { clockAt, timeAt } from './read-times.js';
import { seenAt, type Seen } from './seen.js';
import type { Token } from './token.js';
import type { ValueSpan } from './value-span.js';

/** What a domain's schema says of values: the members of its enums, and forms of strings. */
export interface ValueWords {
  readonly members: Members;
  readonly patterns: readonly RegExp[];
}

const idForm = /^[A-Z][A-Z0-9]{0,30}-\d{5,20}$/;

export function spansOf(tokens: readonly Token[], seen: readonly Seen[], words: ValueWords): ValueSpan[] {
  const shown = seen.flatMap(({ times }) => times);
  const spans: ValueSpan[] = [];
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at];
    if (token === undefined) break;
    const reading =
      fixedAt(token, at) ??
      stringAt(tokens, at, seen, words) ??
      timedAt(tokens, at, shown, seen) ??
      countedAt(tokens, at);
    if (reading !== null && reading.value !== null) {
      spans.push({ from: at, to: reading.to, form: reading.form, value: reading.value });
    }
    at = reading?.to ?? at + 1;
  }
  return spans;
}

interface Reading {
  readonly to: number;
  /** Null for what only looks like a value. */
  readonly value: TypedValue | null;
  readonly form: ValueSpan['form'];
}

/** Tokens that are values by themselves. */
function fixedAt({ kind, text }: Token, at: number): Reading | null {
  const to = at + 1;
  switch (kind) {
    case 'quoted':
      return { to, value: { type: 'string', value: text }, form: 'quoted' };
    case 'literal':
      return { to, value: literalValue(text), form: 'literal' };
    case 'id':
      return { to, value: { type: 'id', value: text }, form: 'id' };
    case 'email':
      return { to, value: { type: 'string', value: text }, form: 'email' };
    default:
      return null;
  }
}

/** In JSON ids and times stand in quotes too. */
function literalValue(text: string): TypedValue {
  if (idForm.test(text)) return { type: 'id', value: text };
  if (isRealTime(text)) return { type: text.length > 10 ? 'datetime' : 'date', value: text };
  return { type: 'string', value: text };
}

function stringAt(
  tokens: readonly Token[],
  at: number,
  seen: readonly Seen[],
  { members, patterns }: ValueWords,
): Reading | null {
  const known = seenAt(tokens, at, seen);
  const member = memberAt(tokens, at, members);
  if (known !== null && known.to >= (member?.to ?? 0)) {
    return { to: known.to, value: { type: 'string', value: known.value }, form: 'seen' };
  }
  if (member !== null) return { to: member.to, value: { type: 'enum', value: member.value }, form: 'enum' };
  const token = tokens[at];
  if (token?.kind !== 'code' && token?.kind !== 'number') return null;
  const formed = [token.text, token.text.toUpperCase()].find((text) =>
    patterns.some((pattern) => pattern.test(text)),
  );
  if (formed === undefined && token.kind === 'number') return null;
  return { to: at + 1, value: { type: 'string', value: formed ?? token.text }, form: 'code' };
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
  return number === null ? null : { ...number, form: 'number' };
}
