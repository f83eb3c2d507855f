// What an environment works out once about a task, before anyone plays it: gold's writes and the
// rows they make, and what the user waits for. Kept per world and task, so that many plays share it.
import type { Scalar } from '../policy/talk.js';
import { noQuestion, questionAbout, type Question } from '../policy/told.js';
import type { Task } from '../task/task.js';
import type { World } from '../world/world.js';
import type { Answer, RowChange } from '../../sandbox/guest-api.js';
import { findWrite, noWrites, runGold, usesCreated, type GoldWrite } from './gold.js';
import { goalAtoms, type GoalAtoms } from './goal-atoms.js';
import { possibleValues, wishedCall } from './meaning.js';

export interface PreparedTask {
  readonly task: Task;
  /** The writes of gold; wrong writes are judged against these. */
  readonly gold: readonly GoldWrite[];
  /** The writes that the user waits for: gold's, and the wished-for ones that a policy forbids. */
  readonly awaited: readonly GoldWrite[];
  /** A wish whose rows nobody can point to is awaited for ever. */
  readonly unmeetable: boolean;
  /** What the user waits to be told, in the first of the accepted ways to end. */
  readonly question: Question;
  /** Whether what a write changes is looked at: for the ids of made rows, or for progress. */
  readonly watched: boolean;
  /** What progress is measured by. */
  readonly atoms: GoalAtoms;
  /** What gold leaves different from the start. */
  readonly changes: readonly RowChange[];
}

const prepared = new WeakMap<World, WeakMap<Task, PreparedTask>>();

/** Prepares a task for its world; a fault when the sandbox breaks on the way. */
export function prepareTask(world: World, task: Task): Answer<PreparedTask> {
  const tasks = prepared.get(world) ?? new WeakMap<Task, PreparedTask>();
  prepared.set(world, tasks);
  const known = tasks.get(task);
  if (known !== undefined) return { ok: true, value: known };

  const writes = new Set(
    world.domain.manifest.filter(({ effect }) => effect === 'write').map(({ name }) => name),
  );
  const gold = runGold(world, task, (tool) => writes.has(tool));
  if (!gold.ok) return gold;
  const { writes: done, changes } = gold.value;
  const forbidden = task.kind === 'refuse' || task.kind === 'transfer';
  const awaited = [...done];
  let unmeetable = false;
  for (const wish of forbidden ? task.scenario.wishes : []) {
    if (wish.wish !== 'do') continue;
    const call = wishedCall(world, task, wish);
    if (!call.ok) return call;
    if (call.value === null) unmeetable = true;
    else if (findWrite(awaited, noWrites, call.value) < 0) awaited.push({ call: call.value, created: [] });
  }
  const question = questionOf(world, task);
  if (!question.ok) return question;
  const atoms = goalAtoms(world.domain.stateSchema, task.goal, changes, identifiedBy(world, task));
  const value: PreparedTask = {
    task,
    gold: done,
    awaited,
    unmeetable,
    question: question.value,
    watched: usesCreated(done) || atoms.cells.length > 0 || atoms.accepts.length > 1,
    atoms,
    changes,
  };
  tasks.set(task, value);
  return { ok: true, value };
}

/** Whom gold has to identify, by the rules on what it calls; null for nobody. */
function identifiedBy({ domain }: World, { gold, scenario }: Task): string | null {
  const asks = new Set(domain.talkPolicies.flatMap((policy) => (policy.kind === 'verify' ? policy.on : [])));
  return gold.some((step) => 'call' in step && asks.has(step.call.tool)) ? scenario.caller : null;
}

/** A question's possible answers are the values of the attributes it is about. */
function questionOf(world: World, task: Task): Answer<Question> {
  const wanted = task.goal.accepts[0]?.communicate ?? [];
  if (wanted.length === 0) return { ok: true, value: noQuestion };
  const values: Scalar[] = [];
  let asked = 0;
  for (const wish of task.scenario.wishes) {
    if (wish.wish !== 'tell') continue;
    asked += 1;
    const column = possibleValues(world, task, wish.entity, wish.attr);
    if (!column.ok) return column;
    values.push(...column.value);
  }
  // Where values are wanted that no wish names, any of their class may be meant for one.
  const all = asked < wanted.length;
  return { ok: true, value: all ? { wanted, couldBe: () => true } : questionAbout(wanted, values) };
}
