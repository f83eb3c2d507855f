// How one speaker writes dates, times, money, counts and quotes. A talk has one manner, and the
// reader of users (recover-times.ts, recover-mentions.ts) knows every form that is made here.
import { minutesBetween, minutesPerDay } from '../core/time.js';
import { isRealTime } from '../core/time.js';
import type { Scalar } from '../policy/talk.js';
import type { Type } from '../spec/model.js';
import { formatMoney } from './format-value.js';
import { months } from './words.js';

export const dateForms = ['day month', 'month day', 'weekday', 'ordinal'] as const;

export interface Manner {
  /** The moment at which the talk takes place. */
  readonly today: string;
  readonly date: (typeof dateForms)[number];
  /** How days near today are said: from today, without their year, or like any other. */
  readonly near: 'from today' | 'no year' | 'whole';
  readonly clock: '24' | '12';
  readonly money: 'cents' | 'whole';
  readonly counts: 'words' | 'digits';
  readonly quotes: 'curly' | 'straight';
  readonly contracts: boolean;
}

export const weekdays = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const;

export const countWords = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
] as const;

/** A date whose year is left out is the nearest one; farther away than this it is said. */
const nearDays = 90;
const daysAYear = 365;

/** A value in words; the type tells money from a count, and `names` are words for members of enums. */
export function sayValue(
  value: Scalar,
  type: Type,
  manner: Manner,
  names: Readonly<Record<string, string>> = {},
): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') {
    if (type.kind === 'money') return sayMoney(value, manner);
    return (manner.counts === 'words' ? countWords[value] : undefined) ?? String(value);
  }
  if (type.kind === 'enum') return names[value] ?? value.replaceAll('_', ' ');
  const isTime = (type.kind === 'date' || type.kind === 'datetime') && isRealTime(value);
  return isTime ? sayTime(value, manner) : value;
}

/** £12.50 for 1250 cents; £12 for 1200 by those who leave the cents out. */
function sayMoney(cents: number, manner: Manner): string {
  const text = formatMoney(cents);
  return manner.money === 'whole' && cents % 100 === 0 ? text.slice(0, -3) : text;
}

/** A date, or a date and the time of day. */
export function sayTime(time: string, manner: Manner): string {
  const day = sayDay(time.slice(0, 10), manner);
  return time.length > 10 ? `${day} at ${sayClock(time.slice(11, 16), manner)}` : day;
}

function sayClock(clock: string, manner: Manner): string {
  const hour = Number(clock.slice(0, 2));
  if (manner.clock === '24' || hour % 12 === 0) return clock;
  const minutes = clock.slice(3) === '00' ? '' : clock.slice(2);
  return `${hour % 12}${minutes} ${hour < 12 ? 'am' : 'pm'}`;
}

function sayDay(date: string, manner: Manner): string {
  const today = manner.today.slice(0, 10);
  const days = minutesBetween(today, date) / minutesPerDay;
  const near = manner.near === 'from today' ? dayFromToday(date, today, days) : null;
  if (near !== null) return near;
  const day = Number(date.slice(8, 10));
  const month = months[Number(date.slice(5, 7)) - 1] ?? '';
  const apart =
    manner.near === 'whole' || Math.abs(days) > nearDays || date.slice(0, 4) !== today.slice(0, 4);
  const year = apart ? date.slice(0, 4) : '';
  switch (manner.date) {
    case 'day month':
      return `${day} ${month} ${year}`.trim();
    case 'month day':
      return year === '' ? `${month} ${day}` : `${month} ${day}, ${year}`;
    case 'weekday':
      // Nobody knows on which weekday somebody was born.
      if (Math.abs(days) > daysAYear) return `${day} ${month} ${year}`;
      return `${weekdays[weekdayOf(date)] ?? ''} ${day} ${month} ${year}`.trim();
    case 'ordinal':
      return `the ${ordinal(day)} of ${month} ${year}`.trim();
  }
}

/** Only where it can mean one day: "this Friday" is of this week, which ends on Sunday. */
function dayFromToday(date: string, today: string, days: number): string | null {
  if (days === 0) return 'today';
  if (Math.abs(days) === 1) return days < 0 ? 'yesterday' : 'tomorrow';
  const week = days + ((weekdayOf(today) + 6) % 7);
  const weekday = weekdays[weekdayOf(date)] ?? '';
  if (days < 0 || week > 13) return null;
  return week < 7 ? `this ${weekday}` : `${weekday} next week`;
}

/** 0 for Sunday. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00Z`).getUTCDay();
}

function ordinal(day: number): string {
  const teen = day > 10 && day < 14;
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${ending}`;
}
