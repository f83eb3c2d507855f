// What the questions of a scenario ask for, read from the rows and not from gold.
import { columnsOf, follow } from '../policy/belief/path.js';
import type { TypedValue } from '../policy/talk.js';
import { typedValue } from '../policy/typed-value.js';
import type { Task } from '../task/task.js';
import { stateSource } from '../spec/state-source.js';
import { once, type CertifyContext } from './context.js';
import { goldCalls, goldWrites } from './gold-writes.js';
import { meantWishes } from './meant.js';
import { startSource } from './start.js';

/** An answer, and the row that shows it. */
export interface Answer {
  readonly entity: string;
  readonly attr: string;
  readonly value: TypedValue;
  readonly row: string;
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
    const column = columnsOf(context.domain, wish.entity, wish.attr)?.at(-1);
    if (first === undefined || first === null || first !== last || column === undefined) return null;
    answers.push({ entity: wish.entity, attr: wish.attr, value: typedValue(column, first), row });
  }
  return answers;
});

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
