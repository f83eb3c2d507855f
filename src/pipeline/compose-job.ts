// A worker's job: the next tasks of a domain's stream, uncertified. The thread keeps the stream open
// between jobs; since the stream of a seed is always the same, a thread that has not come as far opens
// it anew and passes over what was had before.
import type { GuestState } from '../../sandbox/guest-api.js';
import type { Seed } from '../core/rng.js';
import type { EmittedDomain } from '../emit/emitted-domain.js';
import { buildGraph } from '../graph/build.js';
import type { Domain } from '../spec/model.js';
import { openComposer, type Composed, type Composer } from '../task/compose.js';
import type { Task } from '../task/task.js';
import { loadWorld } from '../world/load.js';
import type { World } from '../world/world.js';

export interface ComposeJob {
  readonly domain: Domain;
  readonly emitted: EmittedDomain;
  readonly state: GuestState;
  readonly seed: Seed;
  /** Tasks of the stream that were had before. */
  readonly from: number;
  readonly count: number;
}

interface Stream {
  readonly of: string;
  readonly world: World;
  readonly composer: Composer;
  taken: number;
}

let opened: Stream | undefined;

/** Up to `count` tasks after the first `from`, and all that was turned down so far. */
export async function runJob(job: ComposeJob): Promise<Composed> {
  const stream = await enter(job);
  const tasks: Task[] = [];
  for (let next = stream.composer.next(); next !== null; next = stream.composer.next()) {
    stream.taken += 1;
    if (stream.taken > job.from) tasks.push(next);
    if (tasks.length === job.count) break;
  }
  return { tasks, rejected: stream.composer.rejected() };
}

async function enter({ domain, emitted, state, seed, from }: ComposeJob): Promise<Stream> {
  const of = `${emitted.hash} ${String(seed)}`;
  if (opened?.of === of && opened.taken <= from) return opened;
  opened?.world.dispose();
  const world = await loadWorld(emitted, state);
  const composer = openComposer(domain, world, buildGraph(domain), seed);
  return (opened = { of, world, composer, taken: 0 });
}
