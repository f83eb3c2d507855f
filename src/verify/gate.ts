// The gate: a domain is admitted when nothing speaks against it. Every reason names the measure, so
// that an author knows what to look at.
import type { Level, ValidationReport } from './report.js';

/** What the gate asks for. */
export const thresholds = { mutation: 0.95, completeness: 1, differentialCalls: 5000 } as const;

/** Laws that every domain can break; without invariants or references there is nothing to check. */
const alwaysApply = ['determinism', 'purity of reads', 'shapes', 'isolation', 'hostile arguments'] as const;

export type Measures = Pick<
  ValidationReport,
  'level' | 'procedures' | 'laws' | 'differential' | 'mutation' | 'completeness' | 'coverage'
>;

/** Why the domain is not admitted; none when it is. */
export function judge(measures: Measures): readonly string[] {
  const { procedures, laws, differential, mutation, completeness, coverage, level } = measures;
  const reasons: string[] = [];
  const failures = procedures.verdicts['unexpected-failure'];
  if (failures > 0) {
    const ids = procedures.failures.map((failure) => failure.case.id);
    reasons.push(`${failures} of ${procedures.cases} procedural cases failed: ${few(ids)}`);
  }
  for (const breach of laws.breaches)
    reasons.push(`law of ${breach.law} broken in ${breach.id}: ${breach.what}`);
  const unchecked = alwaysApply.filter((law) => laws.checks[law] === 0);
  if (unchecked.length > 0) reasons.push(`never checked: the laws of ${unchecked.join(', ')}`);
  if (differential.succeeded === 0) reasons.push('no call compared with the interpreter succeeded');
  if (mutation.total === 0) reasons.push('no mutant was tried');
  if (differential.mismatches > 0) {
    const ids = differential.first.map(({ id, what }) => `${what} in ${id}`);
    reasons.push(
      `${differential.mismatches} mismatches with the interpreter in ${differential.calls} calls: ${few(ids)}`,
    );
  }
  if (level === 'full' && differential.calls < thresholds.differentialCalls) {
    reasons.push(`only ${differential.calls} calls compared; ${thresholds.differentialCalls} are asked for`);
  }
  if (mutation.score < thresholds.mutation) {
    reasons.push(
      `${mutation.killed} of ${mutation.total} mutants caught (${percent(mutation.score)}); ` +
        `${percent(thresholds.mutation)} are asked for`,
    );
  }
  if (completeness < thresholds.completeness) {
    reasons.push(
      `${coverage.required.missing.length} of ${coverage.required.total} goals were never reached: ` +
        few(coverage.required.missing),
    );
  }
  return reasons;
}

/** How a level is said. */
export function describeLevel(level: Level): string {
  return level === 'full' ? 'full' : 'sampled (a part of the work: not good enough to publish)';
}

export function percent(value: number): string {
  return `${(value * 100).toFixed(1)}%`;
}

function few(items: readonly string[]): string {
  const shown = items.slice(0, 4).join('; ');
  return items.length > 4 ? `${shown}; and ${items.length - 4} more` : shown;
}
