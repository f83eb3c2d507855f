// Evaluations: what is summed up, what a lost worker costs, and going on where one stopped.
import { beforeAll, describe, expect, it } from 'vitest';
import { nullAgent } from '../../agents/scripted/null.js';
import { randomValidAgent } from '../../agents/scripted/random-valid.js';
import { evaluate, type EvaluateOptions } from '../../src/bench/evaluate.js';
import { evaluateLive } from '../../src/bench/evaluate-live.js';
import { groupByDifficulty } from '../../src/bench/groups.js';
import type { BenchmarkDomain } from '../../src/bench/record.js';
import { summarise, type Summary } from '../../src/bench/summarise.js';
import { Broken } from '../../src/core/errors.js';
import { brokenEpisode } from '../../src/env/broken-episode.js';
import type { Agent, Episode } from '../../src/env/protocol.js';
import type { Task } from '../../src/task/task.js';
import { makeBenchmarkDomain } from './bench-domain.js';

let domain: BenchmarkDomain;
beforeAll(async () => {
  domain = await makeBenchmarkDomain(8);
});

const options = (more: Partial<EvaluateOptions> = {}): EvaluateOptions => ({
  agent: 'random',
  split: 'all',
  runs: 2,
  seed: '7',
  workers: 2,
  ...more,
});
const figures = (summary: Summary): unknown => ({ ...summary, pace: null });

