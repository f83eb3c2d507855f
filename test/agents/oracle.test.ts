import { beforeAll, describe, expect, test } from 'vitest';
import { oracle } from '../../agents/scripted/oracle.js';
import { call, know, openMind, type Part } from '../../agents/scripted/oracle-mind.js';
import { canonicalJson, type Json } from '../../src/core/json.js';
import { startEpisode } from '../../src/env/environment.js';
import type { Action, Agent, Episode, Observation } from '../../src/env/protocol.js';
import { rollout } from '../../src/env/rollout.js';
import { buildGraph } from '../../src/graph/build.js';
import type { RowSource } from '../../src/spec/evaluate.js';
import type { Domain } from '../../src/spec/model.js';
import type { Row } from '../../src/spec/state.js';
import { composeTasks } from '../../src/task/compose.js';
import type { Task } from '../../src/task/task.js';
import type { World } from '../../src/world/world.js';
import { domainIds } from '../task/all-domains.js';
import { openDomain, openWorld, worldOf } from '../task/interpreted-world.js';

const settings = domainIds.flatMap((id) => (['acts', 'text'] as const).map((ears) => ({ id, ears })));

describe.each(settings)('the oracle in $id, with ears for $ears', ({ id, ears }) => {
  let domain: Domain;
  let world: World;
  let tasks: readonly Task[];
  const episodes: Episode[] = [];
  beforeAll(async () => {
    domain = openDomain(id);
    world = openWorld(domain, 7);
    tasks = composeTasks(domain, world, buildGraph(domain), 7, 60).tasks;
    for (const task of tasks) episodes.push(await rollout(world, task, oracle(domain, ears), 1));
  });

  test('solves every published task through the environment', () => {
    expect(episodes.filter(({ end }) => end !== 'solved').map(({ task }) => task)).toEqual([]);
    expect(episodes.flatMap(({ violations }) => violations)).toEqual([]);
  });

  test('writes nothing that was not asked for', () => {
    expect(episodes.reduce((total, episode) => total + episode.wrongWrites, 0)).toBe(0);
  });

  // Decision 3: rows it has not seen, scenario, goal and gold may be anything; the same observations
  // give the same bytes.
  test('acts on its observations alone', () => {
    for (const [index, task] of tasks.entries()) {
      const episode = episodes[index];
      if (episode === undefined) continue;
      expect(underScrambling(domain, world, task, episode, () => oracle(domain, ears))).toBe(
        actionsOf(episode),
      );
    }
  });

  test('gives what it has no ears for no thought', () => {
    for (const [index, task] of tasks.entries()) {
      const episode = episodes[index];
      if (episode === undefined) continue;
      const session = oracle(domain, ears).start({ manifest: [], policyText: '' }, task.seed);
      const halves = heardIn(episode).map((observation) => session.act(halfOf(observation, ears)));
      expect(canonicalJson(halves)).toBe(actionsOf(episode));
    }
  });

  test('would be caught if it looked into the world or at the task', async () => {
    const cheats = [
      (_: World, task: Task) => tattoo(JSON.stringify(task.goal)),
      (_: World, task: Task) => tattoo(JSON.stringify(task.gold)),
      (_: World, task: Task) => tattoo(JSON.stringify(task.scenario)),
      (world: World) => tattoo(JSON.stringify(world.open().state())),
    ];
    const [task] = tasks;
    if (task === undefined) throw new Error('no task');
    for (const cheat of cheats) {
      const episode = await rollout(world, task, cheat(world, task), 1);
      expect(underScrambling(domain, world, task, episode, cheat)).not.toBe(actionsOf(episode));
    }
  });

  test('goes on from a fork as it would have gone on', () => {
    for (const [index, task] of tasks.slice(0, 20).entries()) {
      const episode = episodes[index];
      if (episode === undefined) continue;
      let session = oracle(domain, ears).start({ manifest: [], policyText: '' }, task.seed);
      const actions: Action[] = [];
      for (const observation of heardIn(episode)) {
        actions.push(session.act(observation) as Action);
        session = session.fork?.() ?? session;
      }
      expect(canonicalJson(actions)).toBe(actionsOf(episode));
    }
  });

  test('tries a call again after a fault, and ends the talk when it keeps failing', () => {
    const [task] = tasks;
    if (task === undefined) throw new Error('no task');
    const environment = startEpisode(world, task);
    const session = oracle(domain, ears).start(environment.view, task.seed);
    let { observation } = environment;
    let action = session.act(observation) as Action;
    while (action.type === 'say') {
      ({ observation } = environment.step(action));
      action = session.act(observation) as Action;
    }
    const fault: Observation = { type: 'fault', fault: { boundary: 'sandbox', kind: 'test', message: '' } };
    expect(session.act(fault)).toEqual(action);
    const later = Array.from({ length: 60 }, () => session.act(fault) as Action);
    expect(later.at(-1)).toEqual({ type: 'say', act: { act: 'close' } });
  });
});

