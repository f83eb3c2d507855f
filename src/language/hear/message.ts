// A message taken apart: tokens, values and clauses, with what the listener knows beside it.
import { clausesOf, type Clause } from './clauses.js';
import { lexiconOf, type HeardDomain, type Lexicon } from './lexicon.js';
import { findPhrase, type Found, type Phrases } from './phrase.js';
import { prepareSeen } from './seen.js';
import { spansOf } from './spans.js';
import { plainText, tokensOf, type Token } from './token.js';
import type { ValueSpan } from './value-span.js';

/** What a listener knows: the domain, the strings of results, and what the caller still wants. */
export interface ReadContext {
  readonly domain: HeardDomain;
  /** Strings that results have shown, a list for each result. */
  readonly seen: readonly (readonly string[])[];
  /** Open wishes: tools by name, attributes asked about as `Entity.attribute`. */
  readonly wishes: readonly string[];
}

export interface Message {
  readonly plain: string;
  readonly tokens: readonly Token[];
  readonly spans: readonly ValueSpan[];
  readonly clauses: readonly Clause[];
  readonly lexicon: Lexicon;
  readonly wishes: readonly string[];
}

export function takeApart(text: string, { domain, seen, wishes }: ReadContext): Message {
  const lexicon = lexiconOf(domain);
  const plain = plainText(text);
  const tokens = tokensOf(plain, text);
  const spans = spansOf(tokens, seen.map(prepareSeen), lexicon);
  return { plain, tokens, spans, clauses: clausesOf(tokens, spans, plain), lexicon, wishes };
}

/** Where one of the phrases stands in a clause. */
export function cueIn(
  { tokens }: Message,
  cues: Phrases,
  { from, to }: Pick<Clause, 'from' | 'to'>,
): Found | null {
  return findPhrase(cues, tokens, from, to);
}

/** The values in a clause. */
export function spansIn({ spans }: Message, { from, to }: Pick<Clause, 'from' | 'to'>): readonly ValueSpan[] {
  return spans.filter((span) => span.from >= from && span.from < to);
}
