// What the static types of the expression language are called, which of them go together, and what
// a value of one becomes where another is wanted.
import { isRealTime } from '../core/time.js';
import { didYouMean } from './issues.js';
import type { Expr, Type } from './model.js';

export type Problem = (message: string, hint?: string) => void;

export function typeName(type: Type): string {
  return `${bareName(type)}${type.nullable === true ? ' or null' : ''}`;
}

function bareName(type: Type): string {
  switch (type.kind) {
    case 'row':
      return `a ${type.entity}`;
    case 'list':
      return `a list of ${type.item.kind === 'record' ? 'line items' : bareName(type.item).replace(/^an? /, '')}`;
    case 'record':
      return 'a line item';
    case 'enum':
      return `one of ${type.of.join(', ')}`;
    case 'bool':
      return 'true or false';
    case 'number':
      return 'a fraction';
    case 'int':
      return 'an int';
    case 'money':
    case 'null':
      return type.kind;
    default:
      return `a ${type.kind}`;
  }
}

export function isNumeric(type: Type): boolean {
  return type.kind === 'int' || type.kind === 'money' || type.kind === 'number';
}

function isText(type: Type): boolean {
  return type.kind === 'string' || type.kind === 'text' || type.kind === 'enum';
}

/** The kind that holds both, of two numbers: int below money below number. */
export function widerNumber(left: Type, right: Type): 'int' | 'money' | 'number' {
  if (left.kind === 'number' || right.kind === 'number') return 'number';
  return left.kind === 'money' || right.kind === 'money' ? 'money' : 'int';
}

export function withoutNull(type: Type): Type {
  const { nullable: _, ...rest } = type;
  return rest;
}

export function orNull(type: Type): Type {
  return { ...type, nullable: true };
}

/** A string literal as the enum member or time that it is compared with or assigned to. */
export function readLiteral(expr: Expr, as: Type, problem: Problem): Expr | undefined {
  if (expr.kind !== 'literal' || typeof expr.value !== 'string') return expr;
  const type = withoutNull(as);
  if (type.kind === 'enum') {
    if (!type.of.includes(expr.value)) {
      problem(`'${expr.value}' is not one of ${type.of.join(', ')}`, didYouMean(expr.value, type.of));
      return undefined;
    }
    return { ...expr, type };
  }
  if (type.kind === 'date' || type.kind === 'datetime') {
    const wanted = type.kind === 'date' ? '2025-06-02' : '2025-06-02T09:00Z';
    if (expr.value.length !== wanted.length || !isRealTime(expr.value)) {
      problem(`'${expr.value}' is no ${type.kind}; write it as ${wanted}`);
      return undefined;
    }
    return { ...expr, type };
  }
  return type.kind === 'text' ? { ...expr, type } : expr;
}

/** The expression as a value of a type: literals are read as it, an int serves as money. */
export function coerce(expr: Expr, want: Type, problem: Problem): Expr | undefined {
  if (expr.type.kind === 'null') {
    if (want.nullable === true) return expr;
    problem(`null where ${typeName(want)} is wanted`);
    return undefined;
  }
  const read = readLiteral(expr, want, problem);
  if (read === undefined) return undefined;
  if (!fits(withoutNull(read.type), withoutNull(want))) {
    problem(`this is ${typeName(read.type)} where ${typeName(want)} is wanted`, fitHint(read.type, want));
    return undefined;
  }
  if (read.type.nullable === true && want.nullable !== true) {
    problem(`this may be null where ${typeName(want)} is wanted`, 'prove first that it is not null');
    return undefined;
  }
  return read;
}

/** Whether a value of one type serves as one of the other, null apart. */
export function fits(given: Type, want: Type): boolean {
  if (want.kind === 'row') return given.kind === 'row' && given.entity === want.entity;
  if (want.kind === 'list') return given.kind === 'list' && fits(given.item, want.item);
  if (want.kind === 'record') return false;
  if (want.kind === 'enum')
    return given.kind === 'enum' && given.of.every((member) => want.of.includes(member));
  if (want.kind === 'money') return given.kind === 'money' || given.kind === 'int';
  if (want.kind === 'number') return isNumeric(given);
  if (want.kind === 'string' || want.kind === 'text') return isText(given);
  return given.kind === want.kind;
}

function fitHint(given: Type, want: Type): string | undefined {
  if (given.kind === 'number' && (want.kind === 'int' || want.kind === 'money')) {
    return 'make it whole with ceil, floor or round';
  }
  if (given.kind === 'datetime' && want.kind === 'date') return 'date(x) takes the date of a datetime';
  return undefined;
}

/** Why two types cannot be compared by == or !=, if they cannot. */
export function incomparable(left: Type, right: Type): string | undefined {
  if (left.kind === 'enum' && right.kind === 'enum') {
    return left.of.some((member) => right.of.includes(member)) ? undefined : 'have no value in common';
  }
  if (left.kind === 'list' || right.kind === 'list') return 'cannot be compared';
  const same = fits(left, right) || fits(right, left) || (isNumeric(left) && isNumeric(right));
  return same ? undefined : 'cannot be compared';
}

/** Whether < has a meaning: between numbers, between times of one kind, between durations. */
export function ordered(left: Type, right: Type): boolean {
  if (isNumeric(left)) return isNumeric(right);
  return left.kind === right.kind && ['date', 'datetime', 'duration'].includes(left.kind);
}
