// Derived reads as TypeScript: get, find, list and search.
import { must } from '../core/errors.js';
import type { FilterTest } from '../spec/filter.js';
import type { Column, DerivedTool, Tool } from '../spec/model.js';
import { argument, fallback } from './argument-text.js';
import {
  arrow,
  atom,
  binary,
  call,
  constant,
  method,
  object,
  quote,
  reference,
  returns,
  type Code,
  conditional,
} from './code.js';
import { identifier } from './identifiers.js';
import { guest, spoken, tableOf, type Block } from './scope.js';
import { failCode, returnIf } from './refuse-text.js';
import { entityOf } from './type-text.js';

/** The variables that a derived read speaks of; finds and searches compare with the arguments themselves. */
export function usedByRead(tool: Tool): ReadonlySet<string> {
  const speaks = tool.kind === 'derived' && (tool.read === 'get' || tool.read === 'list');
  return new Set(speaks ? tool.params.map((param) => param.binds) : []);
}

/** Writes the body of a derived read, after its parameters are bound. */
export function writeRead(tool: DerivedTool, block: Block): void {
  const ok = (value: Code): void => void block.lines.push(returns(call(guest(block, 'ok'), [value])));
  if (tool.read === 'get') {
    const [param] = tool.params;
    ok(reference(spoken(block, must(param, 'parameter of get').binds)));
  } else if (tool.read === 'search') ok(paged(tool, searched(tool, block), block));
  else if (tool.read === 'list') ok(matching(tool, block));
  else writeFind(tool, block, ok);
}

function writeFind(tool: DerivedTool, block: Block, ok: (value: Code) => void): void {
  const entity = entityOf(block.file.domain, tool.entity);
  const found = block.names.take(entity.snake, `found_${entity.snake}`);
  const another = block.names.take('another');
  const code = entity.snake.toUpperCase();
  block.lines.push(
    constant(`[${found}, ${another}]`, matching(tool, block)),
    returnIf(
      atom(`!${found}`),
      failCode(block, `${code}_NOT_FOUND`, quote(`No ${entity.words} matches.`)).doc,
    ),
    returnIf(
      atom(another),
      failCode(block, `${code}_AMBIGUOUS`, quote(`Several ${entity.pluralWords} match.`)).doc,
    ),
  );
  ok(reference(found));
}

/** The rows that have the values given: by the first column, then filtered by the others. */
function matching(tool: DerivedTool, block: Block): Code {
  const entity = entityOf(block.file.domain, tool.entity);
  const row = tool.read === 'find' ? 'candidate' : identifier(entity.snake);
  const [first, ...others] = tool.by;
  const rows = method(tableOf(block, entity), 'where', [
    atom(quote(must(first, 'column'))),
    value(tool, 0, block),
  ]);
  const tests = others.map((column, at) =>
    binary(reference(`${row}.${column}`), '===', value(tool, at + 1, block)),
  );
  return filtered(rows, row, tests);
}

/** All rows, or those of the first reference given, filtered by what is given. */
function searched(tool: DerivedTool, block: Block): Code {
  const entity = entityOf(block.file.domain, tool.entity);
  const row = identifier(entity.snake);
  const indexed = tool.params.findIndex((param) => param.type.kind === 'row');
  const all = method(tableOf(block, entity), 'all', []);
  let rows = all;
  if (indexed >= 0) {
    const id = value(tool, indexed, block);
    const column = quote(must(tool.by[indexed], 'column'));
    const where = method(tableOf(block, entity), 'where', [atom(column), id]);
    const name = block.names.take(entity.table);
    block.lines.push(constant(name, conditional(binary(id, '===', atom('undefined')), all, where)));
    rows = reference(name);
  }
  const tests = tool.by.flatMap((name, at): Code[] => {
    if (at === indexed) return [];
    const given = value(tool, at, block);
    const open = binary(given, '===', atom('undefined'));
    const column = must(
      entity.columns.find((candidate) => candidate.column === name),
      name,
    );
    return [binary(open, '||', passing(tool.tests[at] ?? 'is', row, column, given))];
  });
  return filtered(rows, row, tests);
}

/** Whether a row passes a filter that is given. */
function passing(test: FilterTest, row: string, { column, type }: Column, given: Code): Code {
  const held = reference(`${row}.${column}`);
  if (test === 'is') return binary(held, '===', given);
  const lower = (text: Code): Code => method(text, 'toLowerCase', []);
  const passes =
    test === 'contains'
      ? method(lower(held), 'includes', [lower(given)])
      : binary(held, test === 'from' ? '>=' : '<=', given);
  return type.nullable === true ? binary(binary(held, '!==', atom('null')), '&&', passes) : passes;
}

/** One page of the rows, where the search gives pages. */
function paged(tool: DerivedTool, found: Code, block: Block): Code {
  if (tool.pageSize === undefined) return found;
  const entity = entityOf(block.file.domain, tool.entity);
  const param = must(tool.params.at(-1), 'page');
  const page = spoken(block, param.binds);
  const rows = found.reference ?? block.names.take(entity.table, `found_${entity.table}`);
  const size = atom(String(tool.pageSize));
  const total = reference(`${rows}.length`);
  block.lines.push(
    constant(page, atom(`${argument(param, block)} ?? ${fallback(param)}`)),
    ...(found.reference === undefined ? [constant(rows, found)] : []),
  );
  const before = binary(binary(reference(page), '-', atom('1')), '*', size);
  const after = binary(reference(page), '*', size);
  return object([
    ['items', method(reference(rows), 'slice', [before, after])],
    ['page', reference(page)],
    ['pages', call('Math.ceil', [binary(total, '/', size)])],
    ['total', total],
  ]);
}

function filtered(rows: Code, row: string, tests: readonly Code[]): Code {
  const [first, ...rest] = tests;
  if (first === undefined) return rows;
  return method(rows, 'filter', [
    arrow(
      row,
      rest.reduce((left, right) => binary(left, '&&', right), first),
    ),
  ]);
}

function value(tool: DerivedTool, at: number, block: Block): Code {
  const param = must(tool.params[at], 'parameter');
  if (tool.read === 'list' && param.type.kind === 'row') {
    return reference(`${spoken(block, param.binds)}.${entityOf(block.file.domain, param.type.entity).key}`);
  }
  block.needs.args = true;
  return reference(`args.${param.name}`);
}
