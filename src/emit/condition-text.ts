// Conditions as TypeScript, or their opposite (a guard clause refuses when a requirement does not
// hold, and reads best without a `!` around it), with what is known where they came out true or false.
import { must } from '../core/errors.js';
import type { Expr } from '../spec/model.js';
import { emptyCode, everyCode, membershipCode, someCode, type Over } from './aggregate-text.js';
import { atom, binary, levels, not, reference, type Code } from './code.js';
import { both, either, factOf, known, noFacts, type Facts, type Literal } from './facts.js';
import { boundName, columnCode } from './path-text.js';
import type { Condition, Place } from './place.js';

const opposite: Readonly<Record<string, string>> = {
  '==': '!==',
  '!=': '===',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};

/** The condition if `wanted`, else its opposite. */
export function conditionCode(expr: Expr, place: Place, wanted: boolean): Condition {
  if (expr.kind === 'unary' && expr.op === 'not') return conditionCode(expr.of, place, !wanted);
  if (expr.kind === 'literal') {
    const outcome = expr.value === wanted;
    return { ...plain(atom(String(outcome))), decided: outcome };
  }
  if (expr.kind === 'aggregate' && expr.fn === 'exists') return plain(signed(someCode(expr, place), wanted));
  if (expr.kind === 'aggregate' && expr.fn === 'all') {
    return plain(wanted ? everyCode(expr, place) : someCode(exceptions(expr), place));
  }
  if (expr.kind === 'binary' && (expr.op === 'and' || expr.op === 'or')) return logical(expr, place, wanted);
  if (expr.kind === 'binary' && expr.op === 'in') return plain(signed(membershipCode(expr, place), wanted));
  if (expr.kind === 'binary' && opposite[expr.op] !== undefined) return comparison(expr, place, wanted);
  return truth(place.write.value(expr, place), wanted);
}

// Not all: some that satisfy `where` do not satisfy the condition.
function exceptions(expr: Extract<Expr, { kind: 'aggregate' }>): Over {
  const { source, variable, where } = expr;
  const bool = { kind: 'bool' } as const;
  const broken: Expr = { kind: 'unary', op: 'not', of: must(expr.body, 'condition of all'), type: bool };
  if (where === undefined) return { source, variable, where: broken };
  return { source, variable, where: { kind: 'binary', op: 'and', left: where, right: broken, type: bool } };
}

function logical(expr: Extract<Expr, { kind: 'binary' }>, place: Place, wanted: boolean): Condition {
  if (!wanted && !turnsEasily(expr)) {
    const inner = logical(expr, place, true);
    return { ...not(inner), whenTrue: inner.whenFalse, whenFalse: inner.whenTrue };
  }
  const op = (expr.op === 'and') === wanted ? '&&' : '||';
  const left = conditionCode(expr.left, place, wanted);
  // What is never evaluated is not written either: it would leave constants that nothing reads.
  if (left.decided !== undefined && left.decided === (op === '||')) return left;
  const reached = op === '&&' ? left.whenTrue : left.whenFalse;
  const right = conditionCode(
    expr.right,
    { ...place, facts: both(place.facts, reached), certain: false },
    wanted,
  );
  if (left.decided !== undefined) return right;
  if (right.decided !== undefined) return right.decided === (op === '||') ? right : left;
  const every = (side: 'whenTrue' | 'whenFalse'): Facts => both(left[side], right[side]);
  const any = (side: 'whenTrue' | 'whenFalse'): Facts => either(left[side], both(reached, right[side]));
  return {
    ...binary(left, op, right),
    whenTrue: op === '&&' ? every('whenTrue') : any('whenTrue'),
    whenFalse: op === '&&' ? any('whenFalse') : every('whenFalse'),
  };
}

// Whether the opposite reads as well as the condition itself.
function turnsEasily(expr: Expr): boolean {
  if (expr.kind === 'unary') return expr.op === 'not';
  if (expr.kind === 'variable' || expr.kind === 'member') return true;
  if (expr.kind === 'aggregate') return expr.fn === 'exists' || expr.fn === 'all';
  if (expr.kind !== 'binary') return false;
  if (expr.op === 'and' || expr.op === 'or') return turnsEasily(expr.left) && turnsEasily(expr.right);
  return true;
}

