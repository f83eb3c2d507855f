// Decision tables of the spec → typed rows. What can be wrong with one: names, types, cells that do
// not fit their input, cases without a row, and rows that no case reaches (table-proof.ts).
import { readCell } from './table-cell.js';
import { proveTable } from './table-proof.js';
import { isReservedName, isReservedTable } from './reserved.js';
import { findColumn, findEntity, type EntityIndex } from './scope.js';
import { typeName, withoutNull } from './types.js';
import { resolveValueType } from './value-type.js';
import type { Report } from './issues.js';
import type { TableSpec } from './table-spec.js';
import type { Type } from './model.js';
import type { Atom, Table, TableRow } from './table-model.js';

const mostInputs = 6;
const kinds = new Set<Type['kind']>(['bool', 'int', 'money', 'enum']);

/** Checks a table; undefined where something is wrong with it, of which nothing follows then. */
export function resolveTable(
  name: string,
  spec: TableSpec,
  entities: EntityIndex,
  report: Report,
): Table | undefined {
  const reason = isReservedTable(name);
  if (reason !== undefined) report(`a table cannot be called '${name}': it ${reason}`);
  const inputs = Object.entries(spec.by).flatMap(([input, given]) => {
    const below = report.at('by', input);
    const reserved = isReservedName(input);
    if (reserved !== undefined) below(`an input cannot be called '${input}': it ${reserved}`);
    const type = resolveType(given, entities, below);
    return type === undefined ? [] : [{ name: input, type }];
  });
  const gives = resolveType(spec.gives, entities, report.at('gives'));
  const count = Object.keys(spec.by).length;
  if (count === 0) report.at('by')('a table asks for something');
  if (count > mostInputs) report.at('by')(`${count} inputs where at most ${mostInputs} are allowed`);
  if (gives === undefined || inputs.length < count || count === 0 || count > mostInputs) return undefined;

  const read = spec.rows.map((row, index) => resolveRow(row, inputs, gives, report.at('rows', index)));
  const rows = read.filter((row) => row !== undefined);
  const table: Table = { name, doc: spec.doc, inputs, gives, rows };
  // Without a row that could not be read, nothing can be said of the others.
  return rows.length === read.length && proveTable(table, report) ? table : undefined;
}

function resolveType(
  given: TableSpec['gives'] | TableSpec['by'][string],
  entities: EntityIndex,
  report: Report,
): Type | undefined {
  if (typeof given === 'string') return { kind: given };
  if ('type' in given) return { kind: given.type };
  if ('enum' in given) return resolveValueType({ type: 'enum', of: given.enum }, report)?.type;
  const [entityName = '', attr = ''] = given.attr.split('.');
  const below = report.at('attr');
  const entity = findEntity(entities, entityName, below);
  const column = entity && findColumn(entities, entity, attr, below);
  if (column === undefined) return undefined;
  const type = withoutNull(column.type);
  if (kinds.has(type.kind)) return type;
  below(`a table is about enums, whole numbers, money and true or false, not ${typeName(type)}`);
  return undefined;
}

function resolveRow(
  row: TableSpec['rows'][number],
  inputs: Table['inputs'],
  gives: Type,
  report: Report,
): TableRow | undefined {
  if (row.length !== inputs.length + 1) {
    const form = [...inputs.map((input) => input.name), 'what comes out'].join(', ');
    report(`${row.length} cells where ${inputs.length + 1} are wanted: ${form}`);
    return undefined;
  }
  const cells = inputs.map(({ type }, index) => readCell(row[index] ?? '', type, report.at(index)));
  const result = readResult(row.at(-1) ?? '', gives, report.at(inputs.length));
  const whole = cells.filter((cell) => cell !== undefined);
  return result === undefined || whole.length < cells.length ? undefined : { cells: whole, gives: result };
}

function readResult(given: Atom | readonly Atom[], type: Type, report: Report): Atom | undefined {
  const cell = readCell(given, type, report);
  if (cell === undefined) return undefined;
  const [only, ...others] = cell.kind === 'values' ? cell.of : [];
  if (only === undefined || others.length > 0) report('one value is wanted here: what comes out');
  return only;
}
