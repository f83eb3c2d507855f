// The scenario and gold are one thing said twice: each write of gold is asked for by exactly one wish,
// or demanded by a policy before one that is; each wish is done, told or refused by gold; and what the
// scenario withholds, corrects and puts off are parts of its wishes. [defects 3, 16]
import type { Wish } from '../../policy/talk.js';
import type { Task } from '../../task/task.js';
import { goldCalls, goldWrites } from '../gold-writes.js';
import type { Line } from '../line.js';
import { meantWishes } from '../meant.js';
import { answersMeant, secretsMeant } from '../answers.js';
import { rulesNamed, undoneWishes } from '../undone.js';

export const scenarioAgreesWithGold: Line = {
  name: 'scenario-agrees-with-gold',
  run(context, task) {
    const writes = goldWrites(context, task);
    const wishes = meantWishes(context, task);
    const unclear = wishes.filter(({ args }) => args === null).length;
    const unasked = writes.filter(({ wishes, demandedBy }) => wishes.length === 0 && demandedBy === null);
    const askedTwice = writes.filter(({ wishes }) => wishes.length > 1);
    const done = writes.flatMap(({ wishes }) => wishes);
    const doneTwice = done.length - new Set(done).size;
    const undone = undoneWishes(context, task).length + secretsMeant(context, task).length;
    const named = rulesNamed(task);
    // One rule may forbid several wishes, and a hand-over leaves undone whatever comes after it.
    const unexplained = undone > 0 && named.length === 0 ? undone : 0;
    const unneeded = undone === 0 ? named.length : 0;
    const answers = answersMeant(context, task);
    const told = task.goal.accepts[0]?.communicate.length ?? 0;
    const untold = answers === null ? -1 : answers.length - told;
    const astray = strayConduct(task);
    return {
      passed:
        writes.length === goldCalls(context, task).length &&
        unclear + unasked.length + askedTwice.length + doneTwice + unexplained + unneeded + astray === 0 &&
        untold === 0,
      evidence: {
        wishes: wishes.length,
        writes: writes.length,
        demanded: writes.filter(({ wishes }) => wishes.length === 0).length - unasked.length,
        undone,
        told,
        ...problems({ unclear, unasked: unasked.length, askedTwice: askedTwice.length, doneTwice }),
        ...problems({ unexplained, unneeded, untold, astray }),
      },
    };
  },
};

function problems(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));
}

/** How many of the arguments withheld or corrected are none of the wishes' own. */
function strayConduct({ scenario }: Task): number {
  const { wishes, withheld, corrected, later } = scenario;
  const isOwn = ({ wish, arg }: { readonly wish: number; readonly arg: string }): boolean => {
    const one = wishes[wish];
    return one !== undefined && argumentsOf(one).includes(arg);
  };
  return [...withheld, ...corrected].filter((one) => !isOwn(one)).length + (later > wishes.length ? 1 : 0);
}

function argumentsOf(wish: Wish): readonly string[] {
  return wish.wish === 'do' ? Object.keys(wish.args) : ['of'];
}