// A late return raises a charge that the tool's result does not show.
test('after a write the oracle reads again what the write may have changed', () => {
  const mind = openMind(openDomain('library'), 'acts');
  const fines = { tool: 'list_member_fines', args: { member_id: 'ME-10000' } };
  const openFines = (source: RowSource): number =>
    source.rows('Fine', [{ column: 'member_id', value: 'ME-10000' }]).length;
  const reads = function* (): Part<void> {
    yield* know(mind, openFines);
    yield* know(mind, openFines);
    yield* call(mind, { tool: 'return_loan', args: { loan_id: 'LO-10000' } });
    yield* know(mind, openFines);
  };
  const talk = reads();
  const actions: Action[] = [];
  for (let step = talk.next(); !step.done;) {
    const { value } = step;
    if (value.type !== 'call') throw new Error('not a call');
    actions.push(value);
    step = talk.next({ type: 'result', tool: value.tool, value: [] });
  }
  expect(actions).toEqual([
    { type: 'call', ...fines },
    { type: 'call', tool: 'return_loan', args: { loan_id: 'LO-10000' } },
    { type: 'call', ...fines },
  ]);
});

/** What an agent made for a scrambled world and task does when it is fed what was observed before. */
function underScrambling(
  domain: Domain,
  world: World,
  task: Task,
  episode: Episode,
  make: (world: World, task: Task) => Agent,
): string {
  const observations = heardIn(episode);
  const agent = make(scrambleWorld(domain, world, observations), scrambleTask(task));
  const session = agent.start({ manifest: world.domain.manifest, policyText: '' }, 'another seed');
  return canonicalJson(observations.map((observation) => session.act(observation)));
}

/** What the agent saw before each of its actions. */
function heardIn(episode: Episode): Observation[] {
  const after = episode.steps.slice(0, -1).map((step) => step.observation);
  return [episode.opening, ...after];
}

/** What a user said, as acts or as a text alone. */
function halfOf(observation: Observation, ears: 'acts' | 'text'): Observation {
  if (observation.type !== 'user') return observation;
  return ears === 'acts' ? { ...observation, text: '' } : { ...observation, acts: [] };
}

function actionsOf(episode: Episode): string {
  return canonicalJson(episode.steps.map((step) => step.action));
}

/** The world with every text, number and flag changed in the rows that no observation showed. */
function scrambleWorld(domain: Domain, world: World, observations: readonly Observation[]): World {
  const seen = JSON.stringify(observations);
  const state = world.open().state();
  if (!state.ok) throw new Error('no state');
  const tables = domain.entities.map(({ name, key, columns }) => {
    const scramble = (row: Row): Row => {
      if (seen.includes(`"${key}":"${String(row[key])}"`)) return row;
      const values = columns
        .filter(({ role }) => role === 'value')
        .map(({ column }) => [column, changed(row[column] ?? null)] as const);
      return { ...row, ...Object.fromEntries(values) } as Row;
    };
    return [name, (state.value.tables[name] ?? []).map(scramble)] as const;
  });
  return worldOf(domain, { ...state.value, tables: Object.fromEntries(tables) });
}

function scrambleTask(task: Task): Task {
  return {
    ...task,
    scenario: { ...task.scenario, caller: 'nobody', known: {}, wishes: [], opening: '' },
    goal: { accepts: [], actsNeeded: [] },
    gold: task.gold.toReversed(),
  };
}

function changed(value: Json): Json {
  if (typeof value === 'number') return value + 1;
  return typeof value === 'boolean' ? !value : `${JSON.stringify(value)} scrambled`;
}

/** An agent that gives away what it was made from. */
function tattoo(text: string): Agent {
  return { name: 'cheat', start: () => ({ act: () => ({ type: 'say', text }) }) };
}
