import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openUser, patience, respond, type Noticed, type UserState } from '../../src/env/user.js';
import { callHash } from '../../src/policy/monitor.js';
import type { AgentAct, Reference, UserAct, Wish } from '../../src/policy/talk.js';
import type { Scenario } from '../../src/task/task.js';
import { newEmail, renewDune } from './fake-tasks.js';
import { LO, ME } from './fake-world.js';

const waiting: Noticed = {
  fulfilled: [],
  own: ['name', 'email', 'phone'],
  fit: () => [],
  concerns: () => false,
};

const title = (value: string): Reference => ({
  type: 'row',
  entity: 'Loan',
  facts: [
    { path: 'member', caller: true },
    { path: 'title', value },
  ],
});
const value = (value: string): Reference => ({ type: 'value', value });
const renew: Wish = { wish: 'do', tool: 'renew_loan', args: { loan_id: title('Dune') } };
const hold: Wish = { wish: 'do', tool: 'place_hold', args: { title: value('Emma'), branch: value('mill') } };
const due: Wish = { wish: 'tell', of: title('Emma'), entity: 'Loan', attr: 'due' };

/** A talk of the user of a scenario: what is said to it, and what it notices, goes in; acts come out. */
function talk(parts: Partial<Scenario> = {}): {
  readonly hear: (heard: readonly AgentAct[], noticed?: Partial<Noticed>) => readonly UserAct[];
  readonly user: () => UserState;
} {
  const wishes = parts.wishes ?? [renew];
  const scenario: Scenario = { ...renewDune.scenario, later: wishes.length, ...parts, wishes };
  let { user } = openUser(scenario);
  return {
    hear(heard, noticed = {}) {
      const next = respond(scenario, user, heard, { ...waiting, ...noticed });
      user = next.user;
      return next.acts;
    },
    user: () => user,
  };
}

const ask = (...slots: string[]): readonly AgentAct[] => [{ act: 'ask', slots }];
const close: readonly AgentAct[] = [{ act: 'close' }];
const refuse: readonly AgentAct[] = [{ act: 'refuse', policy: 'own' }];
const tell: readonly AgentAct[] = [{ act: 'tell', values: [{ type: 'int', value: 1 }] }];
const names = (acts: readonly UserAct[]): string => acts.map(({ act }) => act).join(' ');

