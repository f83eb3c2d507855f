// What the questions of a scenario ask for, read from the rows and not from gold.
import { columnsOf, follow } from '../policy/belief/path.js';
import type { TypedValue } from '../policy/talk.js';
import { typedValue } from '../policy/typed-value.js';
import type { Task } from '../task/task.js';
import type { Column } from '../spec/model.js';
import { stateSource } from '../spec/state-source.js';
import { once, type CertifyContext } from './context.js';
import { goldCalls, goldWrites } from './gold-writes.js';
import { meantWishes } from './meant.js';
import { startSource } from './start.js';

/** An answer, and the column and row that hold it, which may be behind the row asked about. */
export interface Answer {
  readonly entity: string;
  readonly attr: string;
  readonly row: string;
  readonly value: TypedValue;
}

/**
 * The answers to the questions in their order, as things stood at the start and as gold leaves them:
 * null where a question has none, or where gold's own writes change what it would be.
 */
export const answersMeant = once((context, task): readonly Answer[] | null => {
  const questions = meantWishes(context, task).filter(({ wish }) => wish.wish === 'tell');
  if (questions.length === 0) return [];
  const ended = endSource(context, task);
  const answers: Answer[] = [];
  for (const { wish, args } of questions) {
    const of = args?.['of'];
    const row = of !== undefined && 'value' in of ? of.value : null;
    if (wish.wish !== 'tell' || typeof row !== 'string') return null;
    const [first, last] = [startSource(context, task), ended].map((source) =>
      source === null ? undefined : follow(context.domain, source, wish.entity, row, wish.attr),
    );
    const holder = holderOf(context, task, wish.entity, row, wish.attr);
    if (first === undefined || first === null || first !== last || holder === null) return null;
    const { column, ...place } = holder;
    answers.push({ ...place, value: typedValue(column, first) });
  }
  return answers;
});

/** Where the value at the end of a path stands. */
function holderOf(
  context: CertifyContext,
  task: Task,
  entity: string,
  id: string,
  path: string,
): (Omit<Answer, 'value'> & { readonly column: Column }) | null {
  const columns = columnsOf(context.domain, entity, path);
  const column = columns?.at(-1);
  const before = columns?.at(-2)?.type;
  const way = path.split('.').slice(0, -1).join('.');
  const row = way === '' ? id : follow(context.domain, startSource(context, task), entity, id, way);
  if (column === undefined || typeof row !== 'string') return null;
  return { entity: before?.kind === 'row' ? before.entity : entity, attr: column.attr, row, column };
}

/** The state after gold's writes, or null where one is refused. */
function endSource(context: CertifyContext, task: Task): ReturnType<typeof startSource> | null {
  const calls = goldCalls(context, task);
  if (calls.length === 0) return startSource(context, task);
  if (goldWrites(context, task).length < calls.length) return null;
  const session = context.world.open(task.distractors);
  try {
    for (const { tool, args } of calls) session.call(tool, args);
    const state = session.state();
    return state.ok ? stateSource(state.value) : null;
  } finally {
    session.close();
  }
}
