// The scalars of a result, with the column each stands in: what an agent can tell, pass on or read
// back from text.
import { isRealTime } from '../core/time.js';
import { isObject, type Json } from '../core/json.js';
import type { Scalar, TypedValue } from '../policy/talk.js';

const idForm = /^[A-Z][A-Z0-9]*-\d{5,}$/;

/** Calls `visit` for each scalar with the name it stands under ('' at the top), in order. */
export function eachScalar(value: Json, visit: (name: string, value: Scalar) => void, name = ''): void {
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) eachScalar(item, visit, name);
  } else if (isObject(value)) {
    for (const key in value) {
      const field = value[key];
      if (field !== undefined) eachScalar(field, visit, key);
    }
  } else {
    visit(name, value as Scalar);
  }
}

/** Items of a list that count: of a longer one, only the last are looked at. */
const itemBound = 100;

/** A result without what stands too far up a long list. */
export function boundResult(value: Json): Json {
  return Array.isArray(value) && value.length > itemBound ? value.slice(-itemBound) : value;
}

const shown = new WeakMap<object, readonly string[]>();

/** The strings in a result but for ids: words, names, dates. Of one result always the same list. */
export function stringsShown(result: Json): readonly string[] {
  const key = typeof result === 'object' && result !== null ? result : null;
  const known = key === null ? undefined : shown.get(key);
  if (known !== undefined) return known;
  const found: string[] = [];
  eachScalar(result, (_, scalar) => {
    if (typeof scalar === 'string' && !idForm.test(scalar)) found.push(scalar);
  });
  if (key !== null) shown.set(key, found);
  return found;
}

/** The types that a value may have, as far as one can see; an integer may be money. */
export function visibleTypes(value: Scalar): readonly TypedValue['type'][] {
  if (value === null) return [];
  if (typeof value === 'boolean') return ['bool'];
  if (typeof value === 'number') return Number.isInteger(value) ? ['int', 'money'] : ['number'];
  if (idForm.test(value)) return ['id'];
  return isRealTime(value) ? [value.length > 10 ? 'datetime' : 'date'] : ['string'];
}
