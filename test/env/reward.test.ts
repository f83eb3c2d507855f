// The reward's parts: what each says, and that they add up.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomValidAgent } from '../../agents/scripted/random-valid.js';
import { replayAgent } from '../../agents/scripted/replay.js';
import { startEpisode, type EpisodeOptions } from '../../src/env/environment.js';
import { goldActions } from '../../src/env/gold.js';
import { potentialOf, standingOf } from '../../src/env/goal-atoms.js';
import { prepareTask } from '../../src/env/prepare.js';
import type { Action, Episode } from '../../src/env/protocol.js';
import { rewardPresets } from '../../src/env/reward.js';
import { rollout } from '../../src/env/rollout.js';
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
import { fakeDomain, fakeWorld, HO, LO, ME } from './fake-world.js';

const call = (tool: string, args: Call['args']): Action => ({ type: 'call', tool, args });
const say = (act: AgentAct): Action => ({ type: 'say', act });
const text = (words: string): Action => ({ type: 'say', text: words });
const close = say({ act: 'close' });
const ask = say({ act: 'ask', slots: ['email'] });
const find = call('find_member_by_email', { email: 'anna@example.org' });
const list = call('list_member_loans', { member_id: ME(0) });
const renew = call('renew_loan', { loan_id: LO(0) });
const tell = (...dates: string[]): Action =>
  say({ act: 'tell', values: dates.map((value) => ({ type: 'date', value })) });

function play(task: Task, actions: readonly Action[], options: EpisodeOptions = {}): Episode {
  const environment = startEpisode(fakeWorld(), task, options);
  for (const action of actions) if (!environment.done) environment.step(action);
  return environment.finish();
}

const steps = ({ steps }: Episode): number[] => steps.map(({ progress }) => Math.round(progress * 1e6) / 1e6);
const sum = (episode: Episode): number => episode.steps.reduce((total, { progress }) => total + progress, 0);

/** Φ of how an episode ended, worked out from its calls alone. */
function potentialAtEnd(task: Task, actions: readonly Action[]): number {
  const world = fakeWorld();
  const prepared = prepareTask(world, task);
  if (!prepared.ok) throw new Error(prepared.fault.message);
  const environment = startEpisode(world, task);
  const session = world.open();
  for (const action of actions) {
    if (environment.done) break;
    const { observation } = environment.step(action);
    if (action.type === 'call' && observation.type === 'result') session.call(action.tool, action.args);
  }
  const diff = session.diff();
  if (!diff.ok) throw new Error(diff.fault.message);
  const { atoms, question } = prepared.value;
  const standing = standingOf(fakeDomain.stateSchema, atoms, diff.value);
  return potentialOf(atoms, environment.state.talk, question, standing);
}

