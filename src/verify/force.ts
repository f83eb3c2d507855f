// Directed search: change a site so that a condition comes out as wanted. Simple comparisons are
// solved (the column or argument on one side is set to what the other side is, or one off), booleans
// are split, aggregates are fed or starved row by row. It is a heuristic: who asks runs the
// interpreter afterwards and looks.
import type { Expr } from '../spec/model.js';
import { isRow, type Runtime } from '../spec/runtime.js';
import { chosen, cloned, passes, type Aggregate } from './aggregate-items.js';
import { assignTotal } from './assign-total.js';
import { assignRow, settleByRow } from './force-row.js';
import { another, columnOf, whole } from './other-value.js';
import { idText, shifted } from './scalar.js';
import { setArgument, setField } from './set-argument.js';
import { isPlaced, itemsOf, letOf, paramOf, valueAt, within, type Site } from './site.js';
import { leftFor, rightFor } from './solve.js';

type Binary = Extract<Expr, { kind: 'binary' }>;

/** Tries to make the condition true or false here. */
export function force(site: Site, expr: Expr, want: boolean): void {
  if (valueAt(site, expr) === want && site.rng.chance(0.7)) return;
  switch (expr.kind) {
    case 'unary':
      return force(site, expr.of, !want);
    case 'binary':
      return forceBinary(site, expr, want);
    case 'aggregate':
      return forceQuantifier(site, expr, want);
    case 'member':
    case 'variable':
    case 'table':
      assign(site, expr, want);
      return;
    default:
  }
}

/** Puts the two sides of a comparison `delta` steps apart (left minus right), where they have an order. */
export function forceGap(site: Site, expr: Binary, delta: number): boolean {
  const moveLeft = site.rng.chance(0.6);
  for (const left of [moveLeft, !moveLeft]) {
    const fixed = valueAt(site, left ? expr.right : expr.left);
    if (typeof fixed !== 'number' && typeof fixed !== 'string') continue;
    const target = shifted(fixed, expr.left.type, left ? delta : -delta);
    if (target !== undefined && assign(site, left ? expr.left : expr.right, target)) return true;
  }
  return false;
}

function forceBinary(site: Site, expr: Binary, want: boolean): void {
  switch (expr.op) {
    case 'and':
    case 'or': {
      const both = (expr.op === 'and') === want;
      const sides = site.rng.chance(0.5) && !both ? [expr.right, expr.left] : [expr.left, expr.right];
      // Where one side decides, the other gets the value that leaves the decision to it.
      const [first, second] = sides as [Expr, Expr];
      force(site, first, want);
      force(site, second, both ? want : !want);
      if (both) force(site, first, want);
      return;
    }
    default:
  }
  if (settleByRow(site, expr, want, force)) return;
  switch (expr.op) {
    case '==':
    case '!=':
      return forceEquality(site, expr, (expr.op === '==') === want);
    case 'in':
      return forceMember(site, expr, want);
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const up = (expr.op === '>' || expr.op === '>=') === want;
      const equalCounts = (expr.op === '<=' || expr.op === '>=') === want;
      const step = equalCounts && site.rng.chance(0.5) ? 0 : site.rng.chance(0.5) ? 1 : site.rng.int(2, 40);
      forceGap(site, expr, up ? step : -step);
      return;
    }
    default:
  }
}

function forceEquality(site: Site, expr: Binary, equal: boolean): void {
  const left = valueAt(site, expr.left);
  const right = valueAt(site, expr.right);
  if (equal) {
    if (site.rng.chance(0.5) && right !== undefined && assign(site, expr.left, right)) return;
    if (left !== undefined && assign(site, expr.right, left)) return;
    if (right !== undefined) assign(site, expr.left, right);
    return;
  }
  const sides = [
    [expr.left, right],
    [expr.right, left],
  ] as const;
  for (const [side, other] of site.rng.shuffle(sides)) {
    const value = another(site, side, other);
    if (value !== undefined && assign(site, side, value)) return;
  }
}

function forceMember(site: Site, expr: Binary, want: boolean): void {
  const list = valueAt(site, expr.right);
  if (!Array.isArray(list)) return;
  const items = list as readonly Runtime[];
  if (want) {
    if (items.length > 0) assign(site, expr.left, site.rng.pick(items));
    return;
  }
  for (let attempt = 0; attempt < 6; attempt++) {
    const value = another(site, expr.left, items[0]);
    if (value !== undefined && assign(site, expr.left, value) && valueAt(site, expr) === false) return;
  }
}

function forceQuantifier(site: Site, expr: Aggregate, want: boolean): void {
  if (expr.fn !== 'exists' && expr.fn !== 'all') return;
  if (expr.fn === 'exists') {
    if (want) admit(site, expr);
    else for (const item of chosen(site, expr)) dismiss(site, expr, item);
    return;
  }
  const { body } = expr;
  if (body === undefined) return;
  if (!want) {
    const item = someItem(site, expr);
    if (item !== undefined) within(site, expr.variable, item, () => force(site, body, false));
    return;
  }
  for (const item of chosen(site, expr)) {
    within(site, expr.variable, item, () => {
      if (valueAt(site, body) !== true) force(site, body, true);
    });
  }
}

