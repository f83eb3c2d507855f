// Ids that look random but are a pure function of (domain, entity, ordinal): an affine permutation
// of five digits, salted per entity so that ids of two entities do not share digits. The guest
// gets `scale` and `shift` as numbers and runs the same formula (sandbox/guest/table.ts).
import { createHash } from 'node:crypto';

const block = 90_000;

export interface IdScheme {
  readonly prefix: string;
  readonly scale: number; // coprime to 90,000
  readonly shift: number;
}

export function idScheme(domain: string, entity: string, prefix: string): IdScheme {
  const digest = createHash('sha256').update(`${domain}/${entity}`).digest();
  // 90,000 = 2^4 · 3^2 · 5^4: 30k + 7 shares no factor with it.
  const scale = 30 * (1 + (digest.readUInt16LE(0) % 2900)) + 7;
  return { prefix, scale, shift: digest.readUInt32LE(4) % block };
}

/** `LN-48213`; after 90,000 rows a further digit comes in front. */
export function formatId(scheme: IdScheme, ordinal: number): string {
  const within = (scheme.scale * (ordinal % block) + scheme.shift) % block;
  const round = Math.floor(ordinal / block);
  return `${scheme.prefix}-${round === 0 ? '' : round}${10_000 + within}`;
}

export function idPattern(prefix: string): string {
  return `^${prefix}-\\d{5,}$`;
}
