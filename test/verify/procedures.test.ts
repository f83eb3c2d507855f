import { describe, expect, it } from 'vitest';
import { createGuest } from '../../sandbox/host.js';
import type { Case } from '../../src/verify/case.js';
import { coverageOf, policyGoals } from '../../src/verify/coverage.js';
import { prepareCase, runCase } from '../../src/verify/run-case.js';
import { rulesOf } from '../../src/verify/rules.js';
import { searchRule } from '../../src/verify/search-guards.js';
import { searchInvariant } from '../../src/verify/search-invariants.js';
import { searchTool } from '../../src/verify/search.js';
import type { EmittedDomain } from '../../src/emit/emitted-domain.js';
import { broken, kiosk } from './kiosk.js';

const { domain, emitted, state, ground, fits } = kiosk();
const found = [
  ...domain.tools.map((tool) => searchTool(ground, tool, 1, fits)),
  ...domain.policies
    .flatMap((policy) => rulesOf(domain, policy))
    .map((rule) => searchRule(ground, rule, 1, fits)),
  ...domain.invariants.map((invariant) => searchInvariant(ground, invariant, 1)),
];
const cases: readonly Case[] = found.flatMap((one) => one.cases as readonly Case[]);
const goals = found.flatMap((one) => one.goals);

/** Ids of the cases that fail in a version of the emitted code. */
async function failing(version: EmittedDomain): Promise<readonly string[]> {
  const guest = await createGuest({ modules: version.compiled }, state);
  const session = guest.open();
  const failed = cases.filter(
    (one) => runCase(guest, session, prepareCase(one)).verdict === 'unexpected-failure',
  );
  guest.dispose();
  return failed.map(({ id }) => id);
}

describe('the procedural cases of a domain', () => {
  it('reach every declared refusal, edge, branch, guard and invariant', () => {
    const { required } = coverageOf([...goals, ...policyGoals(domain.policies, goals)]);
    expect(required.missing).toEqual([]);
    expect(required.total).toBeGreaterThan(40);
  });

  it('stand at, below and above every boundary of a tool', () => {
    const limits = goals.filter(
      ({ kind, id }) => kind === 'boundary' && id.startsWith('start_hire: boundary'),
    );
    expect(limits.map(({ id }) => id.split(' ').at(-1))).toEqual(['-1', '0', '+1']);
    expect(limits.every(({ reached }) => reached)).toBe(true);
  });

  it('all hold in the emitted code', async () => {
    expect(await failing(emitted)).toEqual([]);
  });

  it('keep references whole in their patches', () => {
    for (const { patch } of cases) {
      for (const { after } of patch) expect(after).not.toBeNull(); // no row is ever taken away
    }
  });

  it('are the same for the same seed', () => {
    const tool = domain.tools.find(({ name }) => name === 'start_hire');
    const again = tool === undefined ? null : searchTool(ground, tool, 1, fits);
    expect(again?.cases).toEqual(cases.filter((one) => one.kind === 'call' && one.tool === 'start_hire'));
  });
});

describe('a wrong version of the emitted code is caught by the procedural cases:', () => {
  const versions: readonly (readonly [string, string, string | RegExp, string, RegExp])[] = [
    ['a limit that is off by one', 'tools.ts', '>= 2', '> 2', /^start_hire/],
    ['a boundary of money', 'tools.ts', 'args.amount > rider.owes', 'args.amount >= rider.owes', /^pay/],
    ['a branch never taken', 'tools.ts', 'hire.due < db.now', 'hire.due < hire.due', /^end_hire/],
    [
      'one row of a list forgotten',
      'tools.ts',
      'for (const bike of bikes) {',
      'for (const bike of bikes.slice(0, 1)) {',
      /^send_to_repair/,
    ],
    ['a refusal code', 'tools.ts', "'TOO_MUCH'", "'TOO_LITTLE'", /^pay/],
    [
      'a write left out',
      'tools.ts',
      /(export function endHire[\s\S]*?)db\.bikes\.put\(\{[^}]*\}\);/,
      '$1',
      /^end_hire/,
    ],
    ['a guard that always complies', 'guards.ts', /return rider\.owes < 2000/, 'return true', /^debt/],
    ['an invariant that looks away', 'guards.ts', /<= 2;/, '<= 3;', /^(two_at_most|hire_has_its_bike)/],
    [
      'an invariant that is not told of a change',
      'guards.ts',
      "db.hires.where('bike_id', bike.bike_id)",
      '[]',
      /^(two_at_most|hire_has_its_bike)/,
    ],
  ];
  it.each(versions)('%s', async (_, file, from, to, ids) => {
    const failed = await failing(broken(emitted, file, from, to));
    expect(failed.length).toBeGreaterThan(0);
    for (const id of failed) expect(id).toMatch(ids);
  });
});
