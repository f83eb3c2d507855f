// The type checker of expressions: from what was read (syntax.ts) to the typed tree (model.ts).
// Both sides of everything are checked, so that all problems of an expression come out; where one
// was reported the result is undefined and nothing more is said about it.
import { typeAggregate } from './aggregate.js';
import { didYouMean } from './issues.js';
import { factsOf, pathOf } from './narrow.js';
import { combine, isThere } from './operator.js';
import { findColumn, withFacts, type Scope } from './scope.js';
import { parseExpression, type Syntax } from './syntax.js';
import { coerce, isNumeric, typeName, widerNumber, withoutNull, type Problem } from './types.js';
import type { Expr, MathFn, Type } from './model.js';
import type { Table } from './table-model.js';

/** An expression as YAML gives it: a text, or a number, true, false or null as they are. */
export type Written = string | number | boolean | null;

/** Reads and types an expression; where `want` is given, as a value of that type. */
export function checkExpression(
  text: Written,
  scope: Scope,
  problem: Problem,
  want?: Type,
): Expr | undefined {
  const parsed = parseExpression(String(text));
  if (!parsed.ok) {
    problem(parsed.error.message, parsed.error.hint);
    return undefined;
  }
  const expr = typeSyntax(parsed.value, scope, problem);
  return expr === undefined || want === undefined ? expr : coerce(expr, want, problem);
}

/** Reads and types a condition: true or false, never null. */
export function checkCondition(text: string, scope: Scope, problem: Problem): Expr | undefined {
  return checkExpression(text, scope, problem, { kind: 'bool' });
}

/** Types what was read. */
export function typeSyntax(syntax: Syntax, scope: Scope, problem: Problem): Expr | undefined {
  switch (syntax.kind) {
    case 'literal':
      return { kind: 'literal', value: syntax.value, type: { kind: syntax.type } };
    case 'literals':
      problem("a list of literals stands only after 'in'");
      return undefined;
    case 'name':
      return typeOfName(syntax.name, scope, problem);
    case 'member':
      return typeMember(syntax.of, syntax.name, scope, problem);
    case 'unary':
      return typeUnary(syntax.op, syntax.of, scope, problem);
    case 'binary':
      return typeBinary(syntax, scope, problem);
    case 'call':
      return typeCall(syntax.fn, syntax.args, scope, problem);
    case 'aggregate':
      return typeAggregate(syntax, scope, problem, typeSyntax);
  }
}

function typeOfName(name: string, scope: Scope, problem: Problem): Expr | undefined {
  if (scope.variables.has(name)) {
    const type = scope.variables.get(name);
    if (scope.gone.has(name)) {
      problem(`the row of '${name}' may have been deleted by then`);
      return undefined;
    }
    return type && proven({ kind: 'variable', name, type }, scope);
  }
  if (name === 'now') return { kind: 'now', type: { kind: 'datetime' } };
  if (name === 'today') {
    return {
      kind: 'math',
      fn: 'date',
      args: [{ kind: 'now', type: { kind: 'datetime' } }],
      type: { kind: 'date' },
    };
  }
  if (name === 'subject' && scope.subject !== undefined) return scope.subject();
  if (name === 'caller' || name === 'subject') {
    problem(`'${name}' has a meaning in policies only`);
    return undefined;
  }
  const literal = /^[a-z_0-9]+$/.test(name) ? `a literal is written '${name}'` : undefined;
  problem(
    `there is no '${name}' here`,
    didYouMean(name, [
      ...scope.variables.keys(),
      'now',
      'today',
      ...(scope.subject === undefined ? [] : ['subject']),
    ]) ?? literal,
  );
  return undefined;
}

function typeMember(of: Syntax, attr: string, scope: Scope, problem: Problem): Expr | undefined {
  const base = typeSyntax(of, scope, problem);
  if (base === undefined) return undefined;
  if (base.type.kind === 'list') {
    problem(`a list has no '${attr}'`, `as in all(x in …: x.${attr} == …)`);
    return undefined;
  }
  if (base.type.kind === 'record') {
    const field = base.type.fields.find(({ binds }) => binds === attr);
    if (field !== undefined)
      return proven({ kind: 'member', of: base, attr, column: field.name, type: field.type }, scope);
    const written = base.type.fields.find(({ name }) => name === attr)?.binds;
    const names = base.type.fields.map(({ binds }) => binds);
    problem(`a line item has no '${attr}' here`, didYouMean(written ?? attr, names));
    return undefined;
  }
  if (base.type.kind !== 'row') {
    problem(`${typeName(base.type)} has no '${attr}'`);
    return undefined;
  }
  if (!isThere(base, problem)) return undefined;
  const entity = scope.entities.get(base.type.entity);
  const column = entity && findColumn(scope.entities, entity, attr, problem);
  if (column === undefined) return undefined;
  return proven({ kind: 'member', of: base, attr, column: column.column, type: column.type }, scope);
}

// A nullable path that a fact proves to be there.
function proven(expr: Expr & { kind: 'variable' | 'member' }, scope: Scope): Expr {
  if (expr.type.nullable !== true) return expr;
  const key = pathOf(expr)?.key;
  return key !== undefined && scope.facts.has(key)
    ? { ...expr, type: withoutNull(expr.type), present: true }
    : expr;
}

