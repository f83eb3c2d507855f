// Values to set a column or an argument to: another one than it has, and whether it may be set.
import { Bug } from '../core/errors.js';
import type { Json } from '../core/json.js';
import type { Expr, Field } from '../spec/model.js';
import { columnValue, isRow, type Runtime } from '../spec/runtime.js';
import type { Value } from '../spec/state.js';
import { idText, shifted, type Scalar } from './scalar.js';
import type { Site } from './site.js';

/** A value of the expression's type other than the given one. */
export function another(site: Site, expr: Expr, than: Runtime | undefined): Runtime | undefined {
  const { type } = expr;
  const avoid = than === undefined || Array.isArray(than) ? null : columnValue(than);
  const pool: Runtime[] = [];
  if (type.nullable && avoid !== null && site.rng.chance(0.2)) return null;
  if (type.kind === 'row') {
    pool.push(...site.draft.ids(type.entity).map((id) => ({ entity: type.entity, id })));
  } else if (type.kind === 'enum') pool.push(...type.of);
  else if (type.kind === 'bool') pool.push(true, false);
  else if (avoid !== null) {
    const moved = typeof avoid === 'boolean' ? undefined : shifted(avoid, type, site.rng.pick([-1, 1, 3]));
    pool.push(...(moved === undefined ? [] : [moved]), ...sample(site, expr));
  } else pool.push(...sample(site, expr));
  const rest = pool.filter((one) => (isRow(one) ? one.id : one) !== avoid);
  return rest.length === 0 ? undefined : site.rng.pick(rest);
}

/** Values that the column of a member holds somewhere, or that stand near the clock. */
function sample(site: Site, expr: Expr): Scalar[] {
  const found: Scalar[] = [];
  if (expr.kind === 'member' && expr.of.type.kind === 'row') {
    for (const row of site.draft.rows(expr.of.type.entity, [])) {
      const value = row[expr.column];
      if (typeof value === 'string' || typeof value === 'number') found.push(value);
    }
  }
  if (expr.type.kind === 'datetime') found.push(site.draft.now);
  if (expr.type.kind === 'date') found.push(site.draft.now.slice(0, 10));
  if (expr.type.kind === 'int' || expr.type.kind === 'money') found.push(0, 1, 100);
  if (expr.type.kind === 'string' || expr.type.kind === 'text') found.push('other words');
  return found;
}

/** What a column would hold; undefined for a list. */
export function columnOf(value: Runtime): Value | undefined {
  return Array.isArray(value) ? undefined : columnValue(value);
}

/** Numbers that arithmetic made fractional, as the whole number a column holds. */
export function whole(expr: Expr, value: Value): Value {
  const integral = expr.type.kind === 'int' || expr.type.kind === 'money';
  return integral && typeof value === 'number' ? Math.round(value) : value;
}

/** Whether a parameter, or a field of a line item, may have this value; null is left out. */
export function fitsField(param: Field, value: Json): boolean {
  const { type } = param;
  if (value === null) return param.optional && param.default === undefined;
  if (type.kind === 'int' || type.kind === 'money') {
    const low = param.min ?? (type.kind === 'money' ? 0 : -1_000_000);
    return Number.isSafeInteger(value) && Number(value) >= low && Number(value) <= (param.max ?? 1e9);
  }
  if (type.kind === 'enum') return type.of.includes(idText(value));
  if (type.kind === 'bool') return typeof value === 'boolean';
  if (typeof value !== 'string') throw new Bug(`an argument '${param.name}' that is no text`);
  return param.pattern === undefined || new RegExp(param.pattern).test(value);
}
