// A state as a source of rows, and the three writes to one. States are values: a write gives another
// state. Indexes hang on the row lists, which never change, so that no write has to maintain them.
import { Bug, must } from '../core/errors.js';
import type { Equality, RowSource } from './evaluate.js';
import type { Row, State, Value } from './state.js';
import { keyColumn } from './evaluate.js';

type Rows = readonly Row[];
type Index = Map<Value | undefined, Row[]>;

const indexes = new WeakMap<Rows, Map<string, Index>>();

/** The rows of a state, as the evaluator asks for them. */
export function stateSource(state: State): RowSource {
  return {
    now: state.now,
    get: (entity, id) => lookUp(tableOf(state, entity), keyColumn(entity), id)[0],
    rows: (entity, equals) => narrowest(tableOf(state, entity), equals),
  };
}

/** The rows of an entity, in order of insertion. */
export function tableOf(state: State, entity: string): Rows {
  return must(state.tables[entity], `table ${entity}`);
}

/** The state with a row replaced in its place. */
export function replaceRow(state: State, entity: string, row: Row): State {
  const key = keyColumn(entity);
  const rows = tableOf(state, entity);
  const at = rows.findIndex((other) => other[key] === row[key]);
  if (at < 0) throw new Bug(`no ${entity} ${String(row[key])} to replace`);
  return withTable(state, entity, rows.with(at, row));
}

/** The state with a row more, which comes last. */
export function addRow(state: State, entity: string, row: Row): State {
  const created = { ...state.created, [entity]: (state.created[entity] ?? 0) + 1 };
  return { ...withTable(state, entity, [...tableOf(state, entity), row]), created };
}

export function removeRow(state: State, entity: string, id: string): State {
  const key = keyColumn(entity);
  return withTable(
    state,
    entity,
    tableOf(state, entity).filter((row) => row[key] !== id),
  );
}

/** The rows whose column has the value, in order of insertion. */
export function lookUp(rows: Rows, column: string, value: Value): Rows {
  let byColumn = indexes.get(rows);
  if (byColumn === undefined) indexes.set(rows, (byColumn = new Map<string, Index>()));
  let index = byColumn.get(column);
  if (index === undefined) byColumn.set(column, (index = groupBy(rows, column)));
  return index.get(value) ?? [];
}

function groupBy(rows: Rows, column: string): Index {
  const groups: Index = new Map();
  for (const row of rows) {
    const group = groups.get(row[column]);
    if (group === undefined) groups.set(row[column], [row]);
    else group.push(row);
  }
  return groups;
}

/** The rows that have one of the values, as few as one index gives; all rows where nothing is asked. */
export function narrowest(rows: Rows, equals: readonly Equality[]): Rows {
  const found = equals.map(({ column, value }) => lookUp(rows, column, value));
  return found.reduce((least, next) => (next.length < least.length ? next : least), rows);
}

function withTable(state: State, entity: string, rows: Rows): State {
  return { ...state, tables: { ...state.tables, [entity]: rows } };
}
