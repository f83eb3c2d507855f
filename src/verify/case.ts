// Procedural cases: self-contained lines of procedures.jsonl. A case lays a patch over the seed
// state, makes one call (or judges one call's guards, or the invariants) and says what must come of
// it. The three verdicts are ScaleEnv's (arXiv 2602.06820): success, when the resulting state is the
// expected one; anticipated rejection, the declared code with the state untouched; unexpected failure.
import type { Json, JsonObject } from '../core/json.js';
import { formats } from '../core/format.js';
import type { RowChange } from '../../sandbox/guest-api.js';

export type Verdict = 'success' | 'anticipated-rejection' | 'unexpected-failure';

interface CaseBase {
  readonly id: string;
  /** Changes to the seed state under which the case runs. */
  readonly patch: readonly RowChange[];
  /** The goals that the case was made for. */
  readonly covers: readonly string[];
}

export interface CallCase extends CaseBase {
  readonly kind: 'call';
  readonly tool: string;
  readonly args: JsonObject;
  readonly expect:
    | {
        readonly verdict: 'success';
        readonly value: Json;
        /** Against the patched state. */
        readonly changes: readonly RowChange[];
      }
    | { readonly verdict: 'anticipated-rejection'; readonly code: string; readonly message: string };
}

export interface GuardCase extends CaseBase {
  readonly kind: 'guard';
  readonly tool: string;
  readonly args: JsonObject;
  readonly caller: string | null;
  readonly expect: { readonly violated: readonly string[] };
}

export interface InvariantCase extends CaseBase {
  readonly kind: 'invariant';
  readonly expect: { readonly broken: readonly string[] };
}

export type Case = CallCase | GuardCase | InvariantCase;

/** A goal of the search for cases, and whether some case reached it. */
export interface GoalOutcome {
  readonly id: string;
  /** Whether completeness asks for it. */
  readonly required: boolean;
  readonly kind: GoalKind;
  readonly reached: boolean;
}

export type GoalKind =
  | 'success'
  | 'refusal'
  | 'edge'
  | 'branch'
  | 'boundary'
  | 'guard'
  | 'invariant'
  | 'variant';

/** The text of procedures.jsonl: a header line, then a case a line. */
export function writeCases(cases: readonly Case[]): string {
  const header = { format: formats.procedures, cases: cases.length };
  return `${[header, ...cases].map((line) => JSON.stringify(line)).join('\n')}\n`;
}
