// Conditions that can be judged without any state: what never holds or always holds. A condition
// becomes cases (a disjunction of conjunctions); a case is impossible when its comparisons of one
// path, or of one pair of paths, contradict each other. Sound, and of course not complete: what it
// cannot judge counts as possible.
import { isPossible, type Fact } from './contradiction.js';
import { partsOf } from './mention.js';
import type { BinaryOp, Expr } from './model.js';

const mostCases = 256;

/** 'never' or 'always' where that is certain, given that the other conditions hold. */
export function decide(condition: Expr, given: readonly Expr[] = []): 'never' | 'always' | undefined {
  if (!satisfiable(condition, true, given)) return 'never';
  return satisfiable(condition, false, given) ? undefined : 'always';
}

/** Whether conditions may hold together, as far as can be seen. */
function satisfiable(condition: Expr, truth: boolean, given: readonly Expr[]): boolean {
  const all = [...given.map((one) => casesOf(one, true)), casesOf(condition, truth)];
  const cases = all.reduce(conjoin, [[]]);
  return cases === undefined || cases.some(isPossible);
}

type Cases = readonly (readonly Fact[])[] | undefined; // undefined: too many to look at

function conjoin(left: Cases, right: Cases): Cases {
  if (left === undefined || right === undefined || left.length * right.length > mostCases) return undefined;
  return left.flatMap((one) => right.map((other) => [...one, ...other]));
}

function disjoin(left: Cases, right: Cases): Cases {
  if (left === undefined || right === undefined || left.length + right.length > mostCases) return undefined;
  return [...left, ...right];
}

function casesOf(condition: Expr, truth: boolean): Cases {
  if (condition.kind === 'unary' && condition.op === 'not') return casesOf(condition.of, !truth);
  if (condition.kind === 'literal') return condition.value === truth ? [[]] : [];
  if (condition.kind !== 'binary') return [[{ expr: condition, op: '==', other: true, truth }]];
  const { op, left, right } = condition;
  if (op === 'and' || op === 'or') {
    const join = (op === 'and') === truth ? conjoin : disjoin;
    return join(casesOf(left, truth), casesOf(right, truth));
  }
  return comparison(op, left, right, truth);
}

const mirrored: Readonly<Partial<Record<BinaryOp, BinaryOp>>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

function comparison(op: BinaryOp, left: Expr, right: Expr, truth: boolean): Cases {
  if (op === 'in')
    return [
      [{ expr: { kind: 'binary', op, left, right, type: { kind: 'bool' } }, op: '==', other: true, truth }],
    ];
  const [low, high] = [constantOf(left), constantOf(right)];
  if (low !== undefined && high !== undefined) return holds(op, low, high) === truth ? [[]] : [];
  if (high !== undefined) return [[{ expr: left, op, other: high, truth }]];
  if (low !== undefined) return [[{ expr: right, op: mirrored[op] ?? op, other: low, truth }]];
  return [[{ expr: left, op, with: right, truth }]];
}

function constantOf(expr: Expr): string | number | boolean | null | undefined {
  if (expr.kind === 'literal') return expr.value;
  if (expr.kind !== 'unary' || expr.op !== '-') return undefined;
  const value = constantOf(expr.of);
  return typeof value === 'number' ? -value : undefined;
}

type Constant = string | number | boolean | null;

function holds(op: BinaryOp, left: Constant, right: Constant): boolean | undefined {
  if (op === '==') return left === right;
  if (op === '!=') return left !== right;
  if (left === null || right === null) return undefined;
  if (op === '<') return left < right;
  if (op === '<=') return left <= right;
  return op === '>' ? left > right : left >= right;
}

/** Says of every condition inside an expression (of an aggregate) that never or always holds. */
export function checkInner(expr: Expr, problem: (message: string, hint?: string) => void): void {
  if (expr.kind === 'aggregate') {
    const which = expr.where && decide(expr.where);
    if (which === 'never') problem(`nothing can meet what follows 'where': it can never hold`);
    if (which === 'always') problem(`everything meets what follows 'where': it always holds`);
    const body =
      expr.fn === 'all' && expr.body !== undefined
        ? decide(expr.body, expr.where && [expr.where])
        : undefined;
    if (body !== undefined) problem(`the condition of 'all' ${body} holds`);
  }
  if (expr.kind === 'binary' && (expr.op === 'or' || expr.op === 'and')) checkSides(expr, problem);
  for (const part of partsOf(expr)) checkInner(part, problem);
}

// A side of 'or' that never holds, or of 'and' that always does, says nothing.
function checkSides(expr: Expr & { kind: 'binary' }, problem: (message: string) => void): void {
  const idle = expr.op === 'or' ? 'never' : 'always';
  for (const side of [expr.left, expr.right]) {
    const inner = side.kind === 'binary' && side.op === expr.op;
    if (!inner && decide(side) === idle) problem(`a part of this condition ${idle} holds`);
  }
}
