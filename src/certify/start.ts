// The state that a task starts from, as a source of rows: the seed state and the rows that the task
// lays beside it. Users name things as they stood then.
import { keyColumn, type RowSource } from '../spec/evaluate.js';
import { stateSource } from '../spec/state-source.js';
import { overlaySource } from '../task/overlay-source.js';
import type { Task } from '../task/task.js';
import type { GuestState, RowChange } from '../../sandbox/guest-api.js';
import { once, type CertifyContext } from './context.js';

export const startState = once(({ state }, task): GuestState => {
  if (task.distractors.length === 0) return state;
  const tables = { ...state.tables };
  for (const { entity, row } of task.distractors) tables[entity] = [...(tables[entity] ?? []), row];
  return { ...state, tables };
});

export const startSource = once((context, task): RowSource => stateSource(startState(context, task)));

/** The rows after some changes to the start. */
export function sourceAfter(context: CertifyContext, task: Task, changes: readonly RowChange[]): RowSource {
  return overlaySource(startSource(context, task), keyColumn, changes);
}
