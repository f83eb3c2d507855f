// Who picks at random among the actions that anybody can take is paid nothing, eight times over.
// [defect 2]
import { randomValidAgent } from '../../../agents/scripted/random-valid.js';
import type { Line } from '../line.js';
import { faultIn, isPaid, play } from '../play.js';

const runs = 8;

export const randomFails: Line = {
  name: 'random-fails',
  run(context, task) {
    const episodes = Array.from({ length: runs }, (_, run) =>
      play(context, task, randomValidAgent(), { run }),
    );
    const paid = episodes.filter(isPaid).length;
    const fault = faultIn(episodes);
    return {
      passed: paid === 0 && fault === null,
      evidence: {
        runs,
        steps: episodes.reduce((total, { steps }) => total + steps.length, 0),
        ...(paid === 0 ? {} : { paid }),
        ...(fault === null ? {} : { fault }),
      },
    };
  },
};
