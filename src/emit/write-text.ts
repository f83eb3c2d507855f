// What changes rows: set, create and delete, each as a write to a table. A value that must be unique
// is looked for first.
import { must } from '../core/errors.js';
import type { Column, Entity, Expr, Statement } from '../spec/model.js';
import { mentions } from '../spec/hints.js';
import { atom, binary, constant, levels, method, object, quote, reference, type Code } from './code.js';
import { placeOf } from './expression-text.js';
import { capital, identifier } from './identifiers.js';
import { columnCode, pathText, rowAt } from './path-text.js';
import { refuseIf } from './refuse-text.js';
import {
  certainName,
  firstName,
  firstWord,
  pending,
  rowVariable,
  spoken,
  tableOf,
  versionWith,
  wrote,
  type Block,
  type RowVariable,
} from './scope.js';
import { entityOf } from './type-text.js';

type Of<Kind extends Statement['kind']> = Extract<Statement, { kind: Kind }>;

/** Writes `db.loans.put({ ...loan, … })`. */
export function putRow(
  row: RowVariable,
  columns: readonly (readonly [column: string, value: Code])[],
  block: Block,
  adjective: string,
  status?: string,
): void {
  const written = columns.map(([column]) => column);
  const base = versionWith(block, row, { allBut: written }, true);
  const { entity } = row;
  const before = certainName(block, base.name(), base.nullable);
  const put = method(tableOf(block, entity), 'put', [object([[before, 'spread'], ...columns])]);
  const old = firstWord(row);
  wrote(block, entity.name, written, [row]);
  const version = pending(block, put, status, () =>
    block.names.take(`${identifier(adjective)}${capital(old)}`),
  );
  row.versions = [...row.versions, version];
}

/** Writes all values of a `set`, which are those before it. */
export function writeSet(statement: Of<'set'>, block: Block): void {
  const place = placeOf(block);
  const puts: { row: RowVariable; path: string; columns: [Column, Code, Expr][] }[] = [];
  for (const { row, entity, column, value } of statement.assignments) {
    const path = pathText(row);
    const last = puts.at(-1);
    const of = must(
      entityOf(block.file.domain, entity).columns.find((candidate) => candidate.column === column),
      column,
    );
    const target = targetRow(row, block);
    let code = columnCode(value, place);
    // Right sides come before all writes: what reads tables must not stand behind one.
    if (puts.length > 0 && readsTables(value)) code = namedValue(of, code, block);
    if (of.unique) code = simple(of, code, value, block);
    if (last?.path === path) last.columns.push([of, code, value]);
    else puts.push({ row: target, path, columns: [[of, code, value]] });
  }
  for (const { row, columns } of puts) {
    for (const [column, code, value] of columns) {
      if (column.unique) checkUnique(row.entity, column, code, value, row, block);
    }
    putRow(
      row,
      columns.map(([column, code]) => [column.column, code] as const),
      block,
      'updated',
    );
  }
}

/** Writes a `create`. */
export function writeCreate(statement: Of<'create'>, block: Block): void {
  const entity = entityOf(block.file.domain, statement.entity);
  const fields = entity.columns.flatMap((column): [Column, Expr | undefined, Code][] => {
    if (column.role === 'key') return [];
    if (column.role === 'status') return [[column, undefined, atom(quote(entity.machine?.init ?? ''))]];
    const given = statement.values[column.column] ?? defaultOf(column);
    const code = columnCode(given, placeOf(block));
    return [[column, given, column.unique ? simple(column, code, given, block) : code]];
  });
  for (const [column, value, code] of fields) {
    if (column.unique && value !== undefined) checkUnique(entity, column, code, value, undefined, block);
  }
  const add = method(tableOf(block, entity), 'add', [
    object(fields.map(([column, , code]) => [column.column, code] as const)),
  ]);
  const name = statement.as;
  const version = pending(block, add, entity.machine?.init, () =>
    name === undefined ? block.names.take('created') : spoken(block, name),
  );
  if (name === undefined) return;
  block.variables.set(name, { ...rowVariable(entity, ''), versions: [version] });
}

function defaultOf(column: Column): Expr {
  const value = column.default ?? null;
  return { kind: 'literal', value, type: value === null ? { kind: 'null' } : column.type };
}

/** Refuses a value that another row has. */
function checkUnique(
  entity: Entity,
  column: Column,
  code: Code,
  value: Expr,
  row: RowVariable | undefined,
  block: Block,
): void {
  if (value.type.kind === 'null') return;
  const holders = method(tableOf(block, entity), 'where', [atom(quote(column.column)), code]);
  const other = row !== undefined && firstName(row) === 'other' ? 'another' : 'other';
  const taken =
    row === undefined
      ? binary({ ...atom([holders.doc, '.length']) }, '>', atom('0'))
      : method(holders, 'some', [
          {
            doc: `(${other}) => ${other}.${entity.key} !== ${keyOf(row, block)}`,
            level: levels.nullish,
            op: '=>',
          },
        ]);
  const nullable = value.type.nullable === true && block.facts.get(code.reference ?? '')?.present !== true;
  const test = nullable ? binary(binary(code, '!==', atom('null')), '&&', taken) : taken;
  const words = column.attr.replaceAll('_', ' ');
  refuseIf(test, `${column.attr.toUpperCase()}_TAKEN`, `Another ${entity.words} has this ${words}.`, block);
}

/** Writes a `delete`, which is refused while a row refers to the one. */
export function writeDelete(statement: Of<'delete'>, block: Block): void {
  const entity = entityOf(block.file.domain, statement.entity);
  const row = targetRow(statement.row, block);
  const key = reference(keyOf(row, block));
  const uses = block.file.domain.entities.flatMap((other) =>
    other.columns
      .filter(
        (column) =>
          column.role === 'reference' && column.type.kind === 'row' && column.type.entity === entity.name,
      )
      .map((column) => {
        const users = method(tableOf(block, other), 'where', [atom(quote(column.column)), key]);
        return binary(atom([users.doc, '.length']), '>', atom('0'));
      }),
  );
  const [first, ...rest] = uses;
  if (first !== undefined) {
    const test = rest.reduce((left, right) => binary(left, '||', right), first);
    refuseIf(test, `${entity.snake.toUpperCase()}_IN_USE`, `The ${entity.words} is still in use.`, block);
  }
  block.lines.push([method(tableOf(block, entity), 'remove', [key]).doc, ';']);
}

/** The row that a statement writes. */
export function targetRow(row: Expr, block: Block): RowVariable {
  return must(rowAt(row, placeOf(block)), `row ${pathText(row)}`);
}

function keyOf(row: RowVariable, block: Block): string {
  const isNullable = row.versions[0]?.nullable === true;
  return `${certainName(block, firstName(row), isNullable)}.${row.entity.key}`;
}

function readsTables(value: Expr): boolean {
  return mentions(
    value,
    (part) =>
      part.kind === 'aggregate' || (part.kind === 'binary' && (part.op === 'and' || part.op === 'or')),
  );
}

/** A value that is used twice gets a name. */
function simple(column: Column, code: Code, value: Expr, block: Block): Code {
  return code.reference !== undefined || value.kind === 'literal' ? code : namedValue(column, code, block);
}

function namedValue(column: Column, code: Code, block: Block): Code {
  const name = block.names.take(`new${capital(identifier(column.attr))}`);
  block.lines.push(constant(name, code));
  return reference(name);
}
