// How many of what, as people say it: two cement mixers, one angle grinder.
import { plural } from '../spec/names.js';
import { sayValue, type Manner } from './manner.js';

/** What a field of a line item is called that says how many of its row are meant. */
export const countNames: ReadonlySet<string> = new Set(['quantity', 'count', 'number', 'amount', 'units']);

/** Where the word that is counted ends and what is said of it begins. */
const behind = / (?:by|from|of|with|for|at|in|on|called|named|that|which)\b/;

/** `two cement mixers` for 2 and `the cement mixer`; `2 x my crate` where no article goes away. */
export function sayCount(count: number, thing: string, manner: Manner): string {
  const bare = /^(?:the|a|an) (.+)$/.exec(thing)?.[1];
  if (bare === undefined) return `${count} x ${thing}`;
  const number = sayValue(count, { kind: 'int' }, manner);
  if (count === 1) return `${number} ${bare}`;
  const end = behind.exec(bare)?.index ?? bare.length;
  return `${number} ${plural(bare.slice(0, end))}${bare.slice(end)}`;
}
