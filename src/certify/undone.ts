// The wishes that gold does not do, and the rules by which it refuses or hands them over.
import type { Call } from '../policy/talk.js';
import type { Task } from '../task/task.js';
import { once } from './context.js';
import { goldWrites, madeInGold } from './gold-writes.js';
import { bind, meantWishes } from './meant.js';
import { parametersOf } from './tools.js';

export interface Undone {
  readonly wish: number;
  /** The call that the wish asks for; null where it needs a row that gold does not make. */
  readonly call: Call | null;
}

export const undoneWishes = once((context, task): readonly Undone[] => {
  const done = new Set(goldWrites(context, task).flatMap(({ wishes }) => wishes));
  const made = madeInGold(context, task);
  return meantWishes(context, task).flatMap((meant, wish) => {
    if (meant.wish.wish !== 'do' || done.has(wish)) return [];
    return [{ wish, call: bind(meant, parametersOf(context, meant.wish.tool), made) }];
  });
});

/** Policies that gold names: those it refuses by, and the one it hands over by. */
export function rulesNamed(task: Task): readonly string[] {
  return task.goal.actsNeeded.flatMap((needed) =>
    needed.act === 'refuse' || needed.act === 'transfer' ? [needed.policy] : [],
  );
}
