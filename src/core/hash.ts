// Content hashes: every value names its parent by the hash of its canonical text.
import { createHash } from 'node:crypto';
import { canonicalJson } from './json.js';

/** The first 128 bits of a SHA-256, in hexadecimal. Branded so that no other string passes for one. */
export type ContentHash = string & { readonly contentHash: unique symbol };

export function hashText(text: string): ContentHash {
  return createHash('sha256').update(text).digest('hex').slice(0, 32) as ContentHash;
}

export function hashJson(value: unknown): ContentHash {
  return hashText(canonicalJson(value));
}
