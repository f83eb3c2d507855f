// A text that a pattern accepts. It walks the pattern's simple forms (literals, classes, groups,
// alternatives, counts) and lets the engine judge: what does not match in a few attempts falls back
// to the last one drawn, which the argument check will then refuse.
import type { Rng } from '../core/rng.js';

const digits = Array.from({ length: 10 }, (_, digit) => String(digit));
const letters = ['a', 'b', 'c', 'x', 'y', 'z'];
const wordLetters = [...letters, ...digits, 'A', 'Z', '_'];
const words = ['amber', 'birch', 'cedar', 'delta', 'ember', 'fern', 'grove', 'heath'];

/** A text that fits the pattern; any short text without one. */
export function sampleText(pattern: string | undefined, rng: Rng): string {
  if (pattern === undefined) return `${rng.pick(words)} ${rng.pick(words)} ${rng.int(1, 99)}`;
  const whole = new RegExp(pattern);
  let text = '';
  for (let attempt = 0; attempt < 20; attempt++) {
    text = alternatives({ text: pattern, at: 0 }, rng);
    if (whole.test(text)) return text;
  }
  return text;
}

interface Cursor {
  readonly text: string;
  at: number;
}

function alternatives(cursor: Cursor, rng: Rng): string {
  const options = [sequence(cursor, rng)];
  while (cursor.text[cursor.at] === '|') {
    cursor.at++;
    options.push(sequence(cursor, rng));
  }
  return rng.pick(options);
}

function sequence(cursor: Cursor, rng: Rng): string {
  let text = '';
  while (cursor.at < cursor.text.length && !'|)'.includes(cursor.text.charAt(cursor.at))) {
    const start = cursor.at;
    const first = atom(cursor, rng);
    const end = cursor.at;
    const [low, high] = repetition(cursor);
    const count = rng.int(low, high);
    if (count > 0) text += first;
    for (let again = 1; again < count; again++) {
      text += atom({ text: cursor.text.slice(0, end), at: start }, rng);
    }
  }
  return text;
}

function atom(cursor: Cursor, rng: Rng): string {
  const letter = cursor.text.charAt(cursor.at++);
  if (letter === '^' || letter === '$') return '';
  if (letter === '.') return rng.pick(letters);
  if (letter === '\\') return escaped(cursor.text.charAt(cursor.at++), rng);
  if (letter === '[') return rng.pick(classMembers(cursor));
  if (letter !== '(') return letter;
  if (cursor.text.startsWith('?:', cursor.at)) cursor.at += 2;
  const inner = alternatives(cursor, rng);
  cursor.at++; // the closing bracket
  return inner;
}

function escaped(letter: string, rng: Rng): string {
  if (letter === 'd') return String(rng.int(0, 9));
  if (letter === 'w') return rng.pick(wordLetters);
  if (letter === 's') return ' ';
  return letter === 'b' ? '' : letter;
}

function classMembers(cursor: Cursor): string[] {
  const members: string[] = [];
  while (cursor.at < cursor.text.length && cursor.text[cursor.at] !== ']') {
    let letter = cursor.text.charAt(cursor.at++);
    if (letter === '\\') {
      letter = cursor.text.charAt(cursor.at++);
      if (letter === 'd') members.push(...digits);
      else if (letter === 'w') members.push(...wordLetters);
      else members.push(letter === 's' ? ' ' : letter);
    } else if (cursor.text[cursor.at] === '-' && cursor.text[cursor.at + 1] !== ']') {
      const last = cursor.text.charCodeAt(cursor.at + 1);
      for (let code = letter.charCodeAt(0); code <= last; code++) members.push(String.fromCharCode(code));
      cursor.at += 2;
    } else members.push(letter);
  }
  cursor.at++;
  return members.length === 0 ? [''] : members;
}

function repetition(cursor: Cursor): [number, number] {
  const rest = cursor.text.slice(cursor.at);
  const counted = /^\{(\d+)(,(\d*))?\}/.exec(rest);
  if (counted !== null) {
    cursor.at += counted[0].length;
    const low = Number(counted[1]);
    const high = counted[2] === undefined ? low : counted[3] === '' ? low + 3 : Number(counted[3]);
    return [low, high];
  }
  const sign = rest.charAt(0);
  if (sign === '?' || sign === '*' || sign === '+') cursor.at++;
  if (sign === '?') return [0, 1];
  if (sign === '*') return [0, 4];
  return sign === '+' ? [1, 6] : [1, 1];
}
