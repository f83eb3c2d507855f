// Line items, pages and filters under verification: each wrong version of what is emitted for them is
// noticed by a procedural case.
import { describe, expect, it } from 'vitest';
import { createGuest } from '../../sandbox/host.js';
import { coverageOf } from '../../src/verify/coverage.js';
import { makeMutants } from '../../src/verify/make-mutants.js';
import { runMutants, withMutants } from '../../src/verify/mutation.js';
import { prepareCase, runCase } from '../../src/verify/run-case.js';
import { rulesOf } from '../../src/verify/rules.js';
import { searchRule } from '../../src/verify/search-guards.js';
import { searchTool } from '../../src/verify/search.js';
import { flowerStallDomain } from '../spec/flower-stall.js';
import { broken, subjectOf } from './kiosk.js';

const { domain, emitted, state, ground, fits } = subjectOf(flowerStallDomain());
const found = [
  ...domain.tools
    .filter(({ name }) => name === 'fill_basket' || name === 'search_plants')
    .map((tool) => searchTool(ground, tool, 1, fits)),
  ...domain.policies
    .flatMap((policy) => rulesOf(domain, policy))
    .map((rule) => searchRule(ground, rule, 1, fits)),
];
const cases = found.flatMap((one) => [...one.cases]);
const goals = found.flatMap((one) => one.goals);

async function verdictsOf(compiled: typeof emitted.compiled): Promise<readonly string[]> {
  const guest = await createGuest({ modules: compiled }, state);
  const session = guest.open();
  const verdicts = cases.map((one) => runCase(guest, session, prepareCase(one)).verdict);
  guest.dispose();
  return verdicts;
}

describe('the goals of line items, pages and filters', () => {
  it('are all reached', () => {
    expect(coverageOf(goals).required.missing).toEqual([]);
    const reached = goals.filter((goal) => goal.reached).map(({ id }) => id);
    expect(reached).toEqual(
      expect.arrayContaining([
        'fill_basket: refuse DUPLICATE_LINES',
        'fill_basket: with pot in lines',
        'fill_basket: without pot in lines',
        'fill_basket: apart by plant alone in lines',
        'fill_basket: apart by pot alone in lines',
        'search_plants: a later part in name_contains',
        'search_plants: full last page',
      ]),
    );
  });

  it('hold of what is emitted', async () => {
    expect(new Set(await verdictsOf(emitted.compiled))).not.toContain('unexpected-failure');
  });
});

describe('a wrong version', () => {
  it.each([
    ['tools.ts', 'other.plant === plant && other.pot === pot', 'other.plant === plant'],
    [
      'tools.ts',
      'other.plant === plant && other.pot === pot',
      'other.plant === plant && other.pot === pot && other.quantity === given.quantity',
    ],
    [
      'tools.ts',
      'lines.push({ plant, pot, quantity: given.quantity ?? 1 })',
      'lines.unshift({ plant, pot, quantity: given.quantity ?? 1 })',
    ],
    ['tools.ts', 'given.quantity ?? 1', 'given.quantity ?? 2'],
    [
      'tools.ts',
      "fail('POT_NOT_FOUND', `No pot ${given.pot_id}.`)",
      "fail('PLANT_NOT_FOUND', `No plant ${given.plant_id}.`)",
    ],
    ['tools.ts', 'db.plants.must(line.plant.plant_id);\n    db', 'line.plant;\n    db'],
    ['tools.ts', 'for (const line of lines)', 'for (const line of lines.slice(0, 1))'],
    ['tools.ts', 'min(currentLines,', 'min(lines,'],
    ['tools.ts', 'args.wrap ?? false', 'args.wrap ?? true'],
    ['tools.ts', 'plant.price >= args.price_min', 'plant.price > args.price_min'],
    ['tools.ts', 'plant.price <= args.price_max', 'plant.price < args.price_max'],
    ['tools.ts', 'plant.sown >= args.sown_from', 'plant.sown > args.sown_from'],
    ['tools.ts', 'plant.sown <= args.sown_until', 'plant.sown < args.sown_until'],
    [
      'tools.ts',
      '(plant.sown !== null && plant.sown >= args.sown_from)',
      "((plant.sown ?? '2025-12-31') >= args.sown_from)",
    ],
    ['tools.ts', '.includes(args.name_contains', '.startsWith(args.name_contains'],
    ['tools.ts', '.includes(args.name_contains', '.endsWith(args.name_contains'],
    ['tools.ts', 'args.name_contains.toLowerCase()', 'args.name_contains'],
    ['tools.ts', 'plant.name.toLowerCase()', 'plant.name'],
    ['tools.ts', '(page - 1) * 5, page * 5', '(page - 1) * 5, page * 5 - 1'],
    ['tools.ts', '(page - 1) * 5', 'page * 5'],
    ['tools.ts', 'args.page ?? 1', 'args.page ?? 2'],
    ['tools.ts', 'Math.ceil(plants.length / 5)', 'Math.floor(plants.length / 5) + 1'],
    ['tools.ts', 'total: plants.length', 'total: Math.min(plants.length, 5)'],
    ['guards.ts', 'line.quantity > 2', 'line.quantity > 3'],
    ['guards.ts', "line.plant.shade === 'full' && line.quantity > 2", "line.plant.shade === 'full'"],
  ] as const)('fails a procedural case: %s: %s → %s', async (file, from, to) => {
    expect(await verdictsOf(broken(emitted, file, from, to).compiled)).toContain('unexpected-failure');
  });

  it('is noticed whichever small change was made', async () => {
    const { groups } = makeMutants(domain, emitted, Number.MAX_SAFE_INTEGER);
    const alive: string[] = [];
    const tried: string[] = [];
    for (const group of groups) {
      const mutants = group.mutants.filter(({ unit }) =>
        /fill_basket|search_plants|shady/.test(unit.join('/')),
      );
      if (mutants.length === 0) continue;
      const few = { ...group, mutants };
      const guest = await createGuest({ modules: withMutants(emitted.compiled, few) }, state, { fuel: 40 });
      const fates = runMutants(guest, few, cases);
      guest.dispose();
      tried.push(...fates.map(({ id }) => id));
      const left = new Set(fates.filter(({ killedBy }) => killedBy === null).map(({ id }) => id));
      alive.push(...mutants.filter(({ id }) => left.has(id)).map(({ diff }) => diff));
    }
    expect(alive).toEqual([]);
    expect(tried.length).toBeGreaterThan(60);
  });
});
