// Decision tables under verification: each row is reached, each wrong row is noticed, and what asks a
// table is found.
import { describe, expect, it } from 'vitest';
import { must } from '../../src/core/errors.js';
import { readSpec } from '../../src/spec/read.js';
import { createGuest } from '../../sandbox/host.js';
import { coverageOf } from '../../src/verify/coverage.js';
import { makeMutants } from '../../src/verify/make-mutants.js';
import { runMutants, withMutants } from '../../src/verify/mutation.js';
import { prepareCase, runCase } from '../../src/verify/run-case.js';
import { rulesOf } from '../../src/verify/rules.js';
import { searchRule } from '../../src/verify/search-guards.js';
import { searchInvariant } from '../../src/verify/search-invariants.js';
import { searchTool } from '../../src/verify/search.js';
import { studySurvivors } from '../../src/verify/study.js';
import { askersOf } from '../../src/verify/table-mutants.js';
import { tableGoals } from '../../src/verify/table-row-goals.js';
import { broken, subjectOf } from './kiosk.js';

const text = `
format: toolgrove.domain-spec/1.0
id: post-office
title: Corner Post Office
clock: 2025-06-02T09:00Z
caller: Sender
entities:
  Sender:
    n: 6
    find: [[email]]
    attrs:
      email: {type: string, gen: internet.email, unique: true, known: true}
      grade: {type: enum, of: [plain, trade]}
  Parcel:
    n: 14
    list: [sender]
    attrs:
      sender: {type: ref, to: Sender}
      zone: {type: enum, of: [inland, near, far], known: true}
      grams: {type: int, gen: "int:10..4000", min: 1, max: 30000}
      paid: {type: money, default: 0}
    states: {init: open, events: {send: [open, sent]}}
tables:
  postage:
    doc: Postage by zone, weight and speed.
    by: {zone: {attr: Parcel.zone}, grams: {type: int}, express: {type: bool}}
    gives: money
    rows:
      - [inland, '<= 500', false, 490]
      - [inland, '501..2000', '*', 690]
      - [[inland, near], '*', false, 1190]
      - ['*', '> 30000', '*', 9999]
      - [far, '*', true, 3990]
      - ['*', '*', '*', 2490]
  rebate:
    doc: Part of the postage that is given back, in hundredths.
    by: {grade: {attr: Sender.grade}, price: {type: money}}
    gives: int
    rows:
      - [plain, '*', 0]
      - [trade, '>= 2490', 20]
      - [trade, '*', 5]
tools:
  send_parcel:
    doc: Send a parcel.
    params: {parcel_id: Parcel, express: {type: bool}}
    let: {price: "postage(parcel.zone, parcel.grams, express)"}
    do:
      - fire: parcel.send
      - set: {parcel.paid: "price - ceil(price * rebate(parcel.sender.grade, price) / 100)"}
    return: {parcel: parcel, price: price}
  quote:
    doc: What far parcels cost.
    params: {grams: {type: int, min: 1, max: 30000}}
    return: {price: "postage('far', grams, false)"}
policies:
  - {id: verify, kind: verify, before: write, by: Sender, text: Identify the sender.}
  - {id: dear, kind: guard, on: [send_parcel], require: "postage(parcel.zone, parcel.grams, express) < 3000 or parcel.sender.grade == 'trade'", text: No dear ones.}
invariants:
  - "all(Parcel p: p.paid <= postage(p.zone, 30001, true))"
`;

const spec = readSpec(text);
if (!spec.ok) throw new Error(JSON.stringify(spec.error, null, 1));
const { domain, emitted, state, ground, fits } = subjectOf(spec.value);
const found = [
  ...domain.tools.map((tool) => searchTool(ground, tool, 1, fits)),
  ...domain.policies
    .flatMap((policy) => rulesOf(domain, policy))
    .map((rule) => searchRule(ground, rule, 1, fits)),
  ...domain.invariants.map((invariant) => searchInvariant(ground, invariant, 1)),
];
const cases = found.flatMap((one) => [...one.cases]);
const goals = found.flatMap((one) => one.goals);
const made = makeMutants(domain, emitted, Number.MAX_SAFE_INTEGER);
const ofTables = made.groups.filter(({ file }) => file === 'tables.ts');

