// Computed arguments and what must not be told, under verification: cases of both sides, wrong
// versions noticed, and the guest compared with the interpreter.
import { describe, expect, it } from 'vitest';
import { must } from '../../src/core/errors.js';
import { createGuest } from '../../sandbox/host.js';
import { readSpec } from '../../src/spec/read.js';
import { coverageOf, policyGoals } from '../../src/verify/coverage.js';
import { runDifferential } from '../../src/verify/differential.js';
import { makeMutants } from '../../src/verify/make-mutants.js';
import { runMutants, withMutants } from '../../src/verify/mutation.js';
import { prepareCase, runCase } from '../../src/verify/run-case.js';
import { rulesOf } from '../../src/verify/rules.js';
import { searchRule } from '../../src/verify/search-guards.js';
import { studySurvivors } from '../../src/verify/study.js';
import { broken, subjectOf } from './kiosk.js';

const text = `
format: toolgrove.domain-spec/1.0
id: refunds
title: Refund Desk
clock: 2025-06-02T09:00Z
caller: Buyer
entities:
  Buyer:
    n: 8
    find: [[email]]
    attrs:
      email: {type: string, gen: internet.email, unique: true, known: true}
      grade: {type: enum, of: [plain, gold]}
      note: {type: string, gen: "words:2"}
  Charge:
    n: 20
    list: [buyer]
    attrs:
      buyer: {type: ref, to: Buyer}
      amount: {type: money, gen: "int:500..9000", min: 1, known: true}
      refunded: {type: money, default: 0}
    states: {init: open, events: {refund: [open, refunded]}}
tools:
  refund_charge:
    doc: Give money back.
    params: {charge_id: Charge, amount: {type: money, min: 1}}
    require: [[amount <= charge.amount, TOO_MUCH, That is more than was charged.]]
    do:
      - fire: charge.refund
      - set: {charge.refunded: amount}
    return: charge
policies:
  - {id: verify, kind: verify, before: write, by: Buyer, text: Identify the buyer.}
  - {id: less_fee, kind: compute, on: [refund_charge], param: amount, value: "charge.amount - min(charge.amount - 1, 300)", text: Less 3.00.}
  - {id: theirs, kind: conceal, of: [Charge.refunded, Buyer.note], unless: "subject == caller and subject.grade == 'gold'", text: Theirs.}
  - {id: never, kind: conceal, of: [Buyer.grade], text: Never.}
invariants: []
`;

const spec = readSpec(text);
if (!spec.ok) throw new Error(JSON.stringify(spec.error, null, 1));
const { domain, emitted, state, ground, fits } = subjectOf(spec.value);
const rules = domain.policies.flatMap((policy) => rulesOf(domain, policy));
const found = rules.map((rule) => searchRule(ground, rule, 1, fits));
const cases = found.flatMap((one) => [...one.cases]);
const goals = found.flatMap((one) => one.goals);

async function failing(version: typeof emitted): Promise<readonly string[]> {
  const guest = await createGuest({ modules: version.compiled }, state);
  const session = guest.open();
  const failed = cases.filter((one) => runCase(guest, session, prepareCase(one)).verdict !== 'success');
  guest.dispose();
  return failed.map(({ id }) => id);
}

it('asks for both sides of what is computed and of every exception', () => {
  expect(rules.map(({ policy, on }) => `${policy} ${on}`)).toEqual([
    'less_fee refund_charge',
    'theirs Charge',
    'theirs Buyer',
  ]);
  const { required } = coverageOf(policyGoals(domain.policies, goals));
  expect(required).toEqual({ reached: 4, total: 4, missing: [] });
  expect(goals.filter(({ id }) => id.includes('nobody identified')).map(({ reached }) => reached)).toEqual([
    true,
    true,
  ]);
});

describe('the cases', () => {
  it('hold in the emitted code', async () => {
    expect(await failing(emitted)).toEqual([]);
  });

  it.each([
    ['- 1, 300', '- 1, 301', /^less_fee/],
    ['args.amount ===', 'args.amount <=', /^less_fee/],
    ['if (!caller) return false;', 'if (!caller) return true;', /^theirs/],
    ["&& buyer.grade === 'gold'", "|| buyer.grade === 'gold'", /^theirs/],
  ])('notice a wrong version: %s → %s', async (from, to, which) => {
    const failed = await failing(broken(emitted, 'guards.ts', from, to));
    expect(failed.length).toBeGreaterThan(0);
    for (const id of failed) expect(id).toMatch(which);
  });

  it('notice every mutant', async () => {
    const { groups } = makeMutants(domain, emitted, Number.MAX_SAFE_INTEGER);
    const guards = groups.filter(({ file }) => file === 'guards.ts');
    const units = new Set(guards.flatMap(({ mutants }) => mutants.map(({ unit }) => unit.join('/'))));
    expect(units).toContain('guards/less_fee/refund_charge');
    expect(units).toContain('guards/theirs/Charge');
    for (const group of guards) {
      const guest = await createGuest({ modules: withMutants(emitted.compiled, group) }, state, { fuel: 40 });
      const alive = runMutants(guest, group, cases).filter(({ killedBy }) => killedBy === null);
      guest.dispose();
      expect(alive).toEqual([]);
    }
  });
});

it('a wrong exception is told from the right one by a study of its rows', async () => {
  const { groups } = makeMutants(domain, emitted, Number.MAX_SAFE_INTEGER);
  const group = must(
    groups.find(({ mutants }) => mutants.some(({ unit }) => unit[2] === 'Charge')),
    'a group',
  );
  const mutant = must(
    group.mutants.find(({ unit, operator }) => unit[2] === 'Charge' && operator === 'comparison'),
    'a mutant',
  );
  const guest = await createGuest({ modules: withMutants(emitted.compiled, group) }, state);
  const [result] = studySurvivors(ground, guest, [mutant], [], 1, 0, 2_000);
  guest.dispose();
  expect(result).toMatchObject({ equivalent: false });
});

it('the guest conceals what the interpreter does, and a difference is found', async () => {
  const mismatches = async (version: typeof emitted): Promise<number> => {
    const guest = await createGuest({ modules: version.compiled }, state);
    const result = runDifferential(ground, guest, 11, 0, fits);
    guest.dispose();
    return result.mismatches.length;
  };
  expect(await mismatches(emitted)).toBe(0);
  const wrong = broken(emitted, 'guards.ts', 'if (!caller) return false;', 'if (!caller) return true;');
  expect(await mismatches(wrong)).toBeGreaterThan(0);
});
