// Small wrong versions of a decision table: another result of a row, a row left out, a bound that is
// one off, a value more or less. Each comes with cases of the table in which it shows; one that shows
// in none is no wrong version.
import { fitsCell, join } from '../spec/table-cell.js';
import { classesOf } from '../spec/table-proof.js';
import type { TableCall } from '../spec/table-rows.js';
import type { Expr, Type } from '../spec/model.js';
import type { Atom, Cell, Table, TableRow } from '../spec/table-model.js';

export interface TableVariant {
  readonly what: string;
  readonly value: Expr;
  /** Conditions on the call, under each of which it shows. */
  readonly shows: readonly Expr[];
}

const mostCases = 4000;
const mostShown = 12;

/** All wrong versions of the table that a call asks, one change each. */
export function* tableVariants(call: TableCall): Generator<TableVariant> {
  const { table } = call;
  for (const { what, rows } of otherRows(table)) {
    const shows = differences(call, { ...table, rows });
    if (shows.length === 0) continue;
    const value: Expr = { ...call, table: { ...table, rows } };
    yield { what: `${table.name} ${what}`, value, shows: spread(shows).map((values) => equal(call, values)) };
  }
}

function* otherRows({ rows, inputs, gives: type }: Table): Generator<{ what: string; rows: TableRow[] }> {
  for (const [index, row] of rows.entries()) {
    const name = `row ${index + 1}`;
    for (const gives of otherAtoms(row.gives, type)) {
      yield { what: `${name} gives ${String(gives)}`, rows: rows.with(index, { ...row, gives }) };
    }
    // The last row takes what is left, whatever it asks.
    if (index === rows.length - 1) continue;
    yield { what: `${name} left out`, rows: rows.filter((_, at) => at !== index) };
    for (const [at, { name: input, type: asked }] of inputs.entries()) {
      for (const cell of otherCells(row.cells[at] ?? { kind: 'any' }, asked)) {
        const changed = { ...row, cells: row.cells.with(at, cell) };
        yield { what: `${name} asks another ${input}`, rows: rows.with(index, changed) };
      }
    }
  }
}

function otherAtoms(value: Atom, type: Type): readonly Atom[] {
  if (typeof value === 'number') return [value + 1, value - 1];
  if (typeof value === 'boolean') return [!value];
  return type.kind === 'enum' ? type.of.filter((member) => member !== value) : [];
}

function otherCells(cell: Cell, type: Type): readonly Cell[] {
  switch (cell.kind) {
    case 'any':
      return [];
    case 'range':
      return [-1, 1].flatMap((step): Cell[] => [
        { ...cell, from: cell.from + step },
        { ...cell, to: cell.to + step },
      ]);
    case 'limit':
      return [-1, 1].map((step) => ({ ...cell, value: cell.value + step }));
    case 'values': {
      const { of } = cell;
      const all: readonly Atom[] = type.kind === 'enum' ? type.of : type.kind === 'bool' ? [true, false] : [];
      const more = all.filter((value) => !of.includes(value)).map((value) => [...of, value]);
      const fewer = of.length === 1 ? [] : of.map((value) => of.filter((one) => one !== value));
      return [...more, ...fewer].map((values) => ({ kind: 'values', of: values }));
    }
  }
}

/** Cases in which two tables do not give the same, as far as the call's literals leave them open. */
function differences({ table, args }: TableCall, other: Table): readonly (readonly Atom[])[] {
  const found: (readonly Atom[])[] = [];
  const classes = table.inputs.map(({ type }, at) => {
    const arg = args[at];
    if (arg?.kind === 'literal' && arg.value !== null) return [arg.value];
    if (arg?.type.kind === 'enum') return arg.type.of;
    const cells = [...table.rows, ...other.rows].map((row) => row.cells[at]);
    return classesOf(type, cells);
  });
  let looked = 0;
  const visit = (values: readonly Atom[]): void => {
    if (looked === mostCases) return;
    if (values.length < classes.length) {
      for (const value of classes[values.length] ?? []) visit([...values, value]);
      return;
    }
    looked++;
    if (outcome(table, values) !== outcome(other, values)) found.push(values);
  };
  visit([]);
  return found;
}

function outcome({ rows }: Table, values: readonly Atom[]): Atom | undefined {
  return rows.find(({ cells }) => cells.every((cell, at) => fitsCell(cell, values[at] ?? '')))?.gives;
}

function equal({ args }: TableCall, values: readonly Atom[]): Expr {
  const bool = { kind: 'bool' } as const;
  return args
    .map((left, at): Expr => {
      const right: Expr = { kind: 'literal', value: values[at] ?? null, type: left.type };
      return { kind: 'binary', op: '==', left, right, type: bool };
    })
    .reduce((left, right) => join('and', left, right));
}

function spread<T>(items: readonly T[]): readonly T[] {
  const step = Math.ceil(items.length / mostShown);
  return items.filter((_, index) => index % step === 0);
}
