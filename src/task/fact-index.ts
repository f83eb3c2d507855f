// Which rows facts fit, over all rows there are: an index for each path that was asked about, made once
// a ground. Describing a row tries many sets of facts.
import { follow } from '../policy/belief/path.js';
import type { Fact } from '../policy/talk.js';
import type { Value } from '../spec/state.js';
import type { Ground } from './ground.js';

type Index = ReadonlyMap<Value | undefined, ReadonlySet<string>>;

const nothing: ReadonlySet<string> = new Set();
const indexes = new WeakMap<Ground, Map<string, Index>>();

/** Ids of the rows of an entity for which all facts hold; none for no facts. */
export function rowsFitting(
  ground: Ground,
  entity: string,
  facts: readonly Fact[],
  caller: string,
): readonly string[] {
  const fitting = facts.map(
    (fact) => indexOf(ground, entity, fact.path).get('caller' in fact ? caller : fact.value) ?? nothing,
  );
  const [least, ...others] = fitting.toSorted((left, right) => left.size - right.size);
  return [...(least ?? nothing)].filter((id) => others.every((rows) => rows.has(id)));
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
