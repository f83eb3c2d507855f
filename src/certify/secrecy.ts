// What the caller must not be told, by the spec's policies and the reference interpreter alone; nothing
// here is the monitor's. A value gives a secret away where a row was shown that has it in a concealed
// column, unless the user has said it or it was shown elsewhere, where it may be told of.
import { isObject, type Json } from '../core/json.js';
import type { Observation } from '../env/protocol.js';
import { spelling } from '../policy/told.js';
import { concealing } from '../spec/interpret.js';
import type { RowSource } from '../spec/evaluate.js';
import type { Domain } from '../spec/model.js';

/** A column of a row. */
export interface Place {
  readonly entity: string;
  readonly column: string;
  readonly row: string;
}

/** The policies by which a caller must not be told what stands at a place, as things stand. */
export function concealersOf(
  domain: Domain,
  caller: string | null,
  { entity, column, row }: Place,
  source: RowSource,
): readonly string[] {
  const judged = concealing(domain, entity, row, caller, source);
  return domain.policies.flatMap((policy) => {
    if (policy.kind !== 'conceal') return [];
    const isNamed = policy.of.some((one) => one.entity === entity && one.column === column);
    const isLifted = policy.unless?.[entity] !== undefined && !judged.includes(policy.id);
    return isNamed && !isLifted ? [policy.id] : [];
  });
}

/** What the user said and results showed. */
export interface TalkRecord {
  readonly said: readonly Json[];
  readonly shown: readonly Json[];
}

/** What stands in what an agent observed. */
export function recordOf(observations: readonly Observation[]): TalkRecord {
  return {
    said: observations.flatMap((one) => (one.type === 'user' ? valuesIn(one.acts) : [])),
    shown: observations.flatMap((one) => (one.type === 'result' ? [one.value] : [])),
  };
}

/** Whatever acts give as a value: of a slot, of a wish, of a fact. */
function valuesIn(acts: unknown): readonly Json[] {
  if (Array.isArray(acts)) return (acts as readonly unknown[]).flatMap(valuesIn);
  if (typeof acts !== 'object' || acts === null) return [];
  return Object.entries(acts).flatMap(([name, value]) =>
    name === 'value' && typeof value !== 'object' ? [value as Json] : valuesIn(value),
  );
}

/** The policies that telling a value breaks; none where it may be had elsewhere, null where it was not shown. */
export function brokenByTelling(
  domain: Domain,
  caller: string | null,
  { said, shown }: TalkRecord,
  value: Json,
  source: RowSource,
): readonly string[] | null {
  const isIt = (other: Json): boolean => typeof other !== 'object' && spell(other) === spell(value);
  if (said.some(isIt)) return [];
  const places = shown.flatMap((result) => placesIn(domain, result, null, isIt));
  if (places.length === 0) return null;
  const against = places.map((place) => (place === null ? [] : concealersOf(domain, caller, place, source)));
  return against.some((policies) => policies.length === 0) ? [] : [...new Set(against.flat())];
}

function spell(value: Json): string {
  return spelling(typeof value === 'object' ? null : value);
}

/** Where a result shows a value: in a row, or (null) in none. */
function placesIn(
  domain: Domain,
  value: Json,
  place: Place | null,
  isIt: (value: Json) => boolean,
): readonly (Place | null)[] {
  if (Array.isArray(value)) {
    return (value as readonly Json[]).flatMap((item) => placesIn(domain, item, null, isIt));
  }
  if (!isObject(value)) return isIt(value) ? [place] : [];
  const entity = domain.entities.find(({ columns, key }) => {
    const names = columns.map(({ column }) => column);
    return (
      typeof value[key] === 'string' &&
      names.length === Object.keys(value).length &&
      names.every((name) => Object.hasOwn(value, name))
    );
  });
  const row = entity === undefined ? null : value[entity.key];
  return Object.entries(value).flatMap(([column, field]) =>
    placesIn(
      domain,
      field,
      entity === undefined || typeof row !== 'string' ? null : { entity: entity.name, column, row },
      isIt,
    ),
  );
}
