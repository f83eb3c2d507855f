// The meaning of expressions: a slow, direct walk over the typed tree. It knows nothing of emitted
// code, so that the two can be tested against each other. Rows come from a RowSource, which may be a
// state, or what an agent has seen of one (such a source throws where it would have to guess).
import { Bug, must } from '../core/errors.js';
import { dateOf } from '../core/time.js';
import { equalities } from './hints.js';
import type { Expr, MathFn, Source } from './model.js';
import { snakeCase } from './names.js';
import {
  add,
  atomOf,
  columnValue,
  compare,
  extreme,
  isLineItem,
  isRow,
  listOf,
  numberOf,
  plain,
  rowOf,
  same,
  textOf,
  truth,
  type LineItem,
  type RowRef,
  type Runtime,
} from './runtime.js';
import type { Row, Value } from './state.js';
import { rowFor } from './table-rows.js';

export type { RowRef, Runtime } from './runtime.js';

/** Values of the variables that an expression sees. */
export type Bindings = ReadonlyMap<string, Runtime>;

export interface Equality {
  readonly column: string;
  readonly value: Value;
}

/** Where rows come from. */
export interface RowSource {
  readonly now: string;
  get(entity: string, id: string): Row | undefined;
  /** Rows in order of insertion. `equals` is a hint: more rows may come, the evaluator filters anyway. */
  rows(entity: string, equals: readonly Equality[]): readonly Row[];
  /** Told of every row whose values mattered; see traceRows. */
  readonly read?: (row: RowRef) => void;
}

type Aggregate = Extract<Expr, { kind: 'aggregate' }>;
type Over = { readonly source: Source; readonly variable: string; readonly where?: Expr };

/**
 * A source that notes which rows an evaluation read: those an agent must have seen to know the
 * outcome. A row is read when a column of it is, other than its key. Of the rows that an aggregate
 * ranges over, only those are read that satisfy its `where` (and, for an `all` that fails, break its
 * condition), with the rows they lead to: the open fines of a member trigger a rule on their sum,
 * the paid ones do not. Where none satisfies it, the absence is the finding, and the rows are read
 * among which it was found: those that agree in the references that `where` compares (the member's
 * fines, none of them open). Without such references they would be a whole table, and none is read. Of
 * line items none of which satisfies it, those rows are read whose columns showed that.
 */
export function traceRows(source: RowSource): {
  readonly source: RowSource;
  readonly rows: ReadonlyMap<string, RowRef>; // by id
} {
  const rows = new Map<string, RowRef>();
  return { rows, source: { ...untraced(source), read: (row) => void rows.set(row.id, row) } };
}

/** The value of an expression. `and` and `or` stop at what decides them; a broken promise of the checker is a Bug. */
export function evaluate(expr: Expr, source: RowSource, bindings: Bindings): Runtime {
  switch (expr.kind) {
    case 'literal':
      return expr.value;
    case 'now':
      return source.now;
    case 'variable':
      return proven(expr, variable(expr.name, bindings));
    case 'member': {
      const of = evaluate(expr.of, source, bindings);
      if (isLineItem(of)) return proven(expr, fieldOf(of, expr.attr));
      const row = rowOf(of);
      return expr.attr === 'id' ? row.id : proven(expr, member(expr, row, source));
    }
    case 'unary': {
      const value = evaluate(expr.of, source, bindings);
      return expr.op === 'not' ? !truth(value) : plain(-numberOf(value));
    }
    case 'binary':
      return binary(expr, source, bindings);
    case 'math': {
      const args = expr.args.map((argument) => evaluate(argument, source, bindings));
      return math(expr.fn, args);
    }
    case 'table': {
      const args = expr.args.map((argument) => atomOf(evaluate(argument, source, bindings)));
      return must(expr.table.rows[rowFor(expr.table, args)], 'a row').gives;
    }
    default:
      return aggregate(expr, source, bindings);
  }
}

/** The value of a condition. */
export function holds(expr: Expr, source: RowSource, bindings: Bindings): boolean {
  return truth(evaluate(expr, source, bindings));
}

/** The rows of an entity, or items of a list, for which `where` holds, in order. */
export function select(over: Over, source: RowSource, bindings: Bindings): readonly Runtime[] {
  const bind = binderOf(over.variable, bindings);
  const { where } = over;
  return choose(
    items(over, source, bindings),
    (item, from) => where === undefined || holds(where, from, bind(item)),
    source,
    (found) => scope(over, found, untraced(source), bindings),
  );
}

const keyColumns = new Map<string, string>();

/** The column of an entity's key. */
export function keyColumn(entity: string): string {
  let column = keyColumns.get(entity);
  if (column === undefined) keyColumns.set(entity, (column = `${snakeCase(entity)}_id`));
  return column;
}

function variable(name: string, bindings: Bindings): Runtime {
  const value = bindings.get(name);
  if (value === undefined) throw new Bug(`no variable ${name}`);
  return value;
}

function proven(expr: { readonly present?: true }, value: Runtime): Runtime {
  if (expr.present && value === null) throw new Bug('a value that was proven present is null');
  return value;
}

function fieldOf({ fields }: LineItem, attr: string): Runtime {
  const value = fields[attr];
  if (value === undefined) throw new Bug(`a line item has no ${attr}`);
  return value;
}

