// What a composed task costs, by kind and by what is asked of it: processor milliseconds of one worker,
// the sandbox and what was turned down on the way included.
import { buildGraph } from '../src/graph/build.js';
import { composeTasks } from '../src/task/compose.js';
import type { ComposeOptions } from '../src/task/options.js';
import { loadWorld } from '../src/world/load.js';
import { median, type BenchRun } from './harness.js';
import { loadSubject, sizedState } from './workload.js';

const runs = 5;
const taskCount = 100;
const plain: ComposeOptions = { distractors: [1] };

const cases: readonly (readonly [what: string, options: ComposeOptions])[] = [
  ['all kinds', {}],
  ['all kinds, no distractors', plain],
  ['do, one write', { ...plain, shares: { do: 1 }, complexity: { writes: [1] } }],
  ['do, one to five writes', { ...plain, shares: { do: 1 } }],
  ['do, c(H) of 0.5 and more', { ...plain, shares: { do: 1 }, complexity: { least: 0.5, most: 1.5 } }],
  ['tell', { ...plain, shares: { tell: 1 } }],
  ['refuse', { ...plain, shares: { refuse: 1 } }],
  ['refuse in part', { ...plain, shares: { part: 1 } }],
  ['hand over', { ...plain, shares: { transfer: 1 } }],
];

/** The benchmark `compose`. */
export const benchCompose: BenchRun = async (report) => {
  for (const name of ['library', 'veterinary-clinic']) {
    const subject = loadSubject(name);
    const world = await loadWorld(subject.emitted, sizedState(subject, 30));
    const graph = buildGraph(subject.domain);
    const cost = (options: ComposeOptions, seed: string): number => {
      const started = process.cpuUsage();
      const { tasks } = composeTasks(subject.domain, world, graph, seed, taskCount, options);
      const { user, system } = process.cpuUsage(started);
      return (user + system) / 1000 / tasks.length;
    };
    cost({}, 'warm');
    for (const [what, options] of cases) {
      const samples = Array.from({ length: runs }, (_, run) => cost(options, `bench ${run}`));
      report({
        what: `${name}, ${what}`,
        median: median(samples),
        unit: 'ms',
        runs,
        against: null,
        ratio: null,
      });
    }
    world.dispose();
  }
};
