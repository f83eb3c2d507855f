// The default of an attribute: a literal of its type, within its bounds.
import { checkExpression } from './expression.js';
import { emptyScope, noTables } from './scope.js';
import type { Report } from './issues.js';
import type { ValueType } from './value-type.js';

/** Checks a default; strings are written without inner quotes. */
export function checkDefault(
  value: string | number | boolean | null,
  { type, pattern, min, max }: ValueType,
  report: Report,
): string | number | boolean | null | undefined {
  const scope = emptyScope({ get: () => undefined, names: [], broken: new Set() }, noTables);
  const text = typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
  if (checkExpression(text, scope, report, type) === undefined) return undefined;
  if (typeof value === 'number' && min !== undefined && value < min) report(`${value} is below min ${min}`);
  if (typeof value === 'number' && max !== undefined && value > max) report(`${value} is above max ${max}`);
  if (
    typeof value === 'string' &&
    pattern !== undefined &&
    isPattern(pattern) &&
    !RegExp(pattern, 'u').test(value)
  ) {
    report(`'${value}' does not match ${pattern}`);
  }
  return value;
}

function isPattern(text: string): boolean {
  try {
    return RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false; // reported with the pattern
  }
}
