// What verification found: the type behind report.json. No timings, no paths: the same seed gives
// the same bytes. Failures carry all that a replay needs.
import type { ContentHash } from '../core/hash.js';
import type { RowChange } from '../../sandbox/guest-api.js';
import type { CaseResult } from './run-case.js';
import type { Case, Verdict } from './case.js';
import type { DifferentialResult, Mismatch } from './differential.js';
import type { LawBreach, LawsResult } from './laws.js';
import type { StudyResult } from './study.js';

/** `full` is the level at which a domain can be admitted for good; `sampled` does a part of the work. */
export type Level = 'full' | 'sampled';

export interface CaseFailure extends CaseResult {
  readonly case: Case;
  /** Of the case's patch, the changes without which it would not fail. */
  readonly enough: readonly RowChange[];
}

export interface Coverage {
  readonly reached: number;
  readonly total: number;
  readonly missing: readonly string[];
}

/** A wrong version of the emitted code that no procedural case caught. */
export interface Survivor {
  readonly id: string;
  readonly file: string;
  readonly unit: string;
  readonly operator: string;
  /** The changed lines, as a diff. */
  readonly diff: string;
  /** Calls that showed no difference, or the call that did. */
  readonly study: Omit<StudyResult, 'id'>;
}

export interface Mutation {
  /** killed / total; 1 when there is nothing to mutate. */
  readonly score: number;
  readonly killed: number;
  /** Without the equivalent ones. */
  readonly total: number;
  readonly generated: number;
  /** Left out: they do not type-check, or compile to the same code. */
  readonly invalid: number;
  readonly equivalent: number;
  readonly byOperator: Readonly<Record<string, { readonly killed: number; readonly survived: number }>>;
  readonly survivors: readonly Survivor[];
}

export interface ValidationReport {
  readonly format: string;
  readonly domain: string;
  readonly emitted: ContentHash;
  readonly state: ContentHash;
  readonly seed: string;
  readonly level: Level;
  readonly admitted: boolean;
  readonly reasons: readonly string[];
  readonly size: {
    readonly entities: number;
    readonly tools: number;
    readonly policies: number;
    readonly invariants: number;
  };
  readonly procedures: {
    readonly cases: number;
    readonly verdicts: Readonly<Record<Verdict, number>>;
    readonly failures: readonly CaseFailure[];
  };
  readonly laws: LawsResult & { readonly breaches: readonly LawBreach[] };
  readonly differential: Omit<DifferentialResult, 'mismatches'> & {
    readonly mismatches: number;
    readonly first: readonly Mismatch[];
  };
  readonly mutation: Mutation;
  /** The share of what completeness asks for that some case reached. */
  readonly completeness: number;
  readonly coverage: {
    readonly required: Coverage;
    readonly boundaries: Coverage;
    readonly variants: Coverage;
  };
}
