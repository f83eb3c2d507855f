import { describe, expect, it } from 'vitest';
import { openUser, patience, respond, type Noticed, type UserState } from '../../src/env/user.js';
import type { AgentAct, UserAct } from '../../src/policy/talk.js';
import { newEmail, renewDune } from './fake-tasks.js';
import { LO, ME } from './fake-world.js';

const waiting: Noticed = { reached: 0, complete: false, wants: () => false };
const { scenario } = renewDune;

function hear(
  act: AgentAct,
  noticed = waiting,
  user: UserState = openUser(scenario).user,
): readonly UserAct[] {
  return respond(scenario, user, [act], noticed).acts;
}

describe('the scripted user', () => {
  it('opens with its wishes', () => {
    expect(openUser(scenario).acts).toEqual([{ act: 'request', wishes: scenario.wishes }]);
  });

  it('says what it knows and nothing else', () => {
    expect(hear({ act: 'ask', slots: ['email', 'phone'] })).toEqual([
      { act: 'inform', slots: [{ slot: 'email', value: 'anna@example.org' }] },
      { act: 'unknown', slots: ['phone'] },
    ]);
  });

  it('describes a row it is asked for by what it knows of it, since it knows no ids', () => {
    const facts = [{ slot: 'Loan.title', value: 'Dune' }];
    expect(hear({ act: 'ask', slots: ['loan_id'] })).toEqual([{ act: 'inform', slots: facts }]);
    expect(hear({ act: 'ask', slots: ['title'] })).toEqual([{ act: 'inform', slots: facts }]);
  });

  it('gives its own address when asked for one, not the one it wishes for', () => {
    const { scenario } = newEmail;
    const { acts } = respond(scenario, openUser(scenario).user, [{ act: 'ask', slots: ['email'] }], waiting);
    expect(acts).toEqual([{ act: 'inform', slots: [{ slot: 'email', value: 'anna@example.org' }] }]);
  });

  it('agrees to what it wants and denies the rest', () => {
    const propose: AgentAct = { act: 'propose', call: { tool: 'renew_loan', args: { loan_id: LO(0) } } };
    expect(hear(propose)).toMatchObject([{ act: 'deny' }]);
    expect(hear(propose, { ...waiting, wants: ({ args }) => args['loan_id'] === LO(0) })).toMatchObject([
      { act: 'confirm' },
    ]);
  });

  it('does not leave before the effect it waits for, and leaves once it is there', () => {
    expect(hear({ act: 'close' })).toEqual([{ act: 'prompt' }]);
    expect(hear({ act: 'close' }, { ...waiting, complete: true })).toEqual([
      { act: 'accept' },
      { act: 'end', satisfied: true },
    ]);
  });

  it('gives up when nothing moves, and waits on while something does', () => {
    let user = openUser(scenario).user;
    const turns: string[] = [];
    const say = (act: AgentAct, reached = 0): void => {
      const next = respond(scenario, user, [act], { ...waiting, reached });
      user = next.user;
      turns.push(next.acts.map(({ act }) => act).join());
    };
    say({ act: 'close' });
    say({ act: 'ask', slots: ['email'] });
    say({ act: 'ask', slots: ['email'] });
    say({ act: 'tell', values: [] }, 1);
    for (let turn = 0; turn <= patience; turn++) say({ act: 'close' }, 1);
    expect(turns).toEqual(['prompt', 'inform', 'inform', 'prompt', 'prompt', 'prompt', 'end']);
    expect(user.over).toBe('gave-up');
  });

  it('takes a refusal and leaves', () => {
    expect(hear({ act: 'refuse', policy: 'own' })).toEqual([
      { act: 'accept' },
      { act: 'end', satisfied: false },
    ]);
  });

  it('knows the caller’s id of nobody', () => {
    expect(JSON.stringify(hear({ act: 'ask', slots: ['member_id'] }))).not.toContain(ME(0));
  });
});
