// Whatever other end a fair reader would accept is accepted: a bounded search over the goal's constants
// (alternatives.ts) finds none that the goal leaves out. [defect 4]
import { alternativesOf } from '../alternatives.js';
import type { Line } from '../line.js';

export const alternativesAreAccepted: Line = {
  name: 'alternatives-are-accepted',
  run(context, task) {
    const { found, searched, capped } = alternativesOf(context, task);
    const accepted = new Set<string>(task.goal.accepts.map(({ digest }) => digest));
    const left = found.filter((digest) => !accepted.has(digest)).length;
    return {
      passed: left === 0,
      evidence: { found: found.length, searched, capped, ...(left === 0 ? {} : { left }) },
    };
  },
};
