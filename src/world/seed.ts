// The seed state of a world: rows drawn from the generators, repaired until the invariants hold, then
// aged by calls. A pure function of domain and seed.
import { fail, ok, type Issue, type Result } from '../core/result.js';
import { formatId, idScheme } from '../core/id.js';
import { deriveRng, type Rng, type Seed } from '../core/rng.js';
import type { Domain } from '../spec/model.js';
import type { State } from '../spec/state.js';
import type { GuestState } from '../../sandbox/guest-api.js';
import { age } from './seed-age.js';
import { planSeed, type Drawing, type EntityPlan } from './seed-plan.js';
import { popularity } from './seed-reference.js';
import { repair } from './seed-repair.js';
import { drawRow } from './seed-rows.js';
import { seedTables } from './seed-tables.js';

/** `scale` multiplies the rows of every entity; `calls` is how many calls age the state. */
export interface SeedOptions {
  readonly scale?: number;
  readonly calls?: number;
}

// A draw that cannot be repaired is given up for another one; an impossible spec fails them all.
const attempts = 5;

/** The state that every task of the domain starts from. All invariants hold of it; same seed, same bytes. */
export function seedState(domain: Domain, seed: Seed, options: SeedOptions = {}): Result<GuestState> {
  const { scale = 1, calls = 25 } = options;
  const planned = planSeed(domain, scale);
  if (!planned.ok) return planned;
  let issues: readonly Issue[] = [];
  for (let attempt = 0; attempt < attempts; attempt++) {
    const rng = deriveRng(seed, domain.id, 'state', attempt);
    const drawn = drawState(domain, planned.value, scale > 1, rng);
    if (drawn.ok) return ok(age(domain, drawn.value, calls, rng.derive('age')));
    if (attempt === 0) issues = drawn.error;
  }
  return fail(issues);
}

function drawState(
  domain: Domain,
  ordered: readonly EntityPlan[],
  numbered: boolean,
  rng: Rng,
): Result<State> {
  const plans = new Map(ordered.map((plan) => [plan.entity.name, plan]));
  const tables = seedTables(
    domain.clock,
    domain.entities.map((entity) => {
      const scheme = idScheme(domain.id, entity.name, entity.prefix);
      const count = plans.get(entity.name)?.count ?? 0;
      return [entity, Array.from({ length: count }, (_, ordinal) => formatId(scheme, ordinal))];
    }),
  );
  const drawing: Drawing = {
    plans,
    tables,
    numbered,
    issues: [],
    claimed: new Set(),
    popularity: popularity((entity) => tables.ids(entity), rng),
  };
  for (const plan of ordered) {
    tables.ids(plan.entity.name).forEach((id, at) => {
      tables.put(plan.entity.name, drawRow(drawing, plan, id, rng.derive(plan.entity.name, at)));
    });
  }
  if (drawing.issues.length > 0) return fail(drawing.issues);
  const unrepaired = repair(domain, drawing, rng.derive('repair'));
  return unrepaired.length > 0 ? fail(unrepaired) : ok(tables.state());
}
