// Plays an agent over tasks on worker threads and sums up. Episodes come back in task order, so the
// figures and the trajectories do not depend on the number of workers.
import type { OnProgress } from '../core/progress.js';
import type { Seed } from '../core/rng.js';
import type { Episode } from '../env/protocol.js';
import { runJobs } from '../../sandbox/pool.js';
import { Bug, must } from '../core/errors.js';
import { agentMembers } from './agents.js';
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

/** Figures as fractions of 1; faults of the world are left out and counted. */
export interface Summary {
  readonly agent: string;
  readonly split: Split;
  readonly tasks: number;
  readonly episodes: number;
  /** Episodes that broke in the sandbox, a model or a transport: in no other figure of success. */
  readonly excluded: number;
  readonly success: number;
  readonly passK: Readonly<Record<string, number>>;
  /** Wilson's 95% interval of success. */
  readonly interval: readonly [number, number];
  readonly policyViolations: number;
  readonly wrongWrites: number;
  readonly faults: number;
  readonly meanSteps: number;
  readonly meanCandidates: number;
  /** Of one worker. */
  readonly stepsPerSecond: number;
  readonly byKind: Readonly<Record<string, { readonly tasks: number; readonly success: number }>>;
}

export interface Evaluation {
  readonly summary: Summary;
  readonly episodes: readonly Episode[];
}

const tasksPerJob = 20;

/** An agent and the domains it plays. */
interface Entry {
  readonly agent: string;
  readonly domains: readonly BenchmarkDomain[];
}

/** Plays one agent over the tasks of the split. */
export async function evaluate(
  domains: readonly BenchmarkDomain[],
  options: EvaluateOptions,
): Promise<Evaluation> {
  const [evaluation] = await evaluateEach([{ agent: options.agent, domains }], options);
  return must(evaluation, 'the evaluation');
}

/**
 * Every member of a family of agents (each constant refuser, say) over each domain by itself. The
 * best member by success is what a family is reported as.
 */
export async function evaluateFamily(
  domains: readonly BenchmarkDomain[],
  options: EvaluateOptions,
): Promise<{ readonly best: Evaluation; readonly each: readonly Summary[] }> {
  const entries = domains.flatMap((domain) =>
    agentMembers(options.agent, domain.emitted).map((agent) => ({ agent, domains: [domain] })),
  );
  const evaluations = await evaluateEach(entries, options);
  const best = evaluations.reduce((left, right) =>
    right.summary.success > left.summary.success ? right : left,
  );
  return { best, each: evaluations.map(({ summary }) => summary) };
}

/** All entries on one pool of workers. */
async function evaluateEach(
  entries: readonly Entry[],
  options: EvaluateOptions,
): Promise<readonly Evaluation[]> {
  const jobs = entries.flatMap((entry, at) =>
    entry.domains.flatMap((domain) => cut(entry.agent, domain, options).map((job) => ({ at, job }))),
  );
  const outcomes = await runJobs<EvaluateJob, EvaluateOutcome>(
    new URL('./evaluate-job.js', import.meta.url),
    jobs.map(({ job }) => job),
    {
      workers: options.workers,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      onProgress: (done) =>
        options.onProgress?.({ subject: options.agent, phase: 'play', done, total: jobs.length }),
    },
  );
  const done = outcomes.map((outcome, index) => {
    if (!outcome.ok) throw new Bug(`a worker was lost: ${outcome.fault.message}`);
    return { at: jobs[index]?.at, ...outcome.value };
  });
  return entries.map(({ agent, domains }, entry) => {
    const mine = done.filter(({ at }) => at === entry);
    const episodes = mine.flatMap((outcome) => outcome.episodes);
    const seconds = mine.reduce((total, outcome) => total + outcome.seconds, 0);
    const kinds = new Map(domains.flatMap(({ tasks }) => tasks.map(({ id, kind }) => [id, kind] as const)));
    return { summary: summarise({ ...options, agent }, episodes, kinds, seconds), episodes };
  });
}

function cut(agent: string, domain: BenchmarkDomain, { split, runs, seed }: EvaluateOptions): EvaluateJob[] {
  const tasks = selectSplit(domain.tasks, split);
  const { emitted, state } = domain;
  return Array.from({ length: Math.ceil(tasks.length / tasksPerJob) }, (_, chunk) => ({
    world: { domain: domain.domain, emitted, state },
    tasks: tasks.slice(chunk * tasksPerJob, (chunk + 1) * tasksPerJob),
    agent,
    runs,
    seed,
  }));
}

/** A fault of the world says nothing of the agent; an agent that throws has failed. */
function isJudged({ end, faults }: Episode): boolean {
  return end !== 'fault' || faults.at(-1)?.boundary === 'agent';
}

function summarise(
  options: EvaluateOptions,
  episodes: readonly Episode[],
  kinds: ReadonlyMap<string, string>,
  seconds: number,
): Summary {
  const judged = episodes.filter(isJudged);
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
    excluded: episodes.length - judged.length,
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
