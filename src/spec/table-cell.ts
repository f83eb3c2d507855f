// A cell of a decision table: how it is written, which values it fits, and what it says as a
// condition on the expression that is passed for its input.
import { didYouMean, type Report } from './issues.js';
import { typeName } from './types.js';
import type { Expr, Type } from './model.js';
import type { Atom, Cell } from './table-model.js';

const limit = /^(<=|>=|<|>)\s*(-?\d{1,15})$/;
const range = /^(-?\d{1,15})\s*\.\.\s*(-?\d{1,15})$/;

/** Reads a cell as one of its input's type; what cannot be is reported. */
export function readCell(given: Atom | readonly Atom[], type: Type, report: Report): Cell | undefined {
  if (given === '*') return { kind: 'any' };
  if (isList(given)) {
    const of = given.map((value, index) => readAtom(value, type, report.at(index)));
    for (const [index, value] of given.entries()) {
      if (given.indexOf(value) < index) report.at(index)(`'${String(value)}' stands here twice`);
    }
    const read = of.filter((value) => value !== undefined);
    return read.length < of.length ? undefined : { kind: 'values', of: read };
  }
  if (typeof given === 'string' && (type.kind === 'int' || type.kind === 'money')) {
    const [, op, bound] = limit.exec(given.trim()) ?? [];
    if (isOperator(op)) return { kind: 'limit', op, value: Number(bound) };
    const [, from, to] = range.exec(given.trim()) ?? [];
    if (from === undefined || to === undefined) return one(readAtom(given, type, report));
    if (Number(from) <= Number(to)) return { kind: 'range', from: Number(from), to: Number(to) };
    report(`${from} is above ${to}`);
    return undefined;
  }
  return one(readAtom(given, type, report));
}

function one(value: Atom | undefined): Cell | undefined {
  return value === undefined ? undefined : { kind: 'values', of: [value] };
}

function readAtom(value: Atom, type: Type, report: Report): Atom | undefined {
  if (type.kind === 'enum') {
    if (type.of.includes(String(value))) return String(value);
    report(
      `'${String(value)}' is not one of ${type.of.join(', ')}`,
      didYouMean(String(value), [...type.of, '*']),
    );
    return undefined;
  }
  if (type.kind === 'bool' ? typeof value === 'boolean' : typeof value === 'number') return value;
  const form = type.kind === 'bool' ? undefined : "write 500, '<= 500', '> 500' or '501..2000'";
  report(`'${String(value)}' where ${typeName(type)} is wanted`, form);
  return undefined;
}

/** Whether a value fits the cell. */
export function fitsCell(cell: Cell, value: Atom): boolean {
  switch (cell.kind) {
    case 'any':
      return true;
    case 'values':
      return cell.of.includes(value);
    case 'range':
      return typeof value === 'number' && value >= cell.from && value <= cell.to;
    case 'limit':
      return typeof value === 'number' && within(cell.op, value, cell.value);
  }
}

function within(op: '<' | '<=' | '>' | '>=', value: number, bound: number): boolean {
  if (op === '<') return value < bound;
  if (op === '<=') return value <= bound;
  return op === '>' ? value > bound : value >= bound;
}

/** What the cell asks of the expression, as a condition; undefined where it asks nothing. */
export function cellCondition(cell: Cell, of: Expr): Expr | undefined {
  const compare = (op: '==' | '<' | '<=' | '>' | '>=', value: Atom): Expr => ({
    kind: 'binary',
    op,
    left: of,
    right: { kind: 'literal', value, type: of.type },
    type: { kind: 'bool' },
  });
  switch (cell.kind) {
    case 'any':
      return undefined;
    case 'values':
      return cell.of.map((value) => compare('==', value)).reduce((left, right) => join('or', left, right));
    case 'range':
      return join('and', compare('>=', cell.from), compare('<=', cell.to));
    case 'limit':
      return compare(cell.op, cell.value);
  }
}

/** Two conditions as one. */
export function join(op: 'and' | 'or', left: Expr, right: Expr): Expr {
  return { kind: 'binary', op, left, right, type: { kind: 'bool' } };
}

function isOperator(text: string | undefined): text is '<' | '<=' | '>' | '>=' {
  return text !== undefined && ['<', '<=', '>', '>='].includes(text);
}

function isList(given: Atom | readonly Atom[]): given is readonly Atom[] {
  return typeof given === 'object';
}
