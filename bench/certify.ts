// What a certificate costs: milliseconds of processor time a task, line by line, as the lines share
// their work; composing and the audit beside them; and certified tasks a second on all cores, what was
// rejected on the way included.
import { availableParallelism } from 'node:os';
import { auditTask } from '../src/certify/audit/audit-task.js';
import { certifyTask } from '../src/certify/certify-task.js';
import { openContext, type CertifyContext } from '../src/certify/context.js';
import { lines } from '../src/certify/lines.js';
import { buildGraph } from '../src/graph/build.js';
import { makeTasks } from '../src/pipeline/make-tasks.js';
import { composeTasks } from '../src/task/compose.js';
import type { Task } from '../src/task/task.js';
import { loadWorld } from '../src/world/load.js';
import { median, type BenchRun } from './harness.js';
import { loadSubject, sizedState } from './workload.js';

const runs = 5;
const taskCount = 60;
const madeCount = 100;
const kilobytes = 100;

/** The benchmark `certify`. */
export const benchCertify: BenchRun = async (report) => {
  const subject = loadSubject('library');
  const state = sizedState(subject, kilobytes);
  const world = await loadWorld(subject.emitted, state);
  const graph = buildGraph(subject.domain);
  const context = openContext(subject.domain, world);
  const compose: number[] = [];
  const spent = new Map<string, number[]>();
  for (let run = -1; run < runs; run++) {
    const composed = timed(() => composeTasks(subject.domain, world, graph, `bench ${run}`, taskCount).tasks);
    const certified = composed.value.flatMap((task) => {
      const judged = certifyTask(context, task);
      return 'task' in judged ? [judged.task] : [];
    });
    // The first run is for the compiler.
    if (run < 0) continue;
    compose.push(composed.milliseconds / composed.value.length);
    for (const [what, milliseconds] of timeLines(context, certified)) {
      spent.set(what, [...(spent.get(what) ?? []), milliseconds / certified.length]);
    }
  }
  world.dispose();
  const row = (what: string, values: readonly number[]): void =>
    report({ what, median: median(values), unit: 'ms a task', runs, against: null, ratio: null });
  row('compose', compose);
  for (const [what, values] of spent) row(what, values);
  const all = Array.from({ length: runs }, (_, run) =>
    lines.reduce((sum, { name }) => sum + (spent.get(name)?.[run] ?? 0), 0),
  );
  row('all lines', all);

  const cores = availableParallelism();
  const speeds: number[] = [];
  const costs: number[] = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    const before = process.cpuUsage();
    const { tasks } = await makeTasks({ ...subject, state, seed: `bench ${run}` }, madeCount, {
      workers: cores,
    });
    const { user, system } = process.cpuUsage(before);
    speeds.push(tasks.length / ((performance.now() - started) / 1000));
    costs.push((user + system) / 1000 / tasks.length);
  }
  row(`composed, certified and audited, of ${madeCount}`, costs);
  report({
    what: `certified tasks, ${cores} cores`,
    median: median(speeds),
    unit: 'tasks/s',
    runs,
    against: null,
    ratio: null,
  });
};

/** Milliseconds of each line over the tasks, and of the audit. Copies of the tasks share no work with earlier runs. */
function timeLines(context: CertifyContext, tasks: readonly Task[]): ReadonlyMap<string, number> {
  const spent = new Map<string, number>();
  for (const task of tasks.map((one) => ({ ...one }))) {
    for (const { name, run } of lines) {
      spent.set(name, (spent.get(name) ?? 0) + timed(() => run(context, task)).milliseconds);
    }
    spent.set('audit', (spent.get('audit') ?? 0) + timed(() => auditTask(context, task)).milliseconds);
  }
  return spent;
}

function timed<T>(work: () => T): { readonly value: T; readonly milliseconds: number } {
  const started = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(started);
  return { value, milliseconds: (user + system) / 1000 };
}
