// The words of stretches of a message, as stems, with what verbs say together with a word behind them.
import { phrasalStem } from './families.js';
import { lengthsIn, numeral } from './content.js';
import type { Token } from './token.js';

const reach = 4;

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Stems of what is said; `isRow` picks out nouns for rows, which count only where they stand as verbs. */
export function stemsSaid(
  tokens: readonly Token[],
  stretches: readonly Stretch[],
  isRow: (text: string) => boolean = () => false,
): ReadonlySet<string> {
  const stems = new Set<string>();
  for (const { from, to } of stretches) {
    for (let at = from; at < to; at++) {
      const { kind, stem = '', text = '' } = tokens[at] ?? {};
      if (kind === 'number') stems.add(numeral(text));
      if (stem === '' || (isRow(text) && !isVerb(tokens, at, from))) continue;
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

const leading = new Set(['i', 'we', 'to', 'me', 'us', 'and', 'then', 'you', 'now', 'please', 'not', 'just']);

/** "Shall I dispute it" as opposed to "the dispute". */
function isVerb(tokens: readonly Token[], at: number, from: number): boolean {
  return at === from || leading.has(tokens[at - 1]?.text ?? '');
}
