// `each` as a loop. What it runs over is fixed when it starts; a row that an earlier turn may have
// changed is read again in its turn, and skipped when it is gone.
import { must } from '../core/errors.js';
import { mentions } from '../spec/hints.js';
import { rowFields } from '../spec/line-item.js';
import type { Expr, Statement, Type } from '../spec/model.js';
import { selected, usesVariable } from './aggregate-text.js';
import { binary, constant, method, not, reference, type Code } from './code.js';
import { learnChosen } from './chosen-text.js';
import { placeOf } from './expression-text.js';
import { noFacts } from './facts.js';
import { fitsOn, hardline, indent, join, type Doc } from './layout.js';
import { pathText } from './path-text.js';
import { innerBlock, rowVariable, spoken, tableOf, writesOf, wrote, type Block } from './scope.js';
import { entityOf } from './type-text.js';
import { expressionsIn } from './variables.js';

type Each = Extract<Statement, { kind: 'each' }>;
type LineItem = Extract<Type, { kind: 'record' }>;

/** Writes a loop. */
export function writeEach(
  statement: Each,
  block: Block,
  writeStatements: (statements: readonly Statement[], block: Block) => void,
): void {
  const found = selected(statement, placeOf(block));
  const name = spoken(block, statement.variable);
  const inner = innerBlock(block, noFacts);
  const writes = writesOf(statement.do);
  // An earlier turn may have written what is around the loop.
  for (const { entity, columns } of writes) wrote(inner, entity, columns);
  const head = loopHead(statement, name, inner);
  writeStatements(statement.do, inner);
  const list = fitsOn(80, found.doc) || found.chain === undefined ? found : named(statement, found, block);
  const body: Doc = [hardline, join(hardline, inner.lines)];
  block.lines.push([`for (const ${head} of `, list.doc, ') {', indent(body), hardline, '}']);
  for (const { entity, columns } of writes) wrote(block, entity, columns);
}

function loopHead(statement: Each, name: string, inner: Block): string {
  const { variable, variableType } = statement;
  if (variableType.kind === 'record') return lineHead(statement, variableType, name, inner);
  const isUsed = statement.do.flatMap(expressionsIn).some((expr) => usesVariable(expr, variable));
  if (variableType.kind !== 'row') {
    inner.variables.set(variable, { kind: 'value', code: reference(name) });
    return isUsed ? name : `_${name}`;
  }
  const entity = entityOf(inner.file.domain, variableType.entity);
  inner.variables.set(variable, rowVariable(entity, name));
  const isOwn = (row: Expr): boolean => row.kind === 'variable' && row.name === variable;
  if (isDistinct(statement, inner) && changesOnly(statement.do, isOwn, entity.name)) {
    learnChosen(statement, name, inner);
    return isUsed ? name : `_${name}`;
  }
  const again = (read: string): Code => method(tableOf(inner, entity), read, [reference(entity.key)]);
  const mayBeGone = deletes(statement.do, entity.name);
  if (!isUsed) {
    if (mayBeGone) inner.lines.push(['if (', not(again('get')).doc, ') continue;']);
    return mayBeGone ? `{ ${entity.key} }` : `_${name}`;
  }
  inner.lines.push(constant(name, again(mayBeGone ? 'get' : 'must')));
  if (mayBeGone) inner.lines.push(`if (!${name}) continue;`);
  return `{ ${entity.key} }`;
}

// A row of the line is read again where an earlier turn may have changed it; lines share no row when
// they have but one.
function lineHead(statement: Each, line: LineItem, name: string, inner: Block): string {
  const { variable } = statement;
  const uses = statement.do.flatMap(expressionsIn);
  inner.variables.set(variable, { kind: 'value', code: reference(name) });
  const rows = rowFields(line);
  let isUsed = false;
  for (const field of rows) {
    const entity = entityOf(inner.file.domain, field.type.entity);
    const path: Expr = {
      kind: 'member',
      of: { kind: 'variable', name: variable, type: line },
      attr: field.binds,
      column: field.name,
      type: field.type,
    };
    const row = `${name}.${field.binds}`;
    const isOwn = (expr: Expr): boolean => pathText(expr) === pathText(path);
    const mayBeGone = deletes(statement.do, entity.name);
    const writes = mayBeGone || writesOf(statement.do).some((write) => write.entity === entity.name);
    if (!writes || (rows.length === 1 && changesOnly(statement.do, isOwn, entity.name))) {
      inner.hops.set(pathText(path), rowVariable(entity, row, field.optional));
      continue;
    }
    const isRead = uses.some((expr) => mentions(expr, isOwn));
    if (!isRead && !mayBeGone) continue;
    isUsed = true;
    const again = method(tableOf(inner, entity), mayBeGone ? 'get' : 'must', [
      reference(`${row}.${entity.key}`),
    ]);
    const found = field.optional ? binary(reference(row), '&&', again) : again;
    const gone = field.optional ? '=== undefined' : '';
    if (!isRead) {
      const test = field.optional ? ['(', found.doc, ') === undefined'] : ['!', again.doc];
      inner.lines.push(['if (', test, ') continue;']);
      continue;
    }
    const held = inner.names.take(field.binds, `${variable}_${field.binds}`);
    inner.lines.push(constant(held, found));
    if (mayBeGone)
      inner.lines.push(gone === '' ? `if (!${held}) continue;` : `if (${held} ${gone}) continue;`);
    inner.hops.set(pathText(path), rowVariable(entity, held, field.optional));
  }
  learnChosen(statement, name, inner);
  return isUsed || uses.some((expr) => usesVariable(expr, variable)) ? name : `_${name}`;
}

// Whether no row can come twice.
function isDistinct(statement: Each, block: Block): boolean {
  if ('entity' in statement.source) return true;
  const { list } = statement.source;
  if (list.kind === 'aggregate') return list.body === undefined;
  const variable = list.kind === 'variable' ? block.variables.get(list.name) : undefined;
  return variable?.kind === 'list' && variable.distinct;
}

// Whether the statements write no other row of the entity than their own.
function changesOnly(statements: readonly Statement[], own: (row: Expr) => boolean, entity: string): boolean {
  return statements.every((statement) => {
    if (statement.kind === 'fire' || statement.kind === 'delete')
      return statement.entity !== entity || own(statement.row);
    if (statement.kind === 'set')
      return statement.assignments.every((one) => one.entity !== entity || own(one.row));
    if (statement.kind === 'create') return true;
    if (statement.kind === 'each') return changesOnly(statement.do, own, entity);
    return changesOnly([...statement.then, ...statement.else], own, entity);
  });
}

function deletes(statements: readonly Statement[], entity: string): boolean {
  return statements.some((statement) => {
    if (statement.kind === 'delete') return statement.entity === entity;
    if (statement.kind === 'each') return deletes(statement.do, entity);
    return statement.kind === 'if' && deletes([...statement.then, ...statement.else], entity);
  });
}

// A list that is too long for the head of the loop stands in front of it.
function named(statement: Each, found: Code, block: Block): Code {
  const entity = statement.variableType.kind === 'row' ? statement.variableType.entity : undefined;
  const table = entity === undefined ? 'items' : must(entityOf(block.file.domain, entity), entity).table;
  const name = block.names.take(table);
  block.lines.push(constant(name, found));
  return reference(name);
}
