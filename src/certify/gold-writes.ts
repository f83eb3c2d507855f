// The writes of gold, run straight in a session, and for each the wishes that ask for it.
import { precedes } from '../policy/belief/precede.js';
import { policiesOn } from '../policy/belief/rules.js';
import type { Call } from '../policy/talk.js';
import type { Task } from '../task/task.js';
import { asksFor } from './asked.js';
import { once, type CertifyContext } from './context.js';
import { meantWishes, type MadeRows } from './meant.js';
import { runCalls, type Created, type Ran } from './run-calls.js';
import { sourceAfter } from './start.js';

export interface GoldWrite extends Ran {
  /** The wishes that ask for exactly this call. */
  readonly wishes: readonly number[];
  /** The policy that wants this call before a later write. */
  readonly demandedBy: string | null;
}

/** The calls of gold that write. */
export const goldCalls = once(({ world }, task): readonly Call[] => {
  const writes = new Set(
    world.domain.manifest.filter(({ effect }) => effect === 'write').map(({ name }) => name),
  );
  return task.gold.flatMap((step) => ('call' in step && writes.has(step.call.tool) ? [step.call] : []));
});

/** Gold's writes as they run; fewer than `goldCalls` where one is refused. */
export const goldWrites = once((context, task): readonly GoldWrite[] => {
  const { domain, world } = context;
  const calls = goldCalls(context, task);
  const wishes = meantWishes(context, task);
  const made = new Map<number, readonly Created[]>();
  const runs = runCalls(() => world.open(task.distractors), world.domain, calls);
  return runs.map((ran, index) => {
    const source = sourceAfter(context, task, runs[index - 1]?.changes ?? []);
    const asking = wishes.flatMap((wish, at) =>
      asksFor(context, task, wish, ran.call, { made, source }) ? [at] : [],
    );
    for (const at of asking) if (!made.has(at)) made.set(at, ran.created);
    const later = calls.slice(index + 1);
    const demand = later
      .flatMap((call) => policiesOn(domain, 'precede', call.tool).map((policy) => ({ policy, call })))
      .find(({ policy, call }) => precedes(policy, ran.call, call));
    return { ...ran, wishes: asking, demandedBy: demand?.policy.id ?? null };
  });
});

/** The rows that each fulfilled wish made, in gold. */
export function madeInGold(context: CertifyContext, task: Task): MadeRows {
  return new Map(
    goldWrites(context, task).flatMap(({ wishes, created }) => wishes.map((wish) => [wish, created])),
  );
}
