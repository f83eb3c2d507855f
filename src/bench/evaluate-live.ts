// Plays an agent that lives in this process, as one that asks a model over the network does: many
// episodes at a time, each waiting for its own answers. Stopped early, it gives what is finished.
import type { OnProgress } from '../core/progress.js';
import type { Seed } from '../core/rng.js';
import type { Agent, Episode } from '../env/protocol.js';
import { rollout } from '../env/rollout.js';
import { loadWorld } from '../world/load.js';
import type { World } from '../world/world.js';
import type { Evaluation } from './evaluate.js';
import { inOrder, playsLeft, playsOf, type Play } from './plays.js';
import type { BenchmarkDomain, Split } from './record.js';
import { summarise, usageOf } from './summarise.js';

export interface LiveOptions {
  readonly split: Split;
  readonly runs: number;
  readonly seed: Seed;
  /** Episodes at a time. */
  readonly concurrency: number;
  /** Episodes of an earlier evaluation: what they judge is not played again. */
  readonly done?: readonly Episode[];
  /** Hears of the evaluation so far after each episode. */
  readonly onEpisode?: (soFar: () => Evaluation) => void;
  readonly onProgress?: OnProgress;
  /** Ends the work: what is finished is kept, what is under way is dropped. */
  readonly signal?: AbortSignal;
}

export interface LiveEvaluation extends Evaluation {
  /** Whether every play has its episode. */
  readonly whole: boolean;
}

export async function evaluateLive(
  domains: readonly BenchmarkDomain[],
  agent: Agent,
  options: LiveOptions,
): Promise<LiveEvaluation> {
  const { split, runs, seed, done = [], signal } = options;
  const plays = playsOf(domains, split, runs);
  const left = playsLeft(plays, done);
  const fresh: Episode[] = [];
  const isStopped = (): boolean => signal?.aborted === true;
  const started = performance.now();
  const soFar = (): Evaluation => {
    const episodes = inOrder(plays, [...done, ...fresh]);
    const seconds = (performance.now() - started) / 1000;
    const steps = fresh.reduce((total, episode) => total + episode.steps.length, 0);
    const requests = usageOf(fresh)?.requests;
    const tasks = domains.flatMap((domain) => domain.tasks);
    const subject = { agent: agent.name, split, runs, seed: String(seed), tasks };
    const pace = {
      stepsPerSecond: steps / seconds,
      ...(requests === undefined ? {} : { requestsPerSecond: requests / seconds }),
    };
    return { summary: summarise(subject, episodes, pace), episodes };
  };

  const worlds = new Map<BenchmarkDomain, World>();
  try {
    for (const domain of new Set(left.map((play) => play.domain))) {
      worlds.set(domain, await loadWorld(domain.emitted, domain.state));
    }
    const queue = left.values();
    const player = async (): Promise<void> => {
      for (const play of queue) {
        if (isStopped()) return;
        const episode = await playOne(worlds, play, agent, seed);
        // What breaks while the work is being stopped is not finished.
        if (isStopped() && episode.end === 'fault') return;
        fresh.push(episode);
        options.onProgress?.({
          subject: agent.name,
          phase: 'play',
          done: fresh.length,
          total: left.length,
        });
        options.onEpisode?.(soFar);
      }
    };
    await Promise.all(Array.from({ length: Math.min(options.concurrency, left.length) }, player));
  } finally {
    for (const world of worlds.values()) world.dispose();
  }
  return { ...soFar(), whole: fresh.length === left.length };
}

async function playOne(
  worlds: ReadonlyMap<BenchmarkDomain, World>,
  { domain, task, run }: Play,
  agent: Agent,
  seed: Seed,
): Promise<Episode> {
  const world = worlds.get(domain);
  if (world === undefined) throw new RangeError(`no world of ${domain.emitted.id}`);
  return rollout(world, task, agent, seed, { run });
}
