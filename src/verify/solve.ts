// The arithmetic of one step undone: given what `x op right` shall be, what is x?
import { addMinutes, minutesBetween } from '../core/time.js';
import type { Runtime } from '../spec/runtime.js';

/** The x for which `x op right` is the value. `like` tells whether x is a time. */
export function leftFor(
  op: string,
  value: number | string,
  right: Runtime,
  like: Runtime | undefined,
): Runtime | undefined {
  if (typeof value === 'string') {
    if (typeof right !== 'number') return undefined;
    return op === '+' ? addMinutes(value, -right) : op === '-' ? addMinutes(value, right) : undefined;
  }
  if (typeof right === 'string')
    return op === '-' && typeof like !== 'number' ? addMinutes(right, value) : undefined;
  if (typeof right !== 'number') return undefined;
  if (op === '+') return value - right;
  if (op === '-') return value + right;
  if (op === '*') return right === 0 ? undefined : Math.round(value / right);
  return op === '/' ? Math.round(value * right) : undefined;
}

/** The x for which `left op x` is the value. */
export function rightFor(
  op: string,
  value: number | string,
  left: Runtime,
  like: Runtime | undefined,
): Runtime | undefined {
  if (typeof left === 'string') {
    if (typeof value === 'string') {
      return op === '+' ? minutesBetween(left, value) : op === '-' ? minutesBetween(value, left) : undefined;
    }
    return op === '-' && typeof like === 'string' ? addMinutes(left, -value) : undefined;
  }
  if (typeof left !== 'number' || typeof value !== 'number') return undefined;
  if (op === '+') return value - left;
  if (op === '-') return left - value;
  return op === '*' && left !== 0 ? Math.round(value / left) : undefined;
}
