// Paths as TypeScript: `loan.copy.book.title`. The references on the way become constants in front of
// the statement (`const copy = db.copies.must(loan.copy_id)`) wherever following them is certain or
// harmless; in callbacks, and behind a test for null, they are followed inside the expression.
import { Bug, must } from '../core/errors.js';
import type { Entity, Expr, Type } from '../spec/model.js';
import {
  arrow,
  atLevel,
  atom,
  binary,
  constant,
  levels,
  method,
  object,
  property,
  reference,
  type Code,
} from './code.js';
import { capital, identifier } from './identifiers.js';
import { inFront, isKnown, orNull, provenCode, type Place } from './place.js';
import {
  firstName,
  firstWord,
  rowVariable,
  spoken,
  tableOf,
  versionWith,
  type Block,
  type ListVariable,
  type RowVariable,
  type Variable,
} from './scope.js';
import { entityOf } from './type-text.js';

type Path = Extract<Expr, { kind: 'variable' | 'member' }>;

/** A field of a line item: `line.model`. */
type LineField = Extract<Expr, { kind: 'member' }> & {
  readonly of: { readonly kind: 'variable'; readonly name: string; readonly type: LineItem };
};
type LineItem = Extract<Type, { kind: 'record' }>;

/** The value at a path: a scalar, a list, or a whole row as it is now. */
export function pathCode(expr: Path, place: Place): Code {
  if (expr.type.kind === 'row') return rowCode(expr, place);
  if (expr.kind === 'member') return proven(columnOf(expr.of, expr.column, place), expr, place);
  if (place.inner.has(expr.name)) return reference(spoken(place.block, expr.name));
  const variable = variableAt(expr.name, place);
  if (variable.kind === 'list') return listCode(expr, variable, place);
  if (variable.kind === 'row') throw new Bug(`${expr.name} is a row`);
  return proven(variable.code, expr, place);
}

/** What a column holds for a value: the id of a row, or the value itself. */
export function columnCode(expr: Expr, place: Place): Code {
  if (expr.type.kind !== 'row') return place.write.value(expr, place);
  if (expr.kind === 'member' && !isField(expr))
    return proven(columnOf(expr.of, expr.column, place), expr, place);
  const { key } = entityOf(place.block.file.domain, expr.type.entity);
  const nullable = expr.type.nullable === true;
  if (expr.kind !== 'variable' && expr.kind !== 'member') {
    const value = place.write.value(expr, place);
    return nullable ? orNull(atom([atLevel(value, levels.atom), `?.${key}`])) : property(value, key);
  }
  const name = must(boundName(expr, place), 'the name of a row');
  if (!isBoundNullable(expr, place) || isKnown(name, place)) return reference(`${name}.${key}`);
  return nullable ? orNull(atom(`${name}?.${key}`)) : property(provenCode(reference(name), place), key);
}

function isField(expr: Expr): expr is LineField {
  return expr.kind === 'member' && expr.of.kind === 'variable' && expr.of.type.kind === 'record';
}

/** The text of a field, which is a property of the constant or parameter that holds the line. */
function fieldText({ of, attr }: LineField, place: Place): string {
  return `${spoken(place.block, of.name)}.${attr}`;
}

/** What the row of a variable, or of a line item's field, is called as it was bound; undefined for other paths. */
export function boundName(expr: Expr, place: Place): string | undefined {
  if (expr.kind !== 'variable' && !isField(expr)) return undefined;
  const row = rowAt(expr, place);
  if (row !== undefined) return firstName(row);
  return expr.kind === 'variable' ? spoken(place.block, expr.name) : fieldText(expr, place);
}

// Whether that row may be null, unless it was proven not to be.
function isBoundNullable(expr: Path, place: Place): boolean {
  const row = rowAt(expr, place);
  if (row !== undefined) return row.versions[0]?.nullable === true;
  if (!isField(expr)) return false;
  return expr.of.type.fields.some((field) => field.binds === expr.attr && field.type.nullable === true);
}

/** `row.column`, read from a constant in which the column is fresh. */
export function columnOf(of: Expr, column: string, place: Place): Code {
  if (of.type.kind === 'record' && of.kind === 'variable')
    return reference(`${spoken(place.block, of.name)}.${column}`);
  const row = rowAt(of, place);
  if (row === undefined) return property(rowCode(of, place), column);
  const version = versionWith(place.block, row, { column }, place.certain);
  const name = version.name();
  return version.nullable && !isKnown(name, place)
    ? property(provenCode(reference(name), place), column)
    : reference(`${name}.${column}`);
}

/** A whole row, every column fresh; null only where the type says so. */
export function rowCode(expr: Expr, place: Place): Code {
  const nullable = expr.type.nullable === true;
  if (expr.kind === 'variable' && place.inner.has(expr.name))
    return reference(spoken(place.block, expr.name));
  const row = rowAt(expr, place);
  if (row !== undefined) {
    const version = versionWith(place.block, row, { allBut: [] }, place.certain && !nullable);
    const code = reference(version.name());
    return version.nullable && !nullable ? provenCode(code, place) : code;
  }
  if (isField(expr)) {
    const field = reference(fieldText(expr, place));
    return isBoundNullable(expr, place) && !nullable ? provenCode(field, place) : field;
  }
  if (expr.kind !== 'member' || expr.type.kind !== 'row') return place.write.value(expr, place);
  const table = tableOf(place.block, entityOf(place.block.file.domain, expr.type.entity));
  const id = columnOf(expr.of, expr.column, place);
  if (nullable) return orNull(method(table, 'get', [id]));
  return method(table, 'must', [proven(id, expr, place)]);
}

