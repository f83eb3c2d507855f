// Dates of one row in the order that their names suggest: what begins does so before it ends. A spec
// says it exactly with `after:`; this is for those that do not.
import type { Rng } from '../core/rng.js';
import { drawValue, caseOf } from '../spec/draw-value.js';
import type { Row, Value } from '../spec/state.js';
import type { ColumnPlan, EntityPlan } from './seed-plan.js';

type ValuePlan = Extract<ColumnPlan, { kind: 'value' }>;

const early =
  /(^|_)(starts?|started|begins?|began|from|opened|created|issued|placed|ordered|booked|registered|joined|born|given|raised|lent|received|admitted|requested|since|submitted|check_in|checked_in|departs?)(_|$)/;
const late =
  /(^|_)(ends?|ended|until|due|closed|returned|expires?|expired|completed|finished|paid|delivered|discharged|collect|collected|resolved|check_out|checked_out|arrives?|last)(_|$)/;

/** The row, its late dates drawn again while they come before its early ones and a later one is in reach. */
export function inTimeOrder(plan: EntityPlan, row: Row, rng: Rng, now: string): Row {
  const dates = plan.columns.filter(
    (one): one is ValuePlan =>
      one.kind === 'value' && !one.column.unique && caseOf(one.generator, row).kind === 'date',
  );
  const begins = dates.filter(({ column }) => early.test(column.attr));
  const ends = dates.filter(({ column }) => late.test(column.attr) && !early.test(column.attr));
  let ordered = row;
  for (const begin of begins) {
    for (const end of ends) {
      for (let tries = 0; tries < 30 && isReversed(ordered, begin, end); tries++) {
        const one = tries % 2 === 0 ? end : begin;
        const context = { rng, now, row: ordered, faker: (): Value => null };
        ordered = { ...ordered, [one.column.column]: drawValue(one.generator, context) };
      }
    }
  }
  return ordered;
}

function isReversed(row: Row, begin: ValuePlan, end: ValuePlan): boolean {
  const [from, to] = [row[begin.column.column], row[end.column.column]];
  if (typeof from !== 'string' || typeof to !== 'string') return false;
  const length = Math.min(from.length, to.length);
  return from.slice(0, length) > to.slice(0, length);
}
