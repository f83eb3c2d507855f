// What an environment works out once about a task, before anyone plays it: gold's writes and the
// rows they make, and what the user's wishes ask for. Kept per world and task, so that many plays share it.
import type { StateSchema } from '../emit/emitted-domain.js';
import { classOf, noQuestion, questionAbout, questionToRefuse, type Question } from '../policy/told.js';
import type { Scalar, Wish } from '../policy/talk.js';
import type { Task } from '../task/task.js';
import type { World } from '../world/world.js';
import type { Answer, RowChange } from '../../sandbox/guest-api.js';
import { runGold, usesCreated, type GoldWrite } from './gold.js';
import { goalAtoms, type GoalAtoms } from './goal-atoms.js';
import { holderOf, possibleValues } from './meaning.js';
import { askedCalls, isAbout, noProgress, noteCall, type AskedCall } from './wishes.js';

export interface PreparedTask {
  readonly task: Task;
  /** The writes of gold; wrong writes are judged against these. */
  readonly gold: readonly GoldWrite[];
  /** By wish: the call it asks for, null for a wish to be told. */
  readonly asked: readonly (AskedCall | null)[];
  /** The wishes to be told, in their order, each with what it asks. */
  readonly questions: readonly { readonly wish: number; readonly question: Question }[];
  /** Attributes that the caller has. */
  readonly own: readonly string[];
  /** The wishes that are done when the state is an accepted one, by whatever way. */
  readonly doneInTheEnd: readonly number[];
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
  const asked = askedCalls(world, task);
  if (!asked.ok) return asked;
  const questions = questionsOf(world, task);
  if (!questions.ok) return questions;
  const { stateSchema } = world.domain;
  const progress = done.reduce(
    (sofar, { call, result }) => noteCall(stateSchema, asked.value, sofar, call, result),
    noProgress,
  );
  // Where some of it is refused, only what gold does is done.
  const isRefused = task.kind !== 'do' && task.kind !== 'tell';
  const atoms = goalAtoms(stateSchema, task.goal, changes, identifiedBy(world, task));
  const value: PreparedTask = {
    task,
    gold: done,
    asked: asked.value,
    questions: questions.value,
    own: ownAttributes(stateSchema),
    doneInTheEnd: isRefused
      ? progress.done
      : asked.value.flatMap((call, wish) => (call === null ? [] : [wish])),
    question: wholeQuestion(task, questions.value),
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

function ownAttributes({ caller, tables }: StateSchema): readonly string[] {
  const columns = tables.find(({ entity }) => entity === caller)?.columns ?? [];
  return columns.filter(({ role }) => role === 'value').map(({ column }) => column);
}

/** What each wish to be told asks; its possible answers are the values of the attribute it is about. */
function questionsOf(world: World, task: Task): Answer<PreparedTask['questions']> {
  const wanted = task.goal.accepts[0]?.communicate ?? [];
  const asked: { readonly wish: number; readonly column: readonly Scalar[]; readonly kept: boolean }[] = [];
  for (const [wish, one] of task.scenario.wishes.entries()) {
    if (one.wish !== 'tell') continue;
    const column = possibleValues(world, task, one.entity, one.attr);
    if (!column.ok) return column;
    const kept = isKept(world, task, one);
    if (!kept.ok) return kept;
    asked.push({ wish, column: column.value, kept: kept.value });
  }
  const answered = asked.filter(({ kept }) => !kept);
  const questions = asked.map((one) => {
    const { wish, column, kept } = one;
    if (kept) return { wish, question: questionToRefuse(column) };
    const at = answered.indexOf(one);
    // Where the values are not one for each wish, every one of these wishes waits for all of them.
    const own = wanted.length === answered.length ? wanted.slice(at, at + 1) : wanted;
    return { wish, question: questionAbout(own, column) };
  });
  return { ok: true, value: questions };
}

/** Whether some policy keeps what a wish asks for from the caller, as things stand at the start. */
function isKept(world: World, task: Task, wish: Extract<Wish, { wish: 'tell' }>): Answer<boolean> {
  const { stateSchema, talkPolicies } = world.domain;
  const about = talkPolicies.filter((one) => one.kind === 'conceal' && isAbout(stateSchema, one, wish));
  if (about.length === 0) return { ok: true, value: false };
  const holder = holderOf(world, task, wish);
  if (!holder.ok) return holder;
  if (holder.value === undefined) return { ok: true, value: false };
  const { entity, id } = holder.value;
  const session = world.open(task.distractors);
  const judged = session.concealed(entity, id, task.scenario.caller);
  session.close();
  if (!judged.ok) return judged;
  const keeps = about.some(
    (one) => one.kind === 'conceal' && (one.judged !== true || judged.value.includes(one.id)),
  );
  return { ok: true, value: keeps };
}

/** All that is asked as one question. */
function wholeQuestion(task: Task, questions: PreparedTask['questions']): Question {
  const wanted = task.goal.accepts[0]?.communicate ?? [];
  if (questions.length === 0 && wanted.length === 0) return noQuestion;
  const asked = new Set(wanted.map(classOf));
  // Where values are wanted that no wish names, any of their class may be meant for one.
  const couldBe: Question['couldBe'] =
    questions.length < wanted.length
      ? (value) => asked.has(classOf(value))
      : (value) => questions.some(({ question }) => question.couldBe(value));
  return { wanted, couldBe };
}
