// The words of the expression language: names, literals with their units, and symbols.
import { fail, ok, type Result } from '../core/result.js';

/** A word of an expression and where it starts. `value` is what a literal stands for; a duration's is in minutes. */
export interface Token {
  readonly kind: 'name' | 'entity' | 'int' | 'number' | 'duration' | 'string' | 'symbol' | 'end';
  readonly text: string;
  readonly value: string | number;
  readonly at: number;
}

/** What is wrong with the text of an expression, and at which character (from 0). */
export interface SyntaxProblem {
  readonly message: string;
  readonly at: number;
  readonly hint?: string;
}

const minutesOfUnit: Readonly<Record<string, number>> = { min: 1, h: 60, d: 1440, w: 10_080 };

// One alternative for each kind of word; strings take either quote, doubled to stand for itself.
const word =
  /\s*(?:(?<number>\d+(?:\.\d+)?)(?<unit>[A-Za-z_]\w*)?|(?<name>[A-Za-z_]\w*)|(?<string>'(?:[^']|'')*'|"(?:[^"]|"")*")|(?<symbol>==|!=|<=|>=|[<>()[\],:.+\-*/]))/y;

/** Splits an expression into words, the last of kind 'end'. */
export function tokenize(text: string): Result<readonly Token[], SyntaxProblem> {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  word.lastIndex = 0;
  while (word.lastIndex < end) {
    const from = word.lastIndex;
    const groups = word.exec(text)?.groups;
    if (groups === undefined)
      return fail(strange(text, from + (/^\s*/.exec(text.slice(from))?.[0].length ?? 0)));
    const at = from + (/^\s*/.exec(text.slice(from))?.[0].length ?? 0);
    const token = readToken(groups, at);
    if ('message' in token) return fail(token);
    tokens.push(token);
  }
  tokens.push({ kind: 'end', text: 'the end', value: '', at: text.length });
  return ok(tokens);
}

function readToken(groups: Record<string, string | undefined>, at: number): Token | SyntaxProblem {
  const { number, unit, name, string, symbol } = groups;
  if (number !== undefined) {
    const value = Number(number);
    if (!Number.isSafeInteger(Math.ceil(value))) return { message: `the number ${number} is too large`, at };
    if (unit === undefined) return { kind: number.includes('.') ? 'number' : 'int', text: number, value, at };
    const minutes = Object.hasOwn(minutesOfUnit, unit) ? minutesOfUnit[unit] : undefined;
    if (minutes === undefined || number.includes('.')) {
      const message = `'${number}${unit}' is no duration; write a whole number with min, h, d or w, as in 14d`;
      return { message, at };
    }
    return { kind: 'duration', text: number + unit, value: value * minutes, at };
  }
  if (name !== undefined)
    return { kind: /^[A-Z]/.test(name) ? 'entity' : 'name', text: name, value: name, at };
  if (string !== undefined) {
    const quote = string.charAt(0);
    return { kind: 'string', text: string, value: string.slice(1, -1).replaceAll(quote + quote, quote), at };
  }
  return { kind: 'symbol', text: symbol ?? '', value: symbol ?? '', at };
}

function strange(text: string, at: number): SyntaxProblem {
  const rest = text.slice(at);
  const meant = [
    ['&&', 'and'],
    ['||', 'or'],
    ['!', 'not'],
    ['=', '=='],
    ['{', '('],
  ].find(([written = '']) => rest.startsWith(written))?.[1];
  if (/^['"]/.test(rest)) return { message: 'a string is not closed', at };
  const problem = {
    message: `cannot read '${String.fromCodePoint(rest.codePointAt(0) ?? 32)}' at character ${at + 1}`,
    at,
  };
  return meant === undefined ? problem : { ...problem, hint: `did you mean '${meant}'?` };
}
