// Spec → folder, in the order of the design: check, graph, emit, seed, verify, compose, certify, write. The
// folder appears whole at the end; a rejected domain goes beside it, so that an earlier one stays.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Bug } from '../core/errors.js';
import type { OnProgress } from '../core/progress.js';
import { fail, formatIssue, ok, type Result } from '../core/result.js';
import { emitDomain } from '../emit/emit.js';
import { typeCheck } from '../emit/type-check.js';
import { buildGraph } from '../graph/build.js';
import type { Domain } from '../spec/model.js';
import type { Level } from '../verify/report.js';
import { verifyDomain } from '../verify/verify.js';
import { seedState } from '../world/seed.js';
import { rejectedPath } from './find-folders.js';
import { folderFiles } from './folder.js';
import { folderReport } from './folder-report.js';
import { makeTasks } from './make-tasks.js';
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

  const subject = { domain, emitted, state, seed };
  const made = await timed('compose and certify', () =>
    makeTasks(subject, report.admitted ? options.tasks : 0, pooled),
  );
  const folder = { seed, domain, emitted, graph, state, procedures, report, ...made };
  const target = join(options.out, domain.id);
  const path = report.admitted ? target : rejectedPath(target);
  signal?.throwIfAborted();
  await timed('write', () => writeFolder(path, folderFiles({ ...folder, reportText: folderReport(folder) })));
  if (report.admitted) await rm(rejectedPath(target), { recursive: true, force: true });
  return ok(summariseDomain(path, report, folder, phases));
}
