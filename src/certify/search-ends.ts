// A bounded search for the ends that a few permitted writes over some constants reach. Breadth first,
// states met before left out. A step that changes a column, creates or removes what the wished outcome
// does not is no step towards it and is not followed. The bound is in calls, never in time.
import type { ContentHash } from '../core/hash.js';
import { precedes } from '../policy/belief/precede.js';
import { policiesOn } from '../policy/belief/rules.js';
import type { Call } from '../policy/talk.js';
import type { RowSource } from '../spec/evaluate.js';
import type { Task } from '../task/task.js';
import { digestChanges } from '../world/digest.js';
import type { Session } from '../world/world.js';
import type { RowChange } from '../../sandbox/guest-api.js';
import { complete } from './asked.js';
import { callsOver, type Constants } from './constants.js';
import type { CertifyContext } from './context.js';
import { runCall, type Created } from './run-calls.js';
import { sourceAfter } from './start.js';
import { toolNamed, toolsThat } from './tools.js';

export interface SearchFrom {
  /** Where it starts; the session stays as it is. */
  readonly session: Session;
  readonly task: Task;
  readonly constants: Constants;
  /** What the wished outcome changes: no step goes beyond it. */
  readonly wished: readonly RowChange[];
  readonly depth: number;
  readonly mostCalls: number;
  /** Calls that the search leaves out, beside those that a rule forbids. */
  readonly leaveOut: (call: Call, source: RowSource) => boolean;
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

interface Search {
  readonly context: CertifyContext;
  readonly from: SearchFrom;
  readonly beyond: (changes: readonly RowChange[]) => boolean;
  readonly opened: Session[];
  readonly met: Set<ContentHash>;
  /** Nodes to go on from, in the order in which they were come to; the first is the start. */
  readonly nodes: Node[];
  searched: number;
  capped: boolean;
}

/** Every state that the search comes to. */
export function searchEnds(context: CertifyContext, from: SearchFrom): Searched {
  const session = from.session.fork();
  const [digest, diff] = [session.digest(), session.diff()];
  const start =
    digest.ok && diff.ok
      ? [{ session, digest: digest.value, changes: diff.value, created: [], calls: [] }]
      : [];
  const search: Search = {
    context,
    from,
    beyond: bounds(from.wished),
    opened: [session],
    met: new Set(start.map((node) => node.digest)),
    nodes: start,
    searched: 0,
    capped: start.length === 0,
  };
  for (const node of search.nodes) {
    if (node.calls.length < from.depth) expand(search, node);
  }
  for (const session of search.opened) session.close();
  return { ends: search.nodes.slice(1), searched: search.searched, capped: search.capped };
}

/** Takes every step from a node, up to the bound. */
function expand(search: Search, node: Node): void {
  const { context, from } = search;
  const source = sourceAfter(context, from.task, node.changes);
  for (const tool of toolsThat(context, 'write')) {
    const { calls, cut } = callsOver(context, tool, from.constants, node.created);
    search.capped ||= cut;
    for (const said of calls) {
      const call = complete(context, from.task, said, source);
      if (call === null || from.leaveOut(call, source)) continue;
      if (!isPermitted(context, node, from.task.scenario.caller, call)) continue;
      if (search.searched >= from.mostCalls) {
        search.capped = true;
        return;
      }
      step(search, node, call);
    }
  }
}

function step(search: Search, node: Node, call: Call): void {
  search.searched += 1;
  const session = node.session.fork();
  search.opened.push(session);
  const { domain } = search.context.world;
  const ran = runCall(domain, session, call, node.changes);
  if (typeof ran === 'string' || search.beyond(ran.changes)) return;
  const digest = digestChanges(domain.stateSchema, ran.changes);
  if (search.met.has(digest)) return;
  search.met.add(digest);
  search.nodes.push({
    session,
    digest,
    changes: ran.changes,
    calls: [...node.calls, call],
    created: [...node.created, ...ran.created],
  });
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

/** Whether changes go beyond the wished ones: a column changed that those leave, or a row too many created. */
function bounds(wished: readonly RowChange[]): (changes: readonly RowChange[]) => boolean {
  const columns = new Map(wished.map((change) => [change.id, columnsChanged(change)]));
  const most = countCreated(wished);
  return (changes) =>
    changes.some((change) => {
      const known = change.before === null ? null : (columns.get(change.id) ?? new Set());
      return known !== null && [...columnsChanged(change)].some((column) => !known.has(column));
    }) || [...countCreated(changes)].some(([entity, count]) => count > (most.get(entity) ?? 0));
}

/** The columns of a row that was there which are not as they were; of one that is gone, all. */
function columnsChanged({ before, after }: RowChange): ReadonlySet<string> {
  if (before === null) return new Set();
  const names = Object.keys(before);
  return new Set(names.filter((name) => after === null || after[name] !== before[name]));
}

function countCreated(changes: readonly RowChange[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { entity, before } of changes) {
    if (before === null) counts.set(entity, (counts.get(entity) ?? 0) + 1);
  }
  return counts;
}