function comparison(expr: Extract<Expr, { kind: 'binary' }>, place: Place, wanted: boolean): Condition {
  const equality = expr.op === '==' || expr.op === '!=';
  const op = wanted ? (equality ? `${expr.op}=` : expr.op) : (opposite[expr.op] ?? '');
  if (!equality)
    return plain(binary(place.write.value(expr.left, place), op, place.write.value(expr.right, place)));
  if (expr.right.type.kind === 'null') return nullTest(expr.left, place, op === '===');
  if (expr.left.type.kind === 'null') return nullTest(expr.right, place, op === '===');
  const left = columnCode(expr.left, place);
  const right = columnCode(expr.right, place);
  const code = binary(overlapping(left, right, expr, place), op, right);
  const equal = both(learned(left, expr.left, expr.right, true), learned(right, expr.right, expr.left, true));
  const different = both(
    learned(left, expr.left, expr.right, false),
    learned(right, expr.right, expr.left, false),
  );
  return op === '==='
    ? { ...code, whenTrue: equal, whenFalse: different }
    : { ...code, whenTrue: different, whenFalse: equal };
}

// TypeScript refuses a comparison of two types without a common value, which narrowing can lead to.
function overlapping(left: Code, right: Code, expr: Extract<Expr, { kind: 'binary' }>, place: Place): Code {
  const values = valuesOf(left, expr.left, place);
  const others = valuesOf(right, expr.right, place);
  if (values === undefined || others === undefined || [...values].some((value) => others.has(value)))
    return left;
  return {
    doc: [
      '(',
      left.doc,
      ` as ${[...values].every((value) => typeof value === 'string') ? 'string' : 'unknown'})`,
    ],
    level: levels.atom,
  };
}

/** The values that an expression can have here, where they are few and known. */
function valuesOf(code: Code, expr: Expr, place: Place): ReadonlySet<Literal> | undefined {
  if (expr.kind === 'literal') return expr.value === null ? undefined : new Set([expr.value]);
  const values = code.reference === undefined ? undefined : place.facts.get(code.reference)?.values;
  return (
    values ?? (expr.type.kind === 'enum' && expr.type.nullable !== true ? new Set(expr.type.of) : undefined)
  );
}

function learned(code: Code, expr: Expr, other: Expr, equal: boolean): Facts {
  if (code.reference === undefined || expr.kind === 'literal') return noFacts;
  if (other.kind === 'literal' && other.value !== null) {
    if (equal) return known(code.reference, factOf(true, new Set([other.value])));
    if (expr.type.kind !== 'enum' || expr.type.nullable === true) return noFacts;
    const rest = expr.type.of.filter((value) => value !== other.value);
    return known(code.reference, factOf(false, new Set(rest)));
  }
  return equal && other.type.nullable !== true ? known(code.reference, factOf(true, undefined)) : noFacts;
}

function nullTest(expr: Expr, place: Place, isNull: boolean): Condition {
  const empty = emptyCode(expr, place);
  if (empty !== undefined) return plain(signed(empty, isNull));
  const code = testedCode(expr, place);
  const fact = code.reference === undefined ? undefined : place.facts.get(code.reference);
  // Behind a test that it is not null, TypeScript would say that nothing can be what it knows to be null.
  if (fact?.none === true) return { ...plain(atom(String(isNull))), decided: isNull };
  const present = code.reference === undefined ? noFacts : known(code.reference, factOf(true, undefined));
  const absent: Facts =
    code.reference === undefined ? noFacts : known(code.reference, { present: false, none: true });
  const test = binary(code, isNull ? '===' : '!==', atom('null'));
  const learnt = { whenTrue: isNull ? absent : present, whenFalse: isNull ? present : absent };
  // And behind a test that it is null, that nothing can be done with what it knows to be there.
  return { ...test, ...learnt, ...(fact?.present === true ? { decided: !isNull } : {}) };
}

function testedCode(expr: Expr, place: Place): Code {
  // Whether a list was given does not change with its rows.
  const list = expr.kind === 'variable' ? place.block.variables.get(expr.name) : undefined;
  if (list?.kind === 'list') return list.code;
  if (expr.type.kind !== 'row') return place.write.value(expr, place);
  const name = boundName(expr, place);
  return name === undefined ? columnCode(expr, place) : reference(name);
}

function truth(code: Code, wanted: boolean): Condition {
  const fact = (value: boolean): Facts =>
    code.reference === undefined ? noFacts : known(code.reference, factOf(true, new Set([value])));
  return wanted
    ? { ...code, whenTrue: fact(true), whenFalse: fact(false) }
    : { ...not(code), whenTrue: fact(false), whenFalse: fact(true) };
}

function signed(code: Code, wanted: boolean): Code {
  return wanted ? code : not(code);
}

function plain(code: Code): Condition {
  return { ...code, whenTrue: noFacts, whenFalse: noFacts };
}
