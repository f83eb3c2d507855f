// Dates and times in what a user says, in every form that manner.ts makes, and near it.
import { addMinutes, isRealTime, minutesBetween, minutesPerDay } from '../core/time.js';
import { weekdayOf, weekdays } from './manner.js';
import { months } from './words.js';

/** A time in a text, from `at` up to `end`: a date, or a date and the time of day. */
export interface FoundTime {
  readonly at: number;
  readonly end: number;
  readonly value: string;
}

type Groups = Readonly<Record<string, string | undefined>>;

const month = String.raw`(?<month>${months.map((name) => `${name}|${name.slice(0, 3)}`).join('|')})\.?`;
const day = String.raw`(?<day>\d{1,2})(?:st|nd|rd|th)?`;
const year = String.raw`(?:,? (?<year>\d{4}))?`;
const weekday = String.raw`(?:(?:${weekdays.join('|')}),? )?`;
const named = weekdays.join('|');
/** A number behind a date is a time of day only with minutes or with am or pm. */
const clock = String.raw`(?:(?:,| at)? (?<hour>\d{1,2})(?=:\d\d| ?[ap]\.?m\b)(?::(?<minute>\d{2}))?(?: ?(?<half>[ap])\.?m\b\.?)?)?`;

const days: readonly {
  readonly pattern: string;
  readonly read: (groups: Groups, today: string) => string | null;
}[] = [
  { pattern: String.raw`(?<iso>\d{4}-\d{2}-\d{2})`, read: ({ iso }) => iso ?? null },
  { pattern: String.raw`${weekday}(?:the )?${day}(?: of)? ${month}${year}`, read: calendar },
  { pattern: String.raw`${weekday}${month} ${day}${year}`, read: calendar },
  {
    pattern: '(?<word>today|(?:the day after )?tomorrow|(?:the day before )?yesterday)',
    read: ({ word = '' }, today) => after(today, daysOf(word.toLowerCase())),
  },
  { pattern: `(?:this )(?<named>${named})`, read: ({ named }, today) => inWeek(today, named, 0) },
  { pattern: `(?<named>${named}) next week`, read: ({ named }, today) => inWeek(today, named, 1) },
];

const patterns = days.map(({ pattern, read }) => ({
  read,
  pattern: new RegExp(String.raw`(?<![\w-])${pattern}(?!\d)${clock}(?![\w:])`, 'giu'),
}));

/** The times in a text, none of which overlap; `today` is the moment of the talk. */
export function timesIn(text: string, today: string): readonly FoundTime[] {
  const found: FoundTime[] = [];
  for (const { pattern, read } of patterns) {
    for (const match of text.matchAll(pattern)) {
      const at = match.index;
      const groups: Groups = match.groups ?? {};
      const date = read(groups, today.slice(0, 10));
      if (date === null) continue;
      const time = timeOfDay(groups);
      const whole = time === null ? date : `${date}T${time}Z`;
      const end = at + match[0].length;
      if (!isRealTime(whole) || found.some((other) => at < other.end && other.at < end)) continue;
      found.push({ at, end, value: whole });
    }
  }
  return found.sort((left, right) => left.at - right.at);
}

function timeOfDay({ hour, minute, half }: Groups): string | null {
  if (hour === undefined) return null;
  const twelve = half === undefined ? 0 : half.toLowerCase() === 'p' ? 12 : 0;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + twelve;
  return `${String(hours).padStart(2, '0')}:${minute ?? '00'}`;
}

/** A day of a month; without a year, the nearest. */
function calendar({ day, month, year }: Groups, today: string): string | null {
  const number =
    months.findIndex((name) => name.slice(0, 3).toLowerCase() === month?.slice(0, 3).toLowerCase()) + 1;
  const rest = `${String(number).padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`;
  if (year !== undefined) return `${year}-${rest}`;
  const now = Number(today.slice(0, 4));
  const near = [now, now - 1, now + 1].map((year) => `${year}-${rest}`).filter(isRealTime);
  const distance = (date: string): number => Math.abs(minutesBetween(today, date));
  return near.sort((left, right) => distance(left) - distance(right))[0] ?? null;
}

/** Two words more move one day further. */
function daysOf(word: string): number {
  const further = word.includes(' ') ? 2 : 1;
  return word.endsWith('tomorrow') ? further : word.endsWith('yesterday') ? -further : 0;
}

function after(today: string, count: number): string {
  return addMinutes(today, count * minutesPerDay);
}

/** That weekday in this week, which began on Monday, or in a later one. */
function inWeek(today: string, name: string | undefined, weeks: number): string | null {
  const wanted = weekdays.findIndex((weekday) => weekday.toLowerCase() === name?.toLowerCase());
  if (wanted < 0) return null;
  return after(today, ((wanted + 6) % 7) - ((weekdayOf(today) + 6) % 7) + weeks * 7);
}
