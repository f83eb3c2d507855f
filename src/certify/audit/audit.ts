// What the audit of a domain's tasks comes to: the grader's two error rates, by kind of variation, and
// every exception by name. It stands in report.json and in the domain's line of a benchmark.
import type { AuditException, KindCount, TaskAudit } from './audit-task.js';

/** One of the two sides: what must not be paid, or what must be. */
export interface AuditSide {
  readonly played: number;
  /** Near misses paid, or solutions not paid. */
  readonly wrong: number;
  /** Near misses that were none, by why. */
  readonly equivalent: Readonly<Record<string, number>>;
  readonly kinds: Readonly<Record<string, { readonly played: number; readonly wrong: number }>>;
}

export interface Audit {
  readonly tasks: number;
  readonly nearMisses: AuditSide;
  readonly solutions: AuditSide;
  readonly exceptions: readonly AuditException[];
}

export function sumAudits(audits: readonly TaskAudit[]): Audit {
  return {
    tasks: audits.length,
    nearMisses: sumSide(audits.map(({ nearMisses }) => nearMisses)),
    solutions: sumSide(audits.map(({ solutions }) => solutions)),
    exceptions: audits.flatMap(({ exceptions }) => exceptions),
  };
}

function sumSide(tasks: readonly Readonly<Record<string, KindCount>>[]): AuditSide {
  const kinds = new Map<string, { played: number; wrong: number }>();
  const equivalent = new Map<string, number>();
  for (const [kind, count] of tasks.flatMap((task) => Object.entries(task))) {
    const known = kinds.get(kind) ?? { played: 0, wrong: 0 };
    kinds.set(kind, { played: known.played + count.played, wrong: known.wrong + count.wrong });
    for (const [reason, number] of Object.entries(count.equivalent)) {
      equivalent.set(reason, (equivalent.get(reason) ?? 0) + number);
    }
  }
  const total = (field: 'played' | 'wrong'): number =>
    [...kinds.values()].reduce((sum, kind) => sum + kind[field], 0);
  return {
    played: total('played'),
    wrong: total('wrong'),
    equivalent: inOrder(equivalent),
    kinds: inOrder(kinds),
  };
}

function inOrder<T>(map: ReadonlyMap<string, T>): Readonly<Record<string, T>> {
  return Object.fromEntries([...map].sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** The share of errors on one side. */
export function errorRate({ wrong, played }: AuditSide): number {
  return played === 0 ? 0 : wrong / played;
}

/** What is asked of a grader: no near miss accepted, and under one right solution in 200 rejected. */
const mostRejected = 0.005;

export function holdsAudit({ nearMisses, solutions, exceptions }: Audit): boolean {
  const faults = exceptions.some(({ what }) => what === 'fault');
  return nearMisses.wrong === 0 && errorRate(solutions) < mostRejected && !faults;
}
