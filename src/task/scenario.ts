// Who calls, what they can say of themselves, and what they say first. A caller knows enough to be found by at least one
// of the accepted ways, and sometimes not by the first of them.
import type { Rng } from '../core/rng.js';
import type { Reference, Scalar } from '../policy/talk.js';
import { identifyingFinds, slotsOf } from '../policy/belief/identity.js';
import { entityNamed, type Ground } from './ground.js';
import type { Scenario } from './task.js';

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

/** The wishes as the opening says them: without what is withheld, and wrong where they are corrected later. */
export function openingWishes({ wishes, later, withheld, corrected }: Scenario): Scenario['wishes'] {
  return wishes.slice(0, later).map((wish, index) => {
    const first = new Map(
      corrected.flatMap((one) => (one.wish === index ? [[one.arg, one.first] as const] : [])),
    );
    const isWithheld = (arg: string): boolean =>
      withheld.some((one) => one.wish === index && one.arg === arg);
    if (wish.wish === 'tell') return isWithheld('of') ? { ...wish, of: unsaid(wish.entity) } : wish;
    const said = Object.entries(wish.args)
      .filter(([arg]) => !isWithheld(arg))
      .map(([arg, reference]) => [arg, first.get(arg) ?? reference] as const);
    return { ...wish, args: Object.fromEntries(said) };
  });
}

/** A row of which nothing is said. */
function unsaid(entity: string): Reference {
  return { type: 'row', entity, facts: [] };
}
