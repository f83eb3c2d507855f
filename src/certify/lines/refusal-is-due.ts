// A wish that gold leaves undone has to be: its tool would carry it out, to some effect, or its answer is
// there; exactly one rule forbids it, at whatever time an agent comes to it, and gold names that rule; no
// permitted calls over its constants lead round to the same outcome, and nothing that gold comes by shows
// the answer where it may be told of. [defects 2, 4, 11]
import { secretsMeant, type Secret } from '../answers.js';
import { constantsOf, textsOf } from '../constants.js';
import type { CertifyContext } from '../context.js';
import { largestList } from '../alternatives.js';
import { goldCalls } from '../gold-writes.js';
import type { Line } from '../line.js';
import { ordersOf } from '../orders.js';
import { outcomeOf } from '../outcome.js';
import { goldEpisode } from '../play.js';
import { runCall } from '../run-calls.js';
import { searchEnds } from '../search-ends.js';
import { brokenByTelling, recordOf } from '../secrecy.js';
import { startSource } from '../start.js';
import { undoneWishes } from '../undone.js';
import type { Call } from '../../policy/talk.js';
import type { Task } from '../../task/task.js';

const mostCalls = 200;

export const refusalIsDue: Line = {
  name: 'refusal-is-due',
  run(context, task) {
    const undone = undoneWishes(context, task);
    const secrets = secretsMeant(context, task);
    if (undone.length + secrets.length === 0) {
      return { passed: true, evidence: { undone: 0, searched: 0, capped: false } };
    }
    const { notForbidden } = ordersOf(context, task);
    const ways = undone.map(({ call }) => (call === null ? unclear : wayRound(context, task, call)));
    const searched = ways.reduce((total, way) => total + way.searched, 0);
    const impossible = ways.filter(({ possible }) => !possible).length;
    const round = ways.filter(({ found }) => found).length;
    const open = secrets.filter((secret) => isOpen(context, task, secret)).length;
    return {
      passed: notForbidden + impossible + round + open === 0,
      evidence: {
        undone: undone.length + secrets.length,
        searched,
        capped: ways.some(({ capped }) => capped),
        ...(notForbidden === 0 ? {} : { notForbidden }),
        ...(impossible === 0 ? {} : { impossible }),
        ...(round === 0 ? {} : { round }),
        ...(open === 0 ? {} : { open }),
      },
    };
  },
};

/** Whether a secret was said, or stands where it may be told of in what gold comes by or in its own row. */
function isOpen(context: CertifyContext, task: Task, { entity, row, value }: Secret): boolean {
  const { opening, steps } = goldEpisode(context, task);
  const source = startSource(context, task);
  const { said, shown } = recordOf([opening, ...steps.map(({ observation }) => observation)]);
  const record = { said, shown: [...shown, { ...source.get(entity, row) }] };
  const broken = brokenByTelling(context.domain, task.scenario.caller, record, value.value, source);
  return broken?.length === 0;
}

interface Way {
  /** Whether the tool would do it, to some effect. */
  readonly possible: boolean;
  readonly found: boolean;
  readonly searched: number;
  readonly capped: boolean;
}

const unclear: Way = { possible: false, found: false, searched: 0, capped: false };

/** Looks for a permitted way to what the call would do, from where gold leaves things. */
function wayRound(context: CertifyContext, task: Task, call: Call): Way {
  const { world, state } = context;
  const { stateSchema } = world.domain;
  const session = world.open(task.distractors);
  const forbidden = session.fork();
  try {
    for (const { tool, args } of goldCalls(context, task)) {
      session.call(tool, args);
      forbidden.call(tool, args);
    }
    const before = session.diff();
    const ran = before.ok ? runCall(world.domain, forbidden, call, before.value) : 'fault';
    const digests = [session.digest(), forbidden.digest()].map((digest) => (digest.ok ? digest.value : null));
    if (typeof ran === 'string' || digests[0] === digests[1]) return unclear;
    const constants = constantsOf(context, [call]);
    const books = { now: state.now, texts: textsOf(constants) };
    const wanted = outcomeOf(stateSchema, ran.changes, books);
    const { ends, searched, capped } = searchEnds(context, {
      session,
      task,
      constants,
      wished: ran.changes,
      depth: Math.max(2, largestList(call)),
      mostCalls,
      leaveOut: () => false,
    });
    const found = ends.some(({ changes }) => outcomeOf(stateSchema, changes, books) === wanted);
    return { possible: true, found, searched, capped };
  } finally {
    session.close();
    forbidden.close();
  }
}
