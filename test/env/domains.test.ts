// The environment over the hand-written domains in the sandbox: what pays, and what does not.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nullAgent } from '../../agents/scripted/null.js';
import { oracle } from '../../agents/scripted/oracle.js';
import { randomValidAgent } from '../../agents/scripted/random-valid.js';
import { refuseAgents } from '../../agents/scripted/refuse.js';
import { replayAgent } from '../../agents/scripted/replay.js';
import { transferAgent, transferAgents } from '../../agents/scripted/transfer.js';
import { emitDomain } from '../../src/emit/emit.js';
import { checkedWorld } from '../../src/env/check/checked-world.js';
import { checkEnvironment } from '../../src/env/check-env.js';
import { viewOf } from '../../src/env/environment.js';
import { explainEpisode } from '../../src/env/explain.js';
import { goldActions } from '../../src/env/gold.js';
import { inText } from '../../src/env/in-text.js';
import { policyIds } from '../../src/env/policy-ids.js';
import type { Agent } from '../../src/env/protocol.js';
import { rollout } from '../../src/env/rollout.js';
import { buildGraph } from '../../src/graph/build.js';
import type { Domain } from '../../src/spec/model.js';
import { readSpec } from '../../src/spec/read.js';
import { composeTasks } from '../../src/task/compose.js';
import type { Task } from '../../src/task/task.js';
import { loadWorld } from '../../src/world/load.js';
import { seedState } from '../../src/world/seed.js';
import type { World } from '../../src/world/world.js';
import { domainIds } from '../task/all-domains.js';

describe.each(domainIds)('%s', (id) => {
  let domain: Domain;
  let world: World;
  let tasks: readonly Task[];

  beforeAll(async () => {
    const read = readSpec(readFileSync(new URL(`../../domains/${id}.yaml`, import.meta.url), 'utf8'));
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    domain = read.value;
    const state = seedState(domain, 11);
    if (!state.ok) throw new Error(JSON.stringify(state.error));
    world = await loadWorld(emitDomain(domain), state.value);
    ({ tasks } = composeTasks(domain, world, buildGraph(domain), 11, 30));
  });
  afterAll(() => world.dispose());

  async function solvedBy(agent: (task: Task) => Agent): Promise<string[]> {
    const solved: string[] = [];
    for (const task of tasks) {
      const episode = await rollout(world, task, agent(task), 3);
      if (episode.end === 'solved') solved.push(task.id);
    }
    return solved;
  }

  it('pays the oracle and gold, in acts and in text', async () => {
    const all = tasks.map((task) => task.id);
    const domainOf = world.domain;
    expect(all.length).toBeGreaterThan(25);
    expect(await solvedBy(() => oracle(domain))).toEqual(all);
    expect(await solvedBy((task) => replayAgent(goldActions(task)))).toEqual(all);
    expect(await solvedBy(() => inText(oracle(domain, 'text'), domainOf))).toEqual(all);
    expect(await solvedBy((task) => inText(replayAgent(goldActions(task)), domainOf))).toEqual(all);
  });

  it('pays agents without insight next to nothing', async () => {
    const view = viewOf(world.domain);
    expect(policyIds(view)).toEqual(domain.policies.map((policy) => policy.id));
    expect(await solvedBy(() => nullAgent())).toEqual([]);
    expect(await solvedBy(() => transferAgent())).toEqual([]);
    expect(await solvedBy(() => randomValidAgent())).toEqual([]);
    for (const constant of [...refuseAgents(view), ...transferAgents(view)]) {
      expect((await solvedBy(() => constant)).length).toBeLessThanOrEqual(tasks.length * 0.07);
    }
  });

  it('keeps what every environment promises, at every step of many episodes', () => {
    const all = checkEnvironment(checkedWorld(world, tasks.slice(0, 4)));
    expect(all.filter(({ problem }) => problem !== null)).toEqual([]);
    const many = tasks.slice(4, 20);
    const forks = checkEnvironment(checkedWorld(world, many), ['fork-same', 'fork-apart', 'reads-are-pure']);
    expect(forks.filter(({ problem, cases }) => problem !== null || cases < many.length)).toEqual([]);
  });

  it('explains each gold episode as one without fault, and a silent one by what is undone', async () => {
    for (const task of tasks) {
      const good = explainEpisode(world, task, await rollout(world, task, replayAgent(goldActions(task)), 3));
      expect(good).toMatchObject({
        ok: true,
        value: { diverged: null, undone: [], differences: [], untold: [] },
      });
      const silent = explainEpisode(world, task, await rollout(world, task, nullAgent(), 3));
      const different = silent.ok && silent.value.differences.length > 0;
      expect(different).toBe((task.difficulty['writes'] ?? 0) > 0);
    }
  });
});
