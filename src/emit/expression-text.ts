// Typed expressions as TypeScript.
import type { Expr, Type } from '../spec/model.js';
import { roundsWhole } from '../spec/whole.js';
import { aggregateCode } from './aggregate-text.js';
import { atom, binary, call, levels, minus, quote, reference, type Code } from './code.js';
import { conditionCode } from './condition-text.js';
import { join } from './layout.js';
import { pathCode } from './path-text.js';
import { provenCode, type Condition, type Place } from './place.js';
import { guest, tableFunction, type Block } from './scope.js';
import { todayCode } from './today-text.js';

/** The place of an expression that its statement always evaluates. */
export function placeOf(block: Block): Place {
  const write = { value: valueCode, condition: conditionCode };
  return { block, facts: block.facts, inner: new Set(), certain: true, write };
}

/** A condition if `wanted`, else its opposite. */
export function condition(expr: Expr, block: Block, wanted = true): Condition {
  return conditionCode(expr, placeOf(block), wanted);
}

/** The value of an expression: a scalar, a list, or a whole row as it is now. */
export function valueCode(expr: Expr, place: Place): Code {
  switch (expr.kind) {
    case 'literal':
      return literalCode(expr.value, expr.type, place.block);
    case 'now':
      place.block.needs.db = true;
      return reference('db.now');
    case 'variable':
    case 'member':
      return pathCode(expr, place);
    case 'unary':
      return expr.op === 'not' ? conditionCode(expr, place, true) : minus(valueCode(expr.of, place));
    case 'binary':
      return expr.type.kind === 'bool' ? conditionCode(expr, place, true) : arithmeticCode(expr, place);
    case 'math':
      return mathCode(expr, place);
    case 'table':
      return call(
        tableFunction(place.block, expr.table.name),
        expr.args.map((arg) => valueCode(arg, place)),
      );
    default:
      return expr.fn === 'exists' || expr.fn === 'all'
        ? conditionCode(expr, place, true)
        : aggregateCode(expr, place);
  }
}

function literalCode(value: string | number | boolean | null, type: Type, block: Block): Code {
  if (type.kind === 'duration' && typeof value === 'number') return durationCode(value, block);
  if (typeof value === 'string') return atom(quote(value));
  if (typeof value === 'number' && value < 0) return minus(atom(String(-value)));
  return atom(String(value));
}

/** Minutes as days or hours: `14 * day`. */
function durationCode(minutes: number, block: Block): Code {
  const unit = minutes % 1440 === 0 ? 'day' : minutes % 60 === 0 ? 'hour' : undefined;
  if (minutes === 0 || unit === undefined) return literalCode(minutes, { kind: 'int' }, block);
  block.file.durations.add(unit);
  const count = minutes / (unit === 'day' ? 1440 : 60);
  if (count === 1) return atom(unit);
  return count === -1 ? minus(atom(unit)) : binary(atom(String(count)), '*', atom(unit));
}

function negative(expr: Expr, code: Code, block: Block): Code {
  return expr.kind === 'literal' && typeof expr.value === 'number'
    ? durationCode(-expr.value, block)
    : minus(code);
}

function arithmeticCode(expr: Extract<Expr, { kind: 'binary' }>, place: Place): Code {
  const left = valueCode(expr.left, place);
  const right = valueCode(expr.right, place);
  const isTime = (type: Type): boolean => type.kind === 'date' || type.kind === 'datetime';
  if (isTime(expr.left.type)) {
    if (isTime(expr.right.type)) return call(guest(place.block, 'minutesBetween'), [right, left]);
    return call(guest(place.block, 'addMinutes'), [
      left,
      expr.op === '-' ? negative(expr.right, right, place.block) : right,
    ]);
  }
  // A duration in minutes is its number of minutes.
  if (expr.op === '/' && expr.right.kind === 'literal' && expr.right.value === 1) return left;
  return binary(left, expr.op, right);
}

function mathCode(expr: Extract<Expr, { kind: 'math' }>, place: Place): Code {
  if (expr.fn === 'date' && expr.args[0]?.kind === 'now') return todayCode(place.block);
  const args = expr.args.map((arg) => valueCode(arg, place));
  if (expr.fn === 'date') return call(guest(place.block, 'dateOf'), args);
  const [first] = args;
  if (first !== undefined && roundsWhole(expr)) return first;
  if (expr.type.kind !== 'date' && expr.type.kind !== 'datetime') return call(`Math.${expr.fn}`, args);
  const list = atom([
    '[',
    join(
      ', ',
      args.map((arg) => arg.doc),
    ),
    ']',
  ]);
  const same: Code = { doc: '(time) => time', level: levels.nullish, op: '=>' };
  return provenCode(call(guest(place.block, expr.fn), [list, same]), place);
}
