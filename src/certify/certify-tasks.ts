// Certifies, rechecks or audits tasks on worker threads, in chunks. What comes back stands in the order
// of the tasks, so that nothing depends on how many workers there are.
import { runJobs } from '../../sandbox/pool.js';
import { Bug } from '../core/errors.js';
import { hashJson } from '../core/hash.js';
import type { OnProgress } from '../core/progress.js';
import type { Task } from '../task/task.js';
import type { TaskAudit } from './audit/audit-task.js';
import type { CertifyJob, CertifyOutcome, CertifySubject } from './certify-job.js';
import type { Certified } from './certify-task.js';
import type { Recheck } from './recheck.js';

export interface CertifyOptions {
  readonly workers: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

const tasksAJob = 5;

export async function certifyTasks(
  subject: CertifySubject,
  tasks: readonly Task[],
  options: CertifyOptions,
): Promise<readonly Certified[]> {
  const outcomes = await perform(subject, tasks, 'certify', options);
  return outcomes.flatMap((outcome) => (outcome.work === 'certify' ? outcome.tasks : []));
}

export async function recheckTasks(
  subject: CertifySubject,
  tasks: readonly Task[],
  options: CertifyOptions,
): Promise<readonly Recheck[]> {
  const outcomes = await perform(subject, tasks, 'recheck', options);
  return outcomes.flatMap((outcome) => (outcome.work === 'recheck' ? outcome.tasks : []));
}

export async function auditTasks(
  subject: CertifySubject,
  tasks: readonly Task[],
  options: CertifyOptions,
): Promise<readonly TaskAudit[]> {
  const outcomes = await perform(subject, tasks, 'audit', options);
  return outcomes.flatMap((outcome) => (outcome.work === 'audit' ? outcome.tasks : []));
}

async function perform(
  subject: CertifySubject,
  tasks: readonly Task[],
  work: CertifyJob['work'],
  { workers, signal, onProgress }: CertifyOptions,
): Promise<readonly CertifyOutcome[]> {
  const { domain, emitted, state } = subject;
  const key = `${emitted.hash} ${hashJson(state)}`;
  const jobs = Array.from({ length: Math.ceil(tasks.length / tasksAJob) }, (_, chunk): CertifyJob => ({
    key,
    subject: { domain, emitted, state },
    work,
    tasks: tasks.slice(chunk * tasksAJob, (chunk + 1) * tasksAJob),
  }));
  const outcomes = await runJobs<CertifyJob, CertifyOutcome>(
    new URL('./certify-job.js', import.meta.url),
    jobs,
    {
      workers,
      ...(signal === undefined ? {} : { signal }),
      onProgress: (done) =>
        onProgress?.({
          subject: emitted.id,
          phase: work,
          done: Math.min(tasks.length, done * tasksAJob),
          total: tasks.length,
        }),
    },
  );
  return outcomes.map((outcome) => {
    if (!outcome.ok) throw new Bug(`a worker was lost: ${outcome.fault.message}`);
    return outcome.value;
  });
}
