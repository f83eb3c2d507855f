// Values as people say them in a request. Several forms of dates and money, of which a talk uses one.
import { isRealTime } from '../core/time.js';
import type { Rng } from '../core/rng.js';
import type { Scalar } from '../policy/talk.js';
import type { Type } from '../spec/model.js';

export const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** How one speaker writes dates, times and money. */
export interface Manner {
  readonly date: 'day month year' | 'month day year' | 'weekday';
  readonly money: 'plain' | 'whole';
}

export function pickManner(rng: Rng): Manner {
  return {
    date: rng.pick(['day month year', 'month day year', 'weekday'] as const),
    money: rng.pick(['plain', 'whole'] as const),
  };
}

/** A value in words; the type tells money from a count. */
export function sayValue(value: Scalar, type: Type, manner: Manner): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return type.kind === 'money' ? sayMoney(value, manner) : String(value);
  if (type.kind === 'enum') return value.replaceAll('_', ' ');
  return (type.kind === 'date' || type.kind === 'datetime') && isRealTime(value)
    ? sayTime(value, manner)
    : value;
}

/** 12.50 for 1250 cents; 12 for 1200 by those who leave the cents out. */
function sayMoney(cents: number, manner: Manner): string {
  if (manner.money === 'whole' && cents % 100 === 0) return String(cents / 100);
  return (cents / 100).toFixed(2);
}

function sayTime(time: string, manner: Manner): string {
  const day = Number(time.slice(8, 10));
  const month = months[Number(time.slice(5, 7)) - 1] ?? '';
  const year = time.slice(0, 4);
  const weekday = weekdays[new Date(`${time.slice(0, 10)}T00:00Z`).getUTCDay()] ?? '';
  const date = {
    'day month year': `${day} ${month} ${year}`,
    'month day year': `${month} ${day}, ${year}`,
    weekday: `${weekday} ${day} ${month} ${year}`,
  }[manner.date];
  return time.length > 10 ? `${date} at ${time.slice(11, 16)}` : date;
}

/** `a`, `a and b`, `a, b and c`. */
export function sayList(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/** A clause as a sentence: a capital in front, a question mark or a full stop behind. */
export function sentence(clause: string): string {
  const text = clause.trim();
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  if (/[.?!]$/.test(capital)) return capital;
  const asks =
    /^(could|can|may|might|would you|will you|when|where|who|what|which|how|is|are|do|does|did|has|have you|why|should|(until|till|since|by|at|to|from|for|on|in|with) (when|what|which|whom|how))\b/i;
  return `${capital}${asks.test(text) ? '?' : '.'}`;
}

/** "my" as somebody else's: the first by name, the others as "their". */
export function inTheNameOf(name: string, text: string): string {
  let first = true;
  return text.replace(/\bmy\b/g, () => {
    const whose = first ? `${name}'s` : 'their';
    first = false;
    return whose;
  });
}
