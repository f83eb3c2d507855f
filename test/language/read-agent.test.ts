import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readText } from '../../src/language/read-agent.js';
import { realiseAgent } from '../../src/language/realise-agent.js';
import type { AgentAct } from '../../src/policy/talk.js';
import { fakeDomain, HO, LO, ME } from '../env/fake-world.js';

interface Known {
  readonly seen?: readonly string[];
  readonly wishes?: readonly string[];
}

const read = (text: string, { seen = [], wishes = [] }: Known = {}): AgentAct[] =>
  readText(text, { domain: fakeDomain, seen: [seen], wishes });
const ask = (...slots: readonly string[]): AgentAct => ({ act: 'ask', slots });
const propose = (tool: string, args: Extract<AgentAct, { act: 'propose' }>['call']['args']): AgentAct => ({
  act: 'propose',
  call: { tool, args },
});
const tell = (...values: Extract<AgentAct, { act: 'tell' }>['values']): AgentAct => ({ act: 'tell', values });
const refuse = (policy: string): AgentAct => ({ act: 'refuse', policy });
const close: AgentAct = { act: 'close' };

describe('the reader', () => {
  it.each<[string, AgentAct[]]>([
    ['Hi there! What is your email?', [ask('email')]],
    ['I’ll need your name and your phone number.', [ask('name', 'phone')]],
    ['I could not find you by that name. Could you tell me your email?', [ask('email')]],
    ['Is your e-mail still anna@example.org?', [ask('email')]],
    ['Which hold do you mean?', [ask('hold')]],
    ['Which loans do you mean?', [ask('loan_ids')]],
    ['Please tell me:\n- your name\n- your mobile number', [ask('name', 'phone')]],
    ['Could you tell me your email, so that I can look up your title?', [ask('email')]],
    ['Would you like me to look at your phone number?', []],
    ['How can I help you?', []],
  ])('hears what is asked for in %j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each<[string, AgentAct[]]>([
    [`Should I renew the loan ${LO(0)} for you?`, [propose('renew_loan', { loan_id: LO(0) })]],
    [`I am going to renew ${LO(0)}. Is that right?`, [propose('renew_loan', { loan_id: LO(0) })]],
    [
      `Shall I renew ${LO(0)} and ${LO(1)}?`,
      [propose('renew_loan', { loan_id: LO(0) }), propose('renew_loan', { loan_id: LO(1) })],
    ],
    [`Shall I take ${LO(0)} and ${LO(1)} back?`, [propose('return_loans', { loan_ids: [LO(0), LO(1)] })]],
    [
      `Please confirm:\n- change the email\n- member: ${ME(0)}\n- new email: a.lee@example.org`,
      [propose('change_email', { member_id: ME(0), email: 'a.lee@example.org' })],
    ],
    [
      `{"tool": "renew_loan", "loan_id": "${LO(2)}"} – go ahead?`,
      [propose('renew_loan', { loan_id: LO(2) })],
    ],
    [
      `Shall I set the renewals of ${LO(0)} to three?`,
      [propose('set_renewals', { loan_id: LO(0), renewals: 3 })],
    ],
    ['Shall I renew your loan of “Dune”?', []],
    [`I am renewing ${LO(0)} now.`, []],
    [`I can renew ${LO(0)} if you like.`, []],
    [`Have you renewed ${LO(0)}?`, []],
  ])('hears what is proposed in %j, and supplies nothing', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each<[string, AgentAct[]]>([
    ['Your loan is due on June 12, 2025.', [tell({ type: 'date', value: '2025-06-12' })]],
    [
      'It is due at 2:30 pm on the 12th of June 2025.',
      [tell({ type: 'datetime', value: '2025-06-12T14:30Z' })],
    ],
    ['The fee is $1,250.00.', [tell({ type: 'money', value: 125_000 })]],
    ['You owe 12 euros 50.', [tell({ type: 'money', value: 1250 })]],
    ['It was renewed twice.', [tell({ type: 'int', value: 2 })]],
    ['It weighs 2.35 kg.', [tell({ type: 'number', value: 2.35 })]],
    ['Yes, it is insured.', [tell({ type: 'bool', value: true })]],
    ['Yes, of course.', []],
    ['No problem.', []],
    ['Not on 12 June 2025 but on 13 June 2025.', [tell({ type: 'date', value: '2025-06-13' })]],
    ['It is due on 12 June.', []],
    ['It is due on 02/03/2025.', []],
    ['It is due on 25/03/2025.', [tell({ type: 'date', value: '2025-03-25' })]],
    ['Let me look at the 5.00 charge.', []],
    ['I see that you want to pay 5.00.', []],
    [
      'It was written by “J. R. R. Tolkien”, says Dr. Lee.',
      [tell({ type: 'string', value: 'J. R. R. Tolkien' })],
    ],
  ])('hears what is told in %j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each<[string, AgentAct[], Known?]>([
    ['I am afraid a loan can be renewed twice at most, so I cannot renew it.', [refuse('renew_rules')]],
    ['Sorry, I can’t help with that.', [refuse('unnamed')]],
    ['That is against our rules [own].', [refuse('own')]],
    ['Sorry, it has been renewed twice already.', [refuse('renew_rules')], { wishes: ['renew_loan'] }],
    ['This is not against our rules.', []],
    ['I cannot find that loan.', []],
    ['I cannot do that until I have your email.', [ask('email')]],
    ['I cannot decide that, so I am putting you through to a colleague.', []],
    ['You cannot return it later than 12 June 2025.', [tell({ type: 'date', value: '2025-06-12' })]],
    ['I have not renewed it yet.', []],
  ])('hears whether %j refuses, and why', (text, expected, known) => {
    expect(read(text, known)).toEqual(expected);
  });

  it.each<[string, AgentAct[], Known?]>([
    ['Done! Is there anything else I can do for you?', [close]],
    ['I have renewed it for you.', [close]],
    ['Renewed.', [close], { wishes: ['renew_loan'] }],
    ['It has been renewed twice.', [tell({ type: 'int', value: 2 })]],
    ['I have renewed it. What is your phone number?', [ask('phone')]],
    ['It is due on 3 July 2025, anything else?', [tell({ type: 'date', value: '2025-07-03' }), close]],
    ['Have a nice day!', [close]],
    ['You are welcome.', []],
    ['Hmm.', []],
  ])('hears whether %j closes', (text, expected, known) => {
    expect(read(text, known)).toEqual(expected);
  });

  it('tells a tool from one whose name is its plural', () => {
    const renew = fakeDomain.manifest.find(({ name }) => name === 'renew_loan');
    if (renew === undefined) throw new Error('no renew_loan');
    const manifest = [{ ...renew, name: 'renew_loans' }, renew];
    const domain = { ...fakeDomain, manifest };
    for (const { name } of manifest) {
      const act = propose(name, { loan_id: LO(0) });
      expect(readText(realiseAgent(act, { domain }), { domain, seen: [], wishes: [] })).toEqual([act]);
    }
  });

  it('knows what results have shown: strings, and the years of days', () => {
    const seen = ['Dune', 'Emma', 'em', '2025-06-12', '20:00'];
    expect(read('You still have Emma at home.', { seen })).toEqual([tell({ type: 'string', value: 'Emma' })]);
    expect(read('It is about an Emmanuel.', { seen })).toEqual([]);
    expect(read('It is due on 12 June.', { seen })).toEqual([tell({ type: 'date', value: '2025-06-12' })]);
    expect(read('It is due on 6/12/2025.', { seen })).toEqual([tell({ type: 'date', value: '2025-06-12' })]);
    expect(read('We close at 8 pm.', { seen })).toEqual([tell({ type: 'string', value: '20:00' })]);
  });

  it('takes a fact for a report only where it was wished for', () => {
    const text = `The hold ${HO(0)} is changed.`;
    expect(read(text).some(({ act }) => act === 'close')).toBe(false);
    expect(read(text, { wishes: ['change_hold'] }).some(({ act }) => act === 'close')).toBe(true);
  });

  it('reads any text without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(Array.isArray(read(text))).toBe(true);
      }),
    );
  });
});
