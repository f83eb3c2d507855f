// Small functions that emitted expressions use.

/** A nullable value that the spec's checker proved to be there. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('a value that must be present is null');
  return value;
}

export function sum<T>(rows: readonly T[], value: (row: T) => number): number {
  let total = 0;
  for (const row of rows) total += value(row);
  return total;
}

/** The least value by < (numbers, dates as text); null for none. */
export function min<T, V extends number | string>(rows: readonly T[], value: (row: T) => V): V | null {
  let least: V | null = null;
  for (const row of rows) {
    const next = value(row);
    if (least === null || next < least) least = next;
  }
  return least;
}

/** The greatest value by <; null for none. */
export function max<T, V extends number | string>(rows: readonly T[], value: (row: T) => V): V | null {
  let greatest: V | null = null;
  for (const row of rows) {
    const next = value(row);
    if (greatest === null || greatest < next) greatest = next;
  }
  return greatest;
}
