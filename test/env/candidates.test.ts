import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/core/json.js';
import { callBound, candidates, tellBound, trackCandidates } from '../../src/env/candidates.js';
import { startEpisode, viewOf } from '../../src/env/environment.js';
import { goldActions } from '../../src/env/gold.js';
import type { Action, Observation } from '../../src/env/protocol.js';
import { createArgumentChecker } from '../../src/world/arguments.js';
import { fakeTasks, newEmail } from './fake-tasks.js';
import { fakeDomain, fakeState, fakeWorld, LO, ME } from './fake-world.js';

const view = viewOf(fakeDomain);
const shown: Observation = {
  type: 'result',
  tool: 'list_member_loans',
  value: fakeState.tables['Loan'] ?? [],
};
const calls = (actions: readonly Action[], tool: string): Action[] =>
  actions.filter((action) => action.type === 'call' && action.tool === tool);

describe('candidates', () => {
  it('hold no call whose arguments have not been seen', () => {
    const first = candidates(view, []);
    expect(first.filter(({ type }) => type === 'call').map((action) => canonicalJson(action))).toEqual([
      '{"args":{"policy":"too_many","summary":"Please take over."},"tool":"transfer_to_human","type":"call"}',
      '{"args":{"policy":"other","summary":"Please take over."},"tool":"transfer_to_human","type":"call"}',
    ]);
    expect(calls(candidates(view, [shown]), 'renew_loan')).toHaveLength(4);
  });

  it('hold every action of gold, at the time it is played', () => {
    for (const task of fakeTasks) {
      const environment = startEpisode(fakeWorld(), task);
      const tracked = trackCandidates(environment.view);
      tracked.observe(environment.observation);
      for (const action of goldActions(task)) {
        const all = Array.from({ length: tracked.size() }, (_, index) => canonicalJson(tracked.at(index)));
        expect(all).toContain(canonicalJson(action));
        tracked.observe(environment.step(action).observation);
      }
      environment.finish();
    }
  });

  it('are distinct, within their bounds, and of a form that the tools take', () => {
    const many: Observation = {
      type: 'result',
      tool: 'list_member_loans',
      value: Array.from({ length: 200 }, (_, index) => ({
        loan_id: LO(index),
        member_id: ME(index),
        title: `T ${index}`,
      })),
    };
    const history = [startEpisode(fakeWorld(), newEmail).observation, shown, many];
    const all = candidates(view, history);
    const checker = createArgumentChecker(view.manifest);
    expect(new Set(all.map((action) => canonicalJson(action))).size).toBe(all.length);
    for (const { name } of view.manifest) expect(calls(all, name).length).toBeLessThanOrEqual(callBound);
    expect(calls(all, 'place_hold')).toHaveLength(callBound);
    expect(all.filter((action) => 'act' in action && action.act.act === 'tell')).toHaveLength(tellBound);
    const problems = all.map((action) =>
      action.type === 'call' ? checker.problems(action.tool, action.args) : null,
    );
    expect(problems.filter((problem) => problem !== null)).toEqual([]);
    expect(candidates(view, history)).toEqual(all);
  });

  it('are the same followed step by step as made anew, also after a fork', () => {
    const tracked = trackCandidates(view);
    const history: Observation[] = [];
    for (const observation of [startEpisode(fakeWorld(), newEmail).observation, shown]) {
      tracked.observe(observation);
      history.push(observation);
      const again = candidates(view, history);
      expect(Array.from({ length: tracked.size() }, (_, index) => tracked.at(index))).toEqual(again);
    }
    const fork = tracked.fork();
    const size = tracked.size();
    fork.observe({ type: 'result', tool: 'get_loan', value: { loan_id: LO(77) } });
    expect(fork.size()).toBeGreaterThan(size - tellBound);
    expect(tracked.size()).toBe(size);
    expect(() => tracked.at(size)).toThrow(RangeError);
  });

  it('name each policy of the text, and only those', () => {
    const refused = candidates(view, []).flatMap((action) =>
      'act' in action && action.act.act === 'refuse' ? [action.act.policy] : [],
    );
    expect(refused).toEqual(fakeDomain.talkPolicies.map(({ id }) => id));
  });
});
