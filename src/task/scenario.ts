// Who calls and what they can say of themselves. A caller knows enough to be found by at least one
// of the accepted ways, and sometimes not by the first of them.
import type { Rng } from '../core/rng.js';
import type { Scalar } from '../policy/talk.js';
import { identifyingFinds, slotsOf } from '../policy/belief/identity.js';
import { entityNamed, type Ground } from './ground.js';

export type KnownSlots = Readonly<Record<string, Scalar>>;

const forgets = 0.35;

/** What the caller knows of their own row, by attribute. */
export function knownOf(ground: Ground, caller: string, rng: Rng): KnownSlots {
  const entity = entityNamed(ground, ground.domain.caller);
  const row = ground.source.get(entity.name, caller);
  const known: Record<string, Scalar> = {};
  for (const column of entity.columns) {
    const value = row?.[column.column] ?? null;
    if (column.known && column.role === 'value' && value !== null) known[column.attr] = value;
  }
  const ways = identifyingFinds(ground.domain).map((find) =>
    slotsOf(ground.domain, find).map(({ slot }) => slot),
  );
  const open = ways.filter((slots) => slots.every((slot) => Object.hasOwn(known, slot)));
  if (open.length > 1 && rng.chance(forgets)) {
    const kept = rng.pick(open);
    const lost = rng.pick(open.filter((slots) => slots !== kept)).find((slot) => !kept.includes(slot));
    if (lost !== undefined) delete known[lost];
  }
  return known;
}
