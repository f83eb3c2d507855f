// Members of enums in their words, however these are divided: mill_road is "Mill Road" and "mill-road",
// checkup is "check-up".
import type { Token } from './token.js';

/** Members by their letters and digits. */
export type Members = ReadonlyMap<string, string>;

const longest = 7;
/** "in the workshop" is in_workshop, "paid already before" paid_before. */
const passedOver = new Set(['the', 'a', 'an', 'your', 'our', 'already']);

/** The letters and digits of a name. */
export function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

export function membersOf(names: readonly string[]): Members {
  return new Map(names.map((name) => [lettersOf(name), name]));
}

/** The longest member that begins at a token. */
export function memberAt(
  tokens: readonly Token[],
  at: number,
  members: Members,
): { readonly value: string; readonly to: number } | null {
  let letters = '';
  let best: { readonly value: string; readonly to: number } | null = null;
  for (let to = at; to < Math.min(at + longest, tokens.length); to++) {
    const token = tokens[to];
    if (to > at && passedOver.has(token?.text ?? '')) continue;
    if (token?.kind === 'word' || token?.kind === 'part' || token?.kind === 'number') letters += token.text;
    else if (to === at || token?.text !== '-') break;
    const value = members.get(letters);
    if (value !== undefined) best = { value, to: to + 1 };
  }
  return best !== null && best.to === at + 1 && leads(tokens, at) ? null : best;
}

const leading = new Set(['on', 'in', 'at', 'by', 'to', 'for', 'with', 'from', 'of', 'as']);
const switching = /^(?:switch|turn|set|put|keep|is|are|be|was|to|stay)/;
const ending = new Set(['for', 'or', 'and', 'now', 'again', 'please', 'then']);

/** Whether a word leads on to a noun, and is no setting: the last word of "off on CA-20117". */
function leads(tokens: readonly Token[], at: number): boolean {
  if (!leading.has(tokens[at]?.text ?? '')) return false;
  const [before, next] = [tokens[at - 1], tokens[at + 1]];
  if (before !== undefined && switching.test(before.text)) return false;
  if (next === undefined) return false;
  return next.kind === 'word' ? !ending.has(next.text) : ledTo.has(next.kind);
}

/** What "on" leads to besides nouns: "on CA-20117", "on 12 June". */
const ledTo = new Set<Token['kind']>(['id', 'number', 'ordinal', 'time', 'slashed', 'code', 'quoted']);
