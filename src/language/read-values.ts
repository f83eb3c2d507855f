// The values in a text, in order of appearance: dates, times, money, ids, numbers, quoted strings, and
// strings that results have shown.
import type { TypedValue } from '../policy/talk.js';
import { prepareSeen } from './hear/seen.js';
import { noValueWords, spansOf } from './hear/spans.js';
import { plainText, tokensOf } from './hear/token.js';

export function readValues(text: string, seen: readonly string[] = []): TypedValue[] {
  return spansOf(tokensOf(plainText(text)), [prepareSeen(seen)], noValueWords).map(({ value }) => value);
}