describe('an evaluation', () => {
  it('gives the same figures and bytes with any number of workers', async () => {
    const one = await evaluate([domain], options({ workers: 1 }));
    const two = await evaluate([domain], options());
    expect(JSON.stringify(two.episodes)).toBe(JSON.stringify(one.episodes));
    expect(figures(two.summary)).toEqual(figures(one.summary));
    expect(two.episodes.map(({ task, run }) => `${task} ${run}`)).toEqual(
      domain.tasks.flatMap(({ id }) => [`${id} 0`, `${id} 1`]),
    );
  });

  it('counts a play whose worker hangs as a fault of the sandbox, and keeps every other', async () => {
    const victim = domain.tasks.find(({ gold }) =>
      gold.some((step) => 'call' in step && isExtension(step.call)),
    );
    const locker = victim?.gold.flatMap((step) =>
      'call' in step && isExtension(step.call) ? [JSON.stringify(step.call.args['locker_id'])] : [],
    )[0];
    if (victim === undefined || locker === undefined) throw new Error('no task extends a rent');
    const hangs = domain.tasks.filter(({ gold }) => JSON.stringify(gold).includes(`"locker_id":${locker}`));
    const tools = domain.emitted.compiled['tools.js'] ?? '';
    const native = `if (args.locker_id === ${locker}) new Array(1e9).join();`;
    const hanging: BenchmarkDomain = {
      ...domain,
      emitted: {
        ...domain.emitted,
        compiled: {
          ...domain.emitted.compiled,
          'tools.js': tools.replace(/(export function extendRent\(db, args\) \{)/, `$1 ${native}`),
        },
      },
    };
    const played = await evaluate([hanging], options({ agent: 'replay', runs: 1, watchdog: 2500 }));
    const lost = played.episodes.filter(({ end }) => end === 'fault');
    expect(lost.map(({ task }) => task)).toContain(victim.id);
    expect(hangs.map(({ id }) => id)).toEqual(expect.arrayContaining(lost.map(({ task }) => task)));
    for (const episode of lost) {
      expect(episode).toMatchObject({
        faults: [{ boundary: 'sandbox', kind: 'watchdog' }],
        reward: { parts: {}, total: null },
      });
    }
    expect(played.episodes).toHaveLength(domain.tasks.length);
    expect(played.summary).toMatchObject({
      excluded: lost.length,
      tasks: domain.tasks.length - lost.length,
      success: 1,
      byFault: { 'sandbox:watchdog': lost.length },
      neverSolved: [],
    });
  });

  it('goes on where an earlier one stopped, and plays again what broke', async () => {
    const whole = await evaluate([domain], options());
    const [first, second, ...rest] = whole.episodes;
    if (first === undefined || second === undefined) throw new Error('there are episodes');
    const fault = { boundary: 'sandbox', kind: 'crash', message: 'it died' } as const;
    const done = [
      { ...first, digest: whole.episodes[2]?.digest ?? first.digest },
      brokenEpisode(second.task, second.agent, second.run, fault),
      ...rest.slice(0, 5),
    ];
    const resumed = await evaluate([domain], options({ done }));
    expect(JSON.stringify(resumed.episodes)).toBe(JSON.stringify([done[0], second, ...rest]));
    const idle = await evaluate([domain], options({ done: whole.episodes }));
    expect(JSON.stringify(idle.episodes)).toBe(JSON.stringify(whole.episodes));
  });
});

function isExtension({ tool }: { readonly tool: string }): boolean {
  return tool === 'extend_rent';
}

describe('a live evaluation', () => {
  const live = { split: 'all', runs: 2, seed: '7' } as const;
  /** Answers after a while, so that episodes overlap. */
  const slow = (agent: Agent, wait: () => number): Agent => ({
    ...agent,
    start(view, seed) {
      const session = agent.start(view, seed);
      return {
        ...session,
        async act(observation) {
          await new Promise((resolve) => {
            setTimeout(resolve, wait());
          });
          return session.act(observation);
        },
      };
    },
  });

  it('gives the bytes of workers, however many episodes overlap', async () => {
    const { episodes } = await evaluate([domain], options());
    const expected = JSON.stringify(episodes);
    let turn = 0;
    for (const concurrency of [1, 5, 100]) {
      const agent = slow(randomValidAgent(), () => (turn++ * 7) % 5);
      const played = await evaluateLive([domain], agent, { ...live, concurrency });
      expect(played.whole).toBe(true);
      expect(JSON.stringify(played.episodes)).toBe(expected);
    }
  });

  it('keeps what is finished when it is stopped, and goes on from it to the same bytes', async () => {
    const agent = slow(randomValidAgent(), () => 1);
    const whole = await evaluateLive([domain], agent, { ...live, concurrency: 3 });
    const stop = new AbortController();
    const dying: Agent = {
      ...agent,
      start(view, seed) {
        const session = agent.start(view, seed);
        return {
          ...session,
          act(observation) {
            if (stop.signal.aborted) {
              throw new Broken({ boundary: 'transport', kind: 'stopped', message: 'the work was stopped' });
            }
            return session.act(observation);
          },
        };
      },
    };
    const seen: number[] = [];
    const stopped = await evaluateLive([domain], dying, {
      ...live,
      concurrency: 3,
      signal: stop.signal,
      onEpisode(soFar) {
        seen.push(soFar().episodes.length);
        if (seen.length === 4) stop.abort();
      },
    });
    expect(stopped.whole).toBe(false);
    expect(seen.slice(0, 4)).toEqual([1, 2, 3, 4]);
    expect(stopped.episodes.length).toBeGreaterThanOrEqual(4);
    expect(stopped.episodes.length).toBeLessThan(whole.episodes.length);
    expect(stopped.summary).toMatchObject({ excluded: 0, episodes: stopped.episodes.length });
    const { episodes: done } = stopped;
    const resumed = await evaluateLive([domain], agent, { ...live, concurrency: 3, done });
    expect(JSON.stringify(resumed.episodes)).toBe(JSON.stringify(whole.episodes));
  });

  it('adds up what was asked of a model', async () => {
    const usage = { requests: 3, retries: 1, promptTokens: 50, completionTokens: 2 };
    const priced: Agent = {
      name: 'priced',
      start: (view, seed) => ({ ...nullAgent().start(view, seed), usage: () => usage }),
    };
    const { summary } = await evaluateLive([domain], priced, { ...live, concurrency: 4 });
    expect(summary.usage).toEqual({ requests: 48, retries: 16, promptTokens: 800, completionTokens: 32 });
    expect(summary.pace.requestsPerSecond).toBeGreaterThan(0);
  });
});

describe('a summary', () => {
  const taskOf = (id: string, kind: Task['kind'], writes: number): Task => ({
    ...(domain.tasks[0] as Task),
    id,
    kind,
    difficulty: { writes, reads: 1, steps: 4 + writes },
  });
  const played = (task: string, run: number, end: Episode['end'], more: Partial<Episode> = {}): Episode => ({
    ...brokenEpisode(task, 'x', run, { boundary: 'agent', kind: 'threw', message: '' }),
    end,
    faults: [],
    ...more,
  });

  it('says beside success what was done wrong, where, and how talks ended', () => {
    const tasks = [
      taskOf('a', 'do', 1),
      taskOf('b', 'do', 2),
      taskOf('c', 'tell', 0),
      taskOf('d', 'tell', 0),
    ];
    const violations = [
      { policy: 'own', step: 1 },
      { policy: 'ask', step: 1 },
    ];
    const lost = brokenEpisode('c', 'x', 1, { boundary: 'transport', kind: 'timeout', message: '' });
    const episodes = [
      played('a', 0, 'solved'),
      played('a', 1, 'failed', { violations: [{ policy: 'own', step: 0 }], wrongWrites: 2 }),
      played('b', 0, 'gave-up', { violations }),
      played('b', 1, 'turn-limit'),
      played('c', 0, 'solved'),
      lost,
    ];
    const subject = { agent: 'x', split: 'all', seed: '7', runs: 2, tasks } as const;
    const summary = summarise(subject, episodes, { stepsPerSecond: 1 });
    expect(summary).toMatchObject({
      tasks: 3,
      episodes: 6,
      excluded: 1,
      success: 0.5,
      policyViolations: 3,
      byPolicy: { own: 2, ask: 1 },
      wrongWrites: 2,
      byFault: { 'transport:timeout': 1 },
      ends: { solved: 2, failed: 1, 'gave-up': 1, 'turn-limit': 1 },
      neverSolved: ['b'],
      byKind: {
        do: { tasks: 2, episodes: 4, success: 0.25, policyViolations: 3, wrongWrites: 2 },
        tell: { tasks: 1, episodes: 1, success: 1, policyViolations: 0, wrongWrites: 0 },
      },
    });
    expect(summary.byDifficulty['writes']?.map(({ values, success }) => [values, success])).toEqual([
      ['0', 1],
      ['1', 0.5],
      ['2', 0],
    ]);
    expect(summary).not.toHaveProperty('usage');
    expect(summary.byDifficulty).not.toHaveProperty('complexity');
  });

  it('cuts a feature of many values into quarters that hold every task once', () => {
    const tasks = Array.from({ length: 40 }, (_, at) => ({
      ...taskOf(`t${at}`, 'do', 1),
      difficulty: { writes: 1, complexity: ((at * 7) % 40) / 8 },
    }));
    const { complexity, writes, ...others } = groupByDifficulty(tasks);
    expect(others).toEqual({});
    expect(writes?.names).toEqual(['1']);
    expect(complexity?.names).toEqual(['0–1.125', '1.25–2.375', '2.5–3.625', '3.75–4.875']);
    const sizes = complexity?.names.map(
      (name) => tasks.filter(({ id }) => complexity.of.get(id) === name).length,
    );
    expect(sizes).toEqual([10, 10, 10, 10]);
  });
});
