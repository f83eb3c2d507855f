// Other ends that a fair reader of the request would accept. Two criteria, both mechanical:
// 1. every wish is fulfilled by the call that it asks for, where the request leaves the order open: in
//    another order of the wishes (unless the user says one), or of the items of a list;
// 2. whatever calls of permitted writes over the goal's constants led there, the outcome is gold's:
//    outcome.ts says when two ends are one outcome.
// What is found is accepted with what has to be told in gold; a search that was cut off is counted.
import { canonicalJson, type Json } from '../core/json.js';
import type { ContentHash } from '../core/hash.js';
import { policiesOn } from '../policy/belief/rules.js';
import type { Call } from '../policy/talk.js';
import type { Goal, Task } from '../task/task.js';
import { constantsOf, textsOf } from './constants.js';
import { asksFor } from './asked.js';
import { once, type CertifyContext } from './context.js';
import { goldCalls, goldWrites, madeInGold } from './gold-writes.js';
import { meantWishes } from './meant.js';
import { ordersOf } from './orders.js';
import { outcomeOf } from './outcome.js';
import { searchEnds } from './search-ends.js';

export interface Alternatives {
  /** Digests of the other ends, gold's own left out. */
  readonly found: readonly ContentHash[];
  readonly searched: number;
  readonly capped: boolean;
}

const mostCalls = 1500;

export const alternativesOf = once((context, task): Alternatives => {
  const gold = goldWrites(context, task);
  if (gold.length === 0) return { found: [], searched: 0, capped: false };
  const orders = task.scenario.ordered ? null : ordersOf(context, task);
  const lists = listOrders(context, task);
  const outcomes = sameOutcomes(context, task);
  const ends = [...(orders?.ends ?? []).map(({ digest }) => digest), ...lists.ends, ...outcomes.ends];
  const own = task.goal.accepts[0]?.digest;
  return {
    found: [...new Set(ends)].filter((digest) => digest !== own).sort(),
    searched: (orders?.calls ?? 0) + lists.searched + outcomes.searched,
    capped: (orders?.capped ?? false) || outcomes.capped,
  };
});

/** The goal with every other end accepted that a fair reader would accept. */
export function acceptAlternatives(context: CertifyContext, task: Task): Goal {
  const known = new Set<string>(task.goal.accepts.map(({ digest }) => digest));
  const communicate = task.goal.accepts[0]?.communicate ?? [];
  const added = alternativesOf(context, task).found.filter((digest) => !known.has(digest));
  return {
    ...task.goal,
    accepts: [...task.goal.accepts, ...added.map((digest) => ({ digest, communicate }))],
  };
}

interface Ends {
  readonly ends: readonly ContentHash[];
  readonly searched: number;
}

/** Gold with the items of one list in another order: each two neighbours changed, and all turned round. */
function listOrders(context: CertifyContext, task: Task): Ends {
  const calls = goldCalls(context, task);
  const variants = calls.flatMap((call, index) =>
    Object.entries(call.args).flatMap(([name, value]) =>
      Array.isArray(value)
        ? otherOrders(value).map((items) =>
            calls.with(index, { tool: call.tool, args: { ...call.args, [name]: items } }),
          )
        : [],
    ),
  );
  const ends = variants.flatMap((variant) => endOf(context, task, variant) ?? []);
  return { ends, searched: variants.length * calls.length };
}

function otherOrders(items: readonly Json[]): readonly (readonly Json[])[] {
  const swapped = items.slice(1).map((item, at) => items.with(at, item).with(at + 1, items[at] ?? null));
  const orders = [...swapped, items.toReversed()];
  return [...new Map(orders.map((order) => [canonicalJson(order), order])).values()].filter(
    (order) => canonicalJson(order) !== canonicalJson(items),
  );
}

/** The digest after calls that all work and that no rule forbids; null where one does not. */
function endOf({ world }: CertifyContext, task: Task, calls: readonly Call[]): ContentHash | null {
  const session = world.open(task.distractors);
  try {
    for (const { tool, args } of calls) {
      const violated = session.violatedGuards(tool, args, task.scenario.caller);
      if (!violated.ok || violated.value.length > 0) return null;
      if (session.call(tool, args).type !== 'result') return null;
    }
    const digest = session.digest();
    return digest.ok ? digest.value : null;
  } finally {
    session.close();
  }
}

/** Ends that are gold's outcome by whatever calls. The user agrees to no call that it did not ask for. */
function sameOutcomes(context: CertifyContext, task: Task): Ends & { readonly capped: boolean } {
  const { world, state } = context;
  const calls = goldCalls(context, task);
  const changes = goldWrites(context, task).at(-1)?.changes ?? [];
  const constants = constantsOf(context, calls);
  const books = { now: state.now, texts: textsOf(constants) };
  const made = madeInGold(context, task);
  const session = world.open(task.distractors);
  try {
    const found = searchEnds(context, {
      session,
      task,
      constants,
      wished: changes,
      depth: calls.reduce((total, call) => total + largestList(call), 0),
      mostCalls,
      leaveOut: (call, source) =>
        policiesOn(context.domain, 'confirm', call.tool).length > 0 &&
        !meantWishes(context, task).some((wish) => asksFor(context, task, wish, call, { made, source })),
    });
    const { stateSchema } = world.domain;
    const wanted = outcomeOf(stateSchema, changes, books);
    const same = found.ends.filter((end) => outcomeOf(stateSchema, end.changes, books) === wanted);
    return { ends: same.map(({ digest }) => digest), searched: found.searched, capped: found.capped };
  } finally {
    session.close();
  }
}

/** How many calls on single rows a call on many may stand for. */
export function largestList({ args }: Call): number {
  return Math.max(1, ...Object.values(args).map((value) => (Array.isArray(value) ? value.length : 1)));
}
