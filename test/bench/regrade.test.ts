// Saved episodes graded again: the same where nothing changed, another where a goal or a policy did,
// and never where the world answers otherwise.
import { beforeAll, describe, expect, it } from 'vitest';
import { oracle } from '../../agents/scripted/oracle.js';
import { randomValidAgent } from '../../agents/scripted/random-valid.js';
import { evaluateLive } from '../../src/bench/evaluate-live.js';
import type { BenchmarkDomain } from '../../src/bench/record.js';
import { regrade, type Regraded } from '../../src/bench/regrade.js';
import { readResults, resultLines, type Results } from '../../src/bench/results.js';
import { formatIssue } from '../../src/core/result.js';
import { inText } from '../../src/env/in-text.js';
import type { Agent, Episode } from '../../src/env/protocol.js';
import { replayEpisode } from '../../src/env/replay.js';
import { rewardPresets } from '../../src/env/reward.js';
import { rollout } from '../../src/env/rollout.js';
import { fakeTasks } from '../env/fake-tasks.js';
import { fakeWorld } from '../env/fake-world.js';
import { makeBenchmarkDomain } from './bench-domain.js';

let domain: BenchmarkDomain;
let solved: Results;

async function saved(agent: Agent, runs = 1): Promise<Results> {
  const played = await evaluateLive([domain], agent, { split: 'all', runs, seed: '7', concurrency: 4 });
  const read = readResults([...resultLines(played)].join('\n'));
  if (!read.ok) throw new Error('the results are not readable');
  return read.value;
}

async function graded(domains: readonly BenchmarkDomain[], results: Results): Promise<Regraded> {
  const regraded = await regrade(domains, results);
  if (!regraded.ok) throw new Error(regraded.error.map((issue) => formatIssue(issue)).join('\n'));
  return regraded.value;
}

const withEpisodes = (results: Results, edit: (episode: Episode, at: number) => Episode): Results => ({
  ...results,
  episodes: results.episodes.map(edit),
});

beforeAll(async () => {
  domain = await makeBenchmarkDomain(8);
  solved = await saved(oracle(domain.domain));
});

describe('regrading', () => {
  it('gives the same bytes where nothing changed, in acts and in text', async () => {
    const agents = [
      oracle(domain.domain),
      inText(oracle(domain.domain), domain.emitted),
      randomValidAgent({ ending: 0.05 }),
    ];
    for (const agent of agents) {
      const results = await saved(agent, 2);
      const { episodes, changes } = await graded([domain], results);
      expect(changes).toEqual([]);
      expect(JSON.stringify(episodes)).toBe(JSON.stringify(results.episodes));
    }
  });

  it('keeps the weights that the reward was given under', async () => {
    const reward = rewardPresets.shaped;
    for (const task of fakeTasks) {
      const agent = randomValidAgent({ ending: 0.05 });
      const episode = await rollout(fakeWorld(), task, agent, 7, { reward });
      expect(replayEpisode(fakeWorld(), task, episode)).toEqual({ ok: true, episode });
    }
  });

  it('shows a goal that changed', async () => {
    const [first, ...tasks] = domain.tasks.filter(({ kind }) => kind === 'do');
    if (first === undefined) throw new Error('there is a task of kind do');
    const other = { ...first, goal: { ...first.goal, accepts: [] } };
    const others = domain.tasks.filter(({ kind }) => kind !== 'do');
    const { changes, summary } = await graded([{ ...domain, tasks: [other, ...tasks, ...others] }], solved);
    expect(changes).toMatchObject([
      {
        task: first.id,
        run: 0,
        line: 2 + domain.tasks.indexOf(first),
        end: ['solved', 'failed'],
        total: [1, 0],
        parts: { outcome: [1, 0], state: [1, 0] },
      },
    ]);
    expect(summary).toMatchObject({ agent: 'oracle', episodes: 8, success: 7 / 8 });
  });

  it('shows a policy that changed, with the steps that break it', async () => {
    const strict: BenchmarkDomain = {
      ...domain,
      emitted: {
        ...domain.emitted,
        talkPolicies: [
          ...domain.emitted.talkPolicies,
          { id: 'ask_always', kind: 'confirm', text: 'Ask before a rent is extended.', on: ['extend_rent'] },
        ],
      },
    };
    const { changes } = await graded([strict], solved);
    const extended = solved.episodes.filter(({ steps }) =>
      steps.some(({ action }) => action.type === 'call' && action.tool === 'extend_rent'),
    );
    expect(changes.map(({ task }) => task)).toEqual(extended.map(({ task }) => task));
    expect(changes[0]).toMatchObject({
      end: ['solved', 'failed'],
      parts: { policy: [1, 0], violations: [0, 1] },
    });
    expect(changes[0]?.policies).toEqual([[], [expect.stringMatching(/^ask_always@\d+$/)]]);
  });

  it('takes what was said as it was understood then', async () => {
    const told = { act: 'tell', values: [{ type: 'date', value: '2025-06-12' }] } as const;
    const words = withEpisodes(solved, (episode) => ({
      ...episode,
      steps: episode.steps.map((step) =>
        'act' in step.action
          ? { ...step, action: { type: 'say', text: 'Hm.' }, heard: [step.action.act, told] }
          : step,
      ),
    }));
    const { episodes } = await graded([domain], words);
    expect(episodes.every(({ told }) => told.some(({ value }) => value === '2025-06-12'))).toBe(true);
    expect(episodes.filter(({ end }) => end === 'solved').length).toBeGreaterThan(4);
  });

  it('scores no episode that the world answers otherwise, and says which line and step', async () => {
    const edited = withEpisodes(solved, (episode, at) =>
      at !== 2
        ? episode
        : {
            ...episode,
            steps: episode.steps.map((step) =>
              step.observation.type === 'result' &&
              step === episode.steps.find(({ observation }) => observation.type === 'result')
                ? { ...step, observation: { ...step.observation, value: 'something else' } }
                : step,
            ),
          },
    );
    const regraded = await regrade([domain], edited);
    expect(regraded.ok).toBe(false);
    if (regraded.ok) return;
    expect(regraded.error.map((issue) => formatIssue(issue, 'r.jsonl'))).toEqual([
      expect.stringMatching(
        /^r\.jsonl:4 steps\[\d+\]\.observation: '\w+' answers otherwise now: .*something else/,
      ),
    ]);
  });

  it('scores no episode of a task that is not there', async () => {
    const regraded = await regrade([{ ...domain, tasks: domain.tasks.slice(1) }], solved);
    expect(regraded).toEqual({
      ok: false,
      error: [{ path: 'task', line: 2, message: `'${domain.tasks[0]?.id}' is not in the benchmark` }],
    });
  });

  it('leaves a fault a fault', async () => {
    const fault = { boundary: 'transport', kind: 'timeout', message: '' } as const;
    const broken: Agent = {
      name: 'broken',
      start: () => ({ act: () => ({ type: 'say', text: 'Hello?' }) }),
    };
    const results = withEpisodes(await saved(broken), (episode) => ({
      ...episode,
      end: 'fault',
      faults: [fault],
      reward: { ...episode.reward, parts: {}, total: null },
    }));
    const { episodes, changes, summary } = await graded([domain], results);
    expect(episodes).toEqual(results.episodes);
    expect(changes).toEqual([]);
    expect(summary).toMatchObject({ excluded: 8, byFault: { 'transport:timeout': 8 } });
  });
});
