// How many of what, as people say it: two cement mixers, one angle grinder.
import { plural } from '../spec/names.js';

const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** Where the word that is counted ends and what is said of it begins. */
const behind = / (?:by|from|of|with|for|at|in|on|called|named|that|which)\b/;

/** `two cement mixers` for 2 and `the cement mixer`; `2 x my crate` where no article goes away. */
export function sayCount(count: number, thing: string): string {
  const bare = /^(?:the|a|an) (.+)$/.exec(thing)?.[1];
  const number = numbers[count] ?? String(count);
  if (bare === undefined) return `${count} x ${thing}`;
  if (count === 1) return `${number} ${bare}`;
  const end = behind.exec(bare)?.index ?? bare.length;
  return `${number} ${plural(bare.slice(0, end))}${bare.slice(end)}`;
}
