// The audit of one task: every near miss and every independent solution played to its end and judged.
import type { Task } from '../../task/task.js';
import type { CertifyContext } from '../context.js';
import { judgeMiss, nearMisses } from './near-miss.js';
import { judgeSolution, solutions } from './solution.js';
import { playVariations } from './variation.js';

/** How one kind of variation fared. */
export interface KindCount {
  readonly played: number;
  /** Near misses that were none, by why. */
  readonly equivalent: Readonly<Record<string, number>>;
  /** Near misses that were paid, or solutions that were not. */
  readonly wrong: number;
}

/** A verdict of the grader that is not right, or that never came. */
export interface AuditException {
  readonly task: string;
  readonly what: 'near miss accepted' | 'solution rejected' | 'fault';
  readonly kind: string;
  readonly detail: string;
  readonly reason: string;
}

export interface TaskAudit {
  readonly nearMisses: Readonly<Record<string, KindCount>>;
  readonly solutions: Readonly<Record<string, KindCount>>;
  readonly exceptions: readonly AuditException[];
}

export function auditTask(context: CertifyContext, task: Task): TaskAudit {
  const exceptions: AuditException[] = [];
  const misses: Record<string, KindCount> = {};
  for (const played of playVariations(context, task, nearMisses(context, task))) {
    const { kind, what: detail } = played.variation;
    const judged = judgeMiss(context, task, played);
    const reason = judged.verdict === 'equivalent' ? judged.reason : null;
    misses[kind] = count(misses[kind], reason, judged.verdict === 'accepted');
    if (judged.verdict === 'failed' || judged.verdict === 'equivalent') continue;
    const what = judged.verdict === 'fault' ? 'fault' : 'near miss accepted';
    exceptions.push({ task: task.id, what, kind, detail, reason: judged.reason });
  }
  const right: Record<string, KindCount> = {};
  for (const played of playVariations(context, task, solutions(context, task))) {
    const { kind, what: detail } = played.variation;
    const judged = judgeSolution(task, played);
    right[kind] = count(right[kind], null, judged.verdict === 'rejected');
    if (judged.verdict === 'passed') continue;
    const what = judged.verdict === 'fault' ? 'fault' : 'solution rejected';
    exceptions.push({ task: task.id, what, kind, detail, reason: judged.reason });
  }
  return { nearMisses: misses, solutions: right, exceptions };
}

function count(before: KindCount | undefined, equivalent: string | null, isWrong: boolean): KindCount {
  const { played, equivalent: known, wrong } = before ?? { played: 0, equivalent: {}, wrong: 0 };
  return {
    played: played + 1,
    equivalent: equivalent === null ? known : { ...known, [equivalent]: (known[equivalent] ?? 0) + 1 },
    wrong: wrong + (isWrong ? 1 : 0),
  };
}
