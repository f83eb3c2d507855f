// Line items: the items of a list parameter that are small records, as `model` and `quantity` of an
// order. Fields are named as attributes are: `model: Model` is seen as `line.model` and passed as
// `model_id`. Lines are told apart by their rows: an order names no model twice.
import { canonicalJson, isObject, type Json } from '../core/json.js';
import { spaced } from './names.js';
import { isReservedName } from './reserved.js';
import type { LineItemSpec } from './param-spec.js';
import type { Report } from './issues.js';
import type { Field, Param, Type } from './model.js';
import type { ValueType } from './value-type.js';

type LineItem = Extract<Type, { kind: 'record' }>;
type ItemSpec = LineItemSpec[string];

/** The type of a line item, or undefined where a field of it could not be resolved. */
export function resolveLineItem(
  spec: LineItemSpec,
  resolve: (attr: string, item: ItemSpec, place: Report) => Field | undefined,
  report: Report,
): ValueType | undefined {
  const written = Object.entries(spec);
  if (written.length === 0)
    report('a line item needs fields', 'as in list: {model: Model, quantity: {type: int}}');
  const fields = written.flatMap(([attr, item]) => {
    const below = report.at(attr);
    const reason = attr === 'id' ? 'is the key of a row' : isReservedName(attr);
    if (reason !== undefined) below(`a field cannot be called '${attr}': it ${reason}`);
    const field = resolve(attr, item, below);
    if (field?.type.kind !== 'row') return field === undefined ? [] : [field];
    if (attr.endsWith('_id'))
      below(
        `a field is called after its row, whose id is passed as '${attr}'`,
        `did you mean '${attr.slice(0, -3)}'?`,
      );
    return [{ ...field, name: `${attr}_id` }];
  });
  for (const [index, { name, binds }] of fields.entries()) {
    const other = fields.slice(0, index).find((earlier) => earlier.name === name);
    if (other !== undefined)
      report.at(binds)(`'${binds}' and '${other.binds}' would both be passed as '${name}'`);
  }
  return fields.length < written.length || written.length === 0
    ? undefined
    : { type: { kind: 'record', fields } };
}

/** The line item that a list parameter is of, if it is of one. */
export function lineItemOf({ type }: Pick<Param, 'type'>): LineItem | undefined {
  return type.kind === 'list' && type.item.kind === 'record' ? type.item : undefined;
}

/** The fields that hold rows. */
export function rowFields({
  fields,
}: LineItem): readonly (Field & { readonly type: { readonly kind: 'row' } })[] {
  return fields.filter((field): field is RowField => field.type.kind === 'row');
}

type RowField = Field & { readonly type: { readonly kind: 'row' } };

/**
 * The fields in all of which no two lines of a call may agree: the rows. None where a line is nothing
 * but rows (equal lines are refused by the schema) or has no row (any difference will do).
 */
export function tellingFields(item: LineItem): readonly RowField[] {
  const rows = rowFields(item);
  return rows.length === item.fields.length ? [] : rows;
}

/** The refusal of two lines with the same rows; undefined where there can be none. */
export function sameLines(param: Param): { readonly code: string; readonly message: string } | undefined {
  const item = lineItemOf(param);
  const rows = item === undefined ? [] : tellingFields(item);
  if (rows.length === 0) return undefined;
  return {
    code: `DUPLICATE_${param.name.toUpperCase()}`,
    message: `Two of the ${spaced(param.name)} name the same ${rows.map(({ binds }) => spaced(binds)).join(' and ')}.`,
  };
}

/** What no two items of a list share: the rows of line items, else all of them. */
export function itemKey(type: Type, item: Json): string {
  const telling = type.kind === 'record' ? tellingFields(type) : [];
  if (telling.length === 0 || !isObject(item)) return canonicalJson(item);
  return canonicalJson(telling.map(({ name }) => item[name] ?? null));
}
