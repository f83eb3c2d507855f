// Draws the rows of a seed state: status by weight, references to rows that fit, values from their
// generators. A row can be drawn again in part, which is how a broken invariant is repaired.
import { must } from '../core/errors.js';
import type { Rng } from '../core/rng.js';
import { allValues, caseOf, drawValue } from '../spec/draw-value.js';
import type { Column } from '../spec/model.js';
import type { Row, Value } from '../spec/state.js';
import { pickReference } from './seed-reference.js';
import { rowFaker } from './seed-person.js';
import { attributePath, type ColumnPlan, type Drawing, type EntityPlan } from './seed-plan.js';
import { inTimeOrder } from './seed-dates.js';

type ValuePlan = Extract<ColumnPlan, { kind: 'value' }>;

/** Draws a row that is not there yet. */
export function drawRow(drawing: Drawing, plan: EntityPlan, id: string, rng: Rng): Row {
  const blank: Row = Object.fromEntries(plan.entity.columns.map(({ column }) => [column, null]));
  let row = redraw(drawing, plan, { ...blank, [plan.entity.key]: id }, plan.columns, rng);
  for (let tries = 0; tries < 40 && clashes(drawing, plan, row); tries++) {
    row = redraw(
      drawing,
      plan,
      row,
      plan.columns.filter(({ kind }) => kind === 'value'),
      rng,
    );
  }
  return row;
}

/** The row with these columns drawn anew, and those that follow from them. */
export function redraw(
  drawing: Drawing,
  plan: EntityPlan,
  before: Row,
  chosen: readonly ColumnPlan[],
  rng: Rng,
): Row {
  const row: Record<string, Value> = { ...before };
  const faker = rowFaker();
  const anew = new Set(chosen.map(({ column }) => column.column));
  for (const one of plan.columns) {
    const { column } = one.column;
    const follows = one.kind === 'value' && one.needs.some((needed) => anew.has(needed));
    if (!anew.has(column) && !follows) continue;
    anew.add(column);
    if (one.kind === 'status') row[column] = drawStatus(plan, rng);
    else if (one.kind === 'reference') row[column] = pickReference(drawing, plan, one, row, rng);
    else row[column] = drawColumn(drawing, plan, one, { row, faker, rng });
  }
  for (const one of plan.columns) {
    if (one.kind === 'reference' && one.repeats !== undefined) agree(drawing, one, row);
  }
  return inTimeOrder(plan, row, rng, drawing.tables.now);
}

/** A reference that another one repeats takes its row from there. */
function agree(
  { tables }: Drawing,
  { column, repeats }: Extract<ColumnPlan, { kind: 'reference' }>,
  row: Record<string, Value>,
): void {
  const { through, entity } = must(repeats, 'repeated reference');
  const middle = row[through];
  const target = typeof middle === 'string' ? tables.get(entity, middle)?.[column.column] : undefined;
  if (typeof target === 'string') row[column.column] = target;
}

function drawStatus({ entity }: EntityPlan, rng: Rng): Value {
  const machine = must(entity.machine, `states of ${entity.name}`);
  if (machine.weights === undefined) return machine.init;
  const { weights } = machine;
  return rng.weighted(
    machine.states,
    machine.states.map((state) => weights[state] ?? 0),
  );
}

interface RowSoFar {
  readonly row: Row;
  readonly faker: (path: string, rng: Rng) => Value;
  readonly rng: Rng;
}

function drawColumn(drawing: Drawing, plan: EntityPlan, one: ValuePlan, so: RowSoFar): Value {
  const { column, generator } = one;
  const own = generator.kind === 'cases' || generator.kind === 'null' || generator.kind === 'beside';
  if (column.type.nullable === true && !own && so.rng.chance(1 / 3)) return null;
  if (column.type.kind === 'enum' && column.gen === undefined && column.weights !== undefined) {
    return so.rng.weighted(column.type.of, column.weights);
  }
  const context = { ...so, now: drawing.tables.now };
  return column.unique ? drawUnique(drawing, plan, one, context) : drawValue(generator, context);
}

function drawUnique(
  { tables, numbered, issues }: Drawing,
  { entity, count }: EntityPlan,
  { column, generator }: ValuePlan,
  context: RowSoFar & { readonly now: string },
): Value {
  const id = String(context.row[entity.key]);
  const isFree = (value: Value): boolean =>
    value === null || !tables.isTaken(entity.name, column.column, value, id);
  const first = drawValue(generator, context);
  if (isFree(first)) return first;
  // The address of the row's person stays that person's: it gets a number, as people do.
  const isMail = typeof first === 'string' && first.includes('@');
  for (let tries = isMail ? 40 : 0; tries < 40; tries++) {
    const value = drawValue(generator, context);
    if (isFree(value)) return value;
  }
  const left = allValues(caseOf(generator, context.row), context.now)?.filter(isFree) ?? [];
  if (left.length > 0) return context.rng.pick(left);
  if ((numbered || isMail) && typeof first === 'string') {
    const other = numbers(count)
      .map((number) => withNumber(first, number, column))
      .find(isFree);
    if (other !== undefined) return other;
  }
  const capacity = Number.isFinite(generator.capacity) ? `${generator.capacity}` : 'too few';
  const message = `must be unique in ${count} rows, but its generator gives ${capacity} different values`;
  const path = attributePath(entity, column);
  if (!issues.some((issue) => issue.path === path)) issues.push({ path, message });
  return first;
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => at + 2);
}

/** `info@a.example` → `info2@a.example`; a text with a pattern stays as it is. */
function withNumber(value: string, number: number, column: Column): string {
  if (value.includes('@')) return value.replace('@', `${number}@`);
  return column.pattern === undefined ? `${value} ${number}` : value;
}

function clashes({ tables }: Drawing, { entity, keys }: EntityPlan, row: Row): boolean {
  return keys.some((key) => {
    const equals = key.map((column) => ({ column, value: row[column] ?? null }));
    return tables
      .rows(entity.name, equals)
      .some((other) => other[entity.key] !== row[entity.key] && key.every((at) => other[at] === row[at]));
  });
}
