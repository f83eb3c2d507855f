// Which row of a decision table counts: for values, and as far as can be said before any are known.
import { cellCondition, fitsCell, join } from './table-cell.js';
import { Bug } from '../core/errors.js';
import type { Expr } from './model.js';
import type { Atom, Cell, Table, TableRow } from './table-model.js';

export type TableCall = Extract<Expr, { kind: 'table' }>;

/** The index of the first row whose cells all hold. */
export function rowFor(table: Table, values: readonly Atom[]): number {
  const found = table.rows.findIndex(({ cells }) =>
    cells.every((cell, at) => {
      const value = values[at];
      return value !== undefined && fitsCell(cell, value);
    }),
  );
  if (found < 0) throw new Bug(`no row of ${table.name} fits ${JSON.stringify(values)}`);
  return found;
}

/** Rows that a call can come to, by what its arguments are: literals, and enums of fewer members. */
export function possibleRows({ table, args }: TableCall): readonly number[] {
  const rows: number[] = [];
  for (const [index, { cells }] of table.rows.entries()) {
    if (!cells.every((cell, at) => mayFit(cell, args[at]))) continue;
    rows.push(index);
    if (cells.every((cell, at) => alwaysFits(cell, args[at]))) break;
  }
  return rows;
}

function valuesOf(arg: Expr | undefined): readonly Atom[] | undefined {
  if (arg?.kind === 'literal') return arg.value === null ? undefined : [arg.value];
  if (arg?.type.kind === 'bool') return [true, false];
  return arg?.type.kind === 'enum' ? arg.type.of : undefined;
}

function mayFit(cell: Cell, arg: Expr | undefined): boolean {
  return valuesOf(arg)?.some((value) => fitsCell(cell, value)) ?? true;
}

function alwaysFits(cell: Cell, arg: Expr | undefined): boolean {
  return cell.kind === 'any' || (valuesOf(arg)?.every((value) => fitsCell(cell, value)) ?? false);
}

/** That the cells of the row hold, as a condition on the arguments; undefined where they ask nothing. */
export function rowCondition({ cells }: TableRow, args: readonly Expr[]): Expr | undefined {
  const conditions = cells.flatMap((cell, at) => {
    const arg = args[at];
    const condition = arg && cellCondition(cell, arg);
    return condition === undefined ? [] : [condition];
  });
  return conditions.reduce<Expr | undefined>(
    (left, right) => (left === undefined ? right : join('and', left, right)),
    undefined,
  );
}
