// The package as others import it: from dist, by its name.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  benchmarkLines,
  buildGraph,
  composeTasks,
  emitDomain,
  evaluate,
  explainEpisode,
  loadWorld,
  oracle,
  readBenchmark,
  readSpec,
  rollout,
  seedState,
  startEpisode,
  type Agent,
  type BenchmarkDomain,
  type Task,
} from 'toolgrove';
import { shelfClerk } from '../../docs/agent-example.js';

let library: BenchmarkDomain;
let shelves: readonly Task[];

beforeAll(async () => {
  const domain = readSpec(readFileSync(new URL('../../domains/library.yaml', import.meta.url), 'utf8'));
  if (!domain.ok) throw new Error('the spec is not right');
  const state = seedState(domain.value, '7');
  if (!state.ok) throw new Error('there is no seed state');
  const emitted = emitDomain(domain.value);
  const world = await loadWorld(emitted, state.value);
  const { tasks } = composeTasks(domain.value, world, buildGraph(domain.value), '7', 60);
  world.dispose();
  library = { domain: domain.value, emitted, state: state.value, tasks };
  const aboutBooks = ({ scenario, kind }: Task): boolean =>
    kind === 'tell' &&
    scenario.wishes.length === 1 &&
    scenario.wishes.every((wish) => wish.wish === 'tell' && wish.entity === 'Book');
  shelves = tasks.filter(aboutBooks);
});

const play = async (tasks: readonly Task[], agent: Agent): Promise<readonly string[]> => {
  const world = await loadWorld(library.emitted, library.state);
  const ends: string[] = [];
  for (const task of tasks) ends.push((await rollout(world, task, agent, '7')).end);
  world.dispose();
  return ends;
};

describe('the package', () => {
  it('plays an agent of one’s own, which solves what it is made for and nothing else', async () => {
    expect(shelves.length).toBeGreaterThan(0);
    expect(await play(shelves, shelfClerk)).toEqual(shelves.map(() => 'solved'));
    const others = library.tasks.filter((task) => task.kind === 'do').slice(0, 5);
    expect(await play(others, shelfClerk)).not.toContain('solved');
  });

  it('lets a trainer step, fork and finish', async () => {
    const [task] = shelves;
    if (task === undefined) throw new Error('there is no task');
    const world = await loadWorld(library.emitted, library.state);
    const environment = startEpisode(world, task, { seed: '7' });
    const session = oracle(library.domain).start(environment.view, '7');
    let { observation } = environment;
    const fork = environment.fork();
    while (!environment.done) observation = environment.step(await session.act(observation)).observation;
    const episode = environment.finish();
    expect(episode.end).toBe('solved');
    expect(fork.done).toBe(false);
    expect(explainEpisode(world, task, episode)).toMatchObject({
      ok: true,
      value: { wrong: [], untold: [] },
    });
    world.dispose();
  });

  it('evaluates a benchmark from its lines alone', async () => {
    const lines = [...benchmarkLines([{ ...library, tasks: shelves }], 'all')];
    const read = readBenchmark(lines.join('\n'));
    if (!read.ok) throw new Error('the benchmark is not readable');
    const options = { agent: 'replay', split: 'all', runs: 1, seed: '7', workers: 1 } as const;
    const { summary } = await evaluate(read.value, options);
    expect(summary).toMatchObject({ tasks: shelves.length, success: 1 });
  });
});
