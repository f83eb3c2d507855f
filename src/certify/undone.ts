// The calls that are wished for and that gold does not make, and the rules by which it refuses or hands
// over.
import type { Call } from '../policy/talk.js';
import type { Task } from '../task/task.js';
import { once } from './context.js';
import { bind } from './asked.js';
import { goldWrites, madeInGold } from './gold-writes.js';
import { meantWishes } from './meant.js';
import { sourceAfter } from './start.js';

export interface Undone {
  readonly wish: number;
  /** The call that the wish asks for once gold is done; null where it needs a row that gold does not make. */
  readonly call: Call | null;
}

export const undoneWishes = once((context, task): readonly Undone[] => {
  const writes = goldWrites(context, task);
  const done = new Set(writes.flatMap(({ wishes }) => wishes));
  const made = madeInGold(context, task);
  const source = sourceAfter(context, task, writes.at(-1)?.changes ?? []);
  return meantWishes(context, task).flatMap((meant, wish) => {
    if (meant.wish.wish !== 'do' || done.has(wish)) return [];
    return [{ wish, call: bind(context, task, meant, { made, source }) }];
  });
});

/** Policies that gold names: those it refuses by, and the one it hands over by. */
export function rulesNamed(task: Task): readonly string[] {
  return task.goal.actsNeeded.flatMap((needed) =>
    needed.act === 'refuse' || needed.act === 'transfer' ? [needed.policy] : [],
  );
}
