// Certifies, rechecks and audits tasks of a shipped domain, and expects of them what is asked of all.
import { expect } from 'vitest';
import { errorRate, holdsAudit, sumAudits } from '../../src/certify/audit/audit.js';
import { auditTask } from '../../src/certify/audit/audit-task.js';
import { certifyTask } from '../../src/certify/certify-task.js';
import { lines } from '../../src/certify/lines.js';
import { recheckTask } from '../../src/certify/recheck.js';
import type { Task } from '../../src/task/task.js';
import { openShipped } from './shipped.js';

export async function sweep(id: string, seed: number, count: number): Promise<void> {
  const { context, drafts } = await openShipped(id, seed, count);
  const certified: Task[] = [];
  const failed: string[] = [];
  for (const task of drafts) {
    const judged = certifyTask(context, task);
    if ('task' in judged) certified.push(judged.task);
    else failed.push(`${task.id} ${judged.failed.line} ${JSON.stringify(judged.failed.evidence)}`);
  }
  expect(drafts).toHaveLength(count);
  expect(failed.slice(Math.ceil(count / 20))).toEqual([]);
  expect(new Set(drafts.map(({ kind }) => kind)).size).toBe(5);
  for (const task of certified) {
    expect(task.certificate.map(({ line }) => line)).toEqual(lines.map(({ name }) => name));
    expect(recheckTask(context, task).differences).toEqual([]);
  }
  const capped = certified.filter(({ certificate }) =>
    certificate.some(({ evidence }) => evidence['capped'] === true),
  );
  expect(capped.length).toBeLessThanOrEqual(Math.ceil(certified.length / 20));
  const audit = sumAudits(certified.map((task) => auditTask(context, task)));
  expect(audit.exceptions.filter(({ what }) => what !== 'solution rejected')).toEqual([]);
  expect(errorRate(audit.solutions), JSON.stringify(audit.exceptions)).toBeLessThan(0.005);
  expect(holdsAudit(audit)).toBe(true);
  expect(audit.nearMisses.played).toBeGreaterThan(10 * certified.length);
  expect(audit.solutions.played).toBeGreaterThan(3 * certified.length);
  context.world.dispose();
}
