// Aggregates as calls on arrays of rows. Where the condition fixes a reference, the rows come from
// the index of that reference (`db.loans.where('member_id', …)`); the rest of it is a filter.
import { must } from '../core/errors.js';
import { mentions } from '../spec/hints.js';
import type { Expr, Source } from '../spec/model.js';
import { arrow, atom, binary, call, levels, method, property, quote, type Code } from './code.js';
import { identifier } from './identifiers.js';
import { print } from './layout.js';
import { boundName, columnCode, columnOf, variableAt } from './path-text.js';
import { callbackPlace, isKnown, orNull, type Place } from './place.js';
import { guest, spoken, tableOf } from './scope.js';
import { entityOf } from './type-text.js';

type Aggregate = Extract<Expr, { kind: 'aggregate' }>;
/** What is run over, and for which of it. */
export interface Over {
  readonly source: Source;
  readonly variable: string;
  readonly where?: Expr;
}

/** What is run over, and what of the condition is left to test of each item. */
interface Items {
  readonly code: Code;
  readonly rest: Expr | undefined;
}

/** count, sum, min, max, first and list. */
export function aggregateCode(expr: Expr, place: Place): Code {
  const over = expr as Aggregate;
  const { body } = over;
  switch (over.fn) {
    case 'count':
      return property(selected(over, place), 'length');
    case 'first': {
      const { code, rest } = items(over, place);
      return orNull(
        rest === undefined ? atom([code.doc, '[0]']) : method(code, 'find', [callback(over, rest, place)]),
      );
    }
    case 'sum':
    case 'min':
    case 'max':
      return call(guest(place.block, over.fn), [
        selected(over, place),
        callback(over, must(body, 'body'), place),
      ]);
    default:
      return body === undefined
        ? selected(over, place)
        : method(selected(over, place), 'map', [callback(over, body, place)]);
  }
}

/** exists */
export function someCode(over: Over, place: Place): Code {
  const { code, rest } = items(over, place);
  if (rest === undefined) return binary(property(code, 'length'), '>', atom('0'));
  return method(code, 'some', [callback(over, rest, place)]);
}

/** all */
export function everyCode(over: Aggregate, place: Place): Code {
  return method(selected(over, place), 'every', [callback(over, must(over.body, 'condition'), place)]);
}

/** `x in list` */
export function membershipCode(expr: Extract<Expr, { kind: 'binary' }>, place: Place): Code {
  const list = place.write.value(expr.right, place);
  const sought = columnCode(expr.left, place);
  const item = expr.right.type.kind === 'list' ? expr.right.type.item : expr.right.type;
  if (item.kind === 'row') {
    const entity = entityOf(place.block.file.domain, item.entity);
    const name = nameBeside(sought, identifier(entity.snake));
    return method(list, 'some', [arrow(name, binary(atom(`${name}.${entity.key}`), '===', sought))]);
  }
  const left = expr.left.type;
  const narrower =
    item.kind === 'enum' && !(left.kind === 'enum' && left.of.every((member) => item.of.includes(member)));
  if (!narrower) return method(list, 'includes', [sought]);
  const name = nameBeside(sought, 'item');
  return method(list, 'some', [arrow(name, binary(atom(name), '===', sought))]);
}

// A parameter that does not hide what the callback compares with.
function nameBeside(code: Code, wish: string): string {
  const words = wordsOf(code);
  return [wish, 'other', 'another'].find((name) => !words.has(name)) ?? 'each';
}

function wordsOf(code: Code): ReadonlySet<string> {
  return new Set(print(code.doc).split(/[^\w$]+/));
}

/** For `first(…) == null`: whether there is something; undefined for other expressions. */
export function emptyCode(expr: Expr, place: Place): Code | undefined {
  if (expr.kind !== 'aggregate' || expr.fn !== 'first') return undefined;
  const { code, rest } = items(expr, place);
  if (rest === undefined) return binary(property(code, 'length'), '===', atom('0'));
  return { doc: ['!', method(code, 'some', [callback(expr, rest, place)]).doc], level: levels.unary };
}

/** The items that satisfy the condition. */
export function selected(over: Over, place: Place): Code {
  const { code, rest } = items(over, place);
  return rest === undefined ? code : method(code, 'filter', [callback(over, rest, place)]);
}

function items(over: Over, place: Place): Items {
  if ('list' in over.source) return { code: place.write.value(over.source.list, place), rest: over.where };
  const entity = entityOf(place.block.file.domain, over.source.entity);
  const table = tableOf(place.block, entity);
  const conjuncts = split(over.where);
  for (const [at, part] of conjuncts.entries()) {
    const found = fixedReference(part, over.variable, place);
    if (found === undefined) continue;
    const column = must(
      entity.columns.find((candidate) => candidate.column === found.column),
      found.column,
    );
    if (found.value.type.nullable === true && column.type.nullable !== true) continue;
    const code = method(table, 'where', [atom(quote(found.column)), columnCode(found.value, place)]);
    return { code, rest: joined(conjuncts.filter((_, index) => index !== at)) };
  }
  return { code: method(table, 'all', []), rest: over.where };
}

// `v.reference == <something that can be evaluated before any row is looked at>`
function fixedReference(
  part: Expr,
  variable: string,
  place: Place,
): { readonly column: string; readonly value: Expr } | undefined {
  if (part.kind !== 'binary' || part.op !== '==') return undefined;
  for (const [member, value] of [
    [part.left, part.right],
    [part.right, part.left],
  ] as const) {
    const own = member.kind === 'member' && member.of.kind === 'variable' && member.of.name === variable;
    if (!own || member.type.kind !== 'row' || member.attr === 'id' || usesVariable(value, variable)) continue;
    if (mentions(value, (inner) => 'present' in inner && !isProvenHere(inner, place))) continue;
    return { column: member.column, value };
  }
  return undefined;
}

// A conjunct to the left may have been the proof; then the value cannot be evaluated first.
function isProvenHere(expr: Expr, place: Place): boolean {
  if (expr.kind === 'variable') {
    if (place.inner.has(expr.name)) return true;
    const variable = variableAt(expr.name, place);
    if (variable.kind === 'row')
      return variable.versions.some((version) => !version.nullable || isKnown(version.name(), place));
    return variable.code.reference !== undefined && isKnown(variable.code.reference, place);
  }
  if (expr.kind !== 'member') return false;
  const text = boundName(expr, place) ?? columnOf(expr.of, expr.column, place).reference;
  return text !== undefined && isKnown(text, place);
}

function callback(over: Over, body: Expr, place: Place): Code {
  const inside = callbackPlace(place, over.variable);
  const { write } = inside;
  const code = body.type.kind === 'bool' ? write.condition(body, inside, true) : write.value(body, inside);
  const name = spoken(place.block, over.variable);
  // A part whose outcome is known is not written, and may have been the only one to speak of the item.
  return arrow(usesVariable(body, over.variable) && wordsOf(code).has(name) ? name : undefined, code);
}

/** Whether the expression uses the variable. */
export function usesVariable(expr: Expr, name: string): boolean {
  return mentions(expr, (part) => part.kind === 'variable' && part.name === name);
}

/** The conjuncts of a condition. */
export function split(where: Expr | undefined): readonly Expr[] {
  if (where === undefined) return [];
  if (where.kind !== 'binary' || where.op !== 'and') return [where];
  return [...split(where.left), ...split(where.right)];
}

function joined(parts: readonly Expr[]): Expr | undefined {
  return parts.reduce<Expr | undefined>(
    (left, right) =>
      left === undefined ? right : { kind: 'binary', op: 'and', left, right, type: { kind: 'bool' } },
    undefined,
  );
}
