// How values are written for people. The reader (read-agent.ts) understands every form made here.
import { isRealTime } from '../core/time.js';
import type { Json } from '../core/json.js';
import type { Scalar, TypedValue } from '../policy/talk.js';
import { months } from './words.js';

/** 1-based number of an English month by its name or first letters, or 0. */
export function monthNumber(name: string): number {
  return name.length < 3
    ? 0
    : months.findIndex((month) => month.toLowerCase().startsWith(name.toLowerCase())) + 1;
}

/** `2 June 2025` or `2 June 2025, 09:00`. */
function formatTime(time: string): string {
  const date = `${Number(time.slice(8, 10))} ${months[Number(time.slice(5, 7)) - 1] ?? ''} ${time.slice(0, 4)}`;
  return time.length > 10 ? `${date}, ${time.slice(11, 16)}` : date;
}

/** `12.50` for 1250 cents. */
function formatMoney(cents: number): string {
  const whole = Math.floor(Math.abs(cents) / 100);
  return `${cents < 0 ? '-' : ''}${whole}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
}

/** A typed value in words; strings stand in quotes, so that they can be told from what is around them. */
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
    case 'enum':
      return `“${type === 'enum' ? String(value).replaceAll('_', ' ') : String(value)}”`;
    case 'int':
    case 'number':
    case 'id':
      return String(value);
  }
}

/** A value whose type is not known, as a user says it. */
export function formatScalar(value: Scalar): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' && isRealTime(value) ? formatTime(value) : String(value);
}

/** An argument as it stands in a proposal: as written in the call, so that reading it loses nothing. */
export function formatArgument(value: Json): string {
  if (Array.isArray(value)) return (value as readonly Json[]).map(formatArgument).join(' and ');
  return typeof value === 'string' ? (/^[\w:-]+$/.test(value) ? value : `“${value}”`) : JSON.stringify(value);
}

/** `email`, `email and phone`, `name, email and phone`. */
export function listWords(words: readonly string[]): string {
  const last = words[words.length - 1] ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** The words of a name: `copy.book_title` → `book title`, `Loan.due` → `due`. */
export function nameWords(name: string): string {
  return (name.split('.').pop() ?? name).replaceAll('_', ' ');
}
