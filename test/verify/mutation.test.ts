import { describe, expect, it } from 'vitest';
import { createGuest } from '../../sandbox/host.js';
import { must } from '../../src/core/errors.js';
import { parseSource } from '../../src/emit/syntax.js';
import { makeMutants } from '../../src/verify/make-mutants.js';
import { mark, unitsOf, type Mutant } from '../../src/verify/mutants.js';
import { runMutants, withMutants, type MutantGroup } from '../../src/verify/mutation.js';
import { rulesOf } from '../../src/verify/rules.js';
import { searchRule } from '../../src/verify/search-guards.js';
import { searchInvariant } from '../../src/verify/search-invariants.js';
import { searchTool } from '../../src/verify/search.js';
import { joinParts, studySurvivors } from '../../src/verify/study.js';
import { kiosk } from './kiosk.js';

const { domain, emitted, state, ground, fits } = kiosk();
const made = makeMutants(domain, emitted, Number.MAX_SAFE_INTEGER);
const cases = [
  ...domain.tools.flatMap((tool) => searchTool(ground, tool, 1, fits).cases),
  ...domain.policies
    .flatMap((policy) => rulesOf(domain, policy))
    .flatMap((rule) => searchRule(ground, rule, 1, fits).cases),
  ...domain.invariants.flatMap((invariant) => searchInvariant(ground, invariant, 1).cases),
];

async function survivors(group: MutantGroup, used: typeof cases): Promise<readonly string[]> {
  const guest = await createGuest({ modules: withMutants(emitted.compiled, group) }, state, { fuel: 40 });
  const fates = runMutants(guest, group, used);
  guest.dispose();
  return fates.filter(({ killedBy }) => killedBy === null).map(({ id }) => id);
}

function find(pick: (mutant: Mutant) => boolean): { readonly group: MutantGroup; readonly mutant: Mutant } {
  const group = must(
    made.groups.find(({ mutants }) => mutants.some(pick)),
    'a group with such a mutant',
  );
  return { group, mutant: must(group.mutants.find(pick), 'a mutant') };
}

describe('mutants of emitted code', () => {
  it('are made of every tool that can be wrong, every guard and every invariant', () => {
    const units = new Set(made.groups.flatMap(({ mutants }) => mutants.map(({ unit }) => unit.join('/'))));
    expect(units).toContain('tools/end_hire');
    expect(units).toContain('guards/own/pay');
    expect(units).toContain('guards/big/pay');
    expect(units).toContain('invariants/hire_has_its_bike');
    expect(made.generated).toBeGreaterThan(150);
    expect(made.invalid).toBeLessThan(made.generated / 2);
  });

  it('stand beside the original under names that no tool has', () => {
    const { mutants } = find(({ unit }) => unit[1] === 'pay').group;
    for (const { name } of mutants) expect(name).toContain(mark);
    expect(unitsOf(parseSource('tools.ts', emitted.files['tools.ts'] ?? ''))).toHaveLength(
      domain.tools.length,
    );
  });

  it('use every operator that the code has room for', () => {
    const operators = new Set(made.groups.flatMap(({ mutants }) => mutants.map(({ operator }) => operator)));
    for (const operator of [
      'comparison',
      'negate condition',
      'arithmetic',
      'literal',
      'other word',
      'drop statement',
    ]) {
      expect(operators).toContain(operator);
    }
    for (const operator of [
      'where column',
      'other row',
      'drop filter',
      'refusal code',
      'drop assignment',
      'drop entry',
    ]) {
      expect(operators).toContain(operator);
    }
  });

  it('are caught by the procedural cases alone, but for those that change nothing', async () => {
    const alive = new Set((await Promise.all(made.groups.map((group) => survivors(group, cases)))).flat());
    const all = made.groups.flatMap(({ mutants }) => mutants);
    const left = all.filter(({ id }) => alive.has(id)).map(({ diff }) => diff);
    // Two riders never share an email; a fraction of a day is rounded to a whole one at no cost.
    for (const diff of left) expect(diff).toMatch(/AMBIGUOUS|due <= db\.now/);
  });

  it('survive without cases: nothing is killed by accident', async () => {
    const [group] = made.groups;
    expect(await survivors(must(group, 'a group'), [])).toHaveLength(group?.mutants.length ?? -1);
  });
});

describe('the study of survivors', () => {
  it('finds the difference of a mutant that a case would have caught', async () => {
    const { group, mutant } = find(({ unit, operator }) => unit[1] === 'pay' && operator === 'comparison');
    const guest = await createGuest({ modules: withMutants(emitted.compiled, group) }, state);
    const [result] = studySurvivors(ground, guest, [mutant], ['start_hire', 'end_hire'], 1, 0, 50_000);
    guest.dispose();
    expect(result?.equivalent).toBe(false);
    expect(result?.difference).toContain('pay');
  });

  it('finds none for code that cannot be reached, and says how many calls that took', async () => {
    const { group, mutant } = find(({ diff }) => diff.includes("'RIDER_AMBIGUOUS_X'"));
    const guest = await createGuest({ modules: withMutants(emitted.compiled, group) }, state);
    const [result] = studySurvivors(ground, guest, [mutant], ['change_email'], 1, 0, 400);
    guest.dispose();
    expect(result).toEqual({ id: mutant.id, calls: 400, equivalent: true });
  });

  it('joins its parts: all the calls without a difference, or the first difference', () => {
    const none = { id: 'a', calls: 10, equivalent: true };
    const found = { id: 'a', calls: 4, equivalent: false, difference: 'x' };
    expect(joinParts([none, none])).toEqual({ ...none, calls: 20 });
    expect(joinParts([none, found, none])).toEqual({ ...found, calls: 14 });
  });

  it('tells guards and invariants apart too', async () => {
    for (const kind of ['guards', 'invariants']) {
      const { group, mutant } = find(({ unit, operator }) => unit[0] === kind && operator === 'comparison');
      const guest = await createGuest(
        { modules: withMutants(emitted.compiled, { ...group, mutants: [mutant] }) },
        state,
      );
      const [result] = studySurvivors(ground, guest, [mutant], ['start_hire'], 1, 0, 2_000);
      guest.dispose();
      expect(result).toMatchObject({ equivalent: false });
    }
  });
});
