// When a value that was told is the value that was wanted. Values compare within a class, because
// an agent sees results and not types: it can tell a date from a count, but not an enum from a
// string. Money stays apart from plain numbers: "2000" is not "20.00".
import { canonicalJson } from '../core/json.js';
import { normalForm } from '../core/normal-form.js';
import type { Scalar, TalkState, TypedValue } from './talk.js';

export type ValueClass = 'text' | 'number' | 'money' | 'bool' | 'date' | 'datetime' | 'id';

const classes: Readonly<Record<TypedValue['type'], ValueClass>> = {
  string: 'text',
  enum: 'text',
  int: 'number',
  number: 'number',
  money: 'money',
  bool: 'bool',
  date: 'date',
  datetime: 'datetime',
  id: 'id',
};

export function classOf(value: TypedValue): ValueClass {
  return classes[value.type];
}

/** Whether both say the same: same class, same value; neither case nor spacing counts. */
export function saysSame(left: TypedValue, right: TypedValue): boolean {
  return classOf(left) === classOf(right) && spelling(left.value) === spelling(right.value);
}

/** What a user wants to be told. */
export interface Question {
  readonly wanted: readonly TypedValue[];
  /** Whether a value could be an answer, as any value of the attribute asked about could. */
  readonly couldBe: (value: TypedValue) => boolean;
}

/** Nothing is asked. */
export const noQuestion: Question = { wanted: [], couldBe: () => false };

/** A question to which the column's values are possible answers, told in the class of the right one. */
export function questionAbout(wanted: readonly TypedValue[], column: readonly Scalar[]): Question {
  const { couldBe } = questionToRefuse(column);
  const asked = new Set(wanted.map(classOf));
  return { wanted, couldBe: (value) => asked.has(classOf(value)) && couldBe(value) };
}

/** A question that must not be answered: no answer is right, and any of the column's values would be one. */
export function questionToRefuse(column: readonly Scalar[]): Question {
  const spellings = new Set(column.filter((value) => value !== null).map(spelling));
  return { wanted: [], couldBe: ({ value }) => spellings.has(spelling(value)) };
}

/**
 * Whether the wanted values were told, and as answers: telling every date in sight answers no
 * question about a date. So no other value may have been told that could be one, but for what the
 * user had said before.
 */
export function answers(talk: TalkState, question: Question): boolean {
  const { wanted } = question;
  if (!wanted.every((value) => talk.told.some((told) => saysSame(told, value)))) return false;
  return possibleAnswers(talk, question).every((told) => wanted.some((value) => saysSame(told, value)));
}

/**
 * Which of the questions seem to have been answered: all that the asker can notice, who knows what an
 * answer looks like and not which it is. A value that was told answers one question, or all of those
 * that it is the answer to.
 */
export function seemAnswered(talk: TalkState, questions: readonly Question[]): readonly boolean[] {
  if (questions.length === 0 || talk.told.length === 0) return questions.map(() => false);
  const right = (told: TypedValue): boolean =>
    questions.some(({ wanted }) => wanted.some((value) => saysSame(value, told)));
  const spare = talk.told.filter((told) => !right(told));
  return questions.map((question) => {
    const possible = possibleAnswers(talk, question);
    const isAnswered = question.wanted.every((value) => possible.some((told) => saysSame(told, value)));
    if (isAnswered && question.wanted.length > 0) return true;
    const at = spare.findIndex((told) => possible.includes(told));
    if (at >= 0) spare.splice(at, 1);
    return at >= 0;
  });
}

/** What was told that could be an answer, without what the user had said. */
function possibleAnswers(talk: TalkState, { wanted, couldBe }: Question): readonly TypedValue[] {
  const said = new Set(talk.said.map(({ value }) => spelling(value)));
  return talk.told.filter(
    (told) =>
      wanted.some((value) => saysSame(value, told)) || (couldBe(told) && !said.has(spelling(told.value))),
  );
}

/** A value without what does not count: letter case and spacing. */
export function spelling(value: Scalar): string {
  if (typeof value !== 'string') return canonicalJson(value);
  return normalForm(value.replaceAll('_', ' '));
}
