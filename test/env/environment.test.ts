import { describe, expect, it } from 'vitest';
import { startEpisode } from '../../src/env/environment.js';
import { goldActions } from '../../src/env/gold.js';
import type { Action, Episode } from '../../src/env/protocol.js';
import type { AgentAct, Call } from '../../src/policy/talk.js';
import type { Task } from '../../src/task/task.js';
import {
  call as goldCall,
  fakeTask,
  fakeTasks,
  newEmail,
  refuseEmma,
  renewDune,
  tellDue,
  twoHolds,
} from './fake-tasks.js';
import { fakeWorld, HO, LO, ME, type FakeWorldOptions } from './fake-world.js';

const call = (tool: string, args: Call['args']): Action => ({ type: 'call', tool, args });
const say = (act: AgentAct): Action => ({ type: 'say', act });
const close = say({ act: 'close' });
const identify = [
  say({ act: 'ask', slots: ['email'] }),
  call('find_member_by_email', { email: 'anna@example.org' }),
];
const list = call('list_member_loans', { member_id: ME(0) });

function play(
  task: Task,
  actions: readonly Action[],
  options: FakeWorldOptions & { maxSteps?: number } = {},
): Episode {
  const environment = startEpisode(fakeWorld(options), task, { seed: 7, ...options });
  for (const action of actions) if (!environment.done) environment.step(action);
  return environment.finish();
}

