// Calls made straight in a session, with what each created: for checks of what calls do to the state,
// whoever talks about them.
import type { Json } from '../core/json.js';
import type { EmittedDomain } from '../emit/emitted-domain.js';
import { rowsIn } from '../policy/rows.js';
import type { Call } from '../policy/talk.js';
import type { Session } from '../world/world.js';
import type { RowChange } from '../../sandbox/guest-api.js';

export interface Created {
  readonly entity: string;
  readonly id: string;
  /** Whether the result of the call shows the row. */
  readonly shown: boolean;
}

/** A call that worked, and what differs from the start after it. */
export interface Ran {
  readonly call: Call;
  readonly value: Json;
  readonly created: readonly Created[];
  readonly changes: readonly RowChange[];
}

/** Makes a call; `before` is what differed from the start. */
export function runCall(
  domain: EmittedDomain,
  session: Session,
  call: Call,
  before: readonly RowChange[],
): Ran | 'refused' | 'fault' {
  const reply = session.call(call.tool, call.args);
  if (reply.type !== 'result') return reply.type === 'refusal' ? 'refused' : 'fault';
  const diff = session.diff();
  if (!diff.ok) return 'fault';
  const known = new Set(before.map(({ id }) => id));
  const shown = new Set(rowsIn(domain.stateSchema, reply.value).map(({ id }) => id));
  const created = diff.value
    .filter((change) => change.before === null && !known.has(change.id))
    .map(({ entity, id }) => ({ entity, id, shown: shown.has(id) }));
  return { call, value: reply.value, created, changes: diff.value };
}

/** Makes calls in a session of its own, as long as they work. */
export function runCalls(open: () => Session, domain: EmittedDomain, calls: readonly Call[]): readonly Ran[] {
  const session = open();
  try {
    const ran: Ran[] = [];
    for (const call of calls) {
      const one = runCall(domain, session, call, ran.at(-1)?.changes ?? []);
      if (typeof one === 'string') break;
      ran.push(one);
    }
    return ran;
  } finally {
    session.close();
  }
}
