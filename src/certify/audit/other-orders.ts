// Independent solutions: the wishes in other orders. Only what is right by itself is asked of the grader:
// every call works, no rule forbids it, and the end is one that the goal accepts.
import { canonicalJson } from '../../core/json.js';
import { goldActions } from '../../env/gold.js';
import type { Action } from '../../env/protocol.js';
import { precedingCall } from '../../policy/belief/precede.js';
import { policiesOn } from '../../policy/belief/rules.js';
import type { Call } from '../../policy/talk.js';
import type { Task } from '../../task/task.js';
import type { CertifyContext } from '../context.js';
import { goldCalls } from '../gold-writes.js';
import { ordersOf } from '../orders.js';
import { toolsThat } from '../tools.js';
import { vary, type Variation } from './variation.js';

const mostOrders = 6;

export function otherOrders(context: CertifyContext, task: Task): readonly Variation[] {
  const accepted = new Set<string>(task.goal.accepts.map(({ digest }) => digest));
  const right = ordersOf(context, task).ends.filter(({ digest }) => accepted.has(digest));
  return right
    .slice(1, mostOrders + 1)
    .flatMap(
      ({ order, calls }) =>
        vary(task, 'other order', order.join(' '), inOrder(context, task, order, calls)) ?? [],
    );
}

/**
 * Gold with its writes in another order, each with the reads and proposals that lead up to it. What is
 * said between them stays in its place: a close there brings up what the user wants later.
 */
function inOrder(
  context: CertifyContext,
  task: Task,
  order: readonly number[],
  calls: readonly Call[],
): readonly Action[] {
  const { head, parts, tail } = cutAtWrites(context, task);
  const moved = order.flatMap((index, at) => {
    const [call, gold] = [calls[at], goldCalls(context, task)[index]];
    if (call === undefined || gold === undefined) return [];
    const stays = (parts[at] ?? []).filter((action) => !leadsUp(action));
    const goes = (parts[index] ?? []).filter(leadsUp).map((action) => rename(action, gold, call));
    return [...stays, ...readsBefore(context, call), ...goes];
  });
  return [...head, ...moved, ...tail];
}

function leadsUp(action: Action): boolean {
  return action.type === 'call' || ('act' in action && action.act.act === 'propose');
}

/** What the rules want read before a call: gold may have read it for an earlier one. */
function readsBefore({ domain }: CertifyContext, call: Call): readonly Action[] {
  return policiesOn(domain, 'precede', call.tool).flatMap((policy): readonly Action[] => {
    const first = precedingCall(domain, policy, call);
    return first === null ? [] : [{ type: 'call', ...first }];
  });
}

interface Cut {
  /** Up to the first proposal or write. */
  readonly head: readonly Action[];
  /** For each write, what comes after the one before, and itself. */
  readonly parts: readonly (readonly Action[])[];
  readonly tail: readonly Action[];
}

/** Cuts gold behind each write; what is read before the first one is read first in any order. */
export function cutAtWrites(context: CertifyContext, task: Task): Cut {
  const gold = goldActions(task);
  const writes = new Set(toolsThat(context, 'write').map(({ name }) => name));
  const ends = gold.flatMap((action, at) =>
    action.type === 'call' && writes.has(action.tool) ? [at + 1] : [],
  );
  const [first = gold.length] = ends;
  const proposal = gold.findIndex(
    (action) => action.type === 'say' && 'act' in action && action.act.act === 'propose',
  );
  const start = proposal >= 0 && proposal < first ? proposal : Math.max(0, first - 1);
  const parts = ends.map((end, index) => gold.slice(index === 0 ? start : ends[index - 1], end));
  return { head: gold.slice(0, start), parts, tail: gold.slice(ends.at(-1) ?? gold.length) };
}

/** The action about the call as it is here, with the rows as they were made here. */
function rename(action: Action, gold: Call, call: Call): Action {
  const isGold = (one: Call): boolean =>
    one.tool === gold.tool && canonicalJson(one.args) === canonicalJson(gold.args);
  if (action.type === 'call') return isGold(action) ? { type: 'call', ...call } : action;
  if (!('act' in action) || action.act.act !== 'propose' || !isGold(action.act.call)) return action;
  return { type: 'say', act: { act: 'propose', call } };
}
