// tables.ts: each decision table as one function, a row a line. What earlier rows leave of an enum or
// of true and false is kept account of, since TypeScript does so too: it refuses a comparison with a
// value that is out of the question.
import type { Domain, Type } from '../spec/model.js';
import type { Atom, Cell, Table, TableRow } from '../spec/table-model.js';
import { must } from '../core/errors.js';
import { atom, binary, minus, not, quote, reference, returns, type Code } from './code.js';
import { functionDoc } from './function-text.js';
import { functionName, startNames, tableNames } from './identifiers.js';
import { hardline, join, print, type Doc } from './layout.js';
import { emittedFile } from './module-text.js';
import { returnIf } from './refuse-text.js';
import { startNeeds, type FileNeeds } from './file-needs.js';
import { aliasOf } from './state-file.js';
import { typeText } from './type-text.js';

/** The text of tables.ts. */
export function tablesFile(domain: Domain): string {
  const file = startNeeds(domain, [], []);
  const functions = domain.tables.map((table) => tableText(table, file));
  const about = `${domain.title}: the decision tables. The first row that fits counts.`;
  return emittedFile(file, about, print(join([hardline, hardline], functions)));
}

interface Input {
  readonly code: Code;
  readonly type: Type;
  /** What earlier rows leave of it; undefined for numbers. */
  open: readonly Atom[] | undefined;
}

function tableText(table: Table, file: FileNeeds): Doc {
  const names = startNames(tableNames(file.domain));
  const inputs = table.inputs.map(({ name, type }): Input => ({
    code: reference(names.take(name)),
    type,
    open: type.kind === 'enum' ? type.of : type.kind === 'bool' ? [true, false] : undefined,
  }));
  const shown = new Set<Input>();
  const last = must(table.rows.at(-1), 'the last row');
  const lines = table.rows.slice(0, -1).map((row) => rowText(row, inputs, shown));
  return functionDoc({
    name: functionName(table.name),
    doc: table.doc,
    // An input that no row looks at is a parameter all the same.
    params: inputs.map((input) => {
      const name = `${shown.has(input) ? '' : '_'}${input.code.reference ?? ''}`;
      return `${name}: ${typeName(input.type, file)}`;
    }),
    result: typeName(table.gives, file),
    // Every case has a row: what is left is the last one's.
    lines: [...lines, returns(atomCode(last.gives))],
    exported: true,
  });
}

function rowText({ cells, gives }: TableRow, inputs: readonly Input[], shown: Set<Input>): Doc {
  const tests: { input: Input; code: Code; left: Input['open'] }[] = [];
  for (const [at, input] of inputs.entries()) {
    const test = cellText(must(cells[at], 'a cell'), input);
    if (test === undefined) continue;
    shown.add(input);
    tests.push({ input, ...test });
  }
  const [first, ...rest] = tests;
  if (first === undefined) return returns(atomCode(gives));
  const all = rest.reduce((left, { code }) => binary(left, '&&', code), first.code);
  if (rest.length === 0) first.input.open = first.left;
  return returnIf(all, atomCode(gives).doc);
}

/** The test of a cell and what is left where it fails; undefined where all that is open passes it. */
function cellText(cell: Cell, { code, open }: Input): { code: Code; left: Input['open'] } | undefined {
  switch (cell.kind) {
    case 'any':
      return undefined;
    case 'limit':
      return { code: binary(code, cell.op, atomCode(cell.value)), left: open };
    case 'range': {
      const { from, to } = cell;
      if (from === to) return { code: binary(code, '===', atomCode(from)), left: open };
      const low = binary(code, '>=', atomCode(from));
      return { code: binary(low, '&&', binary(code, '<=', atomCode(to))), left: open };
    }
    case 'values': {
      const values = open === undefined ? cell.of : open.filter((value) => cell.of.includes(value));
      const left = open?.filter((value) => !values.includes(value));
      return left?.length === 0 ? undefined : { code: memberText(code, values, left), left };
    }
  }
}

function memberText(code: Code, values: readonly Atom[], left: readonly Atom[] | undefined): Code {
  const [first] = values;
  if (typeof first === 'boolean') return first ? code : not(code);
  const [other, ...others] = left ?? [];
  if (values.length > 1 && other !== undefined && others.length === 0) {
    return binary(code, '!==', atomCode(other));
  }
  return values
    .map((value) => binary(code, '===', atomCode(value)))
    .reduce((one, next) => binary(one, '||', next));
}

function atomCode(value: Atom): Code {
  if (typeof value === 'string') return atom(quote(value));
  return typeof value === 'number' && value < 0 ? minus(atom(String(-value))) : atom(String(value));
}

/** A type by the name that state.ts has for it, where a column has the same members. */
function typeName(type: Type, file: FileNeeds): string {
  if (type.kind !== 'enum') return typeText(type);
  const members = type.of.join();
  for (const entity of file.domain.entities) {
    const column = entity.columns.find(
      (candidate) => candidate.type.kind === 'enum' && candidate.type.of.join() === members,
    );
    const name = column && aliasOf(file.domain, entity, column);
    if (name === undefined) continue;
    file.types.add(name);
    return name;
  }
  return typeText(type);
}
