// Certifies, rechecks or audits tasks on the threads of a pool, in chunks. What comes back stands in the
// order of the tasks, so that nothing depends on how many threads there are.
import type { Pool } from '../../sandbox/pool.js';
import { Bug } from '../core/errors.js';
import { hashJson } from '../core/hash.js';
import type { Task } from '../task/task.js';
import type { TaskAudit } from './audit/audit-task.js';
import type { CertifyJob, CertifyOutcome, CertifySubject, Judged } from './certify-job.js';
import type { Recheck } from './recheck.js';

/** Told how many of the tasks are done. */
type OnDone = (done: number) => void;

const tasksAJob = 5;

export async function certifyTasks(
  pool: Pool,
  subject: CertifySubject,
  tasks: readonly Task[],
  onDone?: OnDone,
): Promise<readonly Judged[]> {
  const outcomes = await perform(pool, subject, tasks, 'certify', onDone);
  return outcomes.flatMap((outcome) => (outcome.work === 'certify' ? outcome.tasks : []));
}

export async function recheckTasks(
  pool: Pool,
  subject: CertifySubject,
  tasks: readonly Task[],
  onDone?: OnDone,
): Promise<readonly Recheck[]> {
  const outcomes = await perform(pool, subject, tasks, 'recheck', onDone);
  return outcomes.flatMap((outcome) => (outcome.work === 'recheck' ? outcome.tasks : []));
}

export async function auditTasks(
  pool: Pool,
  subject: CertifySubject,
  tasks: readonly Task[],
  onDone?: OnDone,
): Promise<readonly TaskAudit[]> {
  const outcomes = await perform(pool, subject, tasks, 'audit', onDone);
  return outcomes.flatMap((outcome) => (outcome.work === 'audit' ? outcome.tasks : []));
}

async function perform(
  pool: Pool,
  { domain, emitted, state }: CertifySubject,
  tasks: readonly Task[],
  work: CertifyJob['work'],
  onDone?: OnDone,
): Promise<readonly CertifyOutcome[]> {
  const key = `${emitted.hash} ${hashJson(state)}`;
  const jobs = Array.from({ length: Math.ceil(tasks.length / tasksAJob) }, (_, chunk): CertifyJob => ({
    key,
    subject: { domain, emitted, state },
    work,
    tasks: tasks.slice(chunk * tasksAJob, (chunk + 1) * tasksAJob),
  }));
  const outcomes = await pool.run<CertifyJob, CertifyOutcome>(
    new URL('./certify-job.js', import.meta.url),
    jobs,
    (done) => onDone?.(Math.min(tasks.length, done * tasksAJob)),
  );
  return outcomes.map((outcome) => {
    if (!outcome.ok) throw new Bug(`a worker was lost: ${outcome.fault.message}`);
    return outcome.value;
  });
}