function member(expr: Extract<Expr, { kind: 'member' }>, ref: RowRef, source: RowSource): Runtime {
  const row = must(source.get(ref.entity, ref.id), `${ref.entity} ${ref.id}`);
  source.read?.(ref);
  const value = row[expr.column];
  if (value === undefined) throw new Bug(`${ref.entity} has no column ${expr.column}`);
  if (expr.type.kind !== 'row' || value === null) return value;
  return { entity: expr.type.entity, id: String(value) };
}

function binary(expr: Extract<Expr, { kind: 'binary' }>, source: RowSource, bindings: Bindings): Runtime {
  const left = evaluate(expr.left, source, bindings);
  if (expr.op === 'and') return truth(left) && holds(expr.right, source, bindings);
  if (expr.op === 'or') return truth(left) || holds(expr.right, source, bindings);
  const right = evaluate(expr.right, source, bindings);
  switch (expr.op) {
    case '==':
      return same(left, right);
    case '!=':
      return !same(left, right);
    case 'in':
      return listOf(right).some((item) => same(left, item));
    case '+':
    case '-':
      return add(expr.op, left, right);
    case '*':
      return plain(numberOf(left) * numberOf(right));
    case '/':
      return plain(numberOf(left) / numberOf(right));
    default:
      return compare(expr.op, left, right);
  }
}

function math(fn: MathFn, args: readonly Runtime[]): Value {
  if (fn === 'min' || fn === 'max') return extreme(fn, args);
  const argument = must(args[0], `argument of ${fn}`);
  return fn === 'date' ? dateOf(textOf(argument)) : plain(Math[fn](numberOf(argument)));
}

function aggregate(expr: Aggregate, source: RowSource, bindings: Bindings): Runtime {
  if (expr.fn === 'all') return all(expr, source, bindings);
  const { body } = expr;
  const chosen = select(expr, source, bindings);
  const bind = binderOf(expr.variable, bindings);
  const values = body === undefined ? chosen : chosen.map((item) => evaluate(body, source, bind(item)));
  switch (expr.fn) {
    case 'count':
      return chosen.length;
    case 'exists':
      return chosen.length > 0;
    case 'sum':
      return plain(values.reduce<number>((total, value) => total + numberOf(value), 0));
    case 'min':
    case 'max':
      return extreme(expr.fn, values);
    case 'first':
      return values[0] ?? null;
    default:
      return values;
  }
}

/** Nothing that satisfies `where` breaks the condition. */
function all(expr: Aggregate, source: RowSource, bindings: Bindings): boolean {
  const { where, variable } = expr;
  const condition = must(expr.body, 'condition of all');
  const bind = binderOf(variable, bindings);
  const within = (item: Runtime, from: RowSource): boolean =>
    where === undefined || holds(where, from, bind(item));
  const broken = choose(
    items(expr, source, bindings),
    (item, from) => within(item, from) && !holds(condition, from, bind(item)),
    source,
    (found) => found.filter((item) => within(item, untraced(source))),
  );
  return broken.length === 0;
}

/** The bindings with a variable more, for one item after the other: nothing keeps them. */
function binderOf(variable: string, bindings: Bindings): (item: Runtime) => Bindings {
  const inner = new Map(bindings);
  return (item) => inner.set(variable, item);
}

function items(over: Over, source: RowSource, bindings: Bindings): readonly Runtime[] {
  if ('list' in over.source) return listOf(evaluate(over.source.list, source, bindings));
  const { entity } = over.source;
  const equals = equalities(over).map(({ column, value }) => ({
    column,
    value: columnValue(evaluate(value, source, bindings)),
  }));
  const key = keyColumn(entity);
  return source.rows(entity, equals).map((row) => ({ entity, id: String(row[key]) }));
}

/** Filters, and for a traced source notes what the chosen items rest on, or what `otherwise` says of none. */
function choose(
  found: readonly Runtime[],
  test: (item: Runtime, from: RowSource) => boolean,
  source: RowSource,
  otherwise: (found: readonly Runtime[]) => readonly Runtime[],
): readonly Runtime[] {
  const { read } = source;
  if (read === undefined) return found.filter((item) => test(item, source));
  const showed: RowRef[] = [];
  const chosen = found.filter((item) => {
    const attempt = traceRows(source);
    const passes = test(item, attempt.source);
    if (passes) attempt.rows.forEach(read);
    else if (isLineItem(item)) showed.push(...attempt.rows.values());
    return passes;
  });
  (chosen.length > 0 ? chosen : [...otherwise(found), ...showed]).filter(isRow).forEach(read);
  return chosen;
}

/** Among which it was found that none satisfies `where`. */
function scope(
  over: Over,
  found: readonly Runtime[],
  source: RowSource,
  bindings: Bindings,
): readonly Runtime[] {
  if ('list' in over.source) return found;
  const { entity } = over.source;
  const equals = equalities(over)
    .filter(({ isReference }) => isReference)
    .map(({ column, value }) => ({ column, value: columnValue(evaluate(value, source, bindings)) }));
  if (equals.length === 0) return [];
  const key = keyColumn(entity);
  return source
    .rows(entity, equals)
    .filter((row) => equals.every(({ column, value }) => row[column] === value))
    .map((row) => ({ entity, id: String(row[key]) }));
}

function untraced(source: RowSource): RowSource {
  return {
    now: source.now,
    get: (entity, id) => source.get(entity, id),
    rows: (entity, equals) => source.rows(entity, equals),
  };
}
