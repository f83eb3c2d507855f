// What `generate` and `verify` say of a domain: the fields that machines rely on.
import type { DomainFolder } from './folder.js';
import type { Level, ValidationReport } from '../verify/report.js';

/** Completeness and scores are fractions of 1; seconds are of the whole, then by phase. */
export interface DomainSummary {
  readonly id: string;
  readonly path: string;
  readonly seed: string;
  readonly level: Level;
  readonly admitted: boolean;
  readonly reasons: readonly string[];
  readonly entities: number;
  readonly tools: number;
  readonly policies: number;
  readonly invariants: number;
  readonly differential: { readonly calls: number; readonly mismatches: number };
  readonly mutation: {
    readonly score: number;
    readonly killed: number;
    readonly total: number;
    readonly equivalent: number;
  };
  readonly completeness: number;
  readonly tasks: { readonly published: number; readonly rejected: Readonly<Record<string, number>> };
  readonly seconds: number;
  readonly phases: Readonly<Record<string, number>>;
}

export function summariseDomain(
  path: string,
  report: ValidationReport,
  { seed, tasks, rejected }: Pick<DomainFolder, 'seed' | 'tasks' | 'rejected'>,
  phases: Readonly<Record<string, number>>,
): DomainSummary {
  const { calls, mismatches } = report.differential;
  const { score, killed, total, equivalent } = report.mutation;
  return {
    id: report.domain,
    path,
    seed,
    level: report.level,
    admitted: report.admitted,
    reasons: report.reasons,
    ...report.size,
    differential: { calls, mismatches },
    mutation: { score, killed, total, equivalent },
    completeness: report.completeness,
    tasks: { published: tasks.length, rejected },
    seconds: Object.values(phases).reduce((sum, seconds) => sum + seconds, 0),
    phases,
  };
}
