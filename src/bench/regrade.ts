// Saved episodes scored again without playing: after a goal or a policy was mended, the figures follow
// without a single request to a model. An episode that the world answers otherwise now is not scored.
import { fail, ok, type Issue, type Result } from '../core/result.js';
import type { Episode, Violation } from '../env/protocol.js';
import { replayEpisode } from '../env/replay.js';
import type { Task } from '../task/task.js';
import { loadWorld } from '../world/load.js';
import type { Evaluation } from './evaluate.js';
import type { BenchmarkDomain } from './record.js';
import type { Results } from './results.js';
import { summarise } from './summarise.js';

/** An episode whose grade is another now. */
export interface GradeChange {
  readonly task: string;
  readonly run: number;
  /** Its line in the results file. */
  readonly line: number;
  readonly end: Moved<Episode['end']>;
  readonly total: Moved<number | null>;
  /** Parts of the reward that changed, before and after. */
  readonly parts: Readonly<Record<string, Moved<number | null>>>;
  /** Policies that were violated before or are now, where those differ. */
  readonly policies: Moved<readonly string[]>;
}

type Moved<T> = readonly [before: T, after: T];

export interface Regraded extends Evaluation {
  readonly changes: readonly GradeChange[];
}

/** Grades all episodes again; every one that does not fit the benchmark is an issue with its line. */
export async function regrade(
  domains: readonly BenchmarkDomain[],
  results: Results,
): Promise<Result<Regraded>> {
  const byTask = new Map(
    domains.flatMap((domain) => domain.tasks.map((task) => [task.id, { domain, task }] as const)),
  );
  const issues: Issue[] = [];
  const episodes: Episode[] = [];
  const changes: GradeChange[] = [];
  const stored = results.episodes.map((episode, at) => ({ episode, line: results.lines[at] ?? 0 }));
  for (const { episode, line } of stored) {
    if (!byTask.has(episode.task)) {
      issues.push({ path: 'task', line, message: `'${episode.task}' is not in the benchmark` });
    }
  }
  for (const domain of domains) {
    const world = await loadWorld(domain.emitted, domain.state);
    for (const { episode, line } of stored) {
      const found = byTask.get(episode.task);
      if (found?.domain !== domain) continue;
      const replayed = replayEpisode(world, found.task, episode);
      if (replayed.ok) {
        episodes.push(replayed.episode);
        changes.push(...compare(found.task, line, episode, replayed.episode));
      } else {
        const { step, why } = replayed.misfit;
        issues.push({ path: step === null ? 'opening' : `steps[${step}].observation`, line, message: why });
      }
    }
    world.dispose();
  }
  if (issues.length > 0) return fail(issues.toSorted((left, right) => (left.line ?? 0) - (right.line ?? 0)));
  const order = new Map(stored.map(({ episode }, at) => [keyOf(episode), at]));
  const placeOf = (of: Pick<Episode, 'task' | 'run'>): number => order.get(keyOf(of)) ?? 0;
  const sorted = episodes.toSorted((left, right) => placeOf(left) - placeOf(right));
  const tasks = domains.flatMap((domain) => domain.tasks);
  return ok({
    summary: summarise({ ...results, tasks }, sorted, { stepsPerSecond: 0 }),
    episodes: sorted,
    changes: changes.toSorted((left, right) => left.line - right.line),
  });
}

function compare(task: Task, line: number, before: Episode, after: Episode): readonly GradeChange[] {
  const names = [...new Set([...Object.keys(before.reward.parts), ...Object.keys(after.reward.parts)])];
  const parts = names.flatMap((name) => {
    const [was, is] = [before.reward.parts[name] ?? null, after.reward.parts[name] ?? null];
    return isNear(was, is) ? [] : [[name, [was, is] as const] as const];
  });
  const policies = [policiesOf(before.violations), policiesOf(after.violations)] as const;
  const same =
    parts.length === 0 &&
    before.end === after.end &&
    isNear(before.reward.total, after.reward.total) &&
    policies[0].join(' ') === policies[1].join(' ');
  if (same) return [];
  return [
    {
      task: task.id,
      run: before.run,
      line,
      end: [before.end, after.end],
      total: [before.reward.total, after.reward.total],
      parts: Object.fromEntries(parts),
      policies,
    },
  ];
}

function policiesOf(violations: readonly Violation[]): readonly string[] {
  return violations.map(({ policy, step }) => `${policy}@${step + 1}`);
}

/** Sums of fractions may differ in their last digits between machines. */
function isNear(left: number | null, right: number | null): boolean {
  return left === null || right === null ? left === right : Math.abs(left - right) < 1e-9;
}

function keyOf({ task, run }: Pick<Episode, 'task' | 'run'>): string {
  return `${task} ${run}`;
}
