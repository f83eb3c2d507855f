// Typed values in free text: dates, times, money, ids, numbers, yes and no, quoted strings, and
// strings that have appeared in results. What one form has taken, no later one reads again.
import { isRealTime } from '../core/time.js';
import type { TypedValue } from '../policy/talk.js';
import { monthNumber } from './format-value.js';

interface Found {
  readonly at: number;
  readonly value: TypedValue;
}

interface Form {
  readonly pattern: RegExp;
  /** The value of a match, or null when it only looked like one. */
  readonly read: (match: readonly string[]) => TypedValue | null;
}

const day = String.raw`(\d{1,2})(?:st|nd|rd|th)?`;
const month = String.raw`([A-Za-z]{3,9})\.?`;
const clock = String.raw`(\d{1,2}):(\d{2})(?!\d)`;
const joint = String.raw`(?:,? at |, | )`;

// Longer forms come first: a datetime before its date, a date before its numbers.
const forms: readonly Form[] = [
  {
    pattern: /“([^”]*)”|"([^"]*)"/g,
    read: ([, curly, plain]) => ({ type: 'string', value: curly ?? plain ?? '' }),
  },
  { pattern: /\b[A-Z][A-Z0-9]*-\d{5,}\b/g, read: ([id]) => ({ type: 'id', value: id ?? '' }) },
  { pattern: /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z/g, read: ([text]) => time(text ?? '') },
  {
    pattern: new RegExp(String.raw`\b(\d{4})-(\d{2})-(\d{2})${joint}${clock}`, 'g'),
    read: ([, y, m, d, hour, minute]) => moment(y, Number(m), d, hour, minute),
  },
  { pattern: /\b\d{4}-\d{2}-\d{2}\b/g, read: ([text]) => time(text ?? '') },
  {
    pattern: new RegExp(String.raw`\b${day} ${month},? (\d{4})${joint}${clock}`, 'g'),
    read: ([, d, m, y, hour, minute]) => moment(y, monthNumber(m ?? ''), d, hour, minute),
  },
  {
    pattern: new RegExp(String.raw`\b${month} ${day},? (\d{4})${joint}${clock}`, 'g'),
    read: ([, m, d, y, hour, minute]) => moment(y, monthNumber(m ?? ''), d, hour, minute),
  },
  {
    pattern: new RegExp(String.raw`\b${day} ${month},? (\d{4})\b`, 'g'),
    read: ([, d, m, y]) => moment(y, monthNumber(m ?? ''), d),
  },
  {
    pattern: new RegExp(String.raw`\b${month} ${day},? (\d{4})\b`, 'g'),
    read: ([, m, d, y]) => moment(y, monthNumber(m ?? ''), d),
  },
  {
    pattern: /(?<![\w.,])-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{2}(?![\d.]\d)/g,
    read: ([text]) => ({ type: 'money', value: Math.round(Number((text ?? '').replaceAll(',', '')) * 100) }),
  },
  { pattern: /(?<![\w.,])-?\d+\.\d+(?!\d)/g, read: ([text]) => ({ type: 'number', value: Number(text) }) },
  {
    pattern: /(?<![\w.,:-])-?(?:\d{1,3}(?:,\d{3})+|\d+)(?![\w:-])/g,
    read: ([text]) => ({ type: 'int', value: Number((text ?? '').replaceAll(',', '')) }),
  },
];

/** The values in a text, in order of appearance; `seen` are strings that results have shown. */
export function readValues(text: string, seen: readonly string[] = []): TypedValue[] {
  const found: Found[] = [];
  let rest = text;
  const take = (pattern: RegExp, read: Form['read']): void => {
    rest = rest.replace(pattern, (...args: readonly unknown[]) => {
      const offset = args.findIndex((part) => typeof part === 'number');
      const groups = args.slice(0, offset) as string[];
      const value = read(groups);
      if (value === null) return groups[0] ?? '';
      found.push({ at: Number(args[offset]), value });
      return ' '.repeat(groups[0]?.length ?? 0);
    });
  };
  const quoted = forms[0];
  if (quoted !== undefined) take(quoted.pattern, quoted.read);
  const lower = text.toLowerCase();
  const strings = [...new Set(seen)].filter(
    (string) =>
      string.length > 2 && lower.includes(string.replaceAll('_', ' ').toLowerCase()) && /\p{L}/u.test(string),
  );
  for (const string of strings.sort((left, right) => right.length - left.length)) {
    take(wordsPattern(string.replaceAll('_', ' ')), () => ({ type: 'string', value: string }));
  }
  for (const form of forms.slice(1)) take(form.pattern, form.read);
  if (/^\s*(yes|no)\b/i.test(text))
    found.push({ at: -1, value: { type: 'bool', value: /^\s*yes/i.test(text) } });
  return found.sort((left, right) => left.at - right.at).map(({ value }) => value);
}

/** Finds words as words, not inside others. */
export function wordsPattern(words: string): RegExp {
  const escaped = words.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replace(/\s+/g, String.raw`\s+`);
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped}(?![\p{L}\p{N}])`, 'giu');
}

function moment(
  year: string | undefined,
  month: number,
  day: string | undefined,
  hour?: string,
  minute?: string,
): TypedValue | null {
  const two = (part: string | number | undefined): string => String(part).padStart(2, '0');
  const date = `${year}-${two(month)}-${two(day)}`;
  return time(hour === undefined ? date : `${date}T${two(hour)}:${two(minute)}Z`);
}

function time(text: string): TypedValue | null {
  return isRealTime(text) ? { type: text.length > 10 ? 'datetime' : 'date', value: text } : null;
}
