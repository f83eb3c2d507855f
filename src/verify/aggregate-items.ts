// The items that an aggregate ranges over, at a site.
import type { Expr } from '../spec/model.js';
import type { Runtime } from '../spec/runtime.js';
import { itemsOf, valueAt, within, type Site } from './site.js';

export type Aggregate = Extract<Expr, { kind: 'aggregate' }>;

/** The items for which `where` holds now. */
export function chosen(site: Site, expr: Aggregate): Runtime[] {
  return itemsOf(site, expr.source).filter((item) => passes(site, expr, item));
}

/** Whether `where` holds for the item. */
export function passes(site: Site, expr: Aggregate, item: Runtime): boolean {
  const { where } = expr;
  return where === undefined || within(site, expr.variable, item, () => valueAt(site, where) === true);
}

/** A copy of a row of the source, as an item; undefined for a list or an empty table. */
export function cloned(site: Site, expr: Aggregate): Runtime | undefined {
  if (!('entity' in expr.source)) return undefined;
  const id = site.draft.clone(expr.source.entity, site.rng);
  return id === null ? undefined : { entity: expr.source.entity, id };
}
