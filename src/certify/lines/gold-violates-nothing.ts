// Gold breaks no policy, as the environment's monitor judges each step. [defect 1]
import type { Line } from '../line.js';
import { goldEpisode } from '../play.js';

export const goldViolatesNothing: Line = {
  name: 'gold-violates-nothing',
  run(context, task) {
    const { violations, end } = goldEpisode(context, task);
    const [first] = violations;
    return {
      passed: violations.length === 0 && end !== 'fault',
      evidence: {
        violations: violations.length,
        ...(first === undefined ? {} : { policy: first.policy, step: first.step }),
      },
    };
  },
};
