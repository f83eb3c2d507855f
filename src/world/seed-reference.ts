// Which row a seed row refers to: some rows are referred to more than others, ended ones rarely; a
// `distinct` reference takes each row once, and one with `init_event` takes a row that can still fire
// the event, and fires it.
import type { Rng } from '../core/rng.js';
import type { Entity } from '../spec/model.js';
import type { Row, Value } from '../spec/state.js';
import {
  attributePath,
  type ColumnPlan,
  type Drawing,
  type EntityPlan,
  type Popularity,
} from './seed-plan.js';

type ReferencePlan = Extract<ColumnPlan, { kind: 'reference' }>;

/** Rows differ in how busy they are: a few have many loans, many have one, some none. */
export function popularity(ids: (entity: string) => readonly string[], seed: Rng): Popularity {
  const cumulative = new Map<string, readonly number[]>();
  const sums = (entity: string): readonly number[] => {
    let known = cumulative.get(entity);
    if (known === undefined) {
      const rng = seed.derive('popularity', entity);
      let sum = 0;
      known = ids(entity).map(() => (sum += 0.35 + 3 * rng.next() ** 3));
      cumulative.set(entity, known);
    }
    return known;
  };
  return (entity, rng) => {
    const known = sums(entity);
    const at = rng.next() * (known.at(-1) ?? 0);
    let [low, high] = [0, known.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((known[middle] ?? 0) > at) high = middle;
      else low = middle + 1;
    }
    return ids(entity)[low] ?? '';
  };
}

/** The id that the row shall refer to, or null. Reports an issue where no row is left that could be. */
export function pickReference(
  drawing: Drawing,
  plan: EntityPlan,
  one: ReferencePlan,
  row: Row,
  rng: Rng,
): Value {
  const { column, to } = one;
  const { tables } = drawing;
  if (column.type.nullable === true && rng.chance(1 / 3)) return null;
  const isOpen = row['status'] === undefined || row['status'] === plan.entity.machine?.init;
  const event = isOpen ? eventOf(drawing, to, column.initEvent) : undefined;
  const own = String(row[plan.entity.key]);
  const fits = (id: string): boolean => {
    const target = tables.get(to, id);
    if (to === plan.entity.name && (id === own || target === undefined)) return false;
    if (column.distinct === true && tables.isTaken(plan.entity.name, column.column, id, own)) return false;
    if (event === undefined) return true;
    return !drawing.claimed.has(id) && event.from.includes(String(target?.['status']));
  };
  const id = search(drawing, to, fits, isOpen, rng);
  if (id === undefined) {
    if (column.type.nullable === true) return null;
    if (to === plan.entity.name) return own;
    report(drawing, plan, one);
    return drawing.popularity(to, rng);
  }
  const target = tables.get(to, id);
  if (event !== undefined && target !== undefined) {
    drawing.claimed.add(id);
    tables.put(to, { ...target, status: event.to });
  }
  return id;
}

function search(
  { tables, popularity, plans }: Drawing,
  to: string,
  fits: (id: string) => boolean,
  avoidEnded: boolean,
  rng: Rng,
): string | undefined {
  const ended = endStates(plans.get(to)?.entity);
  let fallback: string | undefined;
  for (let tries = 0; tries < 24; tries++) {
    const id = popularity(to, rng);
    if (!fits(id)) continue;
    if (!avoidEnded || !ended.has(String(tables.get(to, id)?.['status']))) return id;
    fallback = id;
  }
  if (fallback !== undefined) return fallback;
  const left = tables.ids(to).filter(fits);
  return left.length > 0 ? rng.pick(left) : undefined;
}

/** States that nothing leaves: deceased, lost. Whoever is about to do something refers elsewhere. */
function endStates(entity: Entity | undefined): ReadonlySet<string> {
  const machine = entity?.machine;
  const left = new Set(machine?.events.flatMap(({ from }) => from));
  return new Set(machine?.states.filter((state) => !left.has(state) && state !== machine.init));
}

function eventOf(
  { plans }: Drawing,
  to: string,
  name: string | undefined,
): { readonly from: readonly string[]; readonly to: string } | undefined {
  return plans.get(to)?.entity.machine?.events.find((event) => event.name === name);
}

function report({ issues, plans }: Drawing, plan: EntityPlan, { column, to }: ReferencePlan): void {
  const path = attributePath(plan.entity, column);
  if (issues.some((issue) => issue.path === path)) return;
  const wanted = column.initEvent === undefined ? '' : ` that can still '${column.initEvent}'`;
  const message = `${plan.count} rows need a different ${to} each${wanted}; there are ${plans.get(to)?.count ?? 0}`;
  issues.push({ path, message });
}
