// The strings that results have shown, by their first token, so that a message is looked through once.
// Each list of strings is prepared once: results do not change.
import { isRealTime } from '../../core/time.js';
import { plainText, tokensOf, type Token } from './token.js';

interface SeenString {
  readonly value: string;
  /** What its tokens say. */
  readonly texts: readonly string[];
}

export interface Seen {
  readonly strings: ReadonlyMap<string, readonly SeenString[]>;
  /** Dates and datetimes. */
  readonly times: readonly string[];
}

const prepared = new WeakMap<readonly string[], Seen>();

export function prepareSeen(strings: readonly string[]): Seen {
  const known = prepared.get(strings);
  if (known !== undefined) return known;
  const byFirst = new Map<string, SeenString[]>();
  for (const value of new Set(strings)) {
    if (isRealTime(value) || !isTelling(value)) continue;
    const texts = tokensOf(plainText(value.replaceAll('_', ' ')))
      .slice(1)
      .map(saidAs);
    const [first = ''] = texts;
    byFirst.set(first, [...(byFirst.get(first) ?? []), { value, texts }]);
  }
  const made = { strings: byFirst, times: strings.filter(isRealTime) };
  prepared.set(strings, made);
  return made;
}

/** The longest seen string that begins at a token. */
export function seenAt(
  tokens: readonly Token[],
  at: number,
  seen: readonly Seen[],
): { readonly value: string; readonly to: number } | null {
  const token = tokens[at];
  if (token === undefined) return null;
  let best: SeenString | null = null;
  for (const { strings } of seen) {
    for (const candidate of strings.get(saidAs(token)) ?? []) {
      if (candidate.texts.length <= (best?.texts.length ?? 0)) continue;
      const { texts } = candidate;
      const stands = texts.every((text, index) => {
        const other = tokens[at + index];
        return other !== undefined && saidAs(other) === text;
      });
      if (stands) best = candidate;
    }
  }
  return best === null ? null : { value: best.value, to: at + best.texts.length };
}

function saidAs({ text, kind }: Token): string {
  return kind === 'quoted' || kind === 'literal' ? plainText(text).toLowerCase() : text.toLowerCase();
}

/** A string that is known when met: with a letter in it, or long, or a time of day. */
function isTelling(value: string): boolean {
  return /\p{L}/u.test(value) ? value.length > 2 : /\d\D\d/.test(value) || value.length > 4;
}
