// Gold, played twice through the environment with its user, is solved both times and gives the same
// bytes; no step of it is refused, and the talk is over with its last step and not before. [defects 1, 8]
import { hashJson } from '../../core/hash.js';
import { goldActions } from '../../env/gold.js';
import type { Line } from '../line.js';
import { faultIn, goldEpisode, playActions } from '../play.js';

export const goldReplaysTwice: Line = {
  name: 'gold-replays-twice',
  run(context, task) {
    const first = goldEpisode(context, task);
    const second = playActions(context, task, goldActions(task), { maxSteps: task.gold.length + 20 });
    const same = hashJson(first) === hashJson(second);
    const refused = first.steps.filter(({ observation }) => observation.type === 'refusal').length;
    const fault = faultIn([first, second]);
    return {
      passed:
        fault === null &&
        same &&
        first.end === 'solved' &&
        first.digest === task.goal.accepts[0]?.digest &&
        refused === 0 &&
        first.steps.length === task.gold.length,
      evidence: {
        episode: hashJson(first),
        digest: first.digest,
        end: first.end,
        same,
        refused,
        steps: first.steps.length,
        ...(fault === null ? {} : { fault }),
      },
    };
  },
};
