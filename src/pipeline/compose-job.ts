// A worker's job: compose tasks of a domain and publish those that the oracle solves through the
// public interface. Tasks are numbered attempts of one stream, so asking for more keeps the first.
import { oracle } from '../../agents/scripted/oracle.js';
import type { GuestState } from '../../sandbox/guest-api.js';
import type { Seed } from '../core/rng.js';
import type { EmittedDomain } from '../emit/emitted-domain.js';
import { rollout } from '../env/rollout.js';
import { buildGraph } from '../graph/build.js';
import type { Domain } from '../spec/model.js';
import { composeTasks } from '../task/compose.js';
import type { Task } from '../task/task.js';
import { loadWorld } from '../world/load.js';

export interface ComposeJob {
  readonly domain: Domain;
  readonly emitted: EmittedDomain;
  readonly state: GuestState;
  readonly seed: Seed;
  readonly count: number;
}

export interface ComposeOutcome {
  readonly tasks: readonly Task[];
  readonly rejected: Readonly<Record<string, number>>;
}

const rounds = 4;

/** Up to `count` tasks that the oracle solves, each with that line on its certificate. */
export async function runJob({ domain, emitted, state, seed, count }: ComposeJob): Promise<ComposeOutcome> {
  const world = await loadWorld(emitted, state);
  const graph = buildGraph(domain);
  const judged = new Map<string, Task | null>();
  let composed: ComposeOutcome = { tasks: [], rejected: {} };
  let published: readonly Task[] = [];
  try {
    for (let round = 0, wanted = count; round < rounds && published.length < count; round++) {
      composed = composeTasks(domain, world, graph, seed, wanted);
      for (const task of composed.tasks) {
        if (judged.has(task.id)) continue;
        const episode = await rollout(world, task, oracle(domain), seed);
        const solved = episode.end === 'solved';
        const line = { line: 'oracle-solves', passed: solved, evidence: { steps: episode.steps.length } };
        judged.set(task.id, solved ? { ...task, certificate: [...task.certificate, line] } : null);
      }
      published = composed.tasks.flatMap(({ id }) => judged.get(id) ?? []).slice(0, count);
      if (composed.tasks.length < wanted) break;
      wanted += 2 * (count - published.length);
    }
  } finally {
    world.dispose();
  }
  const unsolved = [...judged.values()].filter((task) => task === null).length;
  const rejected = { ...composed.rejected, ...(unsolved === 0 ? {} : { 'oracle-fails': unsolved }) };
  return { tasks: published, rejected };
}
