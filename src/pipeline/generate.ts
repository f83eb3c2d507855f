// Spec → folder, in the order of the design: check, graph, emit, seed, verify, compose, write. The
// folder appears whole at the end; a rejected domain goes beside it, so that an earlier one stays.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runJobs } from '../../sandbox/pool.js';
import { Bug, must } from '../core/errors.js';
import type { OnProgress } from '../core/progress.js';
import { fail, formatIssue, ok, type Result } from '../core/result.js';
import { emitDomain } from '../emit/emit.js';
import { typeCheck } from '../emit/type-check.js';
import { buildGraph } from '../graph/build.js';
import type { Domain } from '../spec/model.js';
import { reportText } from '../verify/report-text.js';
import type { Level } from '../verify/report.js';
import { verifyDomain } from '../verify/verify.js';
import { seedState } from '../world/seed.js';
import type { ComposeJob, ComposeOutcome } from './compose-job.js';
import { rejectedPath } from './find-folders.js';
import { folderFiles } from './folder.js';
import { checkFolderPlace } from './place.js';
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
  /** Replaces an earlier folder also where it was edited by hand. */
  readonly force?: boolean;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}

/** Generates one domain; issues when its seeding is impossible, or its place is taken by something else. */
export async function generateDomain(
  domain: Domain,
  options: GenerateOptions,
): Promise<Result<DomainSummary>> {
  const { seed, workers, level, onProgress, signal } = options;
  const taken = checkFolderPlace(options.out, domain.id, options.force === true);
  if (taken.length > 0) return fail(taken);
  const phases: Record<string, number> = {};
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
  if (report.admitted) await rm(rejectedPath(target), { recursive: true, force: true });
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