describe('progress', () => {
  it('sums up to the difference of the potential, whatever is played', async () => {
    const wanderer = randomValidAgent({ ending: 0.02 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...fakeTasks), fc.nat(), fc.boolean(), async (task, run, gold) => {
        const random = (await rollout(fakeWorld(), task, wanderer, 7, { run })).steps.map(
          ({ action }) => action,
        );
        // Some of gold first, so that there is something to lose.
        const actions = gold ? [...goldActions(task).slice(0, -1), ...random] : random;
        const episode = play(task, actions);
        expect(episode.reward.parts['progress']).toBeCloseTo(potentialAtEnd(task, actions), 9);
        expect(sum(episode)).toBe(episode.reward.parts['progress']);
      }),
      { numRuns: 150 },
    );
  });

  it.each(fakeTasks)('is 1 in all on the way of gold, and never backwards: $id', (task) => {
    const episode = play(task, goldActions(task));
    expect(sum(episode)).toBeCloseTo(1, 9);
    expect(Math.min(...steps(episode))).toBe(0);
  });

  it('pays identifying the caller, and each cell of gold as it is written', () => {
    expect(steps(play(renewDune, [ask, find, list, renew, close]))).toEqual([0, 0.333333, 0, 0.666667, 0]);
    const half = play(renewDune, [call('set_renewals', { loan_id: LO(0), renewals: 1 })]);
    expect(steps(half)).toEqual([0.333333]);
  });

  it('takes back what is undone', () => {
    const [first, second] = [1, 0].map((renewals) => call('set_renewals', { loan_id: LO(0), renewals }));
    if (first === undefined || second === undefined) throw new Error('two calls');
    expect(steps(play(renewDune, [first, second]))).toEqual([0.333333, -0.333333]);
    // The same write again does something else: the loan is renewed a second time.
    expect(steps(play(renewDune, [renew, renew]))).toEqual([0.666667, -0.333333]);
  });

  it('pays the rows a refusal needs to have read, and the refusal', () => {
    const refuse = say({ act: 'refuse', policy: 'renew_rules' });
    expect(steps(play(refuseEmma, [ask, find, list, refuse]))).toEqual([0, 0.333333, 0.333333, 0.333333]);
    expect(steps(play(refuseEmma, [say({ act: 'refuse', policy: 'own' })]))).toEqual([0]);
  });

  it('pays a value that is told, and not a list of all that could be one', () => {
    expect(steps(play(tellDue, [ask, find, tell('2025-06-12')]))).toEqual([0, 0.5, 0.5]);
    expect(steps(play(tellDue, [ask, find, tell('2025-06-20')]))).toEqual([0, 0.5, 0]);
    expect(steps(play(tellDue, [ask, find, tell('2025-06-12', '2025-06-20')]))).toEqual([0, 0.5, 0]);
  });

  it('knows created rows by what they say, in any order, each once', () => {
    const place = (title: string): Action => call('place_hold', { member_id: ME(0), title });
    const late = [ask, find, place('Persuasion'), place('Middlemarch')];
    // The second hold of gold is not what it says before it is changed.
    expect(steps(play(twoHolds, late))).toEqual([0, 0.333333, 0, 0.333333]);
    const urgent = call('change_hold', { hold_id: HO(1), status: 'urgent' });
    expect(steps(play(twoHolds, [...late, urgent]))).toEqual([0, 0.333333, 0, 0.333333, 0.333333]);
    const twice = [ask, find, place('Middlemarch'), place('Middlemarch')];
    expect(steps(play(twoHolds, twice))).toEqual([0, 0.333333, 0.333333, 0]);
    const alike = fakeTask('alike', {
      wishes: twoHolds.scenario.wishes,
      gold: [1, 2].map(() => goldCall('place_hold', { member_id: ME(0), title: 'Middlemarch' })),
    });
    expect(steps(play(alike, [...twice, place('Middlemarch')]))).toEqual([
      0, 0.333333, 0.333333, 0.333333, 0,
    ]);
  });

  it('leaves exempt columns aside', () => {
    const noted = call('place_hold', { member_id: ME(0), title: 'Middlemarch', note: 'by the window' });
    expect(steps(play(twoHolds, [noted]))).toEqual([0.333333]);
  });

  it('is whole at every end that is accepted', () => {
    const [renewed] = renewDune.goal.accepts;
    const returned = play(renewDune, [call('return_loans', { loan_ids: [LO(0)] })]);
    if (renewed === undefined) throw new Error('an accepted end');
    const task: Task = {
      ...renewDune,
      goal: { ...renewDune.goal, accepts: [renewed, { digest: returned.digest, communicate: [] }] },
    };
    const other = [ask, find, call('return_loans', { loan_ids: [LO(0)] })];
    expect(steps(play(renewDune, other))).toEqual([0, 0.333333, 0]);
    expect(steps(play(task, other))).toEqual([0, 0.333333, 0.666667]);
    expect(steps(play(task, [ask, find, renew]))).toEqual([0, 0.333333, 0.666667]);
  });
});

describe('repetition', () => {
  const share = (actions: readonly Action[], task = renewDune): number | undefined =>
    play(task, actions).reward.parts['repetition'];

  it('is the share of steps that repeat one since which nothing has changed', () => {
    expect(share([])).toBe(0);
    expect(share([ask, ask, find, find])).toBe(0.5);
    expect(share([ask, find, list, find])).toBe(0);
    expect(share([ask, find, list, find, list, list])).toBe(1 / 3);
    expect(share([close, close])).toBe(0.5);
  });

  it('counts no read after a write, and no other arguments', () => {
    expect(share([list, renew, list])).toBe(0);
    expect(share([list, call('list_member_loans', { member_id: ME(1) })])).toBe(0);
    expect(share([call('get_loan', { loan_id: 'no' }), call('get_loan', { loan_id: 'no' })])).toBe(0.5);
  });

  it('counts an act by what it means for the talk', () => {
    const change = { tool: 'change_email', args: { member_id: ME(0), email: 'new@example.org' } };
    const propose = say({ act: 'propose', call: change });
    expect(share([propose, propose], newEmail)).toBe(0.5);
  });
});

