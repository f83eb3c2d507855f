// What a certificate costs, in every domain: milliseconds of processor time a task for composing, for all
// lines together and for the audit; certified tasks a second on all cores, what was rejected on the way
// included; and for one domain each line by itself, as the lines share their work.
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
import { loadSubject, sizedState, subjectIds, type Subject } from './workload.js';
import type { GuestState } from '../sandbox/guest-api.js';

const runs = 3;
const taskCount = 60;
const madeCount = 200;
const kilobytes = 100;
/** The domain that is looked at line by line. */
const inDetail = 'library';

/** The benchmark `certify`. */
export const benchCertify: BenchRun = async (report) => {
  for (const id of subjectIds()) {
    const subject = loadSubject(id);
    const state = sizedState(subject, kilobytes);
    const spent = await timePhases(subject, state);
    const row = (what: string, unit: string, values: readonly number[]): void =>
      report({ what: `${id}: ${what}`, median: median(values), unit, runs, against: null, ratio: null });
    const names = lines.map(({ name }) => name);
    const all = Array.from({ length: runs }, (_, run) =>
      names.reduce((sum, name) => sum + (spent.get(name)?.[run] ?? 0), 0),
    );
    row('compose', 'ms a task', spent.get('compose') ?? []);
    row('all lines', 'ms a task', all);
    row('audit', 'ms a task', spent.get('audit') ?? []);
    if (id === inDetail) for (const name of names) row(name, 'ms a task', spent.get(name) ?? []);
    const cores = availableParallelism();
    const speeds: number[] = [];
    const costs: number[] = [];
    for (let run = 0; run < runs; run++) {
      const started = performance.now();
      const before = process.cpuUsage();
      const made = { ...subject, state, seed: `bench ${run}` };
      const { tasks } = await makeTasks(made, madeCount, { workers: cores });
      const { user, system } = process.cpuUsage(before);
      speeds.push(tasks.length / ((performance.now() - started) / 1000));
      costs.push((user + system) / 1000 / tasks.length);
    }
    row(`all of it, of ${madeCount}`, 'ms a task', costs);
    row(`certified tasks, ${cores} cores`, 'tasks/s', speeds);
  }
};

/** Milliseconds a task of composing, of each line and of the audit, run by run. */
async function timePhases(subject: Subject, state: GuestState): Promise<ReadonlyMap<string, number[]>> {
  const world = await loadWorld(subject.emitted, state);
  const graph = buildGraph(subject.domain);
  const context = openContext(subject.domain, world);
  const spent = new Map<string, number[]>();
  const note = (what: string, milliseconds: number): void =>
    void spent.set(what, [...(spent.get(what) ?? []), milliseconds]);
  for (let run = -1; run < runs; run++) {
    const composed = timed(() => composeTasks(subject.domain, world, graph, `bench ${run}`, taskCount).tasks);
    const certified = composed.value.flatMap((task) => {
      const judged = certifyTask(context, task);
      return 'task' in judged ? [judged.task] : [];
    });
    // The first run is for the compiler.
    if (run < 0) continue;
    note('compose', composed.milliseconds / composed.value.length);
    for (const [what, milliseconds] of timeLines(context, certified)) {
      note(what, milliseconds / certified.length);
    }
  }
  world.dispose();
  return spent;
}

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