async function guestWith(group: (typeof ofTables)[number]): ReturnType<typeof createGuest> {
  return createGuest({ modules: withMutants(emitted.compiled, group) }, state, { fuel: 40 });
}

describe('the rows of a table', () => {
  it('are goals where a call can come to them, and each is reached', () => {
    const { required } = coverageOf(tableGoals(domain, goals));
    expect(required.missing).toEqual([]);
    // No parcel and no quote is of more than 30 kg; only the invariant asks for such.
    expect(goals.filter(({ id }) => /table postage row 4 at/.test(id))).toEqual([]);
    expect(required.total).toBe(5 + 3);
    expect(goals.filter(({ id }) => id.startsWith('quote: table')).map(({ id }) => id)).toEqual([
      'quote: table postage row 6 at 0.0',
    ]);
  });

  it('are missed without the cases of those that ask', () => {
    const { required } = coverageOf(
      tableGoals(
        domain,
        goals.map((goal) => ({ ...goal, reached: goal.reached && goal.id.startsWith('quote:') })),
      ),
    );
    expect(required.missing).toContain('table postage row 1 once');
    expect(required.missing).not.toContain('table postage row 6 once');
  });
});

describe('a wrong table', () => {
  it('is asked by tools, guards and invariants', () => {
    expect(askersOf(domain)['postage']).toEqual({
      tools: ['send_parcel', 'quote'],
      guards: [{ policy: 'dear', on: 'send_parcel' }],
      invariants: ['invariant_1'],
    });
  });

  it.each([
    ['grams <= 500', 'grams <= 501'],
    ["zone !== 'far'", "zone === 'near'"],
    ['return 690', 'return 691'],
    ['return 3990', 'return 2490'],
    ['price >= 2490', 'price > 2490'],
  ])('fails a procedural case: %s → %s', async (from, to) => {
    const wrong = broken(emitted, 'tables.ts', from, to);
    const guest = await createGuest({ modules: wrong.compiled }, state);
    const session = guest.open();
    const verdicts = cases.map((one) => runCase(guest, session, prepareCase(one)).verdict);
    guest.dispose();
    expect(verdicts).toContain('unexpected-failure');
  });

  it('is noticed by the cases of those that ask, in every version but those that change nothing', async () => {
    const mutants = ofTables.flatMap((group) => group.mutants);
    expect(new Set(mutants.map(({ unit }) => unit.join('/')))).toEqual(
      new Set(['tables/postage', 'tables/rebate']),
    );
    expect(mutants.length).toBeGreaterThan(50);
    const alive: string[] = [];
    for (const group of ofTables) {
      const guest = await guestWith(group);
      const fates = runMutants(guest, group, cases);
      guest.dispose();
      alive.push(...fates.filter(({ killedBy }) => killedBy === null).map(({ id }) => id));
    }
    const left = mutants.filter(({ id }) => alive.includes(id)).map(({ diff }) => diff);
    // No price lies between 1190 and 2490.
    for (const diff of left) expect(diff).toContain('price >= (2489)');
  });

  it('leaves the right one as it is', async () => {
    for (const group of ofTables) {
      const guest = await guestWith(group);
      const session = guest.open();
      for (const one of cases.filter(({ kind }) => kind !== 'invariant')) {
        expect(runCase(guest, session, prepareCase(one)).verdict).not.toBe('unexpected-failure');
      }
      guest.dispose();
    }
  });

  it('is told from the right one by a study of what asks it', async () => {
    const group = must(ofTables[0], 'a group');
    const mutant = must(
      group.mutants.find(({ diff }) => diff.includes('return 691')),
      'a mutant',
    );
    const guest = await guestWith({ ...group, mutants: [mutant] });
    const [result] = studySurvivors(ground, guest, [mutant], [], 1, 0, 5_000);
    guest.dispose();
    expect(result).toMatchObject({ equivalent: false });
    expect(result?.difference).toMatch(/send_parcel|states differ/);
  });
});
