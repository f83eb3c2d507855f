// The figures of an evaluation: success with its interval, and beside it what was done wrong, how talks
// ended, and where the agent is good: by kind of task and by difficulty.
import type { Episode, EpisodeEnd, Usage } from '../env/protocol.js';
import type { Task } from '../task/task.js';
import { groupByDifficulty, groupByKind, type Grouping } from './groups.js';
import { isJudged } from './plays.js';
import type { Split } from './record.js';
import { mean, passKs, wilson, type TaskRuns } from './stats.js';

/** Figures as fractions of 1; faults of the world are left out and counted. */
export interface Summary {
  readonly agent: string;
  readonly split: Split;
  readonly seed: string;
  readonly runs: number;
  readonly tasks: number;
  readonly episodes: number;
  /** Episodes that broke in the sandbox, a model or a transport: in no other figure of success. */
  readonly excluded: number;
  readonly success: number;
  readonly passK: Readonly<Record<string, number>>;
  /** Wilson's 95% interval of success. */
  readonly interval: readonly [number, number];
  readonly policyViolations: number;
  /** Violations by the id of the policy, the most first. */
  readonly byPolicy: Readonly<Record<string, number>>;
  readonly wrongWrites: number;
  readonly faults: number;
  /** Faults by boundary and kind. */
  readonly byFault: Readonly<Record<string, number>>;
  /** How the judged talks ended. */
  readonly ends: Readonly<Partial<Record<EpisodeEnd, number>>>;
  readonly meanSteps: number;
  readonly meanCandidates: number;
  readonly byKind: Readonly<Record<string, GroupFigures>>;
  /** By feature; its values in their order. */
  readonly byDifficulty: Readonly<Record<string, readonly BinFigures[]>>;
  /** Tasks of which every judged run failed. */
  readonly neverSolved: readonly string[];
  /** What was asked of a model, for agents that ask one. */
  readonly usage?: Usage;
  /** How fast it went, of one worker: a property of the run and not of the result. */
  readonly pace: Pace;
}

export interface Pace {
  readonly stepsPerSecond: number;
  readonly requestsPerSecond?: number;
}

export interface GroupFigures {
  readonly tasks: number;
  readonly episodes: number;
  readonly success: number;
  readonly interval: readonly [number, number];
  readonly policyViolations: number;
  readonly wrongWrites: number;
}

/** Of the tasks whose feature has these values: `2`, or `3–5`. */
export interface BinFigures extends GroupFigures {
  readonly values: string;
}

/** What the figures are of. */
export interface Subject {
  readonly agent: string;
  readonly split: Split;
  readonly seed: string;
  readonly runs: number;
  readonly tasks: readonly Task[];
}

export function summarise(subject: Subject, episodes: readonly Episode[], pace: Pace): Summary {
  const { agent, split, seed, runs } = subject;
  const judged = episodes.filter(isJudged);
  const byTask = groupBy(judged, (episode) => episode.task);
  const played = subject.tasks.filter(({ id }) => byTask.has(id));
  const usage = usageOf(episodes);
  const { interval, success, policyViolations, wrongWrites, tasks } = figuresOf(judged);
  return {
    agent,
    split,
    seed,
    runs,
    tasks,
    episodes: episodes.length,
    excluded: episodes.length - judged.length,
    success,
    passK: passKs(runsOf(judged)),
    interval,
    policyViolations,
    byPolicy: countBy(judged.flatMap(({ violations }) => violations.map(({ policy }) => policy))),
    wrongWrites,
    faults: episodes.reduce((total, episode) => total + episode.faults.length, 0),
    byFault: countBy(
      episodes.flatMap(({ faults }) => faults.map(({ boundary, kind }) => `${boundary}:${kind}`)),
    ),
    ends: countBy(judged.map(({ end }) => end)),
    meanSteps: mean(episodes.map(({ steps }) => steps.length)),
    meanCandidates: mean(
      episodes.flatMap(({ steps }) => steps.flatMap(({ candidates }) => candidates ?? [])),
    ),
    byKind: Object.fromEntries(figuresBy(groupByKind(played), judged)),
    byDifficulty: Object.fromEntries(
      Object.entries(groupByDifficulty(played)).map(([feature, grouping]) => [
        feature,
        figuresBy(grouping, judged).map(([values, figures]) => ({ values, ...figures })),
      ]),
    ),
    neverSolved: [...byTask].flatMap(([task, group]) => (solvedCount(group) === 0 ? [task] : [])),
    ...(usage === undefined ? {} : { usage }),
    pace,
  };
}

function figuresBy(
  { names, of }: Grouping,
  judged: readonly Episode[],
): readonly (readonly [string, GroupFigures])[] {
  const groups = groupBy(judged, ({ task }) => of.get(task) ?? '');
  return names.map((name) => [name, figuresOf(groups.get(name) ?? [])]);
}

function figuresOf(judged: readonly Episode[]): GroupFigures {
  const runs = runsOf(judged);
  const success = mean(runs.map(({ n, c }) => c / n));
  return {
    tasks: runs.length,
    episodes: judged.length,
    success,
    interval: wilson(success, runs.length),
    policyViolations: judged.reduce((total, { violations }) => total + violations.length, 0),
    wrongWrites: judged.reduce((total, { wrongWrites }) => total + wrongWrites, 0),
  };
}

function runsOf(judged: readonly Episode[]): readonly TaskRuns[] {
  const byTask = groupBy(judged, ({ task }) => task);
  return [...byTask.values()].map((group) => ({ n: group.length, c: solvedCount(group) }));
}

/** The sum over the episodes, or undefined where no agent asked a model. */
export function usageOf(episodes: readonly Episode[]): Usage | undefined {
  const used = episodes.flatMap(({ usage }) => usage ?? []);
  const sum = (field: keyof Usage): number => used.reduce((total, usage) => total + usage[field], 0);
  if (used.length === 0) return undefined;
  return {
    requests: sum('requests'),
    retries: sum('retries'),
    promptTokens: sum('promptTokens'),
    completionTokens: sum('completionTokens'),
  };
}

function solvedCount(episodes: readonly Episode[]): number {
  return episodes.filter((episode) => episode.end === 'solved').length;
}

/** How often each comes, the most frequent first. */
function countBy(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const order = [...counts].sort(([left, some], [right, more]) => more - some || (left < right ? -1 : 1));
  return Object.fromEntries(order);
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