/** The constant that holds a row, made where there is none; undefined where none can be made in front of the statement. */
export function rowAt(expr: Expr, place: Place): RowVariable | undefined {
  const { block } = place;
  if (expr.kind === 'variable') {
    const variable = place.inner.has(expr.name) ? undefined : block.variables.get(expr.name);
    return variable?.kind === 'row' ? variable : undefined;
  }
  if (expr.kind !== 'member' || expr.type.kind !== 'row') return undefined;
  if (isField(expr)) return fieldRow(expr, place);
  if (!isHarmless(expr, place)) return undefined;
  const made = block.hops.get(pathText(expr));
  if (made !== undefined) return made;
  const before = inFront(place);
  const id = proven(columnOf(expr.of, expr.column, before), expr, before);
  const name = block.names.take(expr.attr, `${ownerName(expr.of, block)}${capital(identifier(expr.attr))}`);
  return startHop(expr, name, id, block);
}

// The loop over lines has said what their rows are called; a callback's line has no constants.
function fieldRow(expr: LineField, { block, inner }: Place): RowVariable | undefined {
  return inner.has(expr.of.name) ? undefined : block.hops.get(pathText(expr));
}

/** Declares the constant for the row that a path leads to. */
export function startHop(expr: Expr, name: string, id: Code, block: Block): RowVariable {
  if (expr.type.kind !== 'row') throw new Bug('a path to a row is wanted');
  const entity = entityOf(block.file.domain, expr.type.entity);
  block.lines.push(constant(name, method(tableOf(block, entity), 'must', [id])));
  const hop = rowVariable(entity, name, false, stepsOf(expr));
  block.hops.set(pathText(expr), hop);
  return hop;
}

export function variableAt(name: string, place: Place): Variable {
  const variable = place.block.variables.get(name);
  if (variable === undefined) throw new Bug(`no variable ${name}`);
  return variable;
}

// Whether the path may be followed in front of the statement.
function isHarmless(expr: Expr, place: Place): boolean {
  const { block } = place;
  if (expr.kind === 'variable') {
    const variable = place.inner.has(expr.name) ? undefined : block.variables.get(expr.name);
    return variable?.kind === 'row' && isBoundHere(variable, place);
  }
  if (isField(expr)) {
    const row = fieldRow(expr, place);
    return row !== undefined && isBoundHere(row, place);
  }
  if (expr.kind !== 'member' || !isHarmless(expr.of, place)) return false;
  if (expr.present !== true) return expr.type.nullable !== true;
  if (place.certain) return true;
  const id = columnOf(expr.of, expr.column, inFront(place)).reference;
  return id !== undefined && isKnown(id, inFront(place));
}

// Whether a row is surely there, in front of the statement.
function isBoundHere({ versions: [first] }: RowVariable, place: Place): boolean {
  return first?.nullable !== true || place.certain || isKnown(first.name(), inFront(place));
}

function ownerName(of: Expr, block: Block): string {
  if (of.kind === 'variable') return spoken(block, of.name);
  const hop = block.hops.get(pathText(of));
  return hop === undefined ? 'the' : firstWord(hop);
}

/** The text of a path in the spec: loan.copy */
export function pathText(expr: Expr): string {
  if (expr.kind === 'variable') return expr.name;
  return expr.kind === 'member' ? `${pathText(expr.of)}.${expr.attr}` : '';
}

function stepsOf(expr: Expr): RowVariable['steps'] {
  if (expr.kind !== 'member' || expr.of.type.kind !== 'row') return [];
  return [...stepsOf(expr.of), { entity: expr.of.type.entity, column: expr.column }];
}

// Rows of a list as they are now; scalars as they were given.
function listCode(expr: Extract<Path, { kind: 'variable' }>, list: ListVariable, place: Place): Code {
  const open = list.nullable && expr.type.nullable === true;
  const code = list.nullable && !open ? provenCode(list.code, place) : list.code;
  if (list.stale.size === 0) return code;
  const again = method(code, 'map', [refreshed(list, place.block)]);
  const rows = open ? binary(code, '&&', again) : again;
  if (!place.certain || code.reference === undefined) return rows;
  const name = place.block.names.take(`current${capital(spoken(place.block, expr.name))}`);
  place.block.lines.push(constant(name, rows));
  list.code = reference(name);
  list.stale = new Set();
  return list.code;
}

// A callback that gives an item with its rows as they are now.
function refreshed({ rows, stale }: ListVariable, block: Block): Code {
  const again = (entity: Entity, row: string): Code =>
    method(tableOf(block, entity), 'must', [reference(`${row}.${entity.key}`)]);
  const [first] = rows;
  if (first !== undefined && first.field === undefined) {
    const item = identifier(first.entity.snake);
    return { doc: [`(${item}) => `, again(first.entity, item).doc], level: levels.nullish, op: '=>' };
  }
  const fields = rows.flatMap(({ entity, field }) => {
    if (field === undefined || !stale.has(entity.name)) return [];
    const row = `line.${field.binds}`;
    const code = again(entity, row);
    return [[field.binds, field.optional ? atom([`${row} && `, code.doc]) : code] as const];
  });
  return arrow('line', object([['line', 'spread'], ...fields]));
}

function proven(code: Code, expr: Path, place: Place): Code {
  return expr.present === true ? provenCode(code, place) : code;
}
