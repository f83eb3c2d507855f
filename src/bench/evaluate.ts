// Plays an agent over tasks on worker threads and sums up. Episodes come back in task order, so the
// figures and the trajectories do not depend on the number of workers.
import type { OnProgress } from '../core/progress.js';
import type { Seed } from '../core/rng.js';
import { brokenEpisode } from '../env/broken-episode.js';
import type { Episode } from '../env/protocol.js';
import { runJobs } from '../../sandbox/pool.js';
import { must } from '../core/errors.js';
import { agentMembers } from './agents.js';
import type { EvaluateJob, EvaluateOutcome } from './evaluate-job.js';
import { inOrder, playsLeft, playsOf, type Play } from './plays.js';
import type { BenchmarkDomain, Split } from './record.js';
import { summarise, type Summary } from './summarise.js';

export interface EvaluateOptions {
  /** A name of agents.ts: null, yes, refuse, refuse:<policy>, transfer, random, replay, oracle. */
  readonly agent: string;
  readonly split: Split;
  readonly runs: number;
  readonly seed: Seed;
  readonly workers: number;
  /** Episodes of an earlier evaluation: what they judge is not played again. */
  readonly done?: readonly Episode[];
  /** How long one call into a guest may take, in milliseconds. */
  readonly watchdog?: number;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
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
  const { split, runs, done = [] } = options;
  const planned = entries.map((entry) => ({ ...entry, plays: playsOf(entry.domains, split, runs) }));
  const jobs = planned.flatMap(({ agent, plays }, at) =>
    cut(agent, playsLeft(plays, done), options).map((job) => ({ at, job })),
  );
  const outcomes = await playJobs(
    jobs.map(({ job }) => job),
    options,
  );
  return planned.map(({ agent, domains, plays }, entry) => {
    const mine = outcomes.filter((_, index) => jobs[index]?.at === entry);
    const fresh = mine.flatMap(({ episodes }) => episodes);
    const seconds = mine.reduce((total, outcome) => total + outcome.seconds, 0);
    const steps = fresh.reduce((total, episode) => total + episode.steps.length, 0);
    const episodes = inOrder(plays, [...done, ...fresh]);
    const tasks = domains.flatMap((domain) => domain.tasks);
    const subject = { ...options, agent, seed: String(options.seed), tasks };
    const pace = { stepsPerSecond: seconds === 0 ? 0 : steps / seconds };
    return { summary: summarise(subject, episodes, pace), episodes };
  });
}

/**
 * What each job gave. One that was lost with its worker is played again, each play by itself, so that
 * one play which hangs takes no other with it.
 */
async function playJobs(
  jobs: readonly EvaluateJob[],
  options: EvaluateOptions,
): Promise<readonly EvaluateOutcome[]> {
  const first = await run(jobs, 'play', options);
  const lost = jobs.flatMap((job, at) => (first[at]?.ok === true ? [] : [{ at, job }]));
  const single = lost.flatMap(({ at, job }) =>
    job.plays.map((play) => ({ at, job: { ...job, plays: [play] } })),
  );
  const again = await run(
    single.map(({ job }) => job),
    'play again',
    options,
  );
  return first.map((outcome, at): EvaluateOutcome => {
    if (outcome.ok) return outcome.value;
    const parts = again.flatMap((answer, index): EvaluateOutcome[] => {
      const { job, at: of } = must(single[index], 'a play');
      if (of !== at) return [];
      if (answer.ok) return [answer.value];
      const episodes = job.plays.map(({ task, run }) => brokenEpisode(task.id, job.agent, run, answer.fault));
      return [{ episodes, seconds: 0 }];
    });
    return {
      episodes: parts.flatMap(({ episodes }) => episodes),
      seconds: parts.reduce((total, { seconds }) => total + seconds, 0),
    };
  });
}

function run(
  jobs: readonly EvaluateJob[],
  phase: string,
  { agent, workers, watchdog, signal, onProgress }: EvaluateOptions,
): ReturnType<typeof runJobs<EvaluateJob, EvaluateOutcome>> {
  return runJobs<EvaluateJob, EvaluateOutcome>(new URL('./evaluate-job.js', import.meta.url), jobs, {
    workers,
    ...(signal === undefined ? {} : { signal }),
    ...(watchdog === undefined ? {} : { watchdog }),
    onProgress: (done) => onProgress?.({ subject: agent, phase, done, total: jobs.length }),
  });
}

/** Jobs of some tasks each, all of one domain. */
function cut(agent: string, plays: readonly Play[], { seed, runs }: EvaluateOptions): EvaluateJob[] {
  const domains = [...new Set(plays.map(({ domain }) => domain))];
  const size = tasksPerJob * runs;
  return domains.flatMap((domain) => {
    const mine = plays.filter((play) => play.domain === domain);
    const world = { domain: domain.domain, emitted: domain.emitted, state: domain.state };
    return Array.from({ length: Math.ceil(mine.length / size) }, (_, chunk) => ({
      world,
      plays: mine.slice(chunk * size, (chunk + 1) * size).map(({ task, run }) => ({ task, run })),
      agent,
      seed,
    }));
  });
}
