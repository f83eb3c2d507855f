// What an evaluation plays: each task of the split as often as asked, in the order of the domains and
// their tasks. What was played before is not played again, unless it broke.
import type { Episode } from '../env/protocol.js';
import type { Task } from '../task/task.js';
import { selectSplit, type BenchmarkDomain, type Split } from './record.js';

/** One run of one task. */
export interface Play {
  readonly domain: BenchmarkDomain;
  readonly task: Task;
  readonly run: number;
}

export function playsOf(domains: readonly BenchmarkDomain[], split: Split, runs: number): readonly Play[] {
  return domains.flatMap((domain) =>
    selectSplit(domain.tasks, split).flatMap((task) =>
      Array.from({ length: runs }, (_, run) => ({ domain, task, run })),
    ),
  );
}

/** Whether the episode says something of the agent. A fault outside it does not; an agent that breaks has failed. */
export function isJudged({ reward }: Episode): boolean {
  return reward.total !== null;
}

/** The plays that no judged episode is there of. */
export function playsLeft(plays: readonly Play[], done: readonly Episode[]): readonly Play[] {
  const finished = new Set(done.filter(isJudged).map(keyOf));
  return plays.filter(({ task, run }) => !finished.has(keyOf({ task: task.id, run })));
}

/** The episodes in the order of the plays; of two of one play the later one. Plays without one are left out. */
export function inOrder(plays: readonly Play[], episodes: readonly Episode[]): readonly Episode[] {
  const byPlay = new Map(episodes.map((episode) => [keyOf(episode), episode]));
  return plays.flatMap(({ task, run }) => byPlay.get(keyOf({ task: task.id, run })) ?? []);
}

function keyOf({ task, run }: Pick<Episode, 'task' | 'run'>): string {
  return `${task} ${run}`;
}
