// Whether a step makes sense after the ones before it. Nobody asks in one breath to renew a loan and
// to return it, or to book a visit and to cancel it: what an earlier step brought about, a later one
// does not take back. Numbers may add up, and a bill that one step makes may be paid by the next.
import type { GuestRow, RowChange } from '../../sandbox/guest-api.js';
import type { Column } from '../spec/model.js';
import { entityNamed, type Ground } from './ground.js';

/** `before` and `after` are what differs from the seed state before and after the step. */
export function undoesEarlier(
  ground: Ground,
  before: readonly RowChange[],
  after: readonly RowChange[],
): boolean {
  const now = new Map(after.map((change) => [change.id, change]));
  return before.some((earlier) => {
    if (earlier.after === null) return false;
    const later = now.get(earlier.id);
    // A created row that is gone, or a changed row that is as it was or gone.
    if (later === undefined || later.after === null) return true;
    return takesBack(entityNamed(ground, earlier.entity).columns, earlier, later.after);
  });
}

function takesBack(columns: readonly Column[], earlier: RowChange, now: GuestRow): boolean {
  const was = earlier.after ?? {};
  const changed = columns.filter((column) => (was[column.column] ?? null) !== (now[column.column] ?? null));
  const set = columns.filter(
    (column) =>
      column.role !== 'key' &&
      (earlier.before === null || earlier.before[column.column] !== was[column.column]),
  );
  const pays = changed.some(isNumber);
  return changed.some((column) => {
    if (isNumber(column) || (was[column.column] ?? null) === null) return false;
    return column.role === 'status' ? set.length > 0 && !pays : set.includes(column);
  });
}

function isNumber(column: Column): boolean {
  return column.type.kind === 'int' || column.type.kind === 'money' || column.type.kind === 'bool';
}
