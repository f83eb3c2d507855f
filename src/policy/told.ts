// When a value that was told is the value that was wanted. Values compare within a class, because
// an agent sees results and not types: it can tell a date from a count, but not an enum from a
// string. Money stays apart from plain numbers: "2000" is not "20.00".
import { canonicalJson } from '../core/json.js';
import type { TalkState, TypedValue } from './talk.js';

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

/** Whether both say the same: same class, same value; of text neither case nor spacing counts. */
export function saysSame(left: TypedValue, right: TypedValue): boolean {
  return classOf(left) === classOf(right) && spelling(left) === spelling(right);
}

/**
 * Whether the wanted values were told, and as answers: telling every date in sight answers no
 * question about a date. So of each wanted class, no other value may have been told, but for what the
 * user had said before.
 */
export function answers(talk: TalkState, wanted: readonly TypedValue[]): boolean {
  if (!wanted.every((value) => talk.told.some((told) => saysSame(told, value)))) return false;
  return relevant(talk, wanted).every((told) => wanted.some((value) => saysSame(told, value)));
}

/**
 * How many of the wanted values seem to have been told: all that the asker can notice, who knows of
 * what class an answer is and not which value it has.
 */
export function seeminglyAnswered(talk: TalkState, wanted: readonly TypedValue[]): number {
  const told = distinctByClass(relevant(talk, wanted));
  let answered = 0;
  for (const [of, count] of distinctByClass(wanted)) answered += Math.min(count, told.get(of) ?? 0);
  return answered;
}

/** Whether nothing that was wanted is still to be told, as far as the asker can notice. */
export function seemsAnswered(talk: TalkState, wanted: readonly TypedValue[]): boolean {
  const asked = [...distinctByClass(wanted).values()].reduce((sum, count) => sum + count, 0);
  return seeminglyAnswered(talk, wanted) === asked;
}

function distinctByClass(values: readonly TypedValue[]): ReadonlyMap<ValueClass, number> {
  const spellings = new Map<ValueClass, Set<string>>();
  for (const value of values) {
    const known = spellings.get(classOf(value)) ?? new Set();
    spellings.set(classOf(value), known.add(spelling(value)));
  }
  return new Map([...spellings].map(([of, known]) => [of, known.size]));
}

/** What was told of the wanted classes, without what the user had said (unless it is wanted too). */
function relevant(talk: TalkState, wanted: readonly TypedValue[]): readonly TypedValue[] {
  const asked = new Set(wanted.map(classOf));
  const said = new Set(talk.said.map(({ value }) => canonicalJson(value)));
  return talk.told.filter(
    (told) =>
      asked.has(classOf(told)) &&
      (wanted.some((value) => saysSame(value, told)) || !said.has(canonicalJson(told.value))),
  );
}

function spelling(told: TypedValue): string {
  if (classOf(told) !== 'text' || typeof told.value !== 'string') return canonicalJson(told.value);
  return told.value.normalize('NFKC').toLowerCase().replaceAll('_', ' ').replace(/\s+/g, ' ').trim();
}
