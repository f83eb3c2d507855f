// A user who faces a helpless agent leaves, unsatisfied, within a bound; and a user never leaves
// satisfied before the last effect it waits for: not when gold breaks off before a write, an answer
// or a refusal and only claims to be done. [defects 13, 14]
import { goldActions } from '../../env/gold.js';
import type { Action, Episode } from '../../env/protocol.js';
import type { Task } from '../../task/task.js';
import type { CertifyContext } from '../context.js';
import type { Line } from '../line.js';
import { close, faultIn, open, playOn } from '../play.js';
import { shortcutPlays } from '../shortcuts.js';
import { toolsThat } from '../tools.js';

const longestWait = 20;

export const userGivesUp: Line = {
  name: 'user-gives-up',
  run(context, task) {
    const plays = shortcutPlays(context, task);
    const helpless = ['null', 'babble'].flatMap((agent) => plays.get(agent) ?? []);
    const writes = new Set(toolsThat(context, 'write').map(({ name }) => name));
    const cut = cutOff(context, task, (action) => isEffect(action, writes));
    const left = helpless.filter(({ end, steps }) => end === 'gave-up' && steps.length <= longestWait);
    const early = cut.filter(leftSatisfied);
    const fault = faultIn([...helpless, ...cut]);
    return {
      passed: helpless.length === 2 && left.length === 2 && early.length === 0 && fault === null,
      evidence: {
        helpless: left.length,
        steps: Math.max(...helpless.map(({ steps }) => steps.length)),
        cut: cut.length,
        ...(early.length === 0 ? {} : { satisfiedEarly: early.length }),
        ...(fault === null ? {} : { fault }),
      },
    };
  },
};

/** Gold broken off before each of its effects, and closed from there. */
function cutOff(context: CertifyContext, task: Task, isOne: (action: Action) => boolean): readonly Episode[] {
  const trunk = open(context, task, 'cut', { maxSteps: task.gold.length + longestWait });
  const episodes: Episode[] = [];
  for (const action of goldActions(task)) {
    if (trunk.done) break;
    if (isOne(action)) episodes.push(playOn(trunk.fork(), () => close));
    trunk.step(action);
  }
  trunk.finish();
  return episodes;
}

/** What settles something: a write, an answer, a refusal, a hand-over. */
function isEffect(action: Action, writes: ReadonlySet<string>): boolean {
  if (action.type === 'call') return writes.has(action.tool);
  return 'act' in action && (action.act.act === 'tell' || action.act.act === 'refuse');
}

function leftSatisfied({ steps }: Episode): boolean {
  const last = steps.at(-1)?.observation;
  return last?.type === 'user' && last.acts.some((act) => act.act === 'end' && act.satisfied);
}
