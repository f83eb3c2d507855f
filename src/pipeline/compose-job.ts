// A worker's job: the next tasks of a domain's stream, uncertified. The stream of a seed is always the
// same, so that a worker that has not come as far yet begins it anew and goes on from where it was.
import type { GuestState } from '../../sandbox/guest-api.js';
import type { Seed } from '../core/rng.js';
import type { EmittedDomain } from '../emit/emitted-domain.js';
import { buildGraph } from '../graph/build.js';
import type { Domain } from '../spec/model.js';
import { composeTasks, type Composed } from '../task/compose.js';
import { loadWorld } from '../world/load.js';

export interface ComposeJob {
  readonly domain: Domain;
  readonly emitted: EmittedDomain;
  readonly state: GuestState;
  readonly seed: Seed;
  /** Tasks of the stream that were had before. */
  readonly from: number;
  readonly count: number;
}

/** Up to `count` tasks after the first `from`, and all that was turned down so far. */
export async function runJob({ domain, emitted, state, seed, from, count }: ComposeJob): Promise<Composed> {
  const world = await loadWorld(emitted, state);
  try {
    const { tasks, rejected } = composeTasks(domain, world, buildGraph(domain), seed, from + count);
    return { tasks: tasks.slice(from), rejected };
  } finally {
    world.dispose();
  }
}
