// The oracle, which sees what any agent sees and knows the public rules, solves it. [defect 11]
import { oracle } from '../../../agents/scripted/oracle.js';
import { hashJson } from '../../core/hash.js';
import type { Line } from '../line.js';
import { play } from '../play.js';

export const oracleSolves: Line = {
  name: 'oracle-solves',
  run(context, task) {
    const episode = play(context, task, oracle(context.domain));
    return {
      passed: episode.end === 'solved' && episode.faults.length === 0,
      evidence: { steps: episode.steps.length, end: episode.end, episode: hashJson(episode) },
    };
  },
};
