// From what a user asks for in a text to the wishes, sentence by sentence. A sentence may hold two wishes,
// or none: a greeting, a reason, small talk.
import type { Wish } from '../policy/talk.js';
import { mentionsIn } from './recover-mentions.js';
import type { Scope } from './recover-row.js';
import { candidatesFor, reasonWords, recoverWish, type Candidate, type Recovered } from './recover-wish.js';

const tried = 32;

/** What a text was understood to ask for. */
export interface Understood {
  readonly wishes: readonly Wish[];
  /** Whether no value was left that nothing was made of. */
  readonly whole: boolean;
}

/** The wishes that a text states, in their order; `before` are those of earlier texts. */
export function recoverWishes(scope: Scope, text: string, before: readonly Wish[]): Understood {
  const wishes: Wish[] = [];
  let whole = true;
  for (const sentence of sentencesOf(text)) {
    for (const clause of clausesOf(scope, sentence)) {
      const recovered = recoverClause(scope, clause, [...before, ...wishes]);
      if (recovered === null) continue;
      wishes.push(recovered.wish);
      whole &&= recovered.whole;
    }
  }
  return { wishes, whole };
}

/** The wish of a clause: the likeliest that all comes out of, else the likeliest; null for none. */
function recoverClause(scope: Scope, clause: string, before: readonly Wish[]): Recovered | null {
  const candidates = candidatesFor(scope, clause).slice(0, tried);
  const [best] = candidates;
  if (best === undefined || isReason(scope, clause, best)) return null;
  let first: Recovered | null = null;
  for (const candidate of candidates) {
    const recovered = recoverWish(scope, clause, candidate, before);
    if (recovered.whole) return recovered;
    first ??= recovered;
  }
  return first;
}

function isReason(scope: Scope, clause: string, { words }: Candidate): boolean {
  const reason = reasonWords(scope, clause);
  return reason > 0.6 && reason > words;
}

/** Sentences; a stop inside quotes, in a number, after an initial or a title ends none. */
export function sentencesOf(text: string): readonly string[] {
  const kept = text
    .replace(/“[^”]*”|"[^"]*"/g, (quoted) => quoted.replace(/[.?!]/g, '\uE000$&'))
    .replace(/\b(?:\p{Lu}|Dr|Mr|Mrs|Ms|St|Prof)\.(?=\s)/gu, (short) => `${short.slice(0, -1)}\uE000.`);
  return kept
    .split(/(?<=(?<!\uE000)[.?!]["”)]?)\s+(?=[\p{L}\p{N}“"(])/u)
    .map((part) => part.replaceAll('\uE000', '').trim())
    .filter((part) => part !== '');
}

const rounding = 1e-6;
/** By how much words come closer where all that goes says nothing: "There is one more thing". */
const leap = 0.3;
/** What words may be lost for values that would find no place. */
const slack = 0.1;

/** Where a sentence may part in two: behind a colon or a "but", and before what can begin a clause. */
const partings =
  /: |, but |(?:[,;] and |[;,] (?:also )?| and )(?=(?:then |also |please )*(?:i|we|you|could|can|may|might|would|will|please|when|what|where|who|how|which|is|are|do|does|has|have|at|until|since|by|from|to|that|(?:for|on|in|with|of) (?:which|what|how|whom))\b)/gi;

/**
 * The sentence, or a part of it, or two: whatever comes closest to wishes. A part goes only when it has no
 * values and is no wish; two are better than one that leaves values over.
 */
function clausesOf(scope: Scope, sentence: string): readonly string[] {
  let best = { ...sense(scope, [sentence]), parts: [sentence] };
  for (const match of sentence.matchAll(partings)) {
    const left = sentence.slice(0, match.index);
    const right = sentence.slice(match.index + match[0].length);
    for (const parts of [[left, right], [right], [left]]) {
      const dropped = [left, right].filter((part) => !parts.includes(part));
      if (dropped.some((part) => candidatesFor(scope, part).length > 0)) continue;
      const found = sense(scope, parts);
      const closer = found.words > best.words && found.values > best.values - rounding;
      const farCloser =
        parts.length === 1 &&
        found.words > best.words + leap &&
        dropped.every((part) => isPlain(scope, part));
      const fuller = found.words > best.words - slack && found.values > best.values + slack;
      if (closer || farCloser || fuller) best = { ...found, parts };
    }
  }
  return best.parts;
}

function isPlain({ domain, source }: Scope, text: string): boolean {
  return mentionsIn(text, domain, source.now).length === 0;
}

/** How close the least close part comes to a wish, and the weight of the values that find a place. */
function sense(scope: Scope, parts: readonly string[]): { readonly words: number; readonly values: number } {
  const best = parts.map((part) => candidatesFor(scope, part)[0]);
  return {
    words: Math.min(...best.map((candidate) => candidate?.words ?? 0)),
    values: best.reduce((sum, candidate) => sum + (candidate?.dealt.used ?? 0), 0),
  };
}
