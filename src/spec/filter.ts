// What the filters of a search ask of a column's value.
import { compare } from './runtime.js';
import type { Value } from './state.js';

/** What a column must be: the value given, at least or at most it, or a text that contains it in any case. */
export type FilterTest = 'is' | 'from' | 'until' | 'contains';

/** Whether a value passes a filter. Null is only itself: no range holds it, and it contains nothing. */
export function passes(test: FilterTest, value: Value, wanted: Value): boolean {
  if (test === 'is' || value === null || wanted === null) return test === 'is' && value === wanted;
  if (test === 'contains') return lower(value).includes(lower(wanted));
  return compare(test === 'from' ? '>=' : '<=', value, wanted);
}

function lower(value: Value): string {
  return String(value).toLowerCase();
}
