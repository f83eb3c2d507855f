// The gold steps as an environment uses them: which writes a task needs and which rows they make, so
// that an agent's write is recognised as one of them even where created rows got other ids.
import { canonicalJson, isObject, type Json } from '../core/json.js';
import type { Call } from '../policy/talk.js';
import type { Task } from '../task/task.js';
import type { World } from '../world/world.js';
import type { Answer, RowChange } from '../../sandbox/guest-api.js';
import type { Action } from './protocol.js';

/** A write of gold, and the ids of the rows that it created. */
export interface GoldWrite {
  readonly call: Call;
  readonly created: readonly Created[];
}

interface Created {
  readonly entity: string;
  readonly id: string;
}

/** Which of gold's writes an agent has done, and what its created rows are called in gold. Plain. */
export interface WriteProgress {
  readonly done: readonly number[];
  readonly made: readonly string[];
  readonly names: Readonly<Record<string, string>>;
}

export const noWrites: WriteProgress = { done: [], made: [], names: {} };

/** Gold as actions, which a replaying agent can play. */
export function goldActions(task: Task): readonly Action[] {
  return task.gold.map((step): Action =>
    'call' in step
      ? { type: 'call', tool: step.call.tool, args: step.call.args }
      : { type: 'say', act: step.say },
  );
}

/** What gold does: its writes, and what they change in all. */
export interface GoldRun {
  readonly writes: readonly GoldWrite[];
  readonly changes: readonly RowChange[];
}

/** Runs gold in a session of its own and notes the rows that each write creates. */
export function runGold(world: World, task: Task, writes: (tool: string) => boolean): Answer<GoldRun> {
  const session = world.open(task.distractors);
  try {
    const found: GoldWrite[] = [];
    let made: readonly string[] = [];
    let changes: readonly RowChange[] = [];
    for (const step of task.gold) {
      if (!('call' in step) || !writes(step.call.tool)) continue;
      const reply = session.call(step.call.tool, step.call.args);
      if (reply.type === 'fault') return { ok: false, fault: reply.fault };
      const diff = session.diff();
      if (!diff.ok) return diff;
      changes = diff.value;
      const created = newRows(diff.value, made);
      made = [...made, ...created.map(({ id }) => id)];
      found.push({ call: step.call, created });
    }
    return { ok: true, value: { writes: found, changes } };
  } finally {
    session.close();
  }
}

/** Whether any write of gold acts on a row that gold creates: only then do created ids matter. */
export function usesCreated(writes: readonly GoldWrite[]): boolean {
  const made = new Set(writes.flatMap(({ created }) => created.map(({ id }) => id)));
  const mentions = (value: Json): boolean =>
    typeof value === 'string'
      ? made.has(value)
      : Array.isArray(value)
        ? value.some(mentions)
        : isObject(value) && Object.values(value).some(mentions);
  return made.size > 0 && writes.some(({ call }) => mentions(call.args));
}

/** The place in gold of the write that this call is and that has not been done yet, or -1. */
export function findWrite(writes: readonly GoldWrite[], progress: WriteProgress, call: Call): number {
  const args = spell(call, progress.names);
  return writes.findIndex(
    (write, index) =>
      write.call.tool === call.tool && !progress.done.includes(index) && spell(write.call, {}) === args,
  );
}

/** The progress after a write of gold was done; `diff` (where created ids matter) names its new rows. */
export function noteWrite(
  writes: readonly GoldWrite[],
  progress: WriteProgress,
  index: number,
  diff: readonly RowChange[],
): WriteProgress {
  const created = newRows(diff, progress.made);
  const wanted = writes[index]?.created ?? [];
  const names = { ...progress.names };
  for (const [place, row] of created.entries()) {
    const twin = wanted[place];
    if (twin?.entity === row.entity) names[row.id] = twin.id;
  }
  const done = index < 0 ? progress.done : [...progress.done, index];
  return { done, made: [...progress.made, ...created.map(({ id }) => id)], names };
}

function newRows(diff: readonly RowChange[], known: readonly string[]): Created[] {
  return diff
    .filter(({ before, id }) => before === null && !known.includes(id))
    .map(({ entity, id }) => ({ entity, id }));
}

/** Canonical text of a call, created rows renamed; lists are sets, since no item may stand twice. */
function spell(call: Call, names: Readonly<Record<string, string>>): string {
  const rename = (value: Json): Json => {
    if (typeof value === 'string') return names[value] ?? value;
    if (!Array.isArray(value)) return value;
    return (value as readonly Json[])
      .map(rename)
      .sort((left, right) => compare(canonicalJson(left), canonicalJson(right)));
  };
  const args = Object.fromEntries(Object.entries(call.args).map(([key, value]) => [key, rename(value)]));
  return `${call.tool} ${canonicalJson(args)}`;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
