// Workers under a watchdog: what no fuel limit stops ends with its worker, and only its job knows.
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../sandbox/guest-api.js';
import { runJobs, type JobOptions } from '../../sandbox/pool.js';
import { smallState, withTools } from './small-domain.js';

const program = withTools(`
  join: () => ok((new Array(1e9) + '').length),
  indexOf: () => ok(new Array(1e9).indexOf(1)),
  text: () => { const s = 'ab'.repeat(5e6); for (const c of 'ab') s.split(c).join('xx').lastIndexOf('q'.repeat(1e6)); for (;;) s.indexOf('b'.repeat(1e6) + 'c'); },
  deep: () => { try { return ok(JSON.parse('['.repeat(200000))); } catch { return ok('caught'); } },
`);
const state = smallState();

interface Job {
  readonly program: typeof program;
  readonly state: typeof state;
  readonly tool: string;
  readonly wait?: number;
}

const job = (tool: string, wait?: number): Job =>
  wait === undefined ? { program, state, tool } : { program, state, tool, wait };

const run = (jobs: readonly Job[], options: JobOptions): ReturnType<typeof runJobs<Job, Reply>> =>
  runJobs<Job, Reply>(new URL('./pool-job.mjs', import.meta.url), jobs, options);

const right = { ok: true, value: { type: 'result', value: 6 } };
const hung = { ok: false, fault: { boundary: 'sandbox', kind: 'watchdog' } };

describe('a pool of workers', () => {
  it('ends a native loop as a fault of its own job, while the others give their results', async () => {
    const tools = ['total_fines', 'join', 'total_fines', 'indexOf', 'total_fines', 'total_fines'];
    const found = await run(
      tools.map((tool) => job(tool)),
      { workers: 2, watchdog: 700 },
    );
    expect(found).toMatchObject(tools.map((tool) => (tool === 'total_fines' ? right : hung)));
  });

  it('gives results in the order of the jobs with any number of workers, and counts them', async () => {
    const jobs = [job('total_fines', 300), job('list_loans'), job('deep', 100), job('no_such_tool')];
    const counts: number[] = [];
    const found = await Promise.all(
      [0, 1, 2, 3].map((workers) => run(jobs, { workers, onProgress: (done) => counts.push(done) })),
    );
    for (const result of found) expect(result).toEqual(found[0]);
    expect(found[0]?.[0]).toMatchObject(right);
    expect(found[0]?.[2]).toMatchObject({ value: { value: 'caught' } });
    expect(found[0]?.[3]).toMatchObject({ value: { fault: { kind: 'unknown-tool' } } });
    expect(counts.toSorted((one, other) => one - other)).toEqual([
      1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4,
    ]);
  });

  it('does not take slow work outside the guest for a hang', async () => {
    expect(await run([job('total_fines', 900)], { workers: 1, watchdog: 200 })).toMatchObject([right]);
  });

  it('reports a worker that dies as a fault of its job', async () => {
    const found = await run([job('exit'), job('total_fines')], { workers: 1 });
    expect(found).toMatchObject([{ ok: false, fault: { kind: 'crash' } }, right]);
  });

  it('rejects with what a job threw: that is a bug', async () => {
    await expect(run([job('total_fines'), job('bug')], { workers: 2 })).rejects.toThrow('a bug of ours');
  });

  it('stops at once when it is told to', async () => {
    const stop = new AbortController();
    const started = performance.now();
    setTimeout(() => stop.abort(new Error('stopped by hand')), 400);
    const running = run([job('join'), job('total_fines', 60_000)], { workers: 2, signal: stop.signal });
    await expect(running).rejects.toThrow('stopped by hand');
    expect(performance.now() - started).toBeLessThan(3000);
    await expect(run([job('join')], { workers: 1, signal: stop.signal })).rejects.toThrow('stopped by hand');
  });
});
