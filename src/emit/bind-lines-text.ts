// The beginning of a function that takes line items: each line with its rows in place of their ids. An
// id without a row ends the call, and so does a line with the same rows as one before it.
import { must } from '../core/errors.js';
import { sameLines, tellingFields } from '../spec/line-item.js';
import type { Field, Param, Type } from '../spec/model.js';
import { argument, fallback, type Early } from './argument-text.js';
import {
  arrow,
  atom,
  binary,
  conditional,
  constant,
  method,
  not,
  object,
  reference,
  type Code,
} from './code.js';
import { fieldsType } from './function-text.js';
import { capital } from './identifiers.js';
import { group, hardline, indent, join, type Doc } from './layout.js';
import { returnIf } from './refuse-text.js';
import { spoken, tableOf, type Block } from './scope.js';
import { entityOf, typeText } from './type-text.js';

type LineItem = Extract<Type, { kind: 'record' }>;

/** Binds a list of line items; where nothing speaks of it, only its rows are looked up. */
export function bindLines(param: Param, line: LineItem, block: Block, early: Early, used: boolean): void {
  const same = sameLines(param);
  const rows = line.fields.filter((field) => field.type.kind === 'row');
  if (!used && rows.length === 0) return;
  const given = argument(param, block);
  const name = spoken(block, param.binds);
  if (line.fields.every((field) => field.type.kind !== 'row' && !field.optional)) {
    const code = reference(param.optional ? name : given);
    if (param.optional) block.lines.push(constant(name, atom(`${given} ?? null`)));
    setLines(param, [], code, block);
    return;
  }
  const kept = used ? line.fields : same === undefined ? [] : tellingFields(line);
  const names = block.names.inside();
  const item = names.take('given');
  const list = kept.length > 0 && param.optional ? block.names.take(`given${capital(name)}`) : name;
  const found = new Map(rows.map((field) => [field, names.take(field.binds, `given_${field.binds}`)]));
  const body: Doc[] = [];
  for (const field of rows)
    body.push(...findRow(field, item, must(found.get(field), field.name), kept, block, early));
  if (same !== undefined) {
    const test = tellingFields(line)
      .map((field) => sameRow(field, must(found.get(field), field.name)))
      .reduce((left, right) => binary(left, '&&', right));
    body.push(returnIf(method(reference(list), 'some', [arrow('other', test)]), early.same(same)));
  }
  if (kept.length > 0) {
    const values = kept.map((field) => [field.binds, valueOf(field, item, found.get(field))] as const);
    body.push([method(reference(list), 'push', [object(values)]).doc, ';']);
    block.lines.push([group([`const ${list}: `, itemType(kept, block), '[] = [];'])]);
  }
  const over = param.optional ? `${given} ?? []` : given;
  block.lines.push([
    `for (const ${item} of ${over}) {`,
    indent([hardline, join(hardline, body)]),
    hardline,
    '}',
  ]);
  if (!used) return;
  if (param.optional) block.lines.push(`const ${name} = ${given} === undefined ? null : ${list};`);
  setLines(param, rows, reference(name), block);
}

function setLines(param: Param, rows: readonly Field[], code: Code, block: Block): void {
  block.variables.set(param.binds, {
    kind: 'list',
    code,
    rows: rows.flatMap((field) =>
      field.type.kind === 'row' ? [{ entity: entityOf(block.file.domain, field.type.entity), field }] : [],
    ),
    nullable: param.optional,
    distinct: true,
    stale: new Set(),
  });
}

/** Looks the row of a field up; a name is given to it where it is kept. */
function findRow(
  field: Field,
  item: string,
  name: string,
  kept: readonly Field[],
  block: Block,
  { missing }: Early,
): readonly Doc[] {
  if (field.type.kind !== 'row') return [];
  const entity = entityOf(block.file.domain, field.type.entity);
  const id = `${item}.${field.name}`;
  const row = method(tableOf(block, entity), 'get', [reference(id)]);
  const absent = missing(entity, id);
  if (!kept.includes(field)) {
    const given = binary(reference(id), '!==', atom('undefined'));
    return [returnIf(field.optional ? binary(given, '&&', not(row)) : not(row), absent)];
  }
  if (!field.optional) return [constant(name, row), returnIf(atom(`!${name}`), absent)];
  const left = binary(reference(id), '===', atom('undefined'));
  return [
    constant(name, conditional(left, atom('null'), row)),
    returnIf(atom(`${name} === undefined`), absent),
  ];
}

function sameRow({ binds }: Field, name: string): Code {
  return binary(reference(`other.${binds}`), '===', reference(name));
}

function valueOf(field: Field, item: string, row: string | undefined): Code {
  if (row !== undefined) return reference(row);
  const given = `${item}.${field.name}`;
  return field.optional ? atom(`${given} ?? ${fallback(field)}`) : reference(given);
}

/** `{ model: Model; quantity: number }` */
function itemType(fields: readonly Field[], block: Block): Doc {
  for (const { type } of fields) if (type.kind === 'row') block.file.types.add(type.entity);
  return fieldsType(fields.map((field) => [field.binds, typeText(field.type)] as const));
}
