// Composes tasks and certifies them on all workers, in rounds, until as many as asked for have passed
// every line, or composing finds no more. How large a round is depends on what passed so far and never
// on the number of workers, and tasks are published in the order in which they were composed.
import { runJobs } from '../../sandbox/pool.js';
import { certifyTasks } from '../certify/certify-tasks.js';
import { Bug, must } from '../core/errors.js';
import type { OnProgress } from '../core/progress.js';
import type { Composed } from '../task/compose.js';
import type { Task } from '../task/task.js';
import type { ComposeJob } from './compose-job.js';

export interface MakeOptions {
  readonly workers: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

export interface MadeTasks {
  readonly tasks: readonly Task[];
  /** Why attempts did not become tasks: `do:asked-before` in composing, `certify:null-fails` by line. */
  readonly rejected: Readonly<Record<string, number>>;
}

const rounds = 6;

/** Up to `count` tasks with complete certificates. */
export async function makeTasks(
  subject: Omit<ComposeJob, 'count'>,
  count: number,
  options: MakeOptions,
): Promise<MadeTasks> {
  const judged = new Map<string, Task | null>();
  const failed = new Map<string, number>();
  let composed: Composed = { tasks: [], rejected: {} };
  let published: readonly Task[] = [];
  for (let round = 0, wanted = count; round < rounds && published.length < count; round++) {
    composed = await compose({ ...subject, count: wanted }, options);
    const fresh = composed.tasks.filter(({ id }) => !judged.has(id));
    for (const [index, certified] of (await certifyTasks(subject, fresh, options)).entries()) {
      const id = must(fresh[index], 'a certified task').id;
      judged.set(id, 'task' in certified ? certified.task : null);
      if ('failed' in certified) {
        const reason = `certify:${certified.failed.line}`;
        failed.set(reason, (failed.get(reason) ?? 0) + 1);
      }
    }
    published = composed.tasks.flatMap(({ id }) => judged.get(id) ?? []).slice(0, count);
    if (composed.tasks.length < wanted) break;
    wanted += 2 * (count - published.length);
  }
  const byLine = [...failed].sort(([left], [right]) => (left < right ? -1 : 1));
  return { tasks: published, rejected: { ...composed.rejected, ...Object.fromEntries(byLine) } };
}

async function compose(job: ComposeJob, { signal }: MakeOptions): Promise<Composed> {
  const [outcome] = await runJobs<ComposeJob, Composed>(new URL('./compose-job.js', import.meta.url), [job], {
    workers: 1,
    ...(signal && { signal }),
  });
  const composed = must(outcome, 'the composed tasks');
  if (!composed.ok) throw new Bug(`composing tasks: ${composed.fault.message}`);
  return composed.value;
}
