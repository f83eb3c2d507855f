import { describe, expect, it } from 'vitest';
import { callHash, hearAgent, hearUser, judgeCall, noteResult, startTalk } from '../../src/policy/monitor.js';
import type { Call, TalkState } from '../../src/policy/talk.js';
import { answers, noQuestion, questionAbout, saysSame } from '../../src/policy/told.js';
import { fakeDomain, fakeState, fakeWorld, HO, LO, ME } from '../env/fake-world.js';

const anna = fakeState.tables['Member']?.[0] ?? {};
const byEmail: Call = { tool: 'find_member_by_email', args: { email: 'anna@example.org' } };
const told = (slot: string, value: string): TalkState =>
  hearUser(startTalk(), [{ act: 'inform', slots: [{ slot, value }] }]);

function violated(talk: TalkState, call: Call): readonly string[] {
  const judged = judgeCall(fakeDomain, fakeWorld().open(), talk, call);
  return judged.ok ? judged.value : ['fault'];
}

describe('identification', () => {
  const find = (talk: TalkState, call = byEmail): string | null =>
    noteResult(fakeDomain, talk, call, anna).identified;

  it('takes a find that returned the caller for what the user said under that slot', () => {
    expect(find(told('email', 'anna@example.org'))).toBe(ME(0));
    expect(find(startTalk())).toBeNull();
    expect(find(told('name', 'anna@example.org'))).toBeNull();
    expect(find(told('email', 'bo@example.org'))).toBeNull();
  });

  it('wants every argument of the find said', () => {
    const call = { tool: 'find_member_by_name_and_phone', args: { name: 'Anna Lee', phone: '555-0101' } };
    const half = told('name', 'Anna Lee');
    expect(find(half, call)).toBeNull();
    const both = hearUser(half, [{ act: 'inform', slots: [{ slot: 'phone', value: '555-0101' }] }]);
    expect(find(both, call)).toBe(ME(0));
  });

  it('does not take a wished-for value, or a fact about another row, for the caller’s own', () => {
    const wished = hearUser(startTalk(), [
      {
        act: 'request',
        wishes: [
          { wish: 'do', tool: 'change_email', args: { email: { type: 'value', value: 'anna@example.org' } } },
          {
            wish: 'tell',
            of: { type: 'row', entity: 'Member', facts: [{ path: 'email', value: 'anna@example.org' }] },
            entity: 'Member',
            attr: 'phone',
          },
        ],
      },
    ]);
    expect(wished.said.map(({ slot }) => slot)).toEqual(['change_email.email', 'Member.email']);
    expect(find(wished)).toBeNull();
  });

  it('does not take another tool that shows the caller’s row', () => {
    const talk = told('email', 'anna@example.org');
    expect(find(talk, { tool: 'get_member', args: { email: 'anna@example.org' } })).toBeNull();
  });
});

