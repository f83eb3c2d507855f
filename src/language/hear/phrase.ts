// Phrases to look for among tokens, written as people write them: words, `a|b` for a choice, `(a)` for
// what may be missing, `~a` for any form of the word, `..` for up to four other words. A phrase is
// looked for only where its first word stands, so looking takes time by the length of the message.
import { stem } from './stem.js';
import type { Token } from './token.js';

interface Element {
  readonly words: ReadonlySet<string>;
  readonly stems: ReadonlySet<string>;
  readonly optional: boolean;
  readonly gap: boolean;
}

export interface Phrases {
  readonly byWord: ReadonlyMap<string, readonly (readonly Element[])[]>;
  readonly byStem: ReadonlyMap<string, readonly (readonly Element[])[]>;
}

/** Where a phrase stands: the places of its first token and of the one behind its last. */
export interface Found {
  readonly from: number;
  readonly to: number;
}

const widest = 4;

/** Phrases, one a line or divided by `/`. */
export function phrases(text: string): Phrases {
  const byWord = new Map<string, (readonly Element[])[]>();
  const byStem = new Map<string, (readonly Element[])[]>();
  for (const line of text.split(/[\n/]/)) {
    const [first, ...rest] = line
      .trim()
      .split(' ')
      .filter((part) => part !== '')
      .map(element);
    if (first === undefined) continue;
    for (const word of first.words) byWord.set(word, [...(byWord.get(word) ?? []), rest]);
    for (const form of first.stems) byStem.set(form, [...(byStem.get(form) ?? []), rest]);
  }
  return { byWord, byStem };
}

function element(part: string): Element {
  const optional = part.startsWith('(');
  const choices = part.replace(/^\(|\)$/g, '').split('|');
  return {
    words: new Set(choices.filter((choice) => !choice.startsWith('~'))),
    stems: new Set(choices.filter((choice) => choice.startsWith('~')).map((choice) => stem(choice.slice(1)))),
    optional,
    gap: part === '..',
  };
}

/** The first place between `from` and `to` at which one of the phrases stands. */
export function findPhrase(
  { byWord, byStem }: Phrases,
  tokens: readonly Token[],
  from = 0,
  to = tokens.length,
): Found | null {
  for (let at = from; at < to; at++) {
    const end = phraseAt({ byWord, byStem }, tokens, at, to);
    if (end !== null) return { from: at, to: end };
  }
  return null;
}

/** The place behind the phrase that begins at `at`, or null. */
export function phraseAt(
  { byWord, byStem }: Phrases,
  tokens: readonly Token[],
  at: number,
  to = tokens.length,
): number | null {
  const token = tokens[at];
  if (token === undefined) return null;
  for (const rest of byWord.get(token.text) ?? []) {
    const end = matchRest(rest, 0, tokens, at + 1, to);
    if (end !== null) return end;
  }
  if (token.stem === '') return null;
  for (const rest of byStem.get(token.stem) ?? []) {
    const end = matchRest(rest, 0, tokens, at + 1, to);
    if (end !== null) return end;
  }
  return null;
}

function matchRest(
  elements: readonly Element[],
  next: number,
  tokens: readonly Token[],
  at: number,
  to: number,
): number | null {
  const wanted = elements[next];
  if (wanted === undefined) return at;
  if (wanted.gap) {
    for (let skipped = 0; skipped <= widest && at + skipped <= to; skipped++) {
      const end = matchRest(elements, next + 1, tokens, at + skipped, to);
      if (end !== null) return end;
    }
    return null;
  }
  const token = at < to ? tokens[at] : undefined;
  if (
    token !== undefined &&
    (wanted.words.has(token.text) || (token.stem !== '' && wanted.stems.has(token.stem)))
  ) {
    const end = matchRest(elements, next + 1, tokens, at + 1, to);
    if (end !== null) return end;
  }
  if (wanted.optional) {
    const end = matchRest(elements, next + 1, tokens, at, to);
    if (end !== null) return end;
  }
  // A comma divides no phrase.
  return token?.text === ',' ? matchRest(elements, next, tokens, at + 1, to) : null;
}