describe('the scripted user', () => {
  it('opens with its wishes', () => {
    const { scenario } = renewDune;
    expect(openUser(scenario).acts).toEqual([{ act: 'request', wishes: scenario.wishes }]);
  });

  it('leaves out of its opening what it withholds and what comes later, and says wrongly what it corrects', () => {
    const scenario: Scenario = {
      ...renewDune.scenario,
      wishes: [hold, due, renew],
      withheld: [
        { wish: 0, arg: 'branch' },
        { wish: 1, arg: 'of' },
      ],
      corrected: [{ wish: 0, arg: 'title', first: value('Dune') }],
      later: 2,
    };
    expect(openUser(scenario).acts).toEqual([
      {
        act: 'request',
        wishes: [
          { ...hold, args: { title: value('Dune') } },
          { ...due, of: { type: 'row', entity: 'Loan', facts: [] } },
        ],
      },
    ]);
  });

  it('says what it knows of itself and nothing else', () => {
    expect(talk().hear(ask('email', 'phone'))).toEqual([
      { act: 'inform', slots: [{ slot: 'email', value: 'anna@example.org' }] },
      { act: 'unknown', slots: ['phone'] },
    ]);
    expect(JSON.stringify(talk().hear(ask('member_id')))).not.toContain(ME(0));
  });

  it('names a row that it is asked for by what it knows of it, since it knows no ids', () => {
    for (const slot of ['loan_id', 'loan', 'title']) {
      expect(talk().hear(ask(slot))).toEqual([
        { act: 'specify', wish: 0, args: { loan_id: title('Dune') }, corrects: false },
      ]);
    }
    expect(talk({ wishes: [due] }).hear(ask('loan'))).toEqual([
      { act: 'specify', wish: 0, args: { of: title('Emma') }, corrects: false },
    ]);
  });

  it('gives its own address when asked for one, not the one it wishes for nor somebody else’s', () => {
    const { hear } = talk(newEmail.scenario);
    expect(hear(ask('email'))).toEqual([
      { act: 'inform', slots: [{ slot: 'email', value: 'anna@example.org' }] },
    ]);
    const theirs: Reference = {
      type: 'row',
      entity: 'Loan',
      facts: [{ path: 'member.phone', value: '555-0102' }],
    };
    const foreign = talk({ wishes: [{ ...renew, args: { loan_id: theirs } }] });
    expect(foreign.hear(ask('phone'))).toEqual([{ act: 'unknown', slots: ['phone'] }]);
  });

  it('says what it withheld when it is asked for it', () => {
    const { hear } = talk({ wishes: [hold], withheld: [{ wish: 0, arg: 'branch' }] });
    expect(hear(ask('email', 'branch'))).toEqual([
      { act: 'inform', slots: [{ slot: 'email', value: 'anna@example.org' }] },
      { act: 'specify', wish: 0, args: { branch: value('mill') }, corrects: false },
    ]);
  });

  it('says nothing of a later wish before it brings it up', () => {
    const { hear } = talk({ wishes: [renew, hold], later: 1 });
    expect(hear(ask('branch'))).toEqual([{ act: 'unknown', slots: ['branch'] }]);
  });

  it('puts right what it said wrongly with its first answer, once', () => {
    const { hear } = talk({
      wishes: [hold],
      corrected: [{ wish: 0, arg: 'branch', first: value('hill') }],
    });
    const put: UserAct = { act: 'specify', wish: 0, args: { branch: value('mill') }, corrects: true };
    expect(hear(ask('email'))).toEqual([
      { act: 'inform', slots: [{ slot: 'email', value: 'anna@example.org' }] },
      put,
    ]);
    expect(names(hear(ask('name')))).toBe('inform');
  });

  it('agrees to what it wants, and objects to the rest with the right values where the tool is right', () => {
    const call = { tool: 'place_hold', args: { title: 'Emma', branch: 'hill' } };
    const propose: readonly AgentAct[] = [{ act: 'propose', call }];
    const { hear } = talk({ wishes: [hold] });
    expect(hear(propose)).toEqual([{ act: 'deny', call: callHash(call) }]);
    expect(hear(propose, { fit: () => [{ wish: 0, wrong: ['branch'], more: false }] })).toEqual([
      { act: 'deny', call: callHash(call) },
      { act: 'specify', wish: 0, args: { branch: value('mill') }, corrects: true },
    ]);
    expect(hear(propose, { fit: () => [{ wish: 0, wrong: [], more: false }] })).toEqual([
      { act: 'confirm', call: callHash(call) },
    ]);
    expect(names(hear(propose, { fit: () => [{ wish: 0, wrong: [], more: true }] }))).toBe('deny');
  });

  it('does not agree to what was done already or was never asked for yet', () => {
    const call = { tool: 'renew_loan', args: { loan_id: LO(0) } };
    const fit: Noticed['fit'] = () => [{ wish: 1, wrong: [], more: false }];
    const propose: readonly AgentAct[] = [{ act: 'propose', call }];
    expect(names(talk({ wishes: [hold, renew], later: 1 }).hear(propose, { fit }))).toBe('deny');
    expect(names(talk({ wishes: [hold, renew] }).hear(propose, { fit, fulfilled: [1] }))).toBe('deny');
  });

  it('does not leave before the effect it waits for, and leaves once it is there', () => {
    expect(names(talk().hear(close))).toBe('prompt');
    expect(talk().hear(close, { fulfilled: [0] })).toEqual([
      { act: 'accept' },
      { act: 'end', satisfied: true },
    ]);
  });

  it('thanks for a part and asks for the rest', () => {
    const { hear } = talk({ wishes: [due, { ...due, attr: 'renewals' }] });
    expect(names(hear(tell, { fulfilled: [0] }))).toBe('accept prompt');
    expect(names(hear(tell, { fulfilled: [0, 1] }))).toBe('accept end');
  });

  it('brings up later wishes once the earlier ones are settled and all is said to be done', () => {
    const wishes = [due, hold, renew];
    const { hear } = talk({ wishes, later: 1 });
    expect(names(hear(close))).toBe('prompt');
    expect(names(hear(tell, { fulfilled: [0] }))).toBe('accept');
    expect(hear(close, { fulfilled: [0] })).toEqual([{ act: 'request', wishes: [hold, renew] }]);
    expect(names(hear(close, { fulfilled: [0, 1] }))).toBe('accept prompt');
    expect(names(hear(close, { fulfilled: [0, 1, 2] }))).toBe('accept end');
  });

  it('takes a refusal and leaves, or asks for what is left', () => {
    expect(talk().hear(refuse)).toEqual([{ act: 'accept' }, { act: 'end', satisfied: false }]);
    const { hear } = talk({ wishes: [hold, renew] });
    const concerns: Noticed['concerns'] = (_, wish) => wish === 1;
    expect(names(hear(refuse, { concerns }))).toBe('accept prompt');
    expect(names(hear(close, { concerns, fulfilled: [0] }))).toBe('accept end');
  });

  it('insists once where its scenario says so', () => {
    const { hear } = talk({ insists: true });
    expect(names(hear(refuse))).toBe('insist');
    expect(names(hear(refuse))).toBe('accept end');
  });

  it('gives up when nothing moves, and waits on while something does', () => {
    const { hear, user } = talk({ wishes: [due, hold] });
    const turns = [
      hear(close),
      hear(ask('email')),
      hear(ask('email')),
      hear(tell, { fulfilled: [0] }),
      ...Array.from({ length: patience + 1 }, () => hear(close, { fulfilled: [0] })),
    ];
    expect(turns.map(names)).toEqual([
      'prompt',
      'inform',
      'inform',
      'accept prompt',
      'prompt',
      'prompt',
      'end',
    ]);
    expect(user().over).toBe('gave-up');
  });
});

