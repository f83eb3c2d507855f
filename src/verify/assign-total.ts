// Gives counts, sums and extremes a wanted value, row by row: some more, some fewer, or other amounts.
import type { Expr } from '../spec/model.js';
import type { Runtime } from '../spec/runtime.js';
import { chosen, type Aggregate } from './aggregate-items.js';
import { valueAt, within, type Site } from './site.js';

/** What force.ts does to single rows and values. */
interface Moves {
  readonly admit: (site: Site, expr: Aggregate) => Runtime | undefined;
  readonly dismiss: (site: Site, expr: Aggregate, item: Runtime) => void;
  readonly assign: (site: Site, expr: Expr, value: Runtime) => boolean;
}

/** Whether something was set that should give the aggregate this value. */
export function assignTotal(site: Site, expr: Aggregate, value: Runtime, moves: Moves): boolean {
  if (expr.fn === 'count') return typeof value === 'number' && assignCount(site, expr, value, moves);
  if (expr.fn === 'sum') return typeof value === 'number' && assignSum(site, expr, value, moves);
  return (expr.fn === 'min' || expr.fn === 'max') && assignExtreme(site, expr, value, moves);
}

function assignCount(site: Site, expr: Aggregate, wanted: number, moves: Moves): boolean {
  if (wanted < 0 || wanted > 60) return false;
  for (let attempt = 0; attempt < 70; attempt++) {
    const now = chosen(site, expr);
    if (now.length === wanted) return true;
    if (now.length < wanted) {
      if (moves.admit(site, expr) === undefined) return false;
    } else moves.dismiss(site, expr, site.rng.pick(now));
  }
  return false;
}

function assignSum(site: Site, expr: Aggregate, wanted: number, moves: Moves): boolean {
  const { body } = expr;
  if (body === undefined) return false;
  // Several rows may have to share the amount: a column has its own bounds.
  for (let attempt = 0; attempt < 12; attempt++) {
    const now = chosen(site, expr);
    const valueOf = (item: Runtime): number =>
      within(site, expr.variable, item, () => Number(valueAt(site, body) ?? 0));
    const total = now.reduce<number>((sum, item) => sum + valueOf(item), 0);
    if (total === wanted) return true;
    const item = now.length > 0 && site.rng.chance(0.8) ? site.rng.pick(now) : moves.admit(site, expr);
    if (item === undefined) return false;
    const rest = total - (now.includes(item) ? valueOf(item) : 0);
    const done = within(site, expr.variable, item, () => moves.assign(site, body, wanted - rest));
    if (!done && rest > wanted) moves.dismiss(site, expr, item);
  }
  return false;
}

function assignExtreme(site: Site, expr: Aggregate, wanted: Runtime, moves: Moves): boolean {
  const { body } = expr;
  const now = chosen(site, expr);
  if (wanted === null || body === undefined) {
    for (const item of now) moves.dismiss(site, expr, item);
    return wanted === null;
  }
  const item = now.length > 0 ? site.rng.pick(now) : moves.admit(site, expr);
  if (item === undefined) return false;
  for (const other of now.slice(0, 20)) {
    const value = within(site, expr.variable, other, () => valueAt(site, body));
    const beyond =
      value !== undefined && value !== null && (expr.fn === 'max' ? value > wanted : value < wanted);
    if (other !== item && beyond) moves.dismiss(site, expr, other);
  }
  return within(site, expr.variable, item, () => moves.assign(site, body, wanted));
}
