// What a worker thread runs: one job at a time, counting its ways into the guest for the watchdog.
import { beatInto } from './heartbeat.js';

export interface WorkerJob {
  /** URL of a module that exports `runJob`. */
  readonly module: string;
  readonly job: unknown;
  readonly counters: Int32Array;
  readonly slot: number;
}

/** A job's own error is told as text: it is a bug, and its class does not cross threads. */
export type WorkerReply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: string };

export async function work({ module, job, counters, slot }: WorkerJob): Promise<WorkerReply> {
  beatInto(counters, slot);
  try {
    const { runJob } = (await import(module)) as { runJob: (job: unknown) => unknown };
    return { ok: true, value: await runJob(job) };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  } finally {
    beatInto(null, 0);
  }
}
