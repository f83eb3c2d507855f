// The words of stretches of a message, as stems, with what verbs say together with a word behind them.
import { phrasalStem } from './families.js';
import { lengthsIn, numeral } from './content.js';
import type { Token } from './token.js';

const reach = 4;

export function stemsSaid(
  tokens: readonly Token[],
  stretches: readonly { readonly from: number; readonly to: number }[],
): ReadonlySet<string> {
  const stems = new Set<string>();
  for (const { from, to } of stretches) {
    for (let at = from; at < to; at++) {
      const { kind, stem = '', text = '' } = tokens[at] ?? {};
      if (kind === 'number') stems.add(numeral(text));
      if (stem === '') continue;
      stems.add(numeral(stem));
      const behind = tokens.slice(at + 1, Math.min(to, at + reach)).map((token) => token.text);
      const both = phrasalStem(stem, behind);
      if (both !== null) stems.add(both);
    }
    const said = tokens.slice(from, to).map(({ text }) => text);
    for (const length of lengthsIn(said.join(' '))) stems.add(length);
  }
  return stems;
}