const slotName = fc.constantFrom('email', 'name', 'phone', 'loan_id', 'branch', 'title', 'hold', 'nothing');
const anyAct: fc.Arbitrary<AgentAct> = fc.oneof(
  fc.array(slotName, { minLength: 1, maxLength: 3 }).map((slots) => ({ act: 'ask', slots }) as const),
  fc
    .constantFrom('renew_loan', 'place_hold')
    .map((tool) => ({ act: 'propose', call: { tool, args: { title: 'Dune', branch: 'hill' } } }) as const),
  fc.constantFrom(...refuse, ...close, ...tell),
);
const anyNoticed: fc.Arbitrary<Partial<Noticed>> = fc.record({
  fulfilled: fc.subarray([0, 1, 2]),
  fit: fc
    .record({
      wish: fc.nat(2),
      wrong: fc.subarray(['title', 'branch', 'loan_id']),
      more: fc.boolean(),
    })
    .map((fit) => () => [fit]),
});
const anyScenario: fc.Arbitrary<Partial<Scenario>> = fc.record({
  wishes: fc.constant([hold, renew, due]),
  later: fc.integer({ min: 1, max: 3 }),
  withheld: fc.subarray([
    { wish: 0, arg: 'branch' },
    { wish: 1, arg: 'loan_id' },
  ]),
  corrected: fc.subarray([{ wish: 0, arg: 'title', first: value('Ulysses') }]),
  insists: fc.boolean(),
});

describe('whatever an agent says, the user', () => {
  const turns = fc.array(fc.tuple(fc.array(anyAct, { maxLength: 3 }), anyNoticed), { maxLength: 12 });

  it('says only what its scenario holds', () => {
    fc.assert(
      fc.property(anyScenario, turns, (parts, said) => {
        const { hear, user } = talk(parts);
        const known = JSON.stringify([renewDune.scenario.known, [hold, renew, due], 'Ulysses']);
        for (const [heard, noticed] of said) {
          if (user().over !== 'no') return;
          for (const text of valuesIn(hear(heard, noticed))) expect(known).toContain(JSON.stringify(text));
        }
      }),
    );
  });

  it('ends satisfied only when something that it asked for is there and nothing is left', () => {
    fc.assert(
      fc.property(anyScenario, turns, (parts, said) => {
        const { hear, user } = talk(parts);
        for (const [heard, noticed] of said) {
          if (user().over !== 'no') return;
          const refused = user().refused.length + heard.filter(({ act }) => act === 'refuse').length;
          hear(heard, noticed);
          if (user().over !== 'satisfied') continue;
          const fulfilled = noticed.fulfilled?.length ?? 0;
          expect(fulfilled).toBeGreaterThan(0);
          expect(fulfilled + refused).toBeGreaterThanOrEqual(3);
        }
      }),
    );
  });

  it('comes to an end when nothing moves, and is over then', () => {
    fc.assert(
      fc.property(anyScenario, turns, (parts, said) => {
        const { hear, user } = talk(parts);
        for (const [heard, noticed] of said) if (user().over === 'no') hear(heard, noticed);
        for (let turn = 0; turn <= patience + 1 && user().over === 'no'; turn++) hear([], { fulfilled: [] });
        expect(user().over).not.toBe('no');
      }),
    );
  });
});

/** Values of references and of what a user says of itself. */
function valuesIn(acts: readonly UserAct[]): readonly unknown[] {
  const found: unknown[] = [];
  JSON.stringify(acts, (key, item: unknown) => {
    if (key === 'value') found.push(item);
    return item;
  });
  return found;
}
