// A worker's share of an evaluation: some tasks of one domain, played in one guest.
import type { Seed } from '../core/rng.js';
import type { EmittedDomain } from '../emit/emitted-domain.js';
import type { Episode } from '../env/protocol.js';
import { rollout } from '../env/rollout.js';
import type { Domain } from '../spec/model.js';
import type { Task } from '../task/task.js';
import { loadWorld } from '../world/load.js';
import type { GuestState } from '../../sandbox/guest-api.js';
import { createAgent } from './agents.js';

export interface EvaluateJob {
  readonly world: { readonly domain: Domain; readonly emitted: EmittedDomain; readonly state: GuestState };
  readonly tasks: readonly Task[];
  readonly agent: string;
  readonly runs: number;
  readonly seed: Seed;
}

export interface EvaluateOutcome {
  readonly episodes: readonly Episode[];
  /** Seconds spent playing, loading the world left out. */
  readonly seconds: number;
}

/** Plays every task of the job as often as asked. */
export async function runJob({ world, tasks, agent, runs, seed }: EvaluateJob): Promise<EvaluateOutcome> {
  const loaded = await loadWorld(world.emitted, world.state);
  try {
    const started = performance.now();
    const episodes: Episode[] = [];
    for (const task of tasks) {
      for (let run = 0; run < runs; run++) {
        const player = createAgent(agent, world.domain, world.emitted, task);
        episodes.push(await rollout(loaded, task, player, seed, { run }));
      }
    }
    return { episodes, seconds: (performance.now() - started) / 1000 };
  } finally {
    loaded.dispose();
  }
}