/** One more item for which `where` holds: one that does not yet, or a copy of a row. */
export function admit(site: Site, expr: Aggregate): Runtime | undefined {
  const outside = itemsOf(site, expr.source).filter((item) => !passes(site, expr, item));
  const fresh = 'entity' in expr.source && site.rng.chance(outside.length === 0 ? 1 : 0.5);
  const item = fresh ? cloned(site, expr) : outside.length > 0 ? site.rng.pick(outside) : undefined;
  const { where } = expr;
  if (item !== undefined && where !== undefined) {
    within(site, expr.variable, item, () => force(site, where, true));
  }
  return item ?? chosen(site, expr)[0];
}

/** An item for which `where` holds: one that is there already, or one more. */
export function someItem(site: Site, expr: Aggregate): Runtime | undefined {
  const now = site.rng.chance(0.5) ? chosen(site, expr) : [];
  return now.length > 0 ? site.rng.pick(now) : admit(site, expr);
}

/** Makes `where` false for the item. */
export function dismiss(site: Site, expr: Aggregate, item: Runtime): void {
  const { where } = expr;
  if (where !== undefined) within(site, expr.variable, item, () => force(site, where, false));
}

/** Whether something was set that should give the expression this value. */
export function assign(site: Site, expr: Expr, value: Runtime): boolean {
  switch (expr.kind) {
    case 'member':
      return assignMember(site, expr, value);
    case 'variable':
      return assignVariable(site, expr.name, value);
    case 'unary':
      if (expr.op === 'not') {
        if (typeof value !== 'boolean') return false;
        force(site, expr.of, !value);
        return true;
      }
      return typeof value === 'number' && assign(site, expr.of, -value);
    case 'binary':
      return assignBinary(site, expr, value);
    case 'math':
      return assignMath(site, expr, value);
    case 'aggregate':
      return assignAggregate(site, expr, value);
    case 'table':
      return assignRow(site, expr, value, force);
    default:
      return false;
  }
}

function assignMember(site: Site, expr: Extract<Expr, { kind: 'member' }>, value: Runtime): boolean {
  const row = valueAt(site, expr.of);
  if (row !== undefined && isPlaced(row)) return setField(site, row, expr, value);
  if (row === undefined || !isRow(row)) return false;
  if (expr.attr === 'id') return assign(site, expr.of, { entity: row.entity, id: idText(value) });
  const plain = columnOf(value);
  return plain !== undefined && site.draft.set(row.entity, row.id, expr.column, whole(expr, plain));
}

function assignVariable(site: Site, name: string, value: Runtime): boolean {
  if (name === 'caller' && isRow(value)) {
    site.caller = value.id;
    return true;
  }
  const meaning = letOf(site, name);
  if (meaning !== undefined) return assign(site, meaning, value);
  const param = paramOf(site, name);
  return param !== undefined && setArgument(site, param, value);
}

function assignBinary(site: Site, expr: Extract<Expr, { kind: 'binary' }>, value: Runtime): boolean {
  if (typeof value === 'boolean') {
    force(site, expr, value);
    return true;
  }
  if (typeof value !== 'number' && typeof value !== 'string') return false;
  const left = valueAt(site, expr.left);
  const right = valueAt(site, expr.right);
  const solveLeft = right === undefined ? undefined : leftFor(expr.op, value, right, left);
  if (solveLeft !== undefined && assign(site, expr.left, solveLeft)) return true;
  const solveRight = left === undefined ? undefined : rightFor(expr.op, value, left, right);
  return solveRight !== undefined && assign(site, expr.right, solveRight);
}

function assignMath(site: Site, expr: Extract<Expr, { kind: 'math' }>, value: Runtime): boolean {
  const [first] = expr.args;
  if (first === undefined) return false;
  if (expr.fn === 'date') {
    const now = valueAt(site, first);
    const time = typeof now === 'string' && now.length > 10 ? now.slice(10) : 'T10:00Z';
    return typeof value === 'string' && assign(site, first, `${value}${time}`);
  }
  if (expr.fn === 'min' || expr.fn === 'max') {
    const target = site.rng.pick(expr.args);
    if (assign(site, target, value)) return true;
    return expr.args.some((one) => one !== target && assign(site, one, value));
  }
  return assign(site, first, value);
}

function assignAggregate(site: Site, expr: Aggregate, value: Runtime): boolean {
  if (typeof value === 'boolean') {
    force(site, expr, value);
    return true;
  }
  return assignTotal(site, expr, value, { admit, dismiss, assign });
}
