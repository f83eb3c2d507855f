// Time and ids come from the state alone: gold run again while other sessions create rows beside it
// leaves the same rows under the same ids, each id the next of its entity. [defect 8]
import { canonicalJson } from '../../core/json.js';
import { formatId } from '../../core/id.js';
import { hashJson } from '../../core/hash.js';
import type { Task } from '../../task/task.js';
import type { RowChange } from '../../../sandbox/guest-api.js';
import type { CertifyContext } from '../context.js';
import { goldCalls, goldWrites } from '../gold-writes.js';
import type { Line } from '../line.js';
import { startState } from '../start.js';

export const clockAndIdsAreSeeded: Line = {
  name: 'clock-and-ids-are-seeded',
  run(context, task) {
    const writes = goldWrites(context, task);
    const changes = writes.at(-1)?.changes ?? [];
    const again = besideOthers(context, task);
    const strange = changes.filter((change) => change.before === null && !isNext(context, task, change));
    const same = again !== null && canonicalJson(again) === canonicalJson(changes);
    return {
      passed: same && strange.length === 0,
      evidence: {
        changes: changes.length,
        created: changes.filter(({ before }) => before === null).length,
        rows: hashJson(changes),
        ...(same ? {} : { same }),
        ...(strange.length === 0 ? {} : { strange: strange.map(({ id }) => id).join(' ') }),
      },
    };
  },
};

/** What gold changes while each of its calls is made in another session first; null after a fault. */
function besideOthers(context: CertifyContext, task: Task): readonly RowChange[] | null {
  const { world } = context;
  const [other, session] = [world.open(task.distractors), world.open(task.distractors)];
  try {
    for (const { tool, args } of goldCalls(context, task)) {
      for (const one of [other, session]) if (one.call(tool, args).type === 'fault') return null;
    }
    const diff = session.diff();
    return diff.ok ? diff.value : null;
  } finally {
    other.close();
    session.close();
  }
}

/** A call may create rows that a later one removes. */
const mostCreated = 32;

/** Whether a created row has one of the ids that come next. */
function isNext(context: CertifyContext, task: Task, { entity, id }: RowChange): boolean {
  const scheme = context.world.domain.stateSchema.tables.find((table) => table.entity === entity)?.ids;
  if (scheme === undefined) return false;
  const first = startState(context, task).created[entity] ?? 0;
  return Array.from({ length: mostCreated }, (_, at) => formatId(scheme, first + at)).includes(id);
}
