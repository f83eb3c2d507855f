// The items that an aggregate ranges over, at a site.
import type { Expr } from '../spec/model.js';
import type { Runtime } from '../spec/runtime.js';
import { itemsOf, selected, valueAt, within, type Site } from './site.js';

export type Aggregate = Extract<Expr, { kind: 'aggregate' }>;

/** The items for which `where` holds now. */
export function chosen(site: Site, expr: Aggregate): readonly Runtime[] {
  const items = itemsOf(site, expr.source);
  return expr.where === undefined ? items : selected(site, expr.variable, items, expr.where);
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
