// Tasks with complete certificates: composed on one thread and certified on the others, chunk by chunk,
// until as many as asked for have passed every line, or composing finds no more. The next chunk is
// composed while one is certified. Chunks are cut by what was asked for alone and tasks are published in
// the order in which they were composed, so nothing depends on how many threads there are or how fast.
import { openPool, type Pool } from '../../sandbox/pool.js';
import { sumAudits, type Audit } from '../certify/audit/audit.js';
import type { Judged } from '../certify/certify-job.js';
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
  /** Of the grader, over the tasks. */
  readonly audit: Audit;
}

type Subject = Omit<ComposeJob, 'from' | 'count'>;

const largestChunk = 20;
const phase = 'compose and certify';

/** Up to `count` certified tasks. */
export async function makeTasks(subject: Subject, count: number, options: MakeOptions): Promise<MadeTasks> {
  if (count === 0) return { tasks: [], rejected: {}, audit: sumAudits([]) };
  const { workers, signal, onProgress } = options;
  const pooled = signal === undefined ? {} : { signal };
  const composers = openPool({ ...pooled, workers: 1 });
  const certifiers = openPool({ ...pooled, workers });
  const report = (done: number): void =>
    onProgress?.({ subject: subject.domain.id, phase, done, total: count });
  try {
    return await makeIn(composers, certifiers, subject, count, report);
  } finally {
    await Promise.all([composers.close(), certifiers.close()]);
  }
}

interface Chunk {
  readonly composed: Composed;
  readonly judged: Promise<readonly Judged[]>;
}

async function makeIn(
  composers: Pool,
  certifiers: Pool,
  subject: Subject,
  count: number,
  report: (done: number) => void,
): Promise<MadeTasks> {
  const size = Math.min(largestChunk, Math.max(4, Math.ceil(count * 1.2)));
  const made: Extract<Judged, { task: Task }>[] = [];
  const failed = new Map<string, number>();
  let composed: Composed = { tasks: [], rejected: {} };
  const chunkAt = async (index: number): Promise<Chunk> => {
    const next = await compose(composers, { ...subject, from: index * size, count: size });
    return { composed: next, judged: late(certifyTasks(certifiers, subject, next.tasks)) };
  };
  let next = late(chunkAt(0));
  for (let index = 1; made.length < count; index++) {
    const chunk = await next;
    const isLast = chunk.composed.tasks.length < size;
    if (!isLast) next = late(chunkAt(index));
    composed = chunk.composed;
    for (const judged of await chunk.judged) {
      if ('task' in judged) made.push(judged);
      else failed.set(judged.failed.line, (failed.get(judged.failed.line) ?? 0) + 1);
    }
    report(Math.min(count, made.length));
    if (isLast) break;
  }
  const published = made.slice(0, count);
  const byLine = [...failed].map(([line, times]) => [`certify:${line}`, times] as const);
  return {
    tasks: published.map(({ task }) => task),
    rejected: {
      ...composed.rejected,
      ...Object.fromEntries(byLine.sort(([one], [other]) => (one < other ? -1 : 1))),
    },
    audit: sumAudits(published.map(({ audit }) => audit)),
  };
}

/** A promise that may be awaited late or, when enough was made before, never. */
function late<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

async function compose(pool: Pool, job: ComposeJob): Promise<Composed> {
  const [outcome] = await pool.run<ComposeJob, Composed>(new URL('./compose-job.js', import.meta.url), [job]);
  const composed = must(outcome, 'the composed tasks');
  if (!composed.ok) throw new Bug(`composing tasks: ${composed.fault.message}`);
  return composed.value;
}
