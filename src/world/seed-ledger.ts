// Which invariants hold of tables that change: every invariant is split into units (one per row where
// it speaks of all rows of an entity), each unit remembers what it looked at, and a changed row has
// only those judged again that looked at it.
import { must } from '../core/errors.js';
import { evaluate, holds, keyColumn, type RowSource, type Runtime } from '../spec/evaluate.js';
import type { Domain, Expr, Invariant } from '../spec/model.js';
import { truth } from '../spec/runtime.js';
import type { Row } from '../spec/state.js';
import type { SeedTables } from './seed-tables.js';

/** A part of an invariant, the rows it rests on, and the entities among whose rows it looked for some. */
export interface Unit {
  readonly invariant: Invariant;
  readonly row: { readonly entity: string; readonly id: string } | undefined;
  readonly rows: readonly { readonly entity: string; readonly id: string }[];
  readonly ranges: readonly string[];
}

export interface Ledger {
  /** The units that do not hold. */
  broken(): readonly Unit[];
  /** Replaces a row and judges again what looked at it. */
  put(entity: string, row: Row): void;
}

interface Entry extends Omit<Unit, 'rows' | 'ranges'> {
  readonly judge: (source: RowSource) => boolean;
  rows: Unit['rows'];
  ranges: Unit['ranges'];
  looked: ReadonlySet<string>;
}

/** Judges every unit once. */
export function openLedger(domain: Domain, tables: SeedTables): Ledger {
  const entries = domain.invariants.flatMap((invariant) => unitsOf(invariant, tables));
  const watchers = new Map<string, Set<Entry>>();
  const broken = new Set<Entry>();
  const judge = (entry: Entry): void => {
    for (const place of entry.looked) watchers.get(place)?.delete(entry);
    const watched = watch(tables);
    const good = entry.judge(watched.source);
    entry.looked = watched.looked;
    entry.rows = watched.rows;
    entry.ranges = [...watched.ranges];
    for (const place of entry.looked) {
      const known = watchers.get(place);
      if (known === undefined) watchers.set(place, new Set([entry]));
      else known.add(entry);
    }
    if (good) broken.delete(entry);
    else broken.add(entry);
  };
  entries.forEach(judge);
  return {
    broken: () => [...broken],
    put: (entity, row) => {
      const before = tables.get(entity, String(row[keyColumn(entity)]));
      tables.put(entity, row);
      const stale = new Set<Entry>();
      for (const place of places(entity, before, row))
        watchers.get(place)?.forEach((entry) => stale.add(entry));
      stale.forEach(judge);
    },
  };
}

function unitsOf(invariant: Invariant, tables: SeedTables): readonly Entry[] {
  const entry = (judge: Entry['judge'], row?: Unit['row']): Entry => ({
    invariant,
    row,
    judge,
    rows: [],
    ranges: [],
    looked: new Set<string>(),
  });
  const { holds: condition } = invariant;
  const over = rangeOf(condition);
  if (over === undefined) return [entry((source) => holds(condition, source, new Map()))];
  const { entity, variable, where, body } = over;
  return tables.ids(entity).map((id) => {
    const bindings = new Map<string, Runtime>([[variable, { entity, id }]]);
    const judge = (source: RowSource): boolean =>
      (where !== undefined && !holds(where, source, bindings)) || truth(evaluate(body, source, bindings));
    return entry(judge, { entity, id });
  });
}

/** `all(Loan l: …)`, whose rows can be judged one by one. */
function rangeOf(expr: Expr):
  | {
      readonly entity: string;
      readonly variable: string;
      readonly where: Expr | undefined;
      readonly body: Expr;
    }
  | undefined {
  if (expr.kind !== 'aggregate' || expr.fn !== 'all' || !('entity' in expr.source)) return undefined;
  const { variable, where } = expr;
  return { entity: expr.source.entity, variable, where, body: must(expr.body, 'condition of all') };
}

/** A source that notes the rows and the ranges of rows that were asked for. */
function watch(tables: SeedTables): {
  readonly source: RowSource;
  readonly looked: Set<string>;
  readonly rows: { readonly entity: string; readonly id: string }[];
  readonly ranges: ReadonlySet<string>;
} {
  const looked = new Set<string>();
  const rows: { readonly entity: string; readonly id: string }[] = [];
  const ranges = new Set<string>();
  const source: RowSource = {
    now: tables.now,
    get: (entity, id) => {
      const place = `${entity}/${id}`;
      if (!looked.has(place)) rows.push({ entity, id });
      looked.add(place);
      return tables.get(entity, id);
    },
    rows: (entity, equals) => {
      ranges.add(entity);
      const range = tables.narrowest(entity, equals);
      looked.add(range === undefined ? `${entity}?` : `${entity}?${range.column}=${String(range.value)}`);
      return tables.rows(entity, range === undefined ? [] : [range]);
    },
  };
  return { source, looked, rows, ranges };
}

/** Where a unit may have looked to see the row before or after. */
function places(entity: string, before: Row | undefined, after: Row): readonly string[] {
  const changed = Object.keys(after).filter((column) => before?.[column] !== after[column]);
  return [
    `${entity}/${String(after[keyColumn(entity)])}`,
    ...(before === undefined ? [`${entity}?`] : []),
    ...changed.flatMap((column) =>
      [before?.[column], after[column]].map((value) => `${entity}?${column}=${String(value ?? null)}`),
    ),
  ];
}
