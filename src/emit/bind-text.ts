// The beginning of a function: from arguments to the constants that the rest of it speaks of. The
// first id without a row ends the call.
import { lineItemOf } from '../spec/line-item.js';
import type { Entity, Param } from '../spec/model.js';
import { argument, fallback, type Early } from './argument-text.js';
import { bindLines } from './bind-lines-text.js';
import { atom, binary, conditional, constant, method, not, reference, type Code } from './code.js';
import { identifier } from './identifiers.js';
import { hardline, indent, type Doc } from './layout.js';
import { rowVariable, spoken, tableOf, type Block } from './scope.js';
import { entityOf } from './type-text.js';
import { returnIf } from './refuse-text.js';

/** Binds parameters in declared order. `used` says whether anything speaks of a variable. */
export function bindParams(
  params: readonly Param[],
  block: Block,
  early: Early,
  used: (variable: string) => boolean,
): void {
  const { missing } = early;
  for (const param of params) {
    const { type } = param;
    const line = lineItemOf(param);
    if (line !== undefined) bindLines(param, line, block, early, used(param.binds));
    else if (type.kind === 'row')
      bindRow(param, entityOf(block.file.domain, type.entity), block, missing, used(param.binds));
    else if (type.kind === 'list' && type.item.kind === 'row') {
      bindRows(
        param,
        params,
        entityOf(block.file.domain, type.item.entity),
        block,
        missing,
        used(param.binds),
      );
    } else if (used(param.binds)) bindValue(param, block);
  }
}

function bindRow(param: Param, entity: Entity, block: Block, missing: Early['missing'], used: boolean): void {
  const name = spoken(block, param.binds);
  const id = argument(param, block);
  const found = method(tableOf(block, entity), 'get', [reference(id)]);
  block.variables.set(param.binds, rowVariable(entity, name, param.optional));
  if (!used) {
    const test = not(found);
    const given = binary(reference(id), '!==', atom('undefined'));
    block.lines.push(returnIf(param.optional ? binary(given, '&&', test) : test, missing(entity, id)));
    return;
  }
  if (!param.optional) {
    block.lines.push(constant(name, found), returnIf(atom(`!${name}`), missing(entity, id)));
    return;
  }
  block.lines.push(
    constant(name, conditional(binary(reference(id), '===', atom('undefined')), atom('null'), found)),
    returnIf(atom(`${name} === undefined`), missing(entity, id)),
  );
}

function bindRows(
  param: Param,
  params: readonly Param[],
  entity: Entity,
  block: Block,
  missing: Early['missing'],
  used: boolean,
): void {
  const given = argument(param, block);
  const list = spoken(block, param.binds);
  const rows = param.optional
    ? block.names.take(`given${list.charAt(0).toUpperCase()}${list.slice(1)}`)
    : list;
  const row = params.some((other) => spoken(block, other.binds) === identifier(entity.snake))
    ? `found${entity.name}`
    : identifier(entity.snake);
  const id = entity.key;
  const body: Doc[] = [
    constant(row, method(tableOf(block, entity), 'get', [reference(id)])),
    hardline,
    returnIf(atom(`!${row}`), missing(entity, id)),
    ...(used ? [hardline, `${rows}.push(${row});`] : []),
  ];
  if (used) {
    block.file.types.add(entity.name);
    block.lines.push(`const ${rows}: ${entity.name}[] = [];`);
  }
  const ids = param.optional ? `${given} ?? []` : given;
  block.lines.push([`for (const ${id} of ${ids}) {`, indent([hardline, body]), hardline, '}']);
  if (!used) return;
  if (param.optional) block.lines.push(`const ${list} = ${given} === undefined ? null : ${rows};`);
  block.variables.set(param.binds, {
    kind: 'list',
    code: reference(list),
    rows: [{ entity }],
    nullable: param.optional,
    distinct: true,
    stale: new Set(),
  });
}

function bindValue(param: Param, block: Block): void {
  const given = argument(param, block);
  let code: Code = reference(given);
  if (param.optional) {
    code = reference(spoken(block, param.binds));
    block.lines.push(constant(code.reference ?? '', atom(`${given} ?? ${fallback(param)}`)));
  }
  const { type } = param;
  if (type.kind !== 'list') block.variables.set(param.binds, { kind: 'value', code });
  else {
    const list = {
      kind: 'list',
      code,
      rows: [],
      nullable: param.optional,
      distinct: true,
      stale: new Set<string>(),
    } as const;
    block.variables.set(param.binds, { ...list });
  }
}
