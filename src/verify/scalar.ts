// Steps of a value: the next number, minute or day. The step is what tells < from <=.
import { addMinutes, minutesPerDay } from '../core/time.js';
import type { Type } from '../spec/model.js';

export type Scalar = string | number;

/** The value so many steps on; undefined where the type has no steps. */
export function shifted(value: Scalar, type: Type, steps: number): Scalar | undefined {
  if (typeof value === 'number') return value + steps;
  const isTime = /^\d{4}-\d{2}-\d{2}(T|$)/.test(value);
  if (isTime && (type.kind === 'datetime' || type.kind === 'date')) {
    return addMinutes(value, steps * (value.length > 10 ? 1 : minutesPerDay));
  }
  return undefined;
}

/** The id that an argument or a value is; empty where it is none. */
export function idText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
