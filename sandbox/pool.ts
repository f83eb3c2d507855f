// Jobs on worker threads under a watchdog. A worker is the unit of killing: native code that no fuel
// limit can stop ends with its worker, as a fault of its job; the other jobs never hear of it.
// Results come in the order of the jobs, so that nothing depends on how many workers there are.
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { Bug } from '../src/core/errors.js';
import { compiledUrl } from './compiled.js';
import type { Answer } from './guest-api.js';
import { sandboxFault } from './limits.js';
import type { WorkerJob, WorkerReply } from './worker.js';

export interface PoolOptions {
  /** Worker threads, at least one. */
  readonly workers: number;
  /** Ends the work at once; what is awaited is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** How long one call into a guest may take, in milliseconds. */
  readonly watchdog?: number;
}

export interface JobOptions extends PoolOptions {
  readonly onProgress?: (done: number) => void;
}

/** Threads that stay for several rounds of jobs, and with them what a job's module keeps. */
export interface Pool {
  /**
   * Runs `runJob(job)`, which the module exports, for each job. A job whose worker hung or died is a
   * fault; a job that threw is a bug and rejects.
   */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- says what crosses to the worker
  run<Job, Result>(
    moduleUrl: URL,
    jobs: readonly Job[],
    onProgress?: (done: number) => void,
  ): Promise<readonly Answer<Result>[]>;
  close(): Promise<void>;
}

const usualWatchdog = 10_000;
/** Deep recursion in the engine must meet the engine's own limit before V8's. */
const stackSizeMb = 16;

/** Runs jobs on a pool of their own. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- says what crosses to the worker
export async function runJobs<Job, Result>(
  moduleUrl: URL,
  jobs: readonly Job[],
  { workers, onProgress, ...options }: JobOptions,
): Promise<readonly Answer<Result>[]> {
  options.signal?.throwIfAborted();
  if (jobs.length === 0) return [];
  const pool = openPool({ ...options, workers: Math.min(workers, jobs.length) });
  try {
    return await pool.run<Job, Result>(moduleUrl, jobs, onProgress);
  } finally {
    await pool.close();
  }
}

export function openPool({ workers, signal, watchdog = usualWatchdog }: PoolOptions): Pool {
  const threads = Math.max(1, workers);
  const pool = new Piscina({
    filename: fileURLToPath(compiledUrl(new URL('./worker.js', import.meta.url))),
    name: 'work',
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: 1,
    atomics: 'disabled',
    resourceLimits: { stackSizeMb },
  });
  return {
    run: (moduleUrl, jobs, onProgress) => runIn(pool, { signal, watchdog }, moduleUrl, jobs, onProgress),
    close: () => pool.destroy(),
  };
}

async function runIn<Result>(
  pool: Piscina,
  { signal, watchdog }: { readonly signal: AbortSignal | undefined; readonly watchdog: number },
  moduleUrl: URL,
  jobs: readonly unknown[],
  onProgress?: (done: number) => void,
): Promise<readonly Answer<Result>[]> {
  signal?.throwIfAborted();
  if (jobs.length === 0) return [];
  const counters = new Int32Array(new SharedArrayBuffer(4 * jobs.length));
  const watch = watchCounters(counters, watchdog);
  const module = compiledUrl(moduleUrl).href;
  let done = 0;
  const perform = async (job: unknown, slot: number): Promise<Answer<Result>> => {
    const kill = watch.killerOf(slot);
    try {
      const task: WorkerJob = { module, job, counters, slot };
      const reply = (await pool.run(task, { signal: kill.signal })) as WorkerReply;
      if (!reply.ok) throw new Bug(`a job failed: ${reply.error}`);
      return { ok: true, value: reply.value as Result };
    } catch (error) {
      if (error instanceof Bug) throw error;
      return { ok: false, fault: sandboxFault(kill.signal.aborted ? 'watchdog' : 'crash') };
    } finally {
      if (signal?.aborted !== true) onProgress?.(++done);
    }
  };
  const aborted = rejectOnAbort(signal);
  try {
    return await Promise.race([Promise.all(jobs.map(perform)), aborted.promise]);
  } finally {
    aborted.forget();
    watch.stop();
  }
}

/** A promise that is never kept, and is broken when the signal says so. */
function rejectOnAbort(signal: AbortSignal | undefined): { promise: Promise<never>; forget(): void } {
  let forget = (): void => undefined;
  const promise = new Promise<never>((_, reject) => {
    const stop = (): void => reject(signal?.reason as Error);
    signal?.addEventListener('abort', stop);
    forget = () => signal?.removeEventListener('abort', stop);
  });
  return { promise, forget };
}

/** Aborts a job whose counter (heartbeat.ts) has stood still inside the guest for too long. */
function watchCounters(
  counters: Int32Array,
  longest: number,
): { killerOf(slot: number): AbortController; stop(): void } {
  const killers = new Map<number, AbortController>();
  const seen = new Map<number, { readonly count: number; readonly since: number }>();
  const timer = setInterval(
    () => {
      const now = performance.now();
      for (const [slot, killer] of killers) {
        const count = Atomics.load(counters, slot);
        const last = seen.get(slot);
        if (last?.count !== count) seen.set(slot, { count, since: now });
        else if (count % 2 !== 0 && now - last.since > longest) killer.abort();
      }
    },
    Math.max(10, longest / 20),
  );
  return {
    killerOf(slot) {
      const killer = new AbortController();
      killers.set(slot, killer);
      return killer;
    },
    stop: () => clearInterval(timer),
  };
}
