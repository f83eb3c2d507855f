// How values are written for people. The reader (read-agent.ts) understands every form made here.
import { isRealTime } from '../core/time.js';
import type { Json } from '../core/json.js';
import type { TypedValue } from '../policy/talk.js';
import { months } from './words.js';

/** 1-based number of an English month by its name or first letters, or 0. */
export function monthNumber(name: string): number {
  return name.length < 3
    ? 0
    : months.findIndex((month) => month.toLowerCase().startsWith(name.toLowerCase())) + 1;
}

/** `2 June 2025` or `2 June 2025 at 09:00`. */
function formatTime(time: string): string {
  const date = `${Number(time.slice(8, 10))} ${months[Number(time.slice(5, 7)) - 1] ?? ''} ${time.slice(0, 4)}`;
  return time.length > 10 ? `${date} at ${time.slice(11, 16)}` : date;
}

/** `£12.50` for 1250 cents, `£1,250.00`. */
export function formatMoney(cents: number): string {
  const whole = String(Math.floor(Math.abs(cents) / 100)).replace(/\d(?=(?:\d{3})+$)/g, '$&,');
  return `${cents < 0 ? '-' : ''}£${whole}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
}

/** `1,250`, so that a large count is no code; years stay as they are. */
function grouped(whole: number): string {
  const digits = String(Math.abs(whole));
  const text = digits.length < 5 ? digits : digits.replace(/\d(?=(?:\d{3})+$)/g, '$&,');
  return whole < 0 ? `-${text}` : text;
}

/** `4.5`; with a third decimal where two would make it money. */
function formatNumber(value: number): string {
  if (Number.isInteger(value)) return grouped(value);
  const text = value.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20 });
  return /\.\d\d$/.test(text) ? `${text}0` : text;
}

/** Text in quotes, so that it can be told from what is around it; as JSON where it has such quotes itself. */
export function quote(text: string): string {
  return /[“”\p{Cc}\u2028\u2029]/u.test(text) ? JSON.stringify(text) : `“${text}”`;
}

/** A typed value in words. */
export function formatTyped({ type, value }: TypedValue): string {
  if (value === null) return 'none';
  switch (type) {
    case 'money':
      return typeof value === 'number' ? formatMoney(value) : String(value);
    case 'bool':
      return value === true ? 'yes' : 'no';
    case 'date':
    case 'datetime':
      return typeof value === 'string' && isRealTime(value) ? formatTime(value) : String(value);
    case 'string':
      return quote(String(value));
    case 'enum':
      return quote(String(value).replaceAll('_', ' '));
    case 'int':
    case 'number':
      return typeof value === 'number' ? formatNumber(value) : String(value);
    case 'id':
      return String(value);
  }
}

/** An argument as it stands in a proposal. */
export function formatArgument(value: Json): string {
  if (Array.isArray(value)) return listWords((value as readonly Json[]).map(formatArgument));
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value !== 'string') return JSON.stringify(value);
  if (isRealTime(value)) return formatTime(value);
  return /^[A-Z][A-Z0-9]*-\d{5,}$/.test(value) ? value : quote(value);
}

/** `email`, `email and phone`, `name, email and phone`. */
export function listWords(words: readonly string[]): string {
  const last = words[words.length - 1] ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** What a slot is called: `loan_id` a loan, `phone` a phone number. */
export function slotWords(slot: string): string {
  const words = nameWords(slot.replace(/_ids?$/, ''));
  if (words === 'phone') return 'phone number';
  return words === 'email' ? 'email address' : words;
}

/** The words of a name: `copy.book_title` → `book title`, `Loan.due` → `due`. */
export function nameWords(name: string): string {
  return (name.split('.').pop() ?? name).replaceAll('_', ' ');
}
