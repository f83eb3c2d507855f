import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMinutes } from '../../src/core/time.js';
import { readText } from '../../src/language/read-agent.js';
import { realiseAgent } from '../../src/language/realise.js';
import type { AgentAct, TypedValue } from '../../src/policy/talk.js';
import { saysSame } from '../../src/policy/told.js';
import { fakeDomain, HO, LO, ME } from '../env/fake-world.js';

const policies = fakeDomain.talkPolicies;
const textOf = (act: AgentAct): string =>
  realiseAgent(act, (id) => policies.find((policy) => policy.id === id)?.text);
const read = (text: string, seen: readonly string[] = []): AgentAct[] =>
  readText(text, { manifest: fakeDomain.manifest, policies, seen });

const time = fc
  .integer({ min: 0, max: 3_000_000 })
  .map((minutes) => addMinutes('2020-01-01T00:00Z', minutes));
const typed: fc.Arbitrary<TypedValue> = fc.oneof(
  fc.integer({ min: 0, max: 99_999 }).map((value) => ({ type: 'int', value }) as const),
  fc.integer({ min: 0, max: 9_999_999 }).map((value) => ({ type: 'money', value }) as const),
  time.map((value) => ({ type: 'datetime', value }) as const),
  time.map((value) => ({ type: 'date', value: value.slice(0, 10) }) as const),
  fc.constantFrom(LO(1), HO(0)).map((value) => ({ type: 'id', value }) as const),
  fc
    .constantFrom('Dune', 'The 39 Steps', 'in 2 days, 12.50')
    .map((value) => ({ type: 'string', value }) as const),
  fc.constantFrom('in_use', 'lost').map((value) => ({ type: 'enum', value }) as const),
);

describe('the reader', () => {
  const acts: readonly AgentAct[] = [
    { act: 'ask', slots: ['name', 'phone'] },
    { act: 'ask', slots: ['email'] },
    { act: 'close' },
    ...policies.map(({ id }) => ({ act: 'refuse', policy: id }) as const),
    { act: 'tell', values: [{ type: 'bool', value: false }] },
    ...[
      { tool: 'renew_loan', args: { loan_id: LO(0) } },
      { tool: 'return_loans', args: { loan_ids: [LO(0), LO(3)] } },
      { tool: 'place_hold', args: { member_id: ME(0), title: 'The Moon and Sixpence' } },
      { tool: 'place_hold', args: { member_id: ME(0), title: 'Emma', note: 'for a friend, with care' } },
      { tool: 'change_hold', args: { hold_id: HO(0), status: 'urgent' } },
      { tool: 'change_email', args: { member_id: ME(0), email: 'new@example.org' } },
      { tool: 'set_renewals', args: { loan_id: LO(0), renewals: 3 } },
    ].map((call) => ({ act: 'propose', call }) as const),
  ];

  it.each(acts)('reads back what the realiser writes: %j', (act) => {
    expect(read(textOf(act))).toEqual([act]);
  });

  it('reads back any told values', () => {
    fc.assert(
      fc.property(fc.array(typed, { minLength: 1, maxLength: 4 }), (values) => {
        const [act, ...rest] = read(textOf({ act: 'tell', values }));
        expect(rest).toEqual([]);
        expect(act).toMatchObject({ act: 'tell' });
        const found = act?.act === 'tell' ? act.values : [];
        expect(found.map((value, index) => saysSame(value, values[index] ?? value))).toEqual(
          values.map(() => true),
        );
      }),
    );
  });

  it.each<[string, AgentAct[]]>([
    ['Hi there! What is your email?', [{ act: 'ask', slots: ['email'] }]],
    ['I’ll need your name and your phone number.', [{ act: 'ask', slots: ['name', 'phone'] }]],
    [
      `Should I renew the loan ${LO(0)} for you?`,
      [{ act: 'propose', call: { tool: 'renew_loan', args: { loan_id: LO(0) } } }],
    ],
    [
      'Your loan is due on June 12, 2025.',
      [{ act: 'tell', values: [{ type: 'date', value: '2025-06-12' }] }],
    ],
    [
      'It is due 2025-06-12 at 14:30.',
      [{ act: 'tell', values: [{ type: 'datetime', value: '2025-06-12T14:30Z' }] }],
    ],
    ['The fee is $1,250.00.', [{ act: 'tell', values: [{ type: 'money', value: 125_000 }] }]],
    [
      'I am afraid a loan can be renewed twice at most, so I cannot renew it.',
      [{ act: 'refuse', policy: 'renew_rules' }],
    ],
    ['Sorry, I can’t help with that.', [{ act: 'refuse', policy: 'unnamed' }]],
    ['I could not find you by that name. Could you tell me your email?', [{ act: 'ask', slots: ['email'] }]],
    ['Done! Is there anything else I can do for you?', [{ act: 'close' }]],
    [
      'It was written by “J. R. R. Tolkien”, says Dr. Lee. Shall we go on?',
      [{ act: 'tell', values: [{ type: 'string', value: 'J. R. R. Tolkien' }] }],
    ],
    ['Hmm.', []],
  ])('reads %s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('tells a tool from one whose name is its plural', () => {
    const renew = fakeDomain.manifest.find(({ name }) => name === 'renew_loan');
    if (renew === undefined) throw new Error('no renew_loan');
    const manifest = [{ ...renew, name: 'renew_loans' }, renew];
    for (const { name } of manifest) {
      const act: AgentAct = { act: 'propose', call: { tool: name, args: { loan_id: LO(0) } } };
      expect(readText(textOf(act), { manifest, policies, seen: [] })).toEqual([act]);
    }
  });

  it('knows strings that results have shown', () => {
    expect(read('You still have Emma at home.', ['Dune', 'Emma', 'em'])).toEqual([
      { act: 'tell', values: [{ type: 'string', value: 'Emma' }] },
    ]);
    expect(read('It is about an Emmanuel.', ['Emma'])).toEqual([]);
  });

  it('reads any text without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(Array.isArray(read(text))).toBe(true);
      }),
    );
  });
});
