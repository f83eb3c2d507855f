// Where ids stand in the arguments of a call: a parameter, the items of a list, a field of its line items.
import { isObject, type Json } from '../core/json.js';
import { lineItemOf, rowFields } from '../spec/line-item.js';
import type { Param } from '../spec/model.js';
import { idText } from './scalar.js';

/** A place for ids of an entity; `name` tells the places of a tool apart. */
export interface RowSlot {
  readonly name: string;
  readonly entity: string;
  /** The ids in an argument. */
  readonly ids: (value: Json | undefined) => readonly string[];
  /** The argument with another id, in its last item where it is a list. */
  readonly put: (value: Json | undefined, id: string) => Json;
}

/** The places for ids in a parameter. */
export function rowSlots(param: Param): readonly RowSlot[] {
  const { name, type } = param;
  const line = lineItemOf(param);
  if (line !== undefined) {
    return rowFields(line).map((field): RowSlot => ({
      name: `${name}.${field.name}`,
      entity: field.type.entity,
      ids: (value) => itemsOf(value).flatMap((item) => (isObject(item) ? [idText(item[field.name])] : [])),
      put(value, id) {
        const last = itemsOf(value).at(-1);
        return [...itemsOf(value).slice(0, -1), { ...(isObject(last) ? last : {}), [field.name]: id }];
      },
    }));
  }
  const item = type.kind === 'list' ? type.item : type;
  if (item.kind !== 'row') return [];
  const isList = type.kind === 'list';
  return [
    {
      name,
      entity: item.entity,
      ids: (value) => [value ?? []].flat().map(idText),
      put: (value, id) => (isList ? [...itemsOf(value).slice(0, -1), id] : id),
    },
  ];
}

function itemsOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
