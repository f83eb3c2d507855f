// Statements as TypeScript. A refusal is an early return: the guest undoes what the call has written.
import { must } from '../core/errors.js';
import type { Column, Entity, Expr, Statement, StateEvent } from '../spec/model.js';
import { mentions } from '../spec/hints.js';
import {
  atom,
  binary,
  call,
  constant,
  levels,
  method,
  object,
  quote,
  reference,
  type Code,
  testParts,
} from './code.js';
import { condition, placeOf } from './expression-text.js';
import { both } from './facts.js';
import { capital, identifier } from './identifiers.js';
import { choice, group, hardline, indent, join, softline, type Doc } from './layout.js';
import { writeEach } from './loop-text.js';
import { columnCode, columnOf, pathText, rowAt } from './path-text.js';
import {
  guest,
  innerBlock,
  firstName,
  pending,
  spoken,
  tableOf,
  versionWith,
  wrote,
  writesOf,
  rowVariable,
  type Block,
  type RowVariable,
} from './scope.js';
import { takenRefusal } from './refusals.js';
import { entityOf } from './type-text.js';

type Of<Kind extends Statement['kind']> = Extract<Statement, { kind: Kind }>;

/** Writes statements in order. */
export function writeStatements(statements: readonly Statement[], block: Block): void {
  for (const statement of statements) {
    if (statement.kind === 'fire') writeFire(statement, block);
    else if (statement.kind === 'set') writeSet(statement, block);
    else if (statement.kind === 'create') writeCreate(statement, block);
    else if (statement.kind === 'delete') writeDelete(statement, block);
    else if (statement.kind === 'if') writeIf(statement, block);
    else writeEach(statement, block, writeStatements);
  }
}

/** `if (test) return …;`, on one line where it fits. */
export function returnIf(test: Code, returned: Doc): Doc {
  const body: Doc = ['return ', returned, ';'];
  return choice([
    ['if (', test.doc, ') ', body],
    [ifHead(test), indent([hardline, body]), hardline, '}'],
  ]);
}

/** `if (test) {` */
export function ifHead(test: Code): Doc {
  return ['if (', group([indent([softline, ...testParts(test)]), softline]), ') {'];
}

/** `fail('CODE', 'Message.')` */
export function failCode(block: Block, code: string, message: Doc): Code {
  return call(guest(block, 'fail'), [atom(quote(code)), atom(message)]);
}

function refuseIf(test: Code, code: string, message: string, block: Block): void {
  block.lines.push(returnIf(test, failCode(block, code, quote(message)).doc));
}

function writeFire(statement: Of<'fire'>, block: Block): void {
  const entity = entityOf(block.file.domain, statement.entity);
  const machine = must(entity.machine, `states of ${entity.name}`);
  const event = must(
    machine.events.find((candidate) => candidate.name === statement.event),
    `event ${statement.event}`,
  );
  const row = targetRow(statement.row, block);
  checkState(statement.row, event, machine.states, block);
  putRow(row, [['status', atom(quote(event.to))]], block, event.to);
}

// A check whose outcome is known, from an earlier requirement, is left out.
function checkState(row: Expr, event: StateEvent, states: readonly string[], block: Block): void {
  const type = { kind: 'enum', of: states } as const;
  const status: Expr = { kind: 'member', of: row, attr: 'status', column: 'status', type };
  const text = columnOf(row, 'status', placeOf(block)).reference;
  const possible = (text === undefined ? undefined : block.facts.get(text)?.values) ?? new Set(states);
  if ([...possible].every((state) => event.from.includes(String(state)))) return;
  const bool = { kind: 'bool' } as const;
  const other = event.from
    .map((state): Expr => {
      const literal: Expr = { kind: 'literal', value: state, type };
      return { kind: 'binary', op: '!=', left: status, right: literal, type: bool };
    })
    .reduce((left, right) => ({ kind: 'binary', op: 'and', left, right, type: bool }));
  const test = condition(other, block);
  refuseIf(test, event.code, event.message, block);
  block.facts = both(block.facts, test.whenFalse);
}

/** Writes `db.loans.put({ ...loan, … })`. */
function putRow(
  row: RowVariable,
  columns: readonly (readonly [column: string, value: Code])[],
  block: Block,
  adjective: string,
): void {
  const written = columns.map(([column]) => column);
  const base = versionWith(block, row, { allBut: written }, true);
  const { entity } = row;
  const put = method(tableOf(block, entity), 'put', [object([[base.name(), 'spread'], ...columns])]);
  const old = firstName(row);
  wrote(block, entity.name, written, [row]);
  const version = pending(block, put, () => block.names.take(`${identifier(adjective)}${capital(old)}`));
  row.versions = [...row.versions, version];
}

function writeSet(statement: Of<'set'>, block: Block): void {
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

function writeCreate(statement: Of<'create'>, block: Block): void {
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
  const version = pending(block, add, () =>
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
            doc: `(${other}) => ${other}.${entity.key} !== ${firstName(row)}.${entity.key}`,
            level: levels.nullish,
            op: '=>',
          },
        ]);
  const nullable = value.type.nullable === true && block.facts.get(code.reference ?? '')?.present !== true;
  const test = nullable ? binary(binary(code, '!==', atom('null')), '&&', taken) : taken;
  const refusal = takenRefusal(entity, column.attr);
  refuseIf(test, refusal.code, refusal.message, block);
}

function writeDelete(statement: Of<'delete'>, block: Block): void {
  const entity = entityOf(block.file.domain, statement.entity);
  const row = targetRow(statement.row, block);
  const key = reference(`${firstName(row)}.${entity.key}`);
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

function writeIf(statement: Of<'if'>, block: Block): void {
  const turned = statement.then.length === 0;
  const test = condition(statement.condition, block, !turned);
  const [first, second] = turned ? [statement.else, statement.then] : [statement.then, statement.else];
  if (first.length === 0) return;
  const yes = innerBlock(block, test.whenTrue);
  writeStatements(first, yes);
  const no = innerBlock(block, test.whenFalse);
  writeStatements(second, no);
  const otherwise: Doc = second.length === 0 ? '' : [' else {', indent([hardline, body(no)]), hardline, '}'];
  block.lines.push([ifHead(test), indent([hardline, body(yes)]), hardline, '}', otherwise]);
  for (const { entity, columns } of writesOf(statement.then.concat(statement.else)))
    wrote(block, entity, columns);
}

/** The statements of a block, as one document. */
export function body(block: Block): Doc {
  return join(hardline, block.lines);
}

function targetRow(row: Expr, block: Block): RowVariable {
  return must(rowAt(row, placeOf(block)), `row ${pathText(row)}`);
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
