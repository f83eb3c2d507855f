// Directed search at decision tables: makes a given row the one that counts.
import type { Expr } from '../spec/model.js';
import type { Runtime } from '../spec/runtime.js';
import { possibleRows, rowCondition, rowFor, type TableCall } from '../spec/table-rows.js';
import { nodesOf } from './conditions.js';
import { valueAt, type Site } from './site.js';

type Force = (site: Site, expr: Expr, want: boolean) => void;

const known = new WeakMap<Expr, readonly TableCall[]>();

/** The tables that an expression asks. */
export function tablesIn(expr: Expr): readonly TableCall[] {
  let found = known.get(expr);
  if (found === undefined) {
    found = nodesOf(expr).filter((node): node is TableCall => node.kind === 'table');
    known.set(expr, found);
  }
  return found;
}

/** The row that counts here; undefined where an argument has no value. */
export function rowAt(site: Site, { table, args }: TableCall): number | undefined {
  const values = args.map((arg) => valueAt(site, arg));
  const plain = values.filter((value) => typeof value !== 'object' && value !== undefined);
  return plain.length < values.length ? undefined : rowFor(table, plain);
}

/** Whether the row was made the one that counts: its cells hold, those of rows before it do not. */
export function forceRow(site: Site, call: TableCall, index: number, force: Force): boolean {
  const { rows } = call.table;
  for (let round = 0; round < 4; round++) {
    const [row, now] = [rows[index], rowAt(site, call)];
    if (now === index || row === undefined) return now === index;
    const wanted = rowCondition(row, call.args);
    if (wanted !== undefined) force(site, wanted, true);
    for (const earlier of rows.slice(0, index)) {
      const condition = rowCondition(earlier, call.args);
      if (condition !== undefined && valueAt(site, condition) === true) force(site, condition, false);
    }
  }
  return rowAt(site, call) === index;
}

/** Whether a row was found under which the condition comes out as wanted. */
export function settleByRow(site: Site, expr: Expr, want: boolean, force: Force): boolean {
  const tables = tablesIn(expr);
  if (tables.length === 0 || site.rng.chance(0.3)) return false;
  const call = site.rng.pick(tables);
  return site.rng
    .shuffle(possibleRows(call))
    .slice(0, 8)
    .some((row) => forceRow(site, call, row, force) && valueAt(site, expr) === want);
}

/** Whether a row that gives the value was made the one that counts. */
export function assignRow(site: Site, call: TableCall, value: Runtime, force: Force): boolean {
  const rows = possibleRows(call).filter((row) => call.table.rows[row]?.gives === value);
  return site.rng.shuffle(rows).some((row) => forceRow(site, call, row, force));
}

/** Puts an argument at or beside a bound that the table names for it, or any row in place. */
export function meetRow(site: Site, call: TableCall, arg: Expr | undefined, force: Force): void {
  const index = site.rng.pick(possibleRows(call));
  forceRow(site, call, index, force);
  const cell = arg === undefined ? undefined : call.table.rows[index]?.cells[call.args.indexOf(arg)];
  if (arg === undefined || cell === undefined || cell.kind === 'any' || cell.kind === 'values') return;
  const bound = cell.kind === 'limit' ? cell.value : site.rng.pick([cell.from, cell.to]);
  const value = bound + site.rng.pick([-1, 0, 1]);
  const at: Expr = { kind: 'literal', value, type: arg.type };
  force(site, { kind: 'binary', op: '==', left: arg, right: at, type: { kind: 'bool' } }, true);
}
