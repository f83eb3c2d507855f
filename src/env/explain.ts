// Why an episode was or was not solved: what it left different from gold, where it first left gold's
// way, and which rules it broke. Computed by running both again, so that it needs nothing but the
// task and the trajectory.
import { rowsIn } from '../policy/rows.js';
import { saysSame } from '../policy/told.js';
import type { Call } from '../policy/talk.js';
import type { Task } from '../task/task.js';
import type { World } from '../world/world.js';
import type { Answer, GuestRow, RowChange } from '../../sandbox/guest-api.js';
import { firstDivergence } from './diverge.js';
import { describeExplanation } from './explain-text.js';
import type { Difference, Explanation } from './explanation.js';
import { findWrite, noteWrite, noWrites, type WriteProgress } from './gold.js';
import { prepareTask, type PreparedTask } from './prepare.js';
import type { Episode } from './protocol.js';

/** Explains an episode of a task; a fault when the sandbox breaks on the way. */
export function explainEpisode(world: World, task: Task, episode: Episode): Answer<Explanation> {
  const prepared = prepareTask(world, task);
  if (!prepared.ok) return prepared;
  const actual = endOfEpisode(world, prepared.value, episode);
  if (!actual.ok) return actual;
  const { progress, wrong, changes } = actual.value;
  const policies = new Map(world.domain.talkPolicies.map(({ id, text }) => [id, text]));
  const violations = episode.violations.map((violation) => ({
    ...violation,
    text: policies.get(violation.policy) ?? '',
  }));
  const facts = {
    task: task.id,
    agent: episode.agent,
    end: episode.end,
    diverged: firstDivergence(world.domain, task, episode, prepared.value.question, wrong),
    undone: prepared.value.gold.filter((_, index) => !progress.done.includes(index)).map(({ call }) => call),
    wrong,
    differences: compare(prepared.value.changes, changes, progress.names),
    untold: (task.goal.accepts[0]?.communicate ?? []).filter(
      (value) => !episode.told.some((told) => saysSame(told, value)),
    ),
    unread: unreadRows(world, task, episode),
    acts: task.goal.actsNeeded.filter(({ act }) => act === 'refuse' || act === 'transfer'),
    violations,
  };
  return { ok: true, value: { ...facts, text: describeExplanation(facts) } };
}

function unreadRows(world: World, task: Task, episode: Episode): readonly string[] {
  const read = new Set(
    episode.steps.flatMap(({ observation }) =>
      observation.type === 'result'
        ? rowsIn(world.domain.stateSchema, observation.value).map(({ id }) => id)
        : [],
    ),
  );
  return task.goal.actsNeeded.flatMap((needed) =>
    needed.act === 'read' ? needed.rows.filter((id) => !read.has(id)) : [],
  );
}

interface Replayed {
  readonly changes: readonly RowChange[];
  readonly progress: WriteProgress;
  readonly wrong: readonly { readonly step: number; readonly call: Call }[];
}

function endOfEpisode(world: World, prepared: PreparedTask, episode: Episode): Answer<Replayed> {
  const writes = new Set(
    world.domain.manifest.filter(({ effect }) => effect === 'write').map(({ name }) => name),
  );
  const session = world.open(prepared.task.distractors);
  try {
    let progress = noWrites;
    const wrong: { readonly step: number; readonly call: Call }[] = [];
    for (const [step, { action, observation }] of episode.steps.entries()) {
      if (action.type !== 'call' || observation.type !== 'result' || !writes.has(action.tool)) continue;
      const call = { tool: action.tool, args: action.args };
      const index = findWrite(prepared.gold, progress, call);
      if (index < 0) wrong.push({ step, call });
      session.call(call.tool, call.args);
      const diff = session.diff();
      if (!diff.ok) return diff;
      progress = noteWrite(prepared.gold, progress, index, diff.value);
    }
    const diff = session.diff();
    return diff.ok ? { ok: true, value: { changes: diff.value, progress, wrong } } : diff;
  } finally {
    session.close();
  }
}

/** Rows that gold and the episode left different; created rows pair up by the writes that made them. */
function compare(
  gold: readonly RowChange[],
  actual: readonly RowChange[],
  names: Readonly<Record<string, string>>,
): Difference[] {
  const wanted = new Map(gold.map((change) => [change.id, change]));
  const left = new Map(actual.map((change) => [names[change.id] ?? change.id, change]));
  return [...new Set([...wanted.keys(), ...left.keys()])].flatMap((id): Difference[] => {
    const goldChange = wanted.get(id);
    const actualChange = left.get(id);
    const entity = goldChange?.entity ?? actualChange?.entity ?? '';
    const goldRow = goldChange === undefined ? (actualChange?.before ?? null) : goldChange.after;
    const actualRow =
      actualChange === undefined ? (goldChange?.before ?? null) : renamed(actualChange.after, names);
    const columns =
      goldRow === null || actualRow === null
        ? []
        : Object.keys(goldRow).filter((column) => goldRow[column] !== actualRow[column]);
    const same = columns.length === 0 && (goldRow === null) === (actualRow === null);
    return same ? [] : [{ entity, id, gold: goldRow, actual: actualRow, columns }];
  });
}

function renamed(row: GuestRow | null, names: Readonly<Record<string, string>>): GuestRow | null {
  if (row === null) return null;
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      (typeof value === 'string' && names[value]) || value,
    ]),
  );
}
