// The results of many jobs as the sections of one report.
import { laws, type Law } from './law.js';
import type { LawsResult } from './laws.js';
import type { DifferentialResult } from './differential.js';
import type { Mutant } from './mutants.js';
import type { Mutation, Survivor, ValidationReport } from './report.js';
import type { StudyResult } from './study.js';
import type { SearchResult } from './verify-job.js';

/** Failures and mismatches that a report shows in full. */
const shown = 5;

export interface Survived {
  readonly mutant: Mutant;
  readonly study: StudyResult;
}

export function addProcedures(found: readonly SearchResult[]): ValidationReport['procedures'] {
  const cases = found.flatMap((one) => one.cases);
  const failures = found.flatMap((one) => one.failures);
  const rejected = cases.filter(
    (one) => one.kind === 'call' && one.expect.verdict === 'anticipated-rejection',
  );
  const failed = new Set(failures.map((failure) => failure.case.id));
  const count = (list: typeof cases): number => list.filter(({ id }) => !failed.has(id)).length;
  const rejections = count(rejected);
  return {
    cases: cases.length,
    verdicts: {
      success: count(cases) - rejections,
      'anticipated-rejection': rejections,
      'unexpected-failure': failures.length,
    },
    failures: failures.slice(0, shown),
  };
}

export function addLaws(results: readonly LawsResult[]): ValidationReport['laws'] {
  const checks = Object.fromEntries(
    laws.map((law): [Law, number] => [law, results.reduce((sum, one) => sum + one.checks[law], 0)]),
  ) as Record<Law, number>;
  return { checks, breaches: results.flatMap(({ breaches }) => breaches).slice(0, shown) };
}

export function addDifferential(results: readonly DifferentialResult[]): ValidationReport['differential'] {
  const total = (field: 'calls' | 'succeeded' | 'guards' | 'invariants'): number =>
    results.reduce((sum, one) => sum + one[field], 0);
  const mismatches = results.flatMap((one) => one.mismatches);
  return {
    calls: total('calls'),
    succeeded: total('succeeded'),
    guards: total('guards'),
    invariants: total('invariants'),
    mismatches: mismatches.length,
    first: mismatches.slice(0, shown),
  };
}

export function addMutation(parts: {
  readonly mutants: readonly Mutant[];
  readonly generated: number;
  readonly invalid: number;
  readonly survivors: readonly Survived[];
}): Mutation {
  const { mutants, generated, invalid, survivors } = parts;
  const equivalent = survivors.filter(({ study }) => study.equivalent).length;
  const killed = mutants.length - survivors.length;
  const total = mutants.length - equivalent;
  const alive = new Set(survivors.filter(({ study }) => !study.equivalent).map(({ mutant }) => mutant.id));
  const same = new Set(survivors.filter(({ study }) => study.equivalent).map(({ mutant }) => mutant.id));
  const byOperator: Record<string, { killed: number; survived: number }> = {};
  for (const { id, operator } of mutants) {
    if (same.has(id)) continue;
    const row = (byOperator[operator] ??= { killed: 0, survived: 0 });
    if (alive.has(id)) row.survived++;
    else row.killed++;
  }
  const sorted = Object.entries(byOperator).sort(([left], [right]) => (left < right ? -1 : 1));
  return {
    score: total === 0 ? 1 : killed / total,
    killed,
    total,
    generated,
    invalid,
    equivalent,
    byOperator: Object.fromEntries(sorted),
    survivors: survivors.map(describe),
  };
}

function describe({ mutant, study }: Survived): Survivor {
  const { id, file, unit, operator, diff } = mutant;
  const { id: _, ...found } = study;
  return {
    id,
    file,
    unit: unit.slice(1).join('/'),
    operator,
    diff,
    study: found,
  };
}
