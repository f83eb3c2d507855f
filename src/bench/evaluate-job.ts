// A worker's share of an evaluation: some plays in one domain, in one guest.
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
  readonly plays: readonly { readonly task: Task; readonly run: number }[];
  readonly agent: string;
  readonly seed: Seed;
}

export interface EvaluateOutcome {
  readonly episodes: readonly Episode[];
  /** Seconds spent playing, loading the world left out. */
  readonly seconds: number;
}

/** Plays every play of the job. */
export async function runJob({ world, plays, agent, seed }: EvaluateJob): Promise<EvaluateOutcome> {
  const loaded = await loadWorld(world.emitted, world.state);
  try {
    const started = performance.now();
    const episodes: Episode[] = [];
    for (const { task, run } of plays) {
      episodes.push(await rollout(loaded, task, createAgent(agent, world.domain, task), seed, { run }));
    }
    return { episodes, seconds: (performance.now() - started) / 1000 };
  } finally {
    loaded.dispose();
  }
}
