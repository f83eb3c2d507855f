// Every order in which gold's writes can be made, run straight in sessions; what the user brings up later
// comes later in all of them. At each place between the writes it is judged whether exactly one rule, one
// that gold names, is against each wish that gold leaves undone: a fair agent may come to it at any time.
// The orders are walked as a tree, a fork a branch.
import type { ContentHash } from '../core/hash.js';
import { precedes } from '../policy/belief/precede.js';
import { policiesOn } from '../policy/belief/rules.js';
import type { Call } from '../policy/talk.js';
import type { Task } from '../task/task.js';
import type { Session } from '../world/world.js';
import { secretsMeant } from './answers.js';
import { bind, type Standing } from './asked.js';
import { once, type CertifyContext } from './context.js';
import { goldWrites, type GoldWrite } from './gold-writes.js';
import { meantWishes, type MadeRows } from './meant.js';
import { runCall, type Ran } from './run-calls.js';
import { concealersOf } from './secrecy.js';
import { sourceAfter } from './start.js';
import { toolNamed } from './tools.js';
import { rulesNamed, undoneWishes } from './undone.js';

/** How one order ended: the places of gold's writes, the calls as they were made, and the digest. */
interface OrderEnd {
  readonly order: readonly number[];
  readonly calls: readonly Call[];
  readonly digest: ContentHash;
}

export interface Orders {
  readonly ends: readonly OrderEnd[];
  /** Orders whose next call was refused, broke a rule, or lacked a row. */
  readonly failed: number;
  readonly calls: number;
  readonly capped: boolean;
  /** Places at which a wish left undone was not forbidden by exactly one rule, and that one named. */
  readonly notForbidden: number;
}

const mostCalls = 400;

/** What has been done on the way to a place, in the order in which it was done. */
interface Place {
  readonly session: Session;
  readonly order: readonly number[];
  readonly done: readonly Ran[];
  readonly made: MadeRows;
}

interface Walk {
  readonly context: CertifyContext;
  readonly task: Task;
  readonly ends: OrderEnd[];
  failed: number;
  calls: number;
  notForbidden: number;
}

export const ordersOf = once((context, task): Orders => {
  const walk: Walk = { context, task, ends: [], failed: 0, calls: 0, notForbidden: 0 };
  const session = context.world.open(task.distractors);
  try {
    goOn(
      walk,
      { session, order: [], done: [], made: new Map() },
      goldWrites(context, task).map((_, index) => index),
    );
  } finally {
    session.close();
  }
  const { ends, failed, calls, notForbidden } = walk;
  return { ends, failed, calls, capped: calls >= mostCalls, notForbidden };
});

function goOn(walk: Walk, place: Place, left: readonly number[]): void {
  walk.notForbidden += countNotForbidden(walk, place);
  if (left.length === 0) {
    const { session, order, done } = place;
    const digest = session.digest();
    if (digest.ok) walk.ends.push({ order, calls: done.map(({ call }) => call), digest: digest.value });
    else walk.failed += 1;
    return;
  }
  for (const index of left) {
    if (isLater(walk, index) && !left.every((other) => isLater(walk, other))) continue;
    if (walk.calls >= mostCalls) return;
    walk.calls += 1;
    const session = place.session.fork();
    const next = take(walk, { ...place, session }, index);
    if (next === null) walk.failed += 1;
    else
      goOn(
        walk,
        next,
        left.filter((other) => other !== index),
      );
    session.close();
  }
}

function isLater({ context, task }: Walk, index: number): boolean {
  const wishes = goldWrites(context, task)[index]?.wishes ?? [];
  return wishes.some((wish) => wish >= task.scenario.later);
}

/** The place after one of gold's writes; null where it cannot be made, or must not be. */
function take({ context, task }: Walk, place: Place, index: number): Place | null {
  const write = goldWrites(context, task)[index];
  const call = write === undefined ? null : callOf(context, task, write, standingAt(context, task, place));
  if (write === undefined || call === null || !isPermitted(context, task, place, call)) return null;
  const ran = runCall(context.world.domain, place.session, call, place.done.at(-1)?.changes ?? []);
  if (typeof ran === 'string') return null;
  return {
    session: place.session,
    order: [...place.order, index],
    done: [...place.done, ran],
    made: new Map([...place.made, ...write.wishes.map((wish) => [wish, ran.created] as const)]),
  };
}

/** The call that the write's wish asks for, with the rows as they were made here. */
function callOf(context: CertifyContext, task: Task, write: GoldWrite, standing: Standing): Call | null {
  const wish = write.wishes.map((at) => meantWishes(context, task)[at]).find((one) => one !== undefined);
  return wish === undefined ? write.call : bind(context, task, wish, standing);
}

function standingAt(context: CertifyContext, task: Task, { made, done }: Place): Standing {
  return { made, source: sourceAfter(context, task, done.at(-1)?.changes ?? []) };
}

function isPermitted(context: CertifyContext, task: Task, place: Place, call: Call): boolean {
  const violated = place.session.violatedGuards(call.tool, call.args, task.scenario.caller);
  if (!violated.ok || violated.value.length > 0) return false;
  return policiesOn(context.domain, 'precede', call.tool).every(
    (policy) =>
      toolNamed(context, policy.first)?.effect === 'read' ||
      place.done.some((earlier) => precedes(policy, earlier.call, call)),
  );
}

function countNotForbidden({ context, task }: Walk, place: Place): number {
  const named = rulesNamed(task);
  const isDue = (rules: readonly string[]): boolean =>
    rules.length === 1 && rules.every((id) => named.includes(id));
  const standing = standingAt(context, task, place);
  const calls = undoneWishes(context, task).filter(({ wish }) => {
    const meant = meantWishes(context, task)[wish];
    const call = meant === undefined ? null : bind(context, task, meant, standing);
    // What needs a row that is not made yet cannot be asked for here.
    if (call === null) return false;
    const violated = place.session.violatedGuards(call.tool, call.args, task.scenario.caller);
    return !(violated.ok && isDue(violated.value));
  });
  const { caller } = task.scenario;
  const secrets = secretsMeant(context, task).filter(
    (secret) => !isDue(concealersOf(context.domain, caller, secret, standing.source)),
  );
  return calls.length + secrets.length;
}