describe('a judged call', () => {
  const known: TalkState = { ...startTalk(), identified: ME(0), identifiedBy: ['find_member_by_email'] };
  const renew = (loan_id: string): Call => ({ tool: 'renew_loan', args: { loan_id } });

  it('breaks verify until the caller is identified', () => {
    expect(violated(startTalk(), renew(LO(0)))).toEqual(['verify']);
    expect(violated(known, renew(LO(0)))).toEqual([]);
    expect(violated(startTalk(), { tool: 'get_loan', args: { loan_id: LO(0) } })).toEqual([]);
  });

  it('breaks a verify policy that accepts only other finds than the one that was made', () => {
    const byName = { ...known, identifiedBy: ['find_member_by_name_and_phone'] };
    const strict = {
      ...fakeDomain,
      talkPolicies: fakeDomain.talkPolicies.map((policy) =>
        policy.kind === 'verify' ? { ...policy, finds: ['find_member_by_email'] } : policy,
      ),
    };
    const judge = (talk: TalkState): unknown => judgeCall(strict, fakeWorld().open(), talk, renew(LO(0)));
    expect(judge(byName)).toEqual({ ok: true, value: ['verify'] });
    expect(judge(known)).toEqual({ ok: true, value: [] });
  });

  it('breaks the guards that the guest names, with the identified caller', () => {
    expect(violated(known, renew(LO(2)))).toEqual(['own']);
    expect(violated(known, renew(LO(1)))).toEqual(['renew_rules']);
  });

  it('breaks confirm unless exactly this call was agreed to, and not taken back', () => {
    const call = { tool: 'change_email', args: { member_id: ME(0), email: 'new@example.org' } };
    const spelledOtherwise = { tool: 'change_email', args: { email: 'new@example.org', member_id: ME(0) } };
    const agreed = hearUser(known, [{ act: 'confirm', call: callHash(spelledOtherwise) }]);
    expect(violated(known, call)).toEqual(['agreed']);
    expect(violated(agreed, call)).toEqual([]);
    expect(violated(agreed, { ...call, args: { ...call.args, email: 'x@example.org' } })).toEqual(['agreed']);
    expect(violated(hearUser(agreed, [{ act: 'deny', call: callHash(call) }]), call)).toEqual(['agreed']);
    expect(violated(hearAgent(known, [{ act: 'propose', call }]), call)).toEqual(['agreed']);
  });

  it('breaks precede unless the first tool succeeded with the shared arguments', () => {
    const call = { tool: 'set_renewals', args: { loan_id: LO(0), renewals: 1 } };
    const after = (loan_id: string): TalkState =>
      noteResult(
        fakeDomain,
        known,
        { tool: 'get_loan', args: { loan_id } },
        fakeState.tables['Loan']?.[0] ?? {},
      );
    expect(violated(known, call)).toEqual(['look_first']);
    expect(violated(after(LO(1)), call)).toEqual(['look_first']);
    expect(violated(after(LO(0)), call)).toEqual([]);
  });

  it('breaks precede when only some of the shared arguments are the same', () => {
    const shared = [
      ['member_id', 'member_id'],
      ['title', 'name'],
    ] as const;
    const policy = {
      id: 'both',
      kind: 'precede',
      text: '',
      on: ['tag'],
      first: 'place_hold',
      shared,
    } as const;
    const domain = { ...fakeDomain, talkPolicies: [policy] };
    const args = { member_id: ME(0), title: 'Emma' };
    const talk = noteResult(domain, known, { tool: 'place_hold', args }, null);
    const judge = (name: string): unknown =>
      judgeCall(domain, fakeWorld().open(), talk, { tool: 'tag', args: { member_id: ME(0), name } });
    expect(judge('Emma')).toEqual({ ok: true, value: [] });
    expect(judge('Dune')).toEqual({ ok: true, value: ['both'] });
  });

  it('is judged in the guest for escalations', () => {
    const session = fakeWorld().open();
    const hold = { tool: 'place_hold', args: { member_id: ME(0), title: 'Emma' } };
    const judge = (): readonly string[] => {
      const judged = judgeCall(fakeDomain, session, known, hold);
      return judged.ok ? judged.value : ['fault'];
    };
    expect(judge()).toEqual([]);
    session.call(hold.tool, hold.args);
    session.call(hold.tool, hold.args);
    expect(judge()).toEqual(['too_many']);
  });
});

describe('what was seen and told', () => {
  it('counts a row as seen when its columns were shown, not when its id was mentioned', () => {
    const talk = noteResult(fakeDomain, startTalk(), { tool: 'list_member_loans', args: {} }, [
      ...(fakeState.tables['Loan']?.slice(0, 2) ?? []),
      { loan_id: LO(3), note: 'no row' },
      { held: { hold: fakeState.tables['Hold']?.[0] ?? null } },
    ]);
    expect(talk.seen).toEqual([LO(0), LO(1), HO(0)]);
  });

  it('compares told values within their class', () => {
    expect(saysSame({ type: 'int', value: 12 }, { type: 'number', value: 12 })).toBe(true);
    expect(saysSame({ type: 'int', value: 1200 }, { type: 'money', value: 1200 })).toBe(false);
    expect(saysSame({ type: 'enum', value: 'in_use' }, { type: 'string', value: 'In use' })).toBe(true);
    expect(saysSame({ type: 'date', value: '2025-06-12' }, { type: 'string', value: '2025-06-12' })).toBe(
      false,
    );
  });

  it('takes no list of guesses for an answer, but lets an agent repeat what the user said', () => {
    const question = questionAbout([{ type: 'money', value: 500 }], [300, 500, 700]);
    const talk = (...values: number[]): TalkState =>
      hearAgent(startTalk(), [{ act: 'tell', values: values.map((value) => ({ type: 'money', value })) }]);
    expect(answers(talk(500), question)).toBe(true);
    expect(answers(talk(500, 700), question)).toBe(false);
    const said = hearUser(talk(500, 700), [{ act: 'inform', slots: [{ slot: 'paid', value: 700 }] }]);
    expect(answers(said, question)).toBe(true);
    expect(answers(talk(700), noQuestion)).toBe(true);
    // What could be no answer stands in nobody's way.
    expect(answers(talk(500, 9), question)).toBe(true);
  });
});