function typeUnary(op: 'not' | '-', of: Syntax, scope: Scope, problem: Problem): Expr | undefined {
  const operand = typeSyntax(of, scope, problem);
  if (operand === undefined) return undefined;
  if (op === 'not') {
    const condition = coerce(operand, { kind: 'bool' }, problem);
    return condition && { kind: 'unary', op, of: condition, type: { kind: 'bool' } };
  }
  if (!isThere(operand, problem)) return undefined;
  if (!isNumeric(operand.type) && operand.type.kind !== 'duration') {
    problem(`${typeName(operand.type)} cannot be negated`);
    return undefined;
  }
  return { kind: 'unary', op, of: operand, type: withoutNull(operand.type) };
}

function typeBinary(syntax: Syntax & { kind: 'binary' }, scope: Scope, problem: Problem): Expr | undefined {
  const { op } = syntax;
  const left = typeSyntax(syntax.left, scope, problem);
  if (op === 'and' || op === 'or') {
    // The right side is reached only when the left came out so.
    const reached = left === undefined ? scope : withFacts(scope, factsOf(left, op === 'and'));
    const right = typeSyntax(syntax.right, reached, problem);
    const sides = [left, right].map((side) => side && coerce(side, { kind: 'bool' }, problem));
    const [first, second] = sides;
    return first && second && { kind: 'binary', op, left: first, right: second, type: { kind: 'bool' } };
  }
  if (op === 'in' && syntax.right.kind === 'literals') {
    return left && oneOf(left, syntax.right.items, scope, problem);
  }
  const right = typeSyntax(syntax.right, scope, problem);
  return left && right && combine(op, left, right, problem);
}

// x in ['a', 'b'] means x == 'a' or x == 'b'.
function oneOf(left: Expr, items: readonly Syntax[], scope: Scope, problem: Problem): Expr | undefined {
  const cases = items.map((item) => {
    if (item.kind !== 'literal' || item.value === null) {
      problem("after 'in', the brackets hold literals");
      return undefined;
    }
    const right = typeSyntax(item, scope, problem);
    return right && combine('==', left, right, problem);
  });
  return cases.reduce<Expr | undefined>(
    (all, one, index) =>
      index === 0
        ? one
        : all && one && { kind: 'binary', op: 'or', left: all, right: one, type: { kind: 'bool' } },
    undefined,
  );
}

const functions: readonly string[] = ['ceil', 'floor', 'round', 'abs', 'date', 'min', 'max'];

function typeCall(fn: string, args: readonly Syntax[], scope: Scope, problem: Problem): Expr | undefined {
  const typed = args.map((arg) => typeSyntax(arg, scope, problem));
  if (scope.tables.has(fn)) return typeTable(scope.tables.get(fn), typed, problem);
  if (!functions.includes(fn)) {
    const known = [...functions, 'count', 'exists', 'all', 'sum', 'first', 'list', ...scope.tables.keys()];
    problem(`there is no function '${fn}'`, didYouMean(fn, known));
    return undefined;
  }
  const several = fn === 'min' || fn === 'max';
  if (several ? typed.length < 2 : typed.length !== 1) {
    problem(`${fn} takes ${several ? 'two values or more' : 'one value'}, not ${typed.length}`);
    return undefined;
  }
  const present = typed.flatMap((arg) => (arg !== undefined && isThere(arg, problem) ? [arg] : []));
  const [first, ...rest] = present.map((arg) => arg.type);
  if (first === undefined || present.length < typed.length) return undefined;
  const type = several
    ? rest.reduce<Type | undefined>((wide, next) => wide && widerOf(wide, next), first)
    : mathType(fn as MathFn, first);
  if (type === undefined) {
    problem(`${fn} cannot take ${present.map((arg) => typeName(arg.type)).join(' and ')}`);
    return undefined;
  }
  const [one, ...others] = present;
  if (one === undefined || isNumeric(type) || others.length < 2) {
    return { kind: 'math', fn: fn as MathFn, args: present, type };
  }
  // Times are compared two at a time.
  return others.reduce<Expr>(
    (best, next) => ({ kind: 'math', fn: fn as MathFn, args: [best, next], type }),
    one,
  );
}

// A table that could not be read was reported where it stands.
function typeTable(
  table: Table | undefined,
  args: readonly (Expr | undefined)[],
  problem: Problem,
): Expr | undefined {
  if (table === undefined) return undefined;
  const { name, inputs, gives } = table;
  if (args.length !== inputs.length) {
    const names = inputs.map((input) => input.name).join(', ');
    problem(`${name} takes ${inputs.length} values (${names}), not ${args.length}`);
    return undefined;
  }
  const fitting = inputs.flatMap(({ type }, at) => {
    const arg = args[at];
    return (arg && coerce(arg, type, problem)) ?? [];
  });
  return fitting.length < inputs.length ? undefined : { kind: 'table', table, args: fitting, type: gives };
}

function widerOf(first: Type, second: Type): Type | undefined {
  if (isNumeric(first) && isNumeric(second)) return { kind: widerNumber(first, second) };
  const same = first.kind === second.kind && ['date', 'datetime', 'duration'].includes(first.kind);
  return same ? first : undefined;
}

function mathType(fn: MathFn, of: Type): Type | undefined {
  if (fn === 'date') return of.kind === 'datetime' ? { kind: 'date' } : undefined;
  if (fn === 'abs') return isNumeric(of) || of.kind === 'duration' ? of : undefined;
  if (!isNumeric(of)) return undefined;
  return of.kind === 'number' ? { kind: 'int' } : of;
}
