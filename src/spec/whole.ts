// Expressions that are whole numbers, whatever the state: a number of days between two dates.
import { minutesPerDay } from '../core/time.js';
import type { Expr } from './model.js';

/** Whether what is rounded is whole already, so that the way of rounding does not matter. */
export function roundsWhole({ fn, args: [first] }: Extract<Expr, { kind: 'math' }>): boolean {
  if (fn !== 'ceil' && fn !== 'floor' && fn !== 'round') return false;
  if (first?.kind !== 'binary' || first.op !== '/' || first.right.kind !== 'literal') return false;
  const { left, right } = first;
  return (
    right.value === minutesPerDay &&
    left.kind === 'binary' &&
    left.op === '-' &&
    left.left.type.kind === 'date' &&
    left.right.type.kind === 'date'
  );
}
