// Spec → folder, in the order of the design: check, graph, emit, seed, verify, compose, write. The
// folder appears whole at the end; a rejected domain goes beside it, so that an earlier one stays.
import { join } from 'node:path';
import { runJobs } from '../../sandbox/pool.js';
import { Bug, must } from '../core/errors.js';
import type { OnProgress } from '../core/progress.js';
import { formatIssue, ok, type Result } from '../core/result.js';
import { emitDomain } from '../emit/emit.js';
import { typeCheck } from '../emit/type-check.js';
import { buildGraph } from '../graph/build.js';
import { readSpec } from '../spec/read.js';
import { reportText } from '../verify/report-text.js';
import type { Level } from '../verify/report.js';
import { verifyDomain } from '../verify/verify.js';
import { seedState } from '../world/seed.js';
import type { ComposeJob, ComposeOutcome } from './compose-job.js';
import { rejectedPath } from './find-folders.js';
import { folderFiles } from './folder.js';
import { summariseDomain, type DomainSummary } from './summary.js';
import { writeFolder } from './write-folder.js';

export interface GenerateOptions {
  readonly seed: string;
  /** How many tasks to publish. */
  readonly tasks: number;
  /** The folder that domains' folders go into. */
  readonly out: string;
  readonly workers: number;
  readonly level: Level;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}

/** Generates one domain from the text of its spec; issues when the spec or its seeding is impossible. */
export async function generateDomain(text: string, options: GenerateOptions): Promise<Result<DomainSummary>> {
  const { seed, workers, level, onProgress, signal } = options;
  const phases: Record<string, number> = {};
  const read = readSpec(text);
  if (!read.ok) return read;
  const domain = read.value;
  const timed = async <T>(phase: string, work: () => T | Promise<T>): Promise<T> => {
    signal?.throwIfAborted();
    onProgress?.({ subject: domain.id, phase, done: 0, total: 0 });
    const started = performance.now();
    const value = await work();
    phases[phase] = (performance.now() - started) / 1000;
    return value;
  };

  const graph = await timed('graph', () => buildGraph(domain));
  const emitted = await timed('emit', () => emitDomain(domain));
  const problems = await timed('type-check', () => typeCheck(emitted.files));
  if (problems.length > 0)
    throw new Bug(`emitted code: ${problems.map((issue) => formatIssue(issue)).join('; ')}`);
  const seeded = await timed('seed', () => seedState(domain, seed));
  if (!seeded.ok) return seeded;
  const state = seeded.value;
  const pooled = { workers, ...(onProgress && { onProgress }), ...(signal && { signal }) };
  const proof = await verifyDomain(domain, emitted, state, { seed, level, ...pooled });
  const { report, procedures, seconds } = proof;
  phases['verify'] = seconds.total;
  phases['study of survivors'] = seconds.study;

  const composed = report.admitted
    ? await timed('compose', () => compose({ domain, emitted, state, seed, count: options.tasks }, options))
    : { tasks: [], rejected: {} };
  const folder = { seed, domain, emitted, graph, state, procedures, report, ...composed };
  const target = join(options.out, domain.id);
  const path = report.admitted ? target : rejectedPath(target);
  signal?.throwIfAborted();
  await timed('write', () =>
    writeFolder(path, folderFiles({ ...folder, reportText: reportText(report, emitted) })),
  );
  return ok(summariseDomain(path, report, folder, phases));
}

async function compose(job: ComposeJob, { signal }: GenerateOptions): Promise<ComposeOutcome> {
  const [outcome] = await runJobs<ComposeJob, ComposeOutcome>(
    new URL('./compose-job.js', import.meta.url),
    [job],
    {
      workers: 1,
      ...(signal && { signal }),
    },
  );
  const composed = must(outcome, 'the composed tasks');
  if (!composed.ok) throw new Bug(`composing tasks: ${composed.fault.message}`);
  return composed.value;
}
