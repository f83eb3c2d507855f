// Makes the invariants hold of drawn rows: a random walk that draws parts of offending rows again and
// keeps what does not make matters worse. It is bounded; what it cannot repair is named.
import type { Issue } from '../core/result.js';
import type { Rng } from '../core/rng.js';
import type { Domain } from '../spec/model.js';
import type { Row } from '../spec/state.js';
import { openLedger, type Ledger, type Unit } from './seed-ledger.js';
import type { ColumnPlan, Drawing, EntityPlan } from './seed-plan.js';
import { redraw } from './seed-rows.js';

const stepsPerUnit = 200;
const leastSteps = 4000;

/** Repairs in place; the issues name the invariants that still do not hold. */
export function repair(domain: Domain, drawing: Drawing, rng: Rng): readonly Issue[] {
  const ledger = openLedger(domain, drawing.tables);
  let broken = ledger.broken();
  const steps = leastSteps + stepsPerUnit * broken.length;
  for (let step = 0; step < steps && broken.length > 0; step++) {
    tryOne(drawing, ledger, rng.pick(broken), broken.length, rng);
    broken = ledger.broken();
  }
  const ids = new Set(broken.map(({ invariant }) => invariant.id));
  return domain.invariants.flatMap(({ id, source }, at) =>
    ids.has(id)
      ? [{ path: `invariants[${at}]`, message: `no seed state was found in which '${id}' holds: ${source}` }]
      : [],
  );
}

function tryOne(drawing: Drawing, ledger: Ledger, unit: Unit, brokenBefore: number, rng: Rng): void {
  const ref = suspect(drawing, unit, rng);
  if (ref === undefined) return;
  const plan = drawing.plans.get(ref.entity);
  const before = drawing.tables.get(ref.entity, ref.id);
  if (plan === undefined || before === undefined) return;
  const changeable = plan.columns.filter(
    (one) => isChangeable(one) && !(one.kind === 'status' && drawing.claimed.has(ref.id)),
  );
  if (changeable.length === 0) return;
  const chosen = rng.chance(0.85) ? [rng.pick(changeable)] : changeable;
  const known = drawing.issues.length;
  const drawn = redraw(drawing, plan, before, chosen, rng);
  ledger.put(
    ref.entity,
    chosen.length === 1 && chosen[0]?.kind === 'status' ? anyStatus(plan, drawn, rng) : drawn,
  );
  const worse = ledger.broken().length > brokenBefore || drawing.issues.length > known;
  // A step that costs one now and then leads out of a dead end.
  if (worse && (drawing.issues.length > known || !rng.chance(0.02))) ledger.put(ref.entity, before);
  drawing.issues.length = known;
}

/** Rows may have been moved out of every state that is drawn for them, and the way back must be open. */
function anyStatus({ entity }: EntityPlan, row: Row, rng: Rng): Row {
  const states = entity.machine?.states ?? [];
  return rng.chance(0.5) && states.length > 0 ? { ...row, status: rng.pick(states) } : row;
}

/** A row that may be to blame: the one judged, one it rests on, or one that was looked for and not found. */
function suspect({ tables }: Drawing, unit: Unit, rng: Rng): Unit['row'] {
  if (unit.row !== undefined && rng.chance(0.4)) return unit.row;
  if (unit.rows.length > 0 && (unit.ranges.length === 0 || rng.chance(0.75))) return rng.pick(unit.rows);
  if (unit.ranges.length === 0) return unit.row;
  const entity = rng.pick(unit.ranges);
  return { entity, id: rng.pick(tables.ids(entity)) };
}

/**
 * Names and texts stay: no rule speaks of them, and they belong together. References with events fire
 * them once, and the rows that they fired stay in the state that this left them in.
 */
function isChangeable(one: EntityPlan['columns'][number]): boolean {
  if (one.kind === 'status') return true;
  if (one.kind === 'reference') return one.column.initEvent === undefined;
  return !isText(one);
}

function isText(one: Extract<ColumnPlan, { kind: 'value' }>): boolean {
  return ['faker', 'pattern', 'words'].includes(one.generator.kind);
}
