// Dates and times among tokens, in the forms people write. A date without its year, or one of which
// day and month could be either, counts only when results have shown a date that it fits.
import { isRealTime } from '../../core/time.js';
import { monthNumber } from '../format-value.js';
import type { Token } from './token.js';
import type { Taken } from './value-span.js';

interface Day {
  readonly to: number;
  /** Possible dates; none when what stands here is no real or no certain date. */
  readonly dates: readonly string[];
}

const weekday =
  /^(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day)$/;
const fillers = new Set(['of', 'the', ',', '.']);
const joins = new Set(['at', 'from', ',', '@', '(', 'on', '-', '–', '—', 'by', '·', '|', 'around']);

/** The date or datetime that begins at a token; `shown` are times that results have shown. */
export function timeAt(tokens: readonly Token[], at: number, shown: readonly string[]): Taken | null {
  const token = tokens[at];
  if (token === undefined) return null;
  if (token.kind === 'time') return isoTime(token.text, at + 1);
  const clock = clockAt(tokens, at);
  if (clock !== null) {
    const after = skip(tokens, clock.to, joins, 2);
    const day = dayAt(tokens, after, shown);
    return day === null ? null : settled(day.dates, clock.clock, day.to, shown);
  }
  const day = dayAt(tokens, at, shown);
  if (day === null) return null;
  const later = clockAt(tokens, skip(tokens, day.to, joins, 2));
  return later === null
    ? settled(day.dates, null, day.to, shown)
    : settled(day.dates, later.clock, later.to, shown);
}

function isoTime(text: string, to: number): Taken {
  const date = text.slice(0, 10).replaceAll('/', '-');
  const clock = /\d{2}:\d{2}/.exec(text.slice(10))?.[0];
  return { to, value: typed(clock === undefined ? date : `${date}T${clock}Z`) };
}

function typed(time: string): Taken['value'] {
  return isRealTime(time) ? { type: time.length > 10 ? 'datetime' : 'date', value: time } : null;
}

/** A time of day, as `14:30`. */
export function clockAt(
  tokens: readonly Token[],
  at: number,
): { readonly to: number; readonly clock: string } | null {
  const token = tokens[at];
  if (token?.text === 'noon') return { to: at + 1, clock: '12:00' };
  if (token?.text === 'midnight') return { to: at + 1, clock: '00:00' };
  const next = tokens[at + 1]?.text;
  if ((token?.text === 'half' || token?.text === 'quarter') && (next === 'past' || next === 'to')) {
    const hour = hourOf(tokens[at + 2]);
    const minutes = (token.text === 'half' ? 30 : 15) * (next === 'past' ? 1 : -1);
    return hour === null ? null : asClock(minutes < 0 ? hour - 1 : hour, (60 + minutes) % 60, at + 3);
  }
  if (token?.kind === 'number' && next === "o'clock") return asClock(Number(token.text), 0, at + 2);
  if (token?.kind !== 'clock') return null;
  const [, hours = '', minutes = '0', half] =
    /^(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})? ?([ap])?/.exec(token.text) ?? [];
  if (half === undefined) return asClock(Number(hours), Number(minutes), at + 1);
  const hour = Number(hours);
  if (hour < 1 || hour > 12) return null;
  return asClock((hour % 12) + (half === 'p' ? 12 : 0), Number(minutes), at + 1);
}

function asClock(
  hour: number,
  minute: number,
  to: number,
): { readonly to: number; readonly clock: string } | null {
  return Number.isInteger(hour) && hour < 24 && minute < 60
    ? { to, clock: `${two(hour)}:${two(minute)}` }
    : null;
}

/** A day in words or in numbers. */
function dayAt(tokens: readonly Token[], at: number, shown: readonly string[]): Day | null {
  let next = at;
  if (tokens[next]?.kind === 'word' && weekday.test(tokens[next]?.text ?? '')) {
    next = skip(tokens, next + 1, fillers, 2);
  } else if (tokens[next]?.text === 'the') {
    next += 1;
  }
  const token = tokens[next];
  if (token === undefined) return null;
  if (token.kind === 'time' && token.text.length === 10) {
    return { to: next + 1, dates: [token.text.replaceAll('/', '-')] };
  }
  if (token.kind === 'slashed') return { to: next + 1, dates: slashed(token.text) };
  const worded = ordinalAt(tokens, next);
  const day = worded?.day ?? dayNumber(token);
  if (day !== null) {
    const month = skip(tokens, worded?.to ?? next + 1, fillers, 2);
    const number = monthOf(tokens[month]);
    if (number > 0) return withYear(tokens, month + 1, number, day, shown);
    return worded === null ? shortSlashed(tokens, next, shown) : null;
  }
  const number = monthOf(token);
  if (number === 0) return null;
  const after = skip(tokens, next + 1, fillers, 2);
  const other = dayNumber(tokens[after]);
  return other === null ? null : withYear(tokens, after + 1, number, other, shown);
}

