// Near misses in what comes before: the confirmation skipped, the caller not identified, a read that a
// rule or the goal asks for not made.
import { goldActions } from '../../env/gold.js';
import type { Action } from '../../env/protocol.js';
import { rowsIn } from '../../policy/rows.js';
import type { Task } from '../../task/task.js';
import type { CertifyContext } from '../context.js';
import { goldEpisode } from '../play.js';
import { toolsThat } from '../tools.js';
import { proposes } from './wrong-writes.js';
import { vary, type Variation } from './variation.js';

export function skipped(context: CertifyContext, task: Task): readonly Variation[] {
  const gold = goldActions(task);
  return [
    ...confirmations(context, task, gold),
    vary(task, 'verification skipped', 'find', withoutFinds(context, gold)),
    ...unread(context, task, gold),
    ...preceding(context, task, gold),
  ].filter((variation) => variation !== null);
}

function confirmations(
  context: CertifyContext,
  task: Task,
  gold: readonly Action[],
): readonly (Variation | null)[] {
  const writes = new Set(toolsThat(context, 'write').map(({ name }) => name));
  return gold.flatMap((action) => {
    if (action.type !== 'call' || !writes.has(action.tool)) return [];
    const { tool, args } = action;
    if (!gold.some((other) => proposes(other, { tool, args }))) return [];
    return [
      vary(
        task,
        'confirmation skipped',
        tool,
        gold.filter((other) => !proposes(other, { tool, args })),
      ),
    ];
  });
}

/** Gold without the look-ups that tell who calls. */
function withoutFinds({ world }: CertifyContext, gold: readonly Action[]): readonly Action[] {
  const finds = new Set(
    world.domain.talkPolicies.flatMap((policy) => (policy.kind === 'verify' ? policy.finds : [])),
  );
  return gold.filter((action) => action.type !== 'call' || !finds.has(action.tool));
}

/** Gold without any read that shows a row which has to be read, for each such row. */
function unread(context: CertifyContext, task: Task, gold: readonly Action[]): readonly (Variation | null)[] {
  const rows = task.goal.actsNeeded.flatMap((needed) => (needed.act === 'read' ? needed.rows : []));
  const reads = new Set(toolsThat(context, 'read').map(({ name }) => name));
  const { steps } = goldEpisode(context, task);
  const { stateSchema } = context.world.domain;
  return rows.map((row) => {
    const shows = (at: number): boolean => {
      const step = steps[at];
      if (step?.action.type !== 'call' || !reads.has(step.action.tool)) return false;
      const { observation } = step;
      return (
        observation.type === 'result' && rowsIn(stateSchema, observation.value).some(({ id }) => id === row)
      );
    };
    return vary(
      task,
      'row not read',
      row,
      gold.filter((_, at) => !shows(at)),
    );
  });
}

/** Gold without the reads that a policy wants before a write. */
function preceding(
  { world }: CertifyContext,
  task: Task,
  gold: readonly Action[],
): readonly (Variation | null)[] {
  return world.domain.talkPolicies.map((policy) => {
    if (policy.kind !== 'precede') return null;
    const later = gold.some((action) => action.type === 'call' && policy.on.includes(action.tool));
    if (!later) return null;
    return vary(
      task,
      'preceding call skipped',
      policy.first,
      gold.filter((action) => action.type !== 'call' || action.tool !== policy.first),
    );
  });
}
