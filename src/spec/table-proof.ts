// Proof that a decision table has a row for every case, and a case for every row. Values of an input
// that no cell tells apart are one class: an enum's members, true and false, and of numbers the
// stretches between the bounds that cells name. Inputs are taken one after the other, and of each
// only the classes that leave different rows in question.
import { fitsCell } from './table-cell.js';
import type { Report } from './issues.js';
import type { Type } from './model.js';
import type { Atom, Cell, Table } from './table-model.js';

const mostSteps = 100_000;

/** Reports the first case without a row, and every row that no case reaches; whether there is neither. */
export function proveTable({ inputs, rows }: Table, report: Report): boolean {
  const reached = new Set<number>();
  const done = new Set<string>();
  const classes = inputs.map(({ type }, at) =>
    classesOf(
      type,
      rows.map(({ cells }) => cells[at]),
    ),
  );
  let steps = 0;
  let gap: readonly Atom[] | undefined;

  function visit(at: number, open: readonly number[], values: readonly Atom[]): void {
    const [first] = open;
    const key = `${at} ${open.join()}`;
    if (done.has(key) || ++steps > mostSteps) return;
    done.add(key);
    if (first === undefined) {
      gap ??= values;
      return;
    }
    if (rows[first]?.cells.slice(at).every(({ kind }) => kind === 'any') === true) {
      reached.add(first);
      return;
    }
    for (const value of classes[at] ?? []) {
      const left = open.filter((row) => fitsCell(rows[row]?.cells[at] ?? { kind: 'any' }, value));
      visit(at + 1, left, [...values, value]);
    }
  }

  visit(0, [...rows.keys()], []);
  if (steps > mostSteps) {
    report('has too many cases to look at: make it of fewer inputs or rows');
    return false;
  }
  if (gap !== undefined) {
    const shown = gap.map((value, at) => `${inputs[at]?.name ?? ''} ${String(value)}`);
    report.at('rows')(`no row fits ${shown.join(', ')}`, "a last row of '*' takes what is left");
  }
  for (const index of rows.keys()) {
    if (!reached.has(index)) report.at('rows', index)('never reached: the rows before it take all its cases');
  }
  return gap === undefined && reached.size === rows.length;
}

/** One value of each class: those of an input that no cell tells apart. */
export function classesOf(type: Type, cells: readonly (Cell | undefined)[]): readonly Atom[] {
  if (type.kind === 'enum') return type.of;
  if (type.kind === 'bool') return [true, false];
  // Where a class begins; below the first of them lies one more.
  const starts = cells.flatMap((cell) => (cell === undefined ? [] : startsIn(cell)));
  const sorted = [...new Set(starts)].sort((left, right) => left - right);
  return [(sorted[0] ?? 1) - 1, ...sorted];
}

function startsIn(cell: Cell): readonly number[] {
  switch (cell.kind) {
    case 'any':
      return [];
    case 'values':
      return cell.of.flatMap((value) => (typeof value === 'number' ? [value, value + 1] : []));
    case 'range':
      return [cell.from, cell.to + 1];
    case 'limit':
      return [cell.op === '<' || cell.op === '>=' ? cell.value : cell.value + 1];
  }
}
