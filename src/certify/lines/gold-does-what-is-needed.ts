// Gold reaches an accepted state, tells what is to be told and does every act that the goal needs.
import type { Line } from '../line.js';
import { goldEpisode } from '../play.js';

/** What has to hold of an episode, as the reward names it. */
const facts = ['state', 'told', 'acts', 'policy', 'ended'];

export const goldDoesWhatIsNeeded: Line = {
  name: 'gold-does-what-is-needed',
  run(context, task) {
    const { reward, end } = goldEpisode(context, task);
    const missing = facts.filter((fact) => reward.parts[fact] !== 1);
    return {
      passed: end === 'solved' && missing.length === 0 && reward.total === 1,
      evidence: {
        acts: task.goal.actsNeeded.length,
        told: task.goal.accepts[0]?.communicate.length ?? 0,
        ...(missing.length === 0 ? {} : { missing: missing.join(' ') }),
      },
    };
  },
};
