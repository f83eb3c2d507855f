// One tool as one function: bind the arguments, refuse what the tool does not allow, write, return.
import type { DerivedTool, Expr, Returns, SpecTool, Tool, Type } from '../spec/model.js';
import { bindParams } from './bind-text.js';
import { call, constant, levels, object, quote, reference, returns, type Code } from './code.js';
import { condition, placeOf, valueCode } from './expression-text.js';
import { learnChosen } from './chosen-text.js';
import { both } from './facts.js';
import { functionDoc, fieldsType } from './function-text.js';
import { functionName } from './identifiers.js';
import type { Doc } from './layout.js';
import { columnCode, pathText, rowAt, rowCode, startHop } from './path-text.js';
import { usedByRead, writeRead } from './read-text.js';
import { declareToday } from './today-text.js';
import type { FileNeeds } from './file-needs.js';
import { guest, readAgain, rowVariable, spoken, startBlock, usableVersion, type Block } from './scope.js';
import { failCode, refuseIf } from './refuse-text.js';
import { writeStatements } from './statement-text.js';
import { argumentsType, entityOf, typeText } from './type-text.js';
import { readIn, usedVariables, variablesOf } from './variables.js';

/** The function of a tool, with its documentation, and the codes with which it refuses, those for unknown ids apart. */
export function toolFunction(
  tool: Tool,
  file: FileNeeds,
): { readonly doc: Doc; readonly refusals: readonly string[] } {
  const spec = tool.kind === 'spec' ? tool : undefined;
  const block = startBlock(
    file,
    spec === undefined ? tool.params.map((param) => ({ name: param.binds })) : variablesOf(spec),
  );
  const used = spec === undefined ? usedByRead(tool) : usedVariables(spec);
  bindParams(
    tool.params,
    block,
    {
      missing: (entity, id) =>
        failCode(block, `${entity.snake.toUpperCase()}_NOT_FOUND`, `\`No ${entity.words} \${${id}}.\``).doc,
      same({ code, message }) {
        block.refusals.add(code);
        return failCode(block, code, quote(message)).doc;
      },
    },
    (variable) => used.has(variable),
  );
  const bound = block.lines.length;
  if (tool.kind === 'spec') writeTool(tool, block, used);
  else writeRead(tool, block);
  declareToday(block, bound);
  file.imports.add('type ToolResult');
  const result = tool.kind === 'spec' ? returnedType(tool.returns, file) : readType(tool, file);
  const params = [
    ...(block.needs.db || tool.params.length > 0 ? [[block.needs.db ? 'db' : '_db', ': Db']] : []),
    ...(tool.params.length > 0
      ? [[block.needs.args ? 'args' : '_args', ': ', argumentsType(tool.params)]]
      : []),
  ];
  const doc = functionDoc({
    name: functionName(tool.name),
    doc: tool.doc,
    params,
    result: ['ToolResult<', result, '>'],
    lines: block.lines,
    exported: true,
  });
  return { doc, refusals: [...block.refusals] };
}

function writeTool(tool: SpecTool, block: Block, used: ReadonlySet<string>): void {
  for (const { name, value } of tool.lets) if (used.has(name)) writeLet(name, value, block);
  for (const { holds, code, message } of tool.requires) {
    const broken = condition(holds, block, false);
    refuseIf(broken, code, message, block);
    block.facts = both(block.facts, broken.whenFalse);
  }
  writeStatements(tool.body, block);
  const value = returnedCode(tool.returns, block);
  block.lines.push(returns(call(guest(block, 'ok'), [value])));
}

// A row is a constant of its own only where no constant holds it already.
function writeLet(name: string, value: Expr, block: Block): void {
  const place = placeOf(block);
  const text = spoken(block, name);
  const { type } = value;
  if (type.kind === 'row') {
    const isPath = value.kind === 'variable' || (value.kind === 'member' && type.nullable !== true);
    if (isPath) {
      const row = value.kind === 'variable' ? rowAt(value, place) : block.hops.get(pathText(value));
      block.variables.set(name, row ?? startHop(value, text, columnCode(value, place), block));
      return;
    }
    block.lines.push(constant(text, rowCode(value, place)));
    if (value.kind === 'aggregate') learnChosen(value, text, block);
    block.variables.set(
      name,
      rowVariable(entityOf(block.file.domain, type.entity), text, type.nullable === true),
    );
    return;
  }
  block.lines.push(constant(text, valueCode(value, place)));
  if (type.kind !== 'list') {
    block.variables.set(name, { kind: 'value', code: reference(text) });
    return;
  }
  block.variables.set(name, {
    kind: 'list',
    code: reference(text),
    rows: type.item.kind === 'row' ? [{ entity: entityOf(block.file.domain, type.item.entity) }] : [],
    nullable: type.nullable === true,
    distinct: value.kind === 'aggregate' && value.body === undefined && 'entity' in value.source,
    stale: new Set(),
  });
}

function returnedCode(value: Returns, block: Block): Code {
  if ('value' in value) return writtenLast(value.value, block) ?? returnedValue(value.value, block);
  const fields = Object.entries(value.fields);
  const read = fields.flatMap(([, field]) => readIn(field));
  const once = (field: Expr): boolean =>
    field.kind === 'variable' && read.filter((name) => name === field.name).length === 1;
  return object(
    fields.map(([name, field]) => {
      const code = once(field) ? returnedValue(field, block) : valueCode(field, placeOf(block));
      return [name, code] as const;
    }),
  );
}

// A row that is read only to be returned needs no constant, nor do the rows of a list.
function returnedValue(expr: Expr, block: Block): Code {
  if (expr.type.kind === 'list') return valueCode(expr, { ...placeOf(block), certain: false });
  const row = expr.kind === 'variable' && expr.type.kind === 'row' ? rowAt(expr, placeOf(block)) : undefined;
  if (row === undefined || usableVersion(block, row, { allBut: [] }) !== undefined)
    return valueCode(expr, placeOf(block));
  return readAgain(block, row, expr.type.nullable !== true).code;
}

// The row that the last statement writes is returned from there.
function writtenLast(expr: Expr, block: Block): Code | undefined {
  if (expr.kind !== 'variable' || expr.type.kind !== 'row') return undefined;
  const last = rowAt(expr, placeOf(block))?.versions.at(-1);
  const row = last?.written;
  if (row === undefined || row.name !== undefined || block.lines.at(-1) !== row.line) return undefined;
  block.lines.pop();
  return { ...row.call, level: levels.atom };
}

function returnedType(value: Returns, file: FileNeeds): Doc {
  if ('value' in value) return noted(value.value.type, file);
  return fieldsType(
    Object.entries(value.fields).map(([name, field]) => [name, noted(field.type, file)] as const),
  );
}

function readType(tool: DerivedTool, file: FileNeeds): Doc {
  file.types.add(tool.entity);
  if (tool.read === 'get' || tool.read === 'find') return tool.entity;
  return returnedType(tool.returns, file);
}

function noted(type: Type, file: FileNeeds): string {
  const item = type.kind === 'list' ? type.item : type;
  if (item.kind === 'row') file.types.add(item.entity);
  return typeText(type);
}