describe('format', () => {
  it('is the share of unknown tools, wrong arguments and texts that say nothing', () => {
    const share = (actions: readonly Action[]): number | undefined =>
      play(renewDune, actions).reward.parts['format'];
    expect(share([ask, find])).toBe(0);
    expect(share([ask, call('fly', {}), find, call('get_loan', {})])).toBe(0.5);
    expect(share([text('Bananas'), text('Could you please tell me your email?')])).toBe(0.5);
    expect(share([call('get_loan', { loan_id: LO(77_777) })])).toBe(0);
  });
});

describe('the total', () => {
  it('is 1 exactly when solved, unless other weights are given', () => {
    for (const task of fakeTasks) {
      expect(play(task, goldActions(task)).reward).toMatchObject({
        parts: { outcome: 1, violations: 0 },
        total: 1,
      });
      expect(play(task, goldActions(task).slice(0, -1)).reward).toMatchObject({
        parts: { outcome: 0 },
        total: 0,
      });
    }
  });

  it('is the sum of the parts under the weights, which the episode names', () => {
    const weights = { outcome: 2, progress: 0.5, violations: -0.25, tidiness: 9 };
    const { reward } = play(renewDune, [ask, renew, close], { reward: weights });
    expect(reward.parts).toMatchObject({ outcome: 0, state: 1, policy: 0, violations: 1, ended: 1 });
    expect(reward.weights).toEqual(weights);
    expect(reward.total).toBeCloseTo(0.5 * (2 / 3) - 0.25, 9);
  });

  it('puts every solved episode over every other when it is shaped', async () => {
    const totals: { readonly solved: boolean; readonly total: number | null }[] = [];
    const reward = rewardPresets.shaped;
    for (const task of fakeTasks) {
      const detours = Array<Action>(20).fill(list);
      const agents = [
        replayAgent(goldActions(task)),
        replayAgent([...detours, ...goldActions(task)]),
        ...[0.02, 1].map((ending) => randomValidAgent({ ending })),
      ];
      for (const agent of agents) {
        const { end, reward: paid } = await rollout(fakeWorld(), task, agent, 7, { reward });
        totals.push({ solved: end === 'solved', total: paid.total });
      }
      for (let cut = 0; cut < goldActions(task).length; cut++) {
        const { end, reward: paid } = play(task, goldActions(task).slice(0, cut), { reward });
        totals.push({ solved: end === 'solved', total: paid.total });
      }
    }
    const of = (solved: boolean): number[] =>
      totals.flatMap((played) => (played.solved === solved ? [played.total ?? Number.NaN] : []));
    expect(of(true).length).toBeGreaterThan(fakeTasks.length);
    expect(Math.min(...of(true))).toBeGreaterThan(Math.max(...of(false)));
  });

  it('is none where the world breaks, and nothing where the agent does', () => {
    const broken = (boundary: 'sandbox' | 'agent' | 'model' | 'transport'): Episode => {
      const environment = startEpisode(fakeWorld(), renewDune);
      environment.step(ask);
      environment.interrupt({ boundary, kind: 'test', message: 'for a test' });
      return environment.finish();
    };
    for (const boundary of ['sandbox', 'model', 'transport'] as const) {
      expect(broken(boundary)).toMatchObject({ end: 'fault', reward: { parts: {}, total: null } });
    }
    expect(broken('agent')).toMatchObject({ end: 'fault', reward: { parts: {}, total: 0 } });
  });
});

describe('an end', () => {
  const after = (
    actions: readonly Action[],
    options: EpisodeOptions = {},
  ): { done: boolean; terminated: boolean; truncated: boolean } => {
    const environment = startEpisode(fakeWorld(), renewDune, options);
    let told = { done: false, terminated: false, truncated: false };
    for (const action of actions) {
      const { done, terminated, truncated } = environment.step(action);
      told = { done, terminated, truncated };
    }
    expect(environment).toMatchObject(told);
    return told;
  };

  it('terminates when somebody ends the talk, and truncates when it is cut', () => {
    expect(after([ask])).toEqual({ done: false, terminated: false, truncated: false });
    const ended = { done: true, terminated: true, truncated: false };
    expect(after([ask, find, renew, close])).toEqual(ended);
    expect(after([close, close, close])).toEqual(ended);
    expect(after([call('transfer_to_human', { policy: 'other', summary: 'Help.' })])).toEqual(ended);
    expect(after([ask, find], { maxSteps: 2 })).toEqual({ done: true, terminated: false, truncated: true });
    expect(after([ask, find, renew, close], { maxSteps: 4 })).toEqual(ended);
  });
});
