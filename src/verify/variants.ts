// Small wrong versions of an expression, made in the spec: another comparison, a dropped operand, a
// neighbouring literal. A set of procedural cases is good when for each of them some case comes out
// otherwise. They never look at emitted code.
import type { BinaryOp, Entity, Expr, MathFn } from '../spec/model.js';
import { roundsWhole } from '../spec/whole.js';
import { children } from './expr-children.js';
import { seenThrough, tableVariants, type Shown } from './table-variants.js';

/** A wrong version, and the nodes that led to it, from the outermost condition to the place itself. */
export interface Variant<T> {
  readonly what: string;
  readonly value: T;
  readonly at: Expr | null;
  /** Cases in which it shows, where that takes more than getting there. */
  readonly shows?: readonly Pick<Shown, 'when'>[];
}

interface ExprVariant extends Variant<Expr> {
  readonly shows?: readonly Shown[];
}

export type Entities = ReadonlyMap<string, Entity>;

const comparisons: Readonly<Partial<Record<BinaryOp, readonly BinaryOp[]>>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '==': ['!='],
  '!=': ['=='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/', '+'],
  '/': ['*'],
};
const roundings: Readonly<Partial<Record<MathFn, readonly MathFn[]>>> = {
  ceil: ['floor', 'round'],
  floor: ['ceil', 'round'],
  round: ['floor', 'ceil'],
  min: ['max'],
  max: ['min'],
};

/** All wrong versions of an expression, one change each. */
export function* exprVariants(expr: Expr, entities: Entities): Generator<ExprVariant> {
  for (const other of own(expr, entities)) {
    yield { what: `${expr.kind} ${brief(expr)} → ${brief(other)}`, value: other, at: expr };
  }
  if (expr.kind === 'table') {
    for (const one of tableVariants(expr)) yield { ...one, at: expr };
  }
  for (const [child, rebuild] of children(expr)) {
    for (const inner of exprVariants(child, entities)) {
      const seen = inner.at === child ? seenThrough(expr, inner) : inner;
      if (seen !== null) yield { ...seen, value: rebuild(inner.value) };
    }
  }
}

function* own(expr: Expr, entities: Entities): Generator<Expr> {
  switch (expr.kind) {
    case 'literal':
      yield* otherLiterals(expr);
      return;
    case 'unary':
      yield expr.of;
      return;
    case 'binary': {
      // The difference of two times has no other operator.
      const times = [expr.left, expr.right].every((side) => /date/.test(side.type.kind));
      const swaps = times && expr.op === '-' ? [] : (comparisons[expr.op] ?? []);
      for (const op of swaps) yield { ...expr, op };
      if (expr.op === 'and' || expr.op === 'or') {
        yield { ...expr, op: expr.op === 'and' ? 'or' : 'and' };
        yield expr.left;
        yield expr.right;
      }
      return;
    }
    case 'math':
      if (!roundsWhole(expr)) for (const fn of roundings[expr.fn] ?? []) yield { ...expr, fn };
      return;
    case 'aggregate':
      if (expr.where !== undefined) {
        const { where: _, ...rest } = expr;
        yield rest;
      }
      yield* otherQuantifier(expr);
      if (expr.fn === 'min') yield { ...expr, fn: 'max' };
      if (expr.fn === 'max') yield { ...expr, fn: 'min' };
      return;
    case 'member':
      yield* siblings(expr, entities);
      return;
    default:
  }
}

/** Some instead of all, and the other way round. */
function* otherQuantifier(expr: Extract<Expr, { kind: 'aggregate' }>): Generator<Expr> {
  const { where, body } = expr;
  if (expr.fn === 'all' && body !== undefined) {
    const { body: _, ...rest } = expr;
    const both: Expr =
      where === undefined
        ? body
        : { kind: 'binary', op: 'and', left: where, right: body, type: { kind: 'bool' } };
    yield { ...rest, fn: 'exists', where: both };
  }
  if (expr.fn === 'exists' && where !== undefined) {
    const { where: _, ...rest } = expr;
    yield { ...rest, fn: 'all', body: where };
  }
}

function* otherLiterals(expr: Extract<Expr, { kind: 'literal' }>): Generator<Expr> {
  const { value, type } = expr;
  if (typeof value === 'number') {
    yield { ...expr, value: value + 1 };
    yield { ...expr, value: value - 1 };
  } else if (typeof value === 'boolean') yield { ...expr, value: !value };
  else if (typeof value === 'string' && type.kind === 'enum') {
    for (const member of type.of) if (member !== value) yield { ...expr, value: member };
  } else if (typeof value === 'string' && type.kind === 'string') yield { ...expr, value: `${value}x` };
}

/** The same member path ending in another column, or field of a line item, of the same type. */
function* siblings(expr: Extract<Expr, { kind: 'member' }>, entities: Entities): Generator<Expr> {
  if (expr.of.type.kind === 'record') {
    for (const { binds, name, type } of expr.of.type.fields) {
      const same = JSON.stringify(type) === JSON.stringify(expr.type);
      if (same && binds !== expr.attr) yield { ...expr, attr: binds, column: name };
    }
  }
  if (expr.of.type.kind !== 'row' || expr.attr === 'id') return;
  for (const column of entities.get(expr.of.type.entity)?.columns ?? []) {
    const same =
      JSON.stringify({ ...column.type, nullable: false }) ===
      JSON.stringify({ ...expr.type, nullable: false });
    if (same && column.column !== expr.column && column.role !== 'key') {
      yield { ...expr, attr: column.attr, column: column.column };
    }
  }
}

/** The list with another item in one place. */
export function replaced<T>(list: readonly T[], index: number, item: T): readonly T[] {
  return list.map((one, at) => (at === index ? item : one));
}

function brief(expr: Expr): string {
  switch (expr.kind) {
    case 'literal':
      return JSON.stringify(expr.value);
    case 'binary':
      return expr.op;
    case 'member':
      return expr.column;
    case 'math':
    case 'aggregate':
      return expr.kind === 'math' ? expr.fn : `${expr.fn}${expr.where === undefined ? ' of all' : ''}`;
    case 'variable':
      return expr.name;
    case 'unary':
      return expr.op;
    case 'table':
      return expr.table.name;
    default:
      return expr.kind;
  }
}