function withYear(
  tokens: readonly Token[],
  at: number,
  month: number,
  day: number,
  shown: readonly string[],
): Day {
  const place = skip(tokens, at, fillers, 2);
  const year = tokens[place];
  if (year?.kind === 'number' && /^(?:19|20)\d{2}$/.test(year.text)) {
    return { to: place + 1, dates: [`${year.text}-${two(month)}-${two(day)}`] };
  }
  return { to: at, dates: fitting(shown, month, day) };
}

/** `12/6`, which only a date that was shown can explain. */
function shortSlashed(tokens: readonly Token[], at: number, shown: readonly string[]): Day | null {
  const [first, slash, second] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (first?.kind !== 'number' || slash?.text !== '/' || second?.kind !== 'number') return null;
  const [left, right] = [Number(first.text), Number(second.text)];
  const dates = [...new Set([...fitting(shown, right, left), ...fitting(shown, left, right)])];
  return dates.length === 0 ? null : { to: at + 3, dates };
}

function fitting(shown: readonly string[], month: number, day: number): readonly string[] {
  const end = `-${two(month)}-${two(day)}`;
  return [...new Set(shown.map((time) => time.slice(0, 10)).filter((date) => date.endsWith(end)))];
}

function slashed(text: string): readonly string[] {
  const [first = '', second = '', last = ''] = text.split(/[/.]/);
  const year = last.length === 2 ? `20${last}` : last;
  const dayFirst = `${year}-${second.padStart(2, '0')}-${first.padStart(2, '0')}`;
  const monthFirst = `${year}-${first.padStart(2, '0')}-${second.padStart(2, '0')}`;
  return text.includes('.') ? [dayFirst] : [...new Set([dayFirst, monthFirst])];
}

/** The one date that can be meant, with its time of day. */
function settled(
  dates: readonly string[],
  clock: string | null,
  to: number,
  shown: readonly string[],
): Taken {
  const real = dates.filter(isRealTime);
  const known = real.length < 2 ? real : real.filter((date) => shown.some((time) => time.startsWith(date)));
  const [date] = known;
  if (date === undefined || known.length > 1) return { to, value: null };
  return { to, value: typed(clock === null ? date : `${date}T${clock}Z`) };
}

const ordinals = new Map(
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'
    .split(' ')
    .map((word, at) => [word, at + 1]),
);

/** A day in words: first, twentieth, thirty-first. */
function ordinalAt(
  tokens: readonly Token[],
  at: number,
): { readonly day: number; readonly to: number } | null {
  const word = tokens[at]?.text ?? '';
  const plain = word === 'thirtieth' ? 30 : ordinals.get(word);
  if (plain !== undefined) return { day: plain, to: at + 1 };
  if (word !== 'twenty' && word !== 'thirty') return null;
  const next = tokens[at + 1]?.text === '-' ? at + 2 : at + 1;
  const rest = ordinals.get(tokens[next]?.text ?? '') ?? 0;
  const day = (word === 'twenty' ? 20 : 30) + rest;
  return rest > 0 && rest < 10 && day < 32 ? { day, to: next + 1 } : null;
}

function hourOf(token: Token | undefined): number | null {
  const hour = token?.kind === 'number' ? Number(token.text) : hours.indexOf(token?.text ?? '');
  return Number.isInteger(hour) && hour > 0 && hour < 13 ? hour : null;
}

const hours = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

function dayNumber(token: Token | undefined): number | null {
  if (token?.kind !== 'number' && token?.kind !== 'ordinal') return null;
  if (!/^\d{1,2}(?:\D\D)?$/.test(token.text)) return null;
  const day = Number.parseInt(token.text, 10);
  return day >= 1 && day <= 31 ? day : null;
}

function monthOf(token: Token | undefined): number {
  return token?.kind === 'word' && token.text.length <= 9 ? monthNumber(token.text) : 0;
}

function skip(tokens: readonly Token[], at: number, over: ReadonlySet<string>, most: number): number {
  let next = at;
  while (next < at + most && over.has(tokens[next]?.text ?? '')) next += 1;
  return next;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
