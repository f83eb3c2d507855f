// The oracle solves it with text alone. [defects 11, 17]
import { oracle } from '../../../agents/scripted/oracle.js';
import { hashJson } from '../../core/hash.js';
import { inText } from '../../env/in-text.js';
import type { Line } from '../line.js';
import { play } from '../play.js';

export const oracleSolvesInText: Line = {
  name: 'oracle-solves-in-text',
  run(context, task) {
    const { domain, world } = context;
    const episode = play(context, task, inText(oracle(domain, 'text'), world.domain, domain.say));
    return {
      passed: episode.end === 'solved' && episode.faults.length === 0,
      evidence: { steps: episode.steps.length, end: episode.end, episode: hashJson(episode) },
    };
  },
};
