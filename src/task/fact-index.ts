// Which rows facts fit, over all rows there are: an index for each path that was asked about, made once
// a seed state; rows laid beside it are looked at one by one. Describing and understanding rows tries many
// sets of facts.
import { follow } from '../policy/belief/path.js';
import type { Fact } from '../policy/talk.js';
import type { Value } from '../spec/state.js';
import { entityNamed, type Ground } from './ground.js';

type Index = ReadonlyMap<Value | undefined, ReadonlySet<string>>;

const nothing: ReadonlySet<string> = new Set();
const indexes = new WeakMap<Ground, Map<string, Index>>();

/** Ids of the rows of an entity for which all facts hold. */
export function rowsFitting(
  ground: Ground,
  entity: string,
  facts: readonly Fact[],
  caller: string,
): readonly string[] {
  if (facts.length === 0) return ground.ids.get(entity) ?? [];
  const wanted = (fact: Fact): Value | undefined => ('caller' in fact ? caller : fact.value);
  const fitting = facts.map(
    (fact) => indexOf(ground.base ?? ground, entity, fact.path).get(wanted(fact)) ?? nothing,
  );
  const [least, ...others] = fitting.toSorted((left, right) => left.size - right.size);
  const seeded = [...(least ?? nothing)].filter((id) => others.every((rows) => rows.has(id)));
  const { key } = entityNamed(ground, entity);
  const laid = ground.laid
    .filter((one) => one.entity === entity)
    .map(({ row }) => String(row[key]))
    .filter((id) =>
      facts.every((fact) => follow(ground.domain, ground.source, entity, id, fact.path) === wanted(fact)),
    );
  return [...seeded, ...laid];
}

function indexOf(ground: Ground, entity: string, path: string): Index {
  const known = indexes.get(ground) ?? new Map<string, Index>();
  indexes.set(ground, known);
  const found = known.get(`${entity}.${path}`);
  if (found !== undefined) return found;
  const index = new Map<Value | undefined, Set<string>>();
  for (const id of ground.ids.get(entity) ?? []) {
    const value = follow(ground.domain, ground.source, entity, id, path);
    const rows = index.get(value);
    if (rows === undefined) index.set(value, new Set([id]));
    else rows.add(id);
  }
  known.set(`${entity}.${path}`, index);
  return index;
}
