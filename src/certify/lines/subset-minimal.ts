// All of gold is needed: no proper subset of its writes, in their order, reaches an accepted state;
// refused writes and those that lost their row are passed over.
import type { Task } from '../../task/task.js';
import type { CertifyContext } from '../context.js';
import { goldCalls } from '../gold-writes.js';
import type { Line } from '../line.js';

export const subsetMinimal: Line = {
  name: 'subset-minimal',
  run(context, task) {
    const count = goldCalls(context, task).length;
    const accepted = new Set<string>(task.goal.accepts.map(({ digest }) => digest));
    const ends = Array.from({ length: 2 ** count - 1 }, (_, kept) => endOf(context, task, kept));
    const reaching = ends.filter((digest) => digest === null || accepted.has(digest)).length;
    return { passed: reaching === 0, evidence: { subsets: ends.length, reaching } };
  },
};

/** The digest after the writes whose bit is set; null after a fault. */
function endOf(context: CertifyContext, task: Task, kept: number): string | null {
  const session = context.world.open(task.distractors);
  try {
    for (const [index, { tool, args }] of goldCalls(context, task).entries()) {
      if ((kept & (1 << index)) !== 0 && session.call(tool, args).type === 'fault') return null;
    }
    const digest = session.digest();
    return digest.ok ? digest.value : null;
  } finally {
    session.close();
  }
}
