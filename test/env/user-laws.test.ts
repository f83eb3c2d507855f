// Laws of users over the tasks of every domain in the sandbox: they tell nothing but their scenario,
// whatever is asked of them or proposed to them; they know nothing of gold; and they say nothing twice in
// the same words.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oracle } from '../../agents/scripted/oracle.js';
import { randomValidAgent } from '../../agents/scripted/random-valid.js';
import { emitDomain } from '../../src/emit/emit.js';
import { trackCandidates } from '../../src/env/candidates.js';
import { startEpisode } from '../../src/env/environment.js';
import { goldActions } from '../../src/env/gold.js';
import type { Agent, Episode } from '../../src/env/protocol.js';
import { rollout } from '../../src/env/rollout.js';
import { buildGraph } from '../../src/graph/build.js';
import { forms } from '../../src/language/forms.js';
import type { UserAct } from '../../src/policy/talk.js';
import type { Domain } from '../../src/spec/model.js';
import { readSpec } from '../../src/spec/read.js';
import { composeTasks } from '../../src/task/compose.js';
import type { Task } from '../../src/task/task.js';
import { loadWorld } from '../../src/world/load.js';
import { seedState } from '../../src/world/seed.js';
import type { World } from '../../src/world/world.js';
import { domainIds } from '../task/all-domains.js';

describe.each(domainIds)('users of %s', (id) => {
  let domain: Domain;
  let world: World;
  let tasks: readonly Task[];

  beforeAll(async () => {
    const read = readSpec(readFileSync(new URL(`../../domains/${id}.yaml`, import.meta.url), 'utf8'));
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    domain = read.value;
    const state = seedState(domain, 4);
    if (!state.ok) throw new Error(JSON.stringify(state.error));
    world = await loadWorld(emitDomain(domain), state.value);
    ({ tasks } = composeTasks(domain, world, buildGraph(domain), 4, 30));
  });
  afterAll(() => world.dispose());

  // The candidates after gold's reads hold every id and value that an agent can come across.
  it('tell nothing beyond their scenario, whatever is asked and proposed', () => {
    const ids = new RegExp(`\\b(?:${domain.entities.map(({ prefix }) => prefix).join('|')})-\\d{5}`);
    let answers = 0;
    for (const task of tasks.slice(0, 12)) {
      const known = new Set(valuesIn([task.scenario.wishes, task.scenario.corrected], task.scenario.known));
      const environment = startEpisode(world, task);
      const tracked = trackCandidates(environment.view);
      tracked.observe(environment.observation);
      for (const action of goldActions(task)) {
        if (environment.done || action.type !== 'call') continue;
        if (world.domain.manifest.find(({ name }) => name === action.tool)?.effect !== 'read') continue;
        tracked.observe(environment.step(action).observation);
      }
      const size = tracked.size();
      const step = Math.max(1, Math.floor(size / 250));
      for (let at = 0; at < size && !environment.done; at += step) {
        const action = tracked.at(at);
        if (action.type !== 'say') continue;
        const fork = environment.fork();
        const { observation } = fork.step(action);
        fork.finish();
        if (observation.type !== 'user') continue;
        answers += 1;
        expect(valuesIn(observation.acts).filter((value) => !known.has(value))).toEqual([]);
        expect(observation.text).not.toMatch(ids);
      }
      environment.finish();
    }
    expect(answers).toBeGreaterThan(200);
  });

  it('know nothing of gold', async () => {
    const blind = (task: Task): Task => ({ ...task, gold: [] });
    const agents: readonly (() => Agent)[] = [() => oracle(domain), () => randomValidAgent({ ending: 0.05 })];
    for (const agent of agents) {
      for (const task of tasks.filter(({ kind }) => kind !== 'part')) {
        const seeing = await rollout(world, task, agent(), 5);
        expect(heard(await rollout(world, blind(task), agent(), 5))).toEqual(heard(seeing));
      }
    }
  });

  it('say nothing twice in the same words, while they have others', async () => {
    const most = Math.min(...Object.values(forms).map(({ waiting }) => waiting.length));
    for (const task of tasks) {
      const episode = await rollout(world, task, oracle(domain), 6);
      const texts = episode.steps.flatMap(({ observation }) =>
        observation.type === 'user' && observation.acts.every(({ act }) => !saysValues(act))
          ? [observation.text]
          : [],
      );
      expect(new Set(texts).size).toBe(texts.length);
      expect(texts.length).toBeLessThanOrEqual(3 * most);
    }
  });
});

function saysValues(act: UserAct['act']): boolean {
  return act === 'inform' || act === 'specify' || act === 'unknown' || act === 'request';
}

function heard(episode: Episode): readonly unknown[] {
  return episode.steps.map(({ action, observation }) => [action, observation]);
}

/** Values of slots, facts and references, as text; and those of what a caller knows of themselves. */
function valuesIn(json: unknown, known: Readonly<Record<string, unknown>> = {}): readonly string[] {
  const found: string[] = Object.values(known).map(String);
  JSON.stringify(json, (key, item: unknown) => {
    if (key === 'value') found.push(String(item));
    return item;
  });
  return found;
}
