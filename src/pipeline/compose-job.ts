// A worker's job: compose tasks of a domain, uncertified. Tasks are numbered attempts of one stream, so
// asking for more keeps the first.
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
  readonly count: number;
}

/** Up to `count` tasks. */
export async function runJob({ domain, emitted, state, seed, count }: ComposeJob): Promise<Composed> {
  const world = await loadWorld(emitted, state);
  try {
    return composeTasks(domain, world, buildGraph(domain), seed, count);
  } finally {
    world.dispose();
  }
}
