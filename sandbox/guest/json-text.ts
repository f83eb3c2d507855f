// JSON text of what a tool returned. JSON.stringify would call toJSON and drop what is no JSON;
// here that is a fault, and so is a text over the cap. Rows of tables have their text already.
import { rowText } from './rows.js';

export type TextFault = 'not-json' | 'too-large';

const deepest = 64;
let left = 0;
let problem: TextFault | null = null;

/** The JSON text of a value; `textFault` says whether it is one. */
export function jsonText(value: unknown, cap: number): string {
  left = cap;
  problem = null;
  return write(value, 0);
}

/** What was wrong with the value that `jsonText` was last given; null for nothing. */
export function textFault(): TextFault | null {
  return problem ?? (left < 0 ? 'too-large' : null);
}

function write(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      left -= value.length + 2;
      return left < 0 ? refuse('too-large') : JSON.stringify(value);
    case 'number':
      return Number.isFinite(value) ? String(value) : refuse('not-json');
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      return value === null ? 'null' : writeObject(value, depth);
    default:
      return refuse('not-json');
  }
}

function writeObject(value: object, depth: number): string {
  const ready = rowText(value);
  if (ready !== undefined) {
    left -= ready.length + 1;
    return left < 0 ? refuse('too-large') : ready;
  }
  if (depth === deepest) return refuse('not-json');
  const parts: string[] = [];
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length && problem === null; at++) {
      if (--left < 0) return refuse('too-large');
      parts.push(write(value[at], depth + 1));
    }
    return `[${parts.join(',')}]`;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return refuse('not-json');
  for (const key of Object.keys(value)) {
    left -= key.length + 4;
    if (left < 0) return refuse('too-large');
    parts.push(`${JSON.stringify(key)}:${write((value as Record<string, unknown>)[key], depth + 1)}`);
    if (problem !== null) return '';
  }
  return `{${parts.join(',')}}`;
}

function refuse(kind: TextFault): string {
  problem ??= kind;
  return '';
}
