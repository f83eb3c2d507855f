// Where ids stand in the arguments of a call: a parameter, the items of a list, a row of its line items.
import { isObject, type Json } from '../core/json.js';
import { lineItemOf, rowFields } from './line-item.js';
import type { Param } from './model.js';

/** A place for ids of an entity; `name` tells the places of a tool apart: loan_id, copy_ids, lines.model_id. */
export interface IdSlot {
  readonly name: string;
  readonly entity: string;
  readonly optional: boolean;
  /** The ids in an argument. */
  readonly ids: (value: Json | undefined) => readonly string[];
  /** The argument with another id, in its last item where it is a list. */
  readonly put: (value: Json | undefined, id: string) => Json;
}

/** The places for ids in a parameter. */
export function idSlots(param: Param): readonly IdSlot[] {
  const { name, type, optional } = param;
  const line = lineItemOf(param);
  if (line !== undefined) {
    return rowFields(line).map((field): IdSlot => ({
      name: `${name}.${field.name}`,
      entity: field.type.entity,
      optional: optional || field.optional,
      ids: (value) => itemsOf(value).flatMap((item) => (isObject(item) ? texts(item[field.name]) : [])),
      put(value, id) {
        const last = itemsOf(value).at(-1);
        return [...itemsOf(value).slice(0, -1), { ...(isObject(last) ? last : {}), [field.name]: id }];
      },
    }));
  }
  const isList = type.kind === 'list';
  const item = isList ? type.item : type;
  if (item.kind !== 'row') return [];
  return [
    {
      name,
      entity: item.entity,
      optional,
      ids: (value) => (isList ? itemsOf(value).flatMap(texts) : texts(value)),
      put: (value, id) => (isList ? [...itemsOf(value).slice(0, -1), id] : id),
    },
  ];
}

function itemsOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function texts(value: Json | undefined): readonly string[] {
  return typeof value === 'string' ? [value] : [];
}
