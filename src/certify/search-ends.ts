// A bounded search for the ends that a few permitted writes over some constants reach. Breadth first,
// states met before left out. A step that changes, creates or removes what the wished outcome does not
// is no step towards it and is not followed. The bound is in calls, never in time.
import type { ContentHash } from '../core/hash.js';
import { precedes } from '../policy/belief/precede.js';
import { policiesOn } from '../policy/belief/rules.js';
import type { Call } from '../policy/talk.js';
import type { Session } from '../world/world.js';
import type { RowChange } from '../../sandbox/guest-api.js';
import { callsOver, type Constants } from './constants.js';
import type { CertifyContext } from './context.js';
import { runCall, type Created } from './run-calls.js';
import { toolNamed, toolsThat } from './tools.js';

export interface SearchFrom {
  /** Where it starts; the session stays as it is. */
  readonly session: Session;
  readonly caller: string;
  readonly constants: Constants;
  /** What the wished outcome changes: no step goes beyond it. */
  readonly wished: readonly RowChange[];
  readonly depth: number;
  readonly mostCalls: number;
  /** Calls that the search leaves out, beside those that a rule forbids. */
  readonly leaveOut: (call: Call) => boolean;
}

interface End {
  readonly digest: ContentHash;
  readonly changes: readonly RowChange[];
  readonly calls: readonly Call[];
}

export interface Searched {
  readonly ends: readonly End[];
  /** Calls made. */
  readonly searched: number;
  readonly capped: boolean;
}

interface Node extends End {
  readonly session: Session;
  readonly created: readonly Created[];
}

/** Every state that the search comes to. */
export function searchEnds(context: CertifyContext, from: SearchFrom): Searched {
  const { world } = context;
  const start = from.session.fork();
  const opened = [start];
  const digest = start.digest();
  const diff = start.diff();
  const ends: End[] = [];
  let searched = 0;
  let capped = false;
  if (digest.ok && diff.ok) {
    const beyond = bounds(from.wished);
    const met = new Set<ContentHash>([digest.value]);
    const queue: Node[] = [
      { session: start, digest: digest.value, changes: diff.value, created: [], calls: [] },
    ];
    for (const node of queue) {
      if (node.calls.length >= from.depth) continue;
      for (const tool of toolsThat(context, 'write')) {
        const { calls, cut } = callsOver(tool, from.constants, node.created);
        capped ||= cut;
        for (const call of calls) {
          if (searched >= from.mostCalls) return finish(opened, { ends, searched, capped: true });
          if (from.leaveOut(call) || !isPermitted(context, node, from.caller, call)) continue;
          searched += 1;
          const session = node.session.fork();
          opened.push(session);
          const ran = runCall(world.domain, session, call, node.changes);
          if (typeof ran === 'string' || beyond(ran.changes)) continue;
          const after = session.digest();
          if (!after.ok || met.has(after.value)) continue;
          met.add(after.value);
          const next = { digest: after.value, changes: ran.changes, calls: [...node.calls, call] };
          ends.push(next);
          queue.push({ ...next, session, created: [...node.created, ...ran.created] });
        }
      }
    }
  }
  return finish(opened, { ends, searched, capped });
}

function finish(sessions: readonly Session[], found: Searched): Searched {
  for (const session of sessions) session.close();
  return found;
}

/** Whether no rule forbids the call there; reads that must come first are taken as made. */
function isPermitted(context: CertifyContext, node: Node, caller: string, call: Call): boolean {
  const violated = node.session.violatedGuards(call.tool, call.args, caller);
  if (!violated.ok || violated.value.length > 0) return false;
  return policiesOn(context.domain, 'precede', call.tool).every(
    (policy) =>
      toolNamed(context, policy.first)?.effect === 'read' ||
      node.calls.some((earlier) => precedes(policy, earlier, call)),
  );
}

/** Whether changes go beyond the wished ones: a row touched that those leave, or one too many created. */
function bounds(wished: readonly RowChange[]): (changes: readonly RowChange[]) => boolean {
  const rows = new Set(wished.filter(({ before }) => before !== null).map(({ id }) => id));
  const most = countCreated(wished);
  return (changes) =>
    changes.some(({ id, before }) => before !== null && !rows.has(id)) ||
    [...countCreated(changes)].some(([entity, count]) => count > (most.get(entity) ?? 0));
}

function countCreated(changes: readonly RowChange[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { entity, before } of changes) {
    if (before === null) counts.set(entity, (counts.get(entity) ?? 0) + 1);
  }
  return counts;
}