describe('an episode', () => {
  it.each(fakeTasks)('is solved by the gold of task $id', (task) => {
    expect(play(task, goldActions(task))).toMatchObject({
      end: 'solved',
      reward: { total: 1 },
      violations: [],
      wrongWrites: 0,
      faults: [],
    });
  });

  it('does not pay for closing at once, and the user gives up', () => {
    for (const task of fakeTasks) {
      expect(play(task, Array<Action>(5).fill(close))).toMatchObject({
        end: 'gave-up',
        reward: { total: 0 },
      });
    }
  });

  it('fails when the end state is reached by breaking a rule', () => {
    const episode = play(renewDune, [call('renew_loan', { loan_id: LO(0) }), close]);
    expect(episode).toMatchObject({
      end: 'failed',
      violations: [{ policy: 'verify', step: 0, tool: 'renew_loan' }],
    });
    expect(episode.reward.parts).toMatchObject({ state: 1, policy: 0 });
  });

  it('counts a write that the task does not need, and a needed one done twice', () => {
    const renew = call('renew_loan', { loan_id: LO(0) });
    expect(
      play(renewDune, [...identify, call('renew_loan', { loan_id: LO(3) }), renew, close]),
    ).toMatchObject({
      end: 'failed',
      wrongWrites: 1,
    });
    expect(play(renewDune, [...identify, renew, renew, close])).toMatchObject({
      end: 'failed',
      wrongWrites: 1,
    });
  });

  it('takes writes in another order although created rows then get other ids', () => {
    const actions = [
      ...identify,
      call('place_hold', { member_id: ME(0), title: 'Persuasion' }),
      call('change_hold', { hold_id: HO(1), status: 'urgent' }),
      call('place_hold', { member_id: ME(0), title: 'Middlemarch' }),
      close,
    ];
    expect(play(twoHolds, actions)).toMatchObject({ end: 'solved', wrongWrites: 0 });
    const swapped = actions.map((action) =>
      action === actions[3] ? call('change_hold', { hold_id: HO(0), status: 'urgent' }) : action,
    );
    expect(play(twoHolds, [...swapped, close, close, close])).toMatchObject({
      end: 'gave-up',
      wrongWrites: 1,
    });
  });

  it('lets the user find an accepted state, whatever the way to it', () => {
    const renew = call('renew_loan', { loan_id: LO(0) });
    const free = fakeTask('free', {
      wishes: renewDune.scenario.wishes,
      gold: [
        ...renewDune.gold.slice(0, 3),
        ...[0, 1].map((renewals) => goldCall('set_renewals', { loan_id: LO(0), renewals })),
      ],
    });
    // Looking first is what the rules ask; one call then does what gold does in two.
    const look = call('get_loan', { loan_id: LO(0) });
    const shorter = [...identify, look, call('set_renewals', { loan_id: LO(0), renewals: 1 }), close];
    expect(play(free, shorter)).toMatchObject({ end: 'solved', wrongWrites: 0 });
    expect(play(free, [...identify, renew, close, close, close])).toMatchObject({
      end: 'gave-up',
      wrongWrites: 1,
    });
  });

  it('pays a refusal only to an agent that identified the caller, read the rows and named the rule', () => {
    const refuse = (policy: string): Action => say({ act: 'refuse', policy });
    expect(play(refuseEmma, [...identify, list, refuse('renew_rules')]).end).toBe('solved');
    expect(play(refuseEmma, [...identify, refuse('renew_rules')]).end).toBe('failed');
    expect(play(refuseEmma, [list, refuse('renew_rules')]).end).toBe('failed');
    expect(play(refuseEmma, [...identify, list, refuse('own')]).end).toBe('failed');
    expect(
      play(refuseEmma, [...identify, list, call('renew_loan', { loan_id: LO(1) }), close]),
    ).toMatchObject({
      end: 'failed',
      violations: [{ policy: 'renew_rules' }],
      wrongWrites: 1,
    });
    expect(play(renewDune, [...identify, call('renew_loan', { loan_id: LO(0) }), refuse('own')]).end).toBe(
      'failed',
    );
  });

  it('pays an answer, and not a list of all that could be one', () => {
    const tell = (...dates: string[]): Action =>
      say({ act: 'tell', values: dates.map((value) => ({ type: 'date', value })) });
    expect(play(tellDue, [...identify, list, tell('2025-06-20')]).end).toBe('failed');
    expect(play(tellDue, [...identify, list, tell('2025-06-12', '2025-06-20')]).end).toBe('failed');
    expect(
      play(tellDue, [
        ...identify,
        list,
        say({ act: 'tell', values: [{ type: 'string', value: '2025-06-12' }] }),
        tell('2025-06-12'),
      ]).end,
    ).toBe('solved');
  });

  it('asks for agreement to exactly the call that is made', () => {
    const change = { tool: 'change_email', args: { member_id: ME(0), email: 'new@example.org' } };
    const other = { ...change, args: { ...change.args, email: 'newer@example.org' } };
    const made = call(change.tool, change.args);
    expect(play(newEmail, [...identify, made, close]).violations).toMatchObject([{ policy: 'agreed' }]);
    const denied = play(newEmail, [...identify, say({ act: 'propose', call: other }), made, close]);
    expect(denied.steps[2]?.observation).toMatchObject({ acts: [{ act: 'deny' }] });
    expect(denied.violations).toMatchObject([{ policy: 'agreed' }]);
  });

  it('ends at the hand-over, which pays nothing that no rule asked for', () => {
    const episode = play(renewDune, [
      ...identify,
      call('transfer_to_human', { policy: 'other', summary: 'Help.' }),
      close,
    ]);
    expect(episode.steps).toHaveLength(3);
    expect(episode).toMatchObject({ end: 'failed', reward: { parts: { acts: 0 } } });
    const unknown = play(renewDune, [call('transfer_to_human', { policy: 'own', summary: 'Help.' })]);
    expect(unknown.steps[0]?.observation).toMatchObject({ type: 'refusal', code: 'INVALID_ARGUMENTS' });
  });

  it('tells a talk cut short from one that ended', () => {
    const actions = [...identify, call('renew_loan', { loan_id: LO(0) }), close];
    expect(play(renewDune, actions, { maxSteps: 3 })).toMatchObject({
      end: 'turn-limit',
      reward: { total: 0 },
    });
    expect(play(renewDune, actions, { maxSteps: 4 })).toMatchObject({ end: 'solved' });
  });

  it('tries a broken call again, and never scores one that stays broken', () => {
    // Gold runs once beforehand: its one write is call 0.
    const gold = goldActions(renewDune);
    const healed = play(renewDune, gold, { faultAt: (count) => count === 2 });
    expect(healed).toMatchObject({ end: 'solved', faults: [{ kind: 'fuel' }] });
    const broken = play(renewDune, gold, { faultAt: (count) => count >= 2 });
    expect(broken).toMatchObject({ end: 'fault', reward: { parts: {}, total: null } });
    expect(broken.faults).toHaveLength(3);
    expect(play(renewDune, gold, { faultAt: () => true })).toMatchObject({ end: 'fault', steps: [] });
  });

  it('goes on from a fork, at any step, to the bytes of the unforked episode', () => {
    for (const task of fakeTasks) {
      const actions = goldActions(task);
      const whole = JSON.stringify(play(task, actions));
      for (let at = 0; at < actions.length; at++) {
        const trunk = startEpisode(fakeWorld(), task, { seed: 7 });
        for (const action of actions.slice(0, at)) trunk.step(action);
        const branch = trunk.fork();
        // What happens on the trunk does not reach the branch.
        trunk.step(call('renew_loan', { loan_id: LO(3) }));
        if (!trunk.done) trunk.step(say({ act: 'refuse', policy: 'own' }));
        for (const action of actions.slice(at)) branch.step(action);
        expect(JSON.stringify(branch.finish())).toBe(whole);
      }
    }
  });

  it('has a state of plain values', () => {
    for (const task of fakeTasks) {
      const environment = startEpisode(fakeWorld(), task);
      for (const action of goldActions(task)) {
        environment.step(action);
        expect(JSON.parse(JSON.stringify(environment.state))).toEqual(environment.state);
      }
    }
  });

  it('says the same for the same seed and something else for another', () => {
    const texts = (seed: number): string[] => {
      const environment = startEpisode(fakeWorld(), renewDune, { seed });
      for (const action of goldActions(renewDune)) environment.step(action);
      return environment
        .finish()
        .steps.flatMap(({ observation }) => (observation.type === 'user' ? [observation.text] : []));
    };
    expect(texts(1)).toEqual(texts(1));
    expect(new Set([1, 2, 3, 4, 5, 6].map((seed) => texts(seed).join('|'))).size).toBeGreaterThan(1);
  });
});
