// Setting the arguments of a call at a site: a parameter, or a field of a line item.
import { isObject, type Json } from '../core/json.js';
import type { Expr, Param } from '../spec/model.js';
import type { Runtime } from '../spec/runtime.js';
import { columnOf, fitsField } from './other-value.js';
import { isPlaced, placed, type PlacedLine, type Site } from './site.js';

/** Whether the parameter took the value; null leaves it out. */
export function setArgument(site: Site, param: Param, value: Runtime): boolean {
  const plain = param.type.kind === 'list' ? undefined : columnOf(value);
  if (plain === undefined || !fitsField(param, plain)) return false;
  if (plain === null) delete site.args[param.name];
  else site.args[param.name] = plain;
  return true;
}

/** Whether the field of a line took the value, in the argument and wherever the line is bound. */
export function setField(
  site: Site,
  line: PlacedLine,
  { of: { type }, attr }: Extract<Expr, { kind: 'member' }>,
  value: Runtime,
): boolean {
  const fields = type.kind === 'record' ? type.fields : [];
  const field = fields.find(({ binds }) => binds === attr);
  const plain = columnOf(value);
  const { param, index } = line.place;
  const list = (site.args[param] ?? []) as readonly Json[];
  const old = list[index];
  if (field === undefined || plain === undefined || !isObject(old) || !fitsField(field, plain)) return false;
  const { [field.name]: _, ...others } = old;
  const changed = plain === null ? others : { ...old, [field.name]: plain };
  site.args[param] = list.with(index, changed);
  for (const [name, bound] of site.inner) {
    const isHere = isPlaced(bound) && bound.place.param === param && bound.place.index === index;
    if (isHere) site.inner.set(name, placed(fields, line.place, changed));
  }
  return true;
}
