// Plays an agent over tasks on worker threads and sums up. Episodes come back in task order, so the
// figures and the trajectories do not depend on the number of workers.
import type { OnProgress } from '../core/progress.js';
import type { Seed } from '../core/rng.js';
import type { Episode } from '../env/protocol.js';
import { runJobs } from '../../sandbox/pool.js';
import { Bug } from '../core/errors.js';
import type { EvaluateJob, EvaluateOutcome } from './evaluate-job.js';
import { selectSplit, type BenchmarkDomain, type Split } from './record.js';
import { mean, passKs, wilson } from './stats.js';

export interface EvaluateOptions {
  /** null, refuse, refuse:<policy>, transfer, random, replay, oracle. */
  readonly agent: string;
  readonly split: Split;
  readonly runs: number;
  readonly seed: Seed;
  readonly workers: number;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}

/** Figures as fractions of 1; faults are left out of success and counted beside it. */
export interface Summary {
  readonly agent: string;
  readonly split: Split;
  readonly tasks: number;
  readonly episodes: number;
  readonly success: number;
  readonly passK: Readonly<Record<string, number>>;
  /** Wilson's 95% interval of success. */
  readonly interval: readonly [number, number];
  readonly policyViolations: number;
  readonly wrongWrites: number;
  readonly faults: number;
  readonly meanSteps: number;
  readonly meanCandidates: number;
  readonly stepsPerSecond: number;
  readonly byKind: Readonly<Record<string, { readonly tasks: number; readonly success: number }>>;
}

export interface Evaluation {
  readonly summary: Summary;
  readonly episodes: readonly Episode[];
}

const tasksPerJob = 10;

/** Plays one agent over the tasks of the split. */
export async function evaluate(
  domains: readonly BenchmarkDomain[],
  options: EvaluateOptions,
): Promise<Evaluation> {
  const { agent, split, runs, seed } = options;
  const jobs = domains.flatMap((domain): EvaluateJob[] => {
    const tasks = selectSplit(domain.tasks, split);
    const { tasks: _, ...world } = domain;
    return Array.from({ length: Math.ceil(tasks.length / tasksPerJob) }, (_, chunk) => ({
      world,
      tasks: tasks.slice(chunk * tasksPerJob, (chunk + 1) * tasksPerJob),
      agent,
      runs,
      seed,
    }));
  });
  const started = performance.now();
  const outcomes = await runJobs<EvaluateJob, EvaluateOutcome>(
    new URL('./evaluate-job.js', import.meta.url),
    jobs,
    {
      workers: options.workers,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      onProgress: (done) => options.onProgress?.({ subject: agent, phase: 'play', done, total: jobs.length }),
    },
  );
  const seconds = (performance.now() - started) / 1000;
  const episodes = outcomes.flatMap((outcome) => {
    if (!outcome.ok) throw new Bug(`a worker was lost: ${outcome.fault.message}`);
    return outcome.value.episodes;
  });
  const kinds = new Map(
    domains.flatMap((domain) => domain.tasks.map((task) => [task.id, task.kind] as const)),
  );
  return { summary: summarise(options, episodes, kinds, seconds), episodes };
}

/** Every constant refuser over each domain's own policies; the best of them by success. */
export async function evaluateRefusers(
  domains: readonly BenchmarkDomain[],
  options: EvaluateOptions,
): Promise<{ readonly best: Evaluation; readonly each: readonly Summary[] }> {
  const evaluations: Evaluation[] = [];
  for (const domain of domains) {
    for (const policy of domain.emitted.talkPolicies) {
      evaluations.push(await evaluate([domain], { ...options, agent: `refuse:${policy.id}` }));
    }
  }
  const best = evaluations.reduce((left, right) =>
    right.summary.success > left.summary.success ? right : left,
  );
  return { best, each: evaluations.map(({ summary }) => summary) };
}

function summarise(
  options: EvaluateOptions,
  episodes: readonly Episode[],
  kinds: ReadonlyMap<string, string>,
  seconds: number,
): Summary {
  const judged = episodes.filter((episode) => episode.end !== 'fault');
  const byTask = groupBy(judged, (episode) => episode.task);
  const runs = [...byTask.values()].map((group) => ({ n: group.length, c: solvedCount(group) }));
  const success = mean(runs.map(({ n, c }) => c / n));
  const steps = episodes.reduce((total, episode) => total + episode.steps.length, 0);
  const candidates = episodes.flatMap(({ steps }) => steps.flatMap(({ candidates }) => candidates ?? []));
  return {
    agent: options.agent,
    split: options.split,
    tasks: byTask.size,
    episodes: episodes.length,
    success,
    passK: passKs(runs),
    interval: wilson(success, byTask.size),
    policyViolations: judged.reduce((total, episode) => total + episode.violations.length, 0),
    wrongWrites: judged.reduce((total, episode) => total + episode.wrongWrites, 0),
    faults: episodes.reduce((total, episode) => total + episode.faults.length, 0),
    meanSteps: episodes.length === 0 ? 0 : steps / episodes.length,
    meanCandidates: mean(candidates),
    stepsPerSecond: seconds === 0 ? 0 : steps / seconds,
    byKind: Object.fromEntries(
      [...groupBy(judged, (episode) => kinds.get(episode.task) ?? 'unknown')]
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([kind, group]) => [
          kind,
          { tasks: new Set(group.map(({ task }) => task)).size, success: solvedCount(group) / group.length },
        ]),
    ),
  };
}

function solvedCount(episodes: readonly Episode[]): number {
  return episodes.filter((episode) => episode.end === 'solved').length;
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}
