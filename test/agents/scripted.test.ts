import { describe, expect, it } from 'vitest';
import { nullAgent } from '../../agents/scripted/null.js';
import { randomValidAgent } from '../../agents/scripted/random-valid.js';
import { refuseAgent, refuseAgents } from '../../agents/scripted/refuse.js';
import { replayAgent } from '../../agents/scripted/replay.js';
import { transferAgent, transferAgents } from '../../agents/scripted/transfer.js';
import { viewOf } from '../../src/env/environment.js';
import { goldActions } from '../../src/env/gold.js';
import type { Agent, Episode } from '../../src/env/protocol.js';
import { inText } from '../../src/env/in-text.js';
import { rollout, type RolloutOptions } from '../../src/env/rollout.js';
import type { Task } from '../../src/task/task.js';
import { fakeTasks, refuseEmma, renewDune } from '../env/fake-tasks.js';
import { fakeDomain, fakeWorld } from '../env/fake-world.js';
import { agentLaws } from '../laws/agent-laws.js';

const view = viewOf(fakeDomain);
const agents: readonly Agent[] = [
  nullAgent(),
  refuseAgent('own'),
  transferAgent(),
  transferAgent({ identify: true, policy: 'too_many' }),
  randomValidAgent(),
  randomValidAgent({ ending: 0.05 }),
  replayAgent(goldActions(renewDune)),
  inText(randomValidAgent(), fakeDomain),
];
const play = (task: Task, agent: Agent, options: RolloutOptions = {}): Promise<Episode> =>
  rollout(fakeWorld(), task, agent, 7, options);

describe.each(agents.map((agent) => [agent.name, agent] as const))('the agent %s', (_, agent) => {
  agentLaws(agent, view);
});

describe('constant agents', () => {
  const constant = [nullAgent(), transferAgent(), ...transferAgents(view), ...refuseAgents(view)];

  it.each(constant.map((agent) => [agent.name, agent] as const))('solve nothing: %s', async (_, agent) => {
    for (const task of fakeTasks) {
      const episode = await play(task, agent);
      expect(episode.end).not.toBe('solved');
      expect(episode).toMatchObject({ reward: { total: 0 }, violations: [], wrongWrites: 0 });
    }
  });

  it('refuse as strongly as one can without reading: only the rows are missing', async () => {
    const episode = await play(refuseEmma, refuseAgent('renew_rules'));
    expect(episode).toMatchObject({
      end: 'failed',
      reward: { parts: { state: 1, told: 1, acts: 0, policy: 1 } },
    });
    const easier = {
      ...refuseEmma,
      goal: {
        ...refuseEmma.goal,
        actsNeeded: refuseEmma.goal.actsNeeded.filter(({ act }) => act !== 'read'),
      },
    };
    expect((await play(easier, refuseAgent('renew_rules'))).end).toBe('solved');
  });
});

describe('a rollout', () => {
  it('replays gold to a solved episode', async () => {
    for (const task of fakeTasks)
      expect((await play(task, replayAgent(goldActions(task)))).end).toBe('solved');
  });

  it('is solved by gold in text alone, since every act has a text that reads back', async () => {
    for (const task of fakeTasks) {
      const episode = await play(task, inText(replayAgent(goldActions(task)), fakeDomain));
      expect(episode.end).toBe('solved');
      expect(episode.steps.every(({ action }) => !('act' in action))).toBe(true);
    }
  });

  it('gives the same episode for the same seed and run, and another for another', async () => {
    const whole = async (run: number): Promise<string> =>
      JSON.stringify(await play(renewDune, randomValidAgent(), { run }));
    expect(await whole(0)).toBe(await whole(0));
    expect(await whole(1)).not.toBe((await whole(0)).replace('"run":0', '"run":1'));
  });

  it('lets a patient random agent wander', async () => {
    const runs = Array.from({ length: 12 }, (_, run) =>
      play(renewDune, randomValidAgent({ ending: 0.05 }), { run }),
    );
    const distinct = (await Promise.all(runs)).map(
      ({ steps }) => new Set(steps.map(({ action }) => JSON.stringify(action))).size,
    );
    expect(distinct.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(12 * 6);
  });

  it('reports how many candidates there were', async () => {
    const random = await play(renewDune, randomValidAgent());
    const counted = await play(renewDune, nullAgent(), { countCandidates: true });
    expect(random.steps.every(({ candidates }) => (candidates ?? 0) > 5)).toBe(true);
    expect(counted.steps[0]?.candidates).toBe(random.steps[0]?.candidates);
    expect((await play(renewDune, nullAgent())).steps[0]).not.toHaveProperty('candidates');
  });

  it('makes a fault of what is no action', async () => {
    const endless: Record<string, unknown> = {};
    endless['more'] = endless;
    const acts = [
      undefined,
      null,
      'hello',
      {},
      { type: 'call', tool: 'renew_loan' },
      { type: 'call', tool: 'renew_loan', args: { loan_id: Number.NaN } },
      { type: 'call', tool: 'renew_loan', args: endless },
      { type: 'say' },
      { type: 'say', act: { act: 'dance' } },
      { type: 'say', act: { act: 'ask' } },
      { type: 'say', act: { act: 'tell', values: [{ type: 'date', value: () => 'now' }] } },
    ];
    for (const act of acts) {
      const agent = { name: 'broken', start: () => ({ act: () => act }) } as unknown as Agent;
      expect(await play(renewDune, agent)).toMatchObject({
        end: 'fault',
        faults: [{ boundary: 'agent', kind: 'malformed' }],
      });
    }
  });

  it('makes a fault of an agent that throws or rejects, not a failed episode', async () => {
    const broken = (act: () => never | Promise<never>): Agent => ({ name: 'broken', start: () => ({ act }) });
    const throwing = broken(() => {
      throw new TypeError('no answer');
    });
    const rejecting = broken(() => Promise.reject(new Error('no answer')));
    for (const agent of [throwing, rejecting]) {
      expect(await play(renewDune, agent)).toMatchObject({
        end: 'fault',
        reward: { parts: {}, total: 0 },
        faults: [{ boundary: 'agent', kind: 'threw', message: 'no answer' }],
      });
    }
  });
});
