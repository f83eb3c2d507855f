// Each argument of each write of gold is stated: by the wish that asks for the call, by a row that an
// earlier wish made, by a policy that wants the call, or by one that computes it. Nothing is left for an
// agent to guess. [defect 12]
import type { Json } from '../../core/json.js';
import { precedes, sameArgument } from '../../policy/belief/precede.js';
import { policiesOn } from '../../policy/belief/rules.js';
import type { Call } from '../../policy/talk.js';
import type { Task } from '../../task/task.js';
import { complete, isComputed } from '../asked.js';
import type { CertifyContext } from '../context.js';
import { goldCalls, goldWrites, madeInGold, type GoldWrite } from '../gold-writes.js';
import type { Line } from '../line.js';
import { fits, meantWishes, type Meant } from '../meant.js';
import { sourceAfter } from '../start.js';

type Cover = 'wish' | 'made' | 'policy' | 'computed';

export const argumentsAreCovered: Line = {
  name: 'arguments-are-covered',
  run(context, task) {
    const covers = goldWrites(context, task).flatMap((write, index) =>
      Object.entries(write.call.args).map(([name, value]) => ({
        name: `${write.call.tool}.${name}`,
        cover: coverOf(context, task, write, index, name, value),
      })),
    );
    const count = (cover: Cover): number => covers.filter((one) => one.cover === cover).length;
    const bare = covers.filter(({ cover }) => cover === null);
    return {
      passed: bare.length === 0,
      evidence: {
        arguments: covers.length,
        wish: count('wish'),
        made: count('made'),
        policy: count('policy'),
        computed: count('computed'),
        ...(bare.length === 0 ? {} : { unstated: bare.map(({ name }) => name).join(' ') }),
      },
    };
  },
};

function coverOf(
  context: CertifyContext,
  task: Task,
  write: GoldWrite,
  index: number,
  name: string,
  value: Json,
): Cover | null {
  const made = madeInGold(context, task);
  for (const wish of write.wishes) {
    const meant = meantWishes(context, task)[wish]?.args?.[name];
    if (meant !== undefined && fits(meant, value, made)) return namesMade(meant) ? 'made' : 'wish';
  }
  if (isWorkedOut(context, task, index, write.call, name)) return 'computed';
  return isShared(context, goldCalls(context, task).slice(index + 1), write.call, name) ? 'policy' : null;
}

/** Whether it is what a rule makes of the other arguments, by the rows as they are before the call. */
function isWorkedOut(
  context: CertifyContext,
  task: Task,
  index: number,
  { tool, args }: Call,
  name: string,
): boolean {
  if (!isComputed(context, tool, name)) return false;
  const { [name]: value, ...others } = args;
  const source = sourceAfter(context, task, goldWrites(context, task)[index - 1]?.changes ?? []);
  return complete(context, task, { tool, args: others }, source)?.args[name] === value;
}

/** Whether a policy that wants the call before a later one gives it this argument. */
function isShared({ domain }: CertifyContext, later: readonly Call[], call: Call, name: string): boolean {
  return later.some((next) =>
    policiesOn(domain, 'precede', next.tool).some((policy) => {
      if (!precedes(policy, call, next)) return false;
      const theirs = policy.shared.find(([first]) => first === name)?.[1] ?? name;
      return next.args[theirs] !== undefined && sameArgument(next.args[theirs], call.args[name]);
    }),
  );
}

function namesMade(meant: Meant): boolean {
  if ('made' in meant) return true;
  if ('items' in meant) return meant.items.some(namesMade);
  return 'fields' in meant && Object.values(meant.fields).some(namesMade);
}
