// What expressions evaluate to, and the arithmetic on it. The checker has typed every operand, so
// that a value of another kind is a Bug.
import { Bug } from '../core/errors.js';
import { addMinutes, minutesBetween } from '../core/time.js';
import type { Atom } from './table-model.js';
import type { Value } from './state.js';

/** A row as expressions hold it: its identity; its columns are read when they are needed. */
export interface RowRef {
  readonly entity: string;
  readonly id: string;
}

/** A line item, by what expressions call its fields. */
export interface LineItem {
  readonly fields: Readonly<Record<string, Runtime>>;
}

/** What an expression evaluates to. */
export type Runtime = Value | RowRef | LineItem | readonly Runtime[];

export function isRow(value: Runtime): value is RowRef {
  return typeof value === 'object' && value !== null && 'id' in value;
}

export function isLineItem(value: Runtime): value is LineItem {
  return typeof value === 'object' && value !== null && 'fields' in value;
}

/** The row that a value is. */
export function rowOf(value: Runtime): RowRef {
  if (!isRow(value)) throw new Bug(`not a row: ${JSON.stringify(value)}`);
  return value;
}

/** What a column holds for a value: a row's id, or the value itself. */
export function columnValue(value: Runtime): Value {
  if (isRow(value)) return value.id;
  if (isList(value) || isLineItem(value)) throw new Bug('a column cannot hold a list or a line item');
  return value;
}

export function listOf(value: Runtime): readonly Runtime[] {
  if (!isList(value)) throw new Bug(`not a list: ${JSON.stringify(value)}`);
  return value;
}

export function truth(value: Runtime): boolean {
  if (typeof value !== 'boolean') throw new Bug(`not a condition: ${JSON.stringify(value)}`);
  return value;
}

/** What a decision table is asked with. */
export function atomOf(value: Runtime): Atom {
  if (typeof value === 'object') throw new Bug(`not a plain value: ${JSON.stringify(value)}`);
  return value;
}

export function numberOf(value: Runtime): number {
  if (typeof value !== 'number') throw new Bug(`not a number: ${JSON.stringify(value)}`);
  return value;
}

export function textOf(value: Runtime): string {
  if (typeof value !== 'string') throw new Bug(`not a text: ${JSON.stringify(value)}`);
  return value;
}

/** Rows are the same when their ids are; null is only itself. */
export function same(left: Runtime, right: Runtime): boolean {
  // A list that was left out is null too.
  if (left === null || right === null) return left === right;
  return columnValue(left) === columnValue(right);
}

/** Numbers, or times as text. */
export function compare(op: '<' | '<=' | '>' | '>=', left: Runtime, right: Runtime): boolean {
  const [a, b] = [comparable(left), comparable(right)];
  if (op === '<') return a < b;
  if (op === '<=') return a <= b;
  if (op === '>') return a > b;
  return a >= b;
}

/** Numbers and durations add; a time moves by minutes; the difference of two times is in minutes. */
export function add(op: '+' | '-', left: Runtime, right: Runtime): Value {
  if (typeof left === 'string' && typeof right === 'string') return minutesBetween(right, left);
  if (typeof left === 'string') return addMinutes(left, op === '+' ? numberOf(right) : -numberOf(right));
  if (typeof right === 'string') return addMinutes(right, numberOf(left));
  return plain(op === '+' ? numberOf(left) + numberOf(right) : numberOf(left) - numberOf(right));
}

/** The least or the greatest; null of none. */
export function extreme(fn: 'min' | 'max', values: readonly Runtime[]): Value {
  let best: number | string | null = null;
  for (const value of values.map(comparable)) {
    if (best === null || (fn === 'min' ? value < best : value > best)) best = value;
  }
  return best;
}

/** Without negative zero, which JSON does not know. */
export function plain(value: number): number {
  return value + 0;
}

function isList(value: Runtime): value is readonly Runtime[] {
  return Array.isArray(value);
}

function comparable(value: Runtime): number | string {
  if (typeof value === 'number' || typeof value === 'string') return value;
  throw new Bug(`not comparable: ${JSON.stringify(value)}`);
}
