// Small wrong versions of a tool or a condition, made in the spec: another comparison, a dropped
// operand, a neighbouring literal, a dropped statement. A set of procedural cases is good when for
// each of them some case comes out otherwise. They never look at emitted code.
import type { BinaryOp, Expr, MathFn, Returns, SpecTool, Statement } from '../spec/model.js';
import type { Entity } from '../spec/model.js';
import { children } from './expr-children.js';
import { seenThrough, tableVariants, type Shown } from './table-variants.js';

/** A wrong version, and the nodes that led to it, from the outermost condition to the place itself. */
export interface Variant<T> {
  readonly what: string;
  readonly value: T;
  readonly at: Expr | null;
  /** Cases in which it shows, where that takes more than getting there. */
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
export function* exprVariants(expr: Expr, entities: Entities): Generator<Variant<Expr>> {
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
      for (const fn of roundings[expr.fn] ?? []) yield { ...expr, fn };
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

/** The same member path ending in another column of the same type. */
function* siblings(expr: Extract<Expr, { kind: 'member' }>, entities: Entities): Generator<Expr> {
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

/** All wrong versions of a tool. */
export function* toolVariants(tool: SpecTool, entities: Entities): Generator<Variant<SpecTool>> {
  for (const [index, one] of tool.lets.entries()) {
    for (const inner of exprVariants(one.value, entities)) {
      yield {
        ...inner,
        value: { ...tool, lets: replaced(tool.lets, index, { ...one, value: inner.value }) },
      };
    }
  }
  for (const [index, one] of tool.requires.entries()) {
    const without = tool.requires.filter((_, at) => at !== index);
    yield { what: `drop require ${one.code}`, value: { ...tool, requires: without }, at: one.holds };
    for (const inner of exprVariants(one.holds, entities)) {
      const requires = replaced(tool.requires, index, { ...one, holds: inner.value });
      yield { ...inner, value: { ...tool, requires } };
    }
  }
  for (const inner of bodyVariants(tool.body, entities)) {
    yield { ...inner, value: { ...tool, body: inner.value } };
  }
  for (const inner of returnVariants(tool.returns, entities)) {
    yield { ...inner, value: { ...tool, returns: inner.value } };
  }
}

function* returnVariants(returns: Returns, entities: Entities): Generator<Variant<Returns>> {
  if ('value' in returns) {
    for (const inner of exprVariants(returns.value, entities))
      yield { ...inner, value: { value: inner.value } };
    return;
  }
  for (const [name, value] of Object.entries(returns.fields)) {
    for (const inner of exprVariants(value, entities)) {
      yield { ...inner, value: { fields: { ...returns.fields, [name]: inner.value } } };
    }
  }
}

function* bodyVariants(
  body: readonly Statement[],
  entities: Entities,
): Generator<Variant<readonly Statement[]>> {
  for (const [index, statement] of body.entries()) {
    yield { what: `drop ${statement.kind}`, value: body.filter((_, at) => at !== index), at: null };
    for (const inner of statementVariants(statement, entities)) {
      yield { ...inner, value: replaced(body, index, inner.value) };
    }
  }
}

function* statementVariants(statement: Statement, entities: Entities): Generator<Variant<Statement>> {
  switch (statement.kind) {
    case 'fire':
    case 'delete':
      return;
    case 'set':
      for (const [index, one] of statement.assignments.entries()) {
        if (statement.assignments.length > 1) {
          const assignments = statement.assignments.filter((_, at) => at !== index);
          yield { what: `drop set ${one.column}`, value: { ...statement, assignments }, at: null };
        }
        for (const inner of exprVariants(one.value, entities)) {
          const assignments = replaced(statement.assignments, index, { ...one, value: inner.value });
          yield { ...inner, value: { ...statement, assignments } };
        }
      }
      return;
    case 'create':
      for (const [column, value] of Object.entries(statement.values)) {
        for (const inner of exprVariants(value, entities)) {
          const values = { ...statement.values, [column]: inner.value };
          yield { ...inner, value: { ...statement, values } };
        }
      }
      return;
    case 'if':
      for (const value of [true, false]) {
        const condition: Expr = { kind: 'literal', value, type: { kind: 'bool' } };
        yield { what: `if ${value}`, value: { ...statement, condition }, at: statement.condition };
      }
      for (const inner of exprVariants(statement.condition, entities)) {
        yield { ...inner, value: { ...statement, condition: inner.value } };
      }
      for (const inner of bodyVariants(statement.then, entities)) {
        yield { ...inner, value: { ...statement, then: inner.value } };
      }
      for (const inner of bodyVariants(statement.else, entities)) {
        yield { ...inner, value: { ...statement, else: inner.value } };
      }
      return;
    case 'each': {
      const { where } = statement;
      if (where !== undefined) {
        const { where: _, ...rest } = statement;
        yield { what: 'drop where', value: rest, at: where };
        for (const inner of exprVariants(where, entities)) {
          yield { ...inner, value: { ...statement, where: inner.value } };
        }
      }
      for (const inner of bodyVariants(statement.do, entities)) {
        yield { ...inner, value: { ...statement, do: inner.value } };
      }
    }
  }
}

function replaced<T>(list: readonly T[], index: number, item: T): readonly T[] {
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
