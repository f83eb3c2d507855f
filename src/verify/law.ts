// What the laws are, and what they are judged with.
import type { EmittedDomain } from '../emit/emitted-domain.js';
import type { Guest } from '../../sandbox/guest-api.js';
import type { ArgumentChecker } from '../world/arguments.js';
import type { RowChecker } from '../world/row-checker.js';
import type { Ground } from './draft.js';

export const laws = [
  'determinism',
  'atomicity',
  'purity of reads',
  'incremental invariants',
  'references',
  'shapes',
  'isolation',
  'hostile arguments',
] as const;
export type Law = (typeof laws)[number];

/** How often each law was checked. */
export type Checks = Record<Law, number>;

export interface Breach {
  readonly law: Law;
  readonly what: string;
}

/** What the laws are judged with: two guests of the same program, for determinism. */
export interface Bench {
  readonly ground: Ground;
  readonly emitted: EmittedDomain;
  readonly guests: readonly [Guest, Guest];
  readonly arguments: ArgumentChecker;
  readonly rows: RowChecker;
}

/** Counts one check, where somebody counts. */
export function count(checks: Checks | undefined, law: Law): void {
  if (checks !== undefined) checks[law]++;
}
