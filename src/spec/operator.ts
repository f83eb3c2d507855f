// Comparisons and arithmetic on typed values: which go together, and what comes out.
import { pathOf } from './narrow.js';
import {
  incomparable,
  isNumeric,
  ordered,
  orNull,
  readLiteral,
  fits,
  typeName,
  widerNumber,
  withoutNull,
  type Problem,
} from './types.js';
import type { BinaryOp, Expr, Type } from './model.js';

/** Combines two typed operands, or says why they cannot be. */
export function combine(op: BinaryOp, left: Expr, right: Expr, problem: Problem): Expr | undefined {
  if (op === '==' || op === '!=') return equality(op, left, right, problem);
  const both = [left, right].filter((side) => isThere(side, problem));
  if (both.length < 2) return undefined;
  if (op === 'in') return membership(left, right, problem);
  if (op === '<' || op === '<=' || op === '>' || op === '>=') return order(op, left, right, problem);
  const type = arithmetic(op, left.type, right, problem);
  return type && { kind: 'binary', op, left, right, type };
}

/** Reports a value that may be null where it must be there. */
export function isThere(expr: Expr, problem: Problem): boolean {
  if (expr.type.nullable !== true && expr.type.kind !== 'null') return true;
  const path = pathOf(expr)?.key;
  if (path === undefined)
    problem('this may be null', "bind it with 'let' and prove first that it is not null");
  else problem(`'${path}' may be null`, `prove it first, as in ${path} != null and …`);
  return false;
}

function equality(op: '==' | '!=', left: Expr, right: Expr, problem: Problem): Expr | undefined {
  if (left.type.kind === 'null' || right.type.kind === 'null') return nullTest(op, left, right, problem);
  // A row that may be null must be proven; a column that may be null is compared as it is.
  for (const side of [left, right]) {
    if (side.type.kind === 'row' && side.kind !== 'member' && !isThere(side, problem)) return undefined;
  }
  const first = readLiteral(left, right.type, problem);
  const second = readLiteral(right, left.type, problem);
  if (first === undefined || second === undefined) return undefined;
  const reason = incomparable(withoutNull(first.type), withoutNull(second.type));
  if (reason !== undefined) {
    problem(
      `${typeName(first.type)} and ${typeName(second.type)} ${reason}`,
      timeHint(first.type, second.type),
    );
    return undefined;
  }
  return { kind: 'binary', op, left: first, right: second, type: { kind: 'bool' } };
}

function nullTest(op: '==' | '!=', left: Expr, right: Expr, problem: Problem): Expr | undefined {
  const [tested, other] = left.type.kind === 'null' ? [right, left] : [left, right];
  const raw = unproven(tested);
  if (raw.type.nullable !== true) {
    problem(
      raw.type.kind === 'null'
        ? 'null is compared with itself'
        : `this is never null: it is ${typeName(raw.type)}`,
    );
    return undefined;
  }
  return { kind: 'binary', op, left: raw, right: other, type: { kind: 'bool' } };
}

// A test for null asks about the value as it is, also where it was proven before.
function unproven(expr: Expr): Expr {
  if ((expr.kind !== 'variable' && expr.kind !== 'member') || expr.present !== true) return expr;
  const { present: _, ...rest } = expr;
  return { ...rest, type: orNull(rest.type) };
}

function membership(left: Expr, right: Expr, problem: Problem): Expr | undefined {
  if (right.type.kind !== 'list') {
    problem(`'in' needs a list, and this is ${typeName(right.type)}`);
    return undefined;
  }
  const item = readLiteral(left, right.type.item, problem);
  if (item === undefined) return undefined;
  if (
    !fits(withoutNull(item.type), right.type.item) &&
    incomparable(withoutNull(item.type), right.type.item) !== undefined
  ) {
    problem(`${typeName(item.type)} is in no list of ${typeName(right.type.item)}`);
    return undefined;
  }
  return { kind: 'binary', op: 'in', left: item, right, type: { kind: 'bool' } };
}

function order(op: BinaryOp, left: Expr, right: Expr, problem: Problem): Expr | undefined {
  const first = readLiteral(left, right.type, problem);
  const second = readLiteral(right, left.type, problem);
  if (first === undefined || second === undefined) return undefined;
  if (!ordered(first.type, second.type)) {
    problem(
      `'${op}' has no meaning between ${typeName(first.type)} and ${typeName(second.type)}`,
      timeHint(first.type, second.type),
    );
    return undefined;
  }
  return { kind: 'binary', op, left: first, right: second, type: { kind: 'bool' } };
}

function timeHint(left: Type, right: Type): string | undefined {
  const mixed = isTime(left) && isTime(right) && left.kind !== right.kind;
  return mixed ? 'date(x) takes the date of a datetime; today is the date of now' : undefined;
}

function isTime(type: Type): boolean {
  return type.kind === 'date' || type.kind === 'datetime';
}

function arithmetic(op: BinaryOp, left: Type, right: Expr, problem: Problem): Type | undefined {
  const wrong = (hint?: string): undefined => {
    problem(`'${op}' has no meaning between ${typeName(left)} and ${typeName(right.type)}`, hint);
    return undefined;
  };
  const numbers = isNumeric(left) && isNumeric(right.type);
  const durations = left.kind === 'duration' && right.type.kind === 'duration';
  if (op === '+' || op === '-') {
    if (numbers) return { kind: widerNumber(left, right.type) };
    if (durations) return { kind: 'duration' };
    if (isTime(left) && right.type.kind === 'duration') return withoutNull(left);
    if (op === '-' && isTime(left) && left.kind === right.type.kind) return { kind: 'duration' };
    if (op === '+' && left.kind === 'duration' && isTime(right.type)) return wrong('write the time first');
    return wrong(timeHint(left, right.type));
  }
  if (op === '*') {
    if (left.kind === 'duration' && right.type.kind === 'int') return { kind: 'duration' };
    if (left.kind === 'int' && right.type.kind === 'duration') return { kind: 'duration' };
    if (numbers && !(left.kind === 'money' && right.type.kind === 'money')) {
      return { kind: widerNumber(left, right.type) };
    }
    return wrong();
  }
  if (right.kind !== 'literal') return wrong('the divisor must be a literal');
  if (right.value === 0) {
    problem('division by zero');
    return undefined;
  }
  const divides = (numbers && right.type.kind !== 'money') || durations;
  return divides ? { kind: 'number' } : wrong();
}
