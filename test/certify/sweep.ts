// Certifies, rechecks and audits tasks of a shipped domain, and says what is not as is asked of all.
import { errorRate, holdsAudit, sumAudits } from '../../src/certify/audit/audit.js';
import { auditTask } from '../../src/certify/audit/audit-task.js';
import { certifyTask } from '../../src/certify/certify-task.js';
import { lines } from '../../src/certify/lines.js';
import { recheckTask } from '../../src/certify/recheck.js';
import type { Task } from '../../src/task/task.js';
import { openShipped } from './shipped.js';

/** What is wrong with the certificates and the audit of some tasks; empty when nothing is. */
export async function sweep(id: string, seed: number, count: number): Promise<readonly string[]> {
  const { context, drafts } = await openShipped(id, seed, count);
  const certified: Task[] = [];
  const failed: string[] = [];
  for (const task of drafts) {
    const judged = certifyTask(context, task);
    if ('task' in judged) certified.push(judged.task);
    else failed.push(`${task.id} ${judged.failed.line} ${JSON.stringify(judged.failed.evidence)}`);
  }
  const kinds = new Set(drafts.map(({ kind }) => kind)).size;
  const names = lines.map(({ name }) => name).join();
  const incomplete = certified.filter(
    ({ certificate }) => certificate.map(({ line }) => line).join() !== names,
  );
  const differing = certified.filter((task) => recheckTask(context, task).differences.length > 0);
  const capped = certified.filter(({ certificate }) =>
    certificate.some(({ evidence }) => evidence['capped'] === true),
  );
  const audit = sumAudits(certified.map((task) => auditTask(context, task)));
  context.world.dispose();
  const errors = audit.exceptions.map((exception) => JSON.stringify(exception));
  const rejected = errorRate(audit.solutions);
  const few = Math.ceil(count / 20);
  return [
    ...(drafts.length === count && kinds === 5 ? [] : [`${drafts.length} tasks of ${kinds} kinds`]),
    ...failed.slice(few),
    ...incomplete.map((task) => `${task.id} lacks lines`),
    ...differing.map((task) => `${task.id} is found otherwise`),
    ...(capped.length <= few ? [] : [`${capped.length} searches were cut short`]),
    ...(rejected < 0.005 && holdsAudit(audit) ? [] : [`${rejected} of solutions rejected`, ...errors]),
    ...(audit.nearMisses.played > 10 * certified.length ? [] : ['too few near misses']),
    ...(audit.solutions.played > 3 * certified.length ? [] : ['too few solutions']),
  ];
}
