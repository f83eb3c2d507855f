// What the questions of a scenario ask for, read from the rows and not from gold: those that are to be
// answered, and those whose answer the caller must not be told.
import { columnsOf, follow } from '../policy/belief/path.js';
import type { TypedValue } from '../policy/talk.js';
import { typedValue } from '../policy/typed-value.js';
import type { RowSource } from '../spec/evaluate.js';
import type { Task } from '../task/task.js';
import { once, type CertifyContext } from './context.js';
import { goldCalls, goldWrites } from './gold-writes.js';
import { meantWishes, type MeantWish } from './meant.js';
import { concealersOf, type Place } from './secrecy.js';
import { sourceAfter, startSource } from './start.js';

/** An answer, and where it stands, which may be behind the row asked about. */
export interface Answer extends Place {
  readonly attr: string;
  readonly value: TypedValue;
}

/**
 * The answers to the questions that may be answered, in their order, as things stood at the start and as
 * gold leaves them: null where a question has none, or where gold's own writes change what it would be.
 */
export const answersMeant = once((context, task): readonly Answer[] | null => {
  const secret = new Set(secretsMeant(context, task).map(({ wish }) => wish));
  const answers: Answer[] = [];
  for (const [wish, meant] of meantWishes(context, task).entries()) {
    if (meant.wish.wish !== 'tell' || secret.has(wish)) continue;
    const first = answerAt(context, meant, startSource(context, task));
    const source = sourceAtEnd(context, task);
    const last = source === null ? null : answerAt(context, meant, source);
    if (first === null || first.value.value !== last?.value.value) return null;
    answers.push(first);
  }
  return answers;
});

/** A question that must not be answered. */
export interface Secret extends Answer {
  readonly wish: number;
}

/** The questions whose answer some policy keeps from the caller at the start. */
export const secretsMeant = once((context, task): readonly Secret[] => {
  const { caller } = task.scenario;
  const source = startSource(context, task);
  return meantWishes(context, task).flatMap((meant, wish) => {
    const answer = answerAt(context, meant, source);
    const isKept = answer !== null && concealersOf(context.domain, caller, answer, source).length > 0;
    return isKept ? [{ wish, ...answer }] : [];
  });
});

/** What a wish asks to be told; null where it asks for something else, or there is nothing to tell. */
function answerAt({ domain }: CertifyContext, { wish, args }: MeantWish, source: RowSource): Answer | null {
  const of = args?.['of'];
  const id = of !== undefined && 'value' in of ? of.value : null;
  if (wish.wish !== 'tell' || typeof id !== 'string') return null;
  const { entity, attr: path } = wish;
  const columns = columnsOf(domain, entity, path);
  const column = columns?.at(-1);
  const before = columns?.at(-2)?.type;
  const way = path.split('.').slice(0, -1).join('.');
  const row = way === '' ? id : follow(domain, source, entity, id, way);
  const value = follow(domain, source, entity, id, path) ?? null;
  if (column === undefined || typeof row !== 'string' || value === null) return null;
  return {
    entity: before?.kind === 'row' ? before.entity : entity,
    attr: column.attr,
    column: column.column,
    row,
    value: typedValue(column, value),
  };
}

/** The rows after gold's writes, or null where one is refused. */
function sourceAtEnd(context: CertifyContext, task: Task): RowSource | null {
  const writes = goldWrites(context, task);
  if (writes.length < goldCalls(context, task).length) return null;
  return sourceAfter(context, task, writes.at(-1)?.changes ?? []);
}
