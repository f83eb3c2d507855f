// Composing in a domain small enough to say what has to come out.
import { expect, test } from 'vitest';
import type { Json } from '../../src/core/json.js';
import { deriveRng } from '../../src/core/rng.js';
import { buildGraph } from '../../src/graph/build.js';
import { composeTasks } from '../../src/task/compose.js';
import { growFor } from '../../src/task/draft-do.js';
import type { Growth } from '../../src/task/growth.js';
import { freeRows, ownerOf } from '../../src/task/ground.js';
import { breadthFirst, followers } from '../../src/task/links.js';
import { wantedBy } from '../../src/task/options.js';
import { openWorkshop } from '../../src/task/workshop.js';
import { openWorld } from './interpreted-world.js';
import { meaning, writesOf } from './over-the-state.js';
import { openMarina } from './marina.js';

const domain = openMarina();
const graph = buildGraph(domain);
const workshop = openWorkshop(domain, openWorld(domain, 1), graph, wantedBy({}));
const { ground, links } = workshop;
const callers = (ground.ids.get('Boat') ?? []).map((id) => ownerOf(ground, id) ?? '');

function growFrom(tool: string): readonly Growth[] {
  return Array.from({ length: 60 }, (_, index) => {
    const rng = deriveRng('marina', tool, index);
    return growFor(workshop, rng.pick(callers), tool, { complexity: 2, writes: 4 }, rng);
  }).filter((growth) => typeof growth !== 'string');
}

function chainsOf({ chain, ends }: Growth): readonly (readonly string[])[] {
  return ends.map((end, at) => chain.steps.slice(ends[at - 1] ?? 0, end).map(({ tool }) => tool));
}

test('mooring leads to keys and keys to blocking them, and nothing leads to flags', () => {
  expect(followers(links, 'moor_boat')).toEqual(['make_key']);
  expect(breadthFirst(links, ['moor_boat'])[0]).toEqual(['make_key']);
  expect(breadthFirst(links, ['moor_boat']).flat()).not.toContain('raise_flag');
  expect(breadthFirst(links, ['raise_flag']).flat()).toEqual([]);
});

test('a chain takes in what it leads to, and what it does not lead to begins another', () => {
  const chains = growFrom('moor_boat').flatMap(chainsOf);
  expect(chains).toContainEqual(['moor_boat', 'make_key']);
  expect(chains).toContainEqual(['raise_flag']);
  const mixed = chains.filter(
    (chain) => chain.includes('raise_flag') && chain.some((tool) => tool !== 'raise_flag'),
  );
  expect(mixed).toEqual([]);
});

test('a tool joins only when its inputs are there: a key to a boat that is not moored is made once it is', () => {
  const wasMoored = (boat: Json | undefined): boolean =>
    ground.source.get('Boat', JSON.stringify(boat).slice(1, -1))?.['status'] === 'moored';
  const made = growFrom('moor_boat').flatMap(({ chain, caller }) =>
    chain.run.flatMap(({ call }, index) => {
      const boat = call.args['boat_id'];
      if (call.tool !== 'make_key') return [];
      const others = freeRows(ground, 'Boat', caller).filter(wasMoored).length;
      const moored = chain.run.slice(0, index).some((before) => before.call.args['boat_id'] === boat);
      return [{ fine: wasMoored(boat) || moored, others }];
    }),
  );
  expect(made.length).toBeGreaterThan(10);
  expect(made.filter(({ fine }) => !fine)).toEqual([]);
  // Also for callers who had no moored boat before.
  expect(made.some(({ others }) => others === 0)).toBe(true);
});

test('a chain that moors and makes a key has to be done in its order, and says so', () => {
  const options = { shares: { do: 1 }, complexity: { writes: [1, 2, 1] }, distractors: [1] };
  const { tasks } = composeTasks(domain, openWorld(domain, 1), graph, 1, 25, options);
  const dependent = tasks.filter((task) => {
    const boats = (name: string): readonly Json[] =>
      writesOf(domain, task).flatMap(({ tool, args }) => (tool === name ? [args['boat_id'] ?? null] : []));
    return boats('moor_boat').some((boat) => boats('make_key').includes(boat));
  });
  expect(dependent.length).toBeGreaterThan(1);
  expect(dependent.filter(({ scenario }) => !scenario.ordered)).toEqual([]);
});

test('what a rule settles is in no wish, and gold works it out', () => {
  const options = { shares: { do: 1 }, distractors: [1] };
  const { tasks } = composeTasks(domain, openWorld(domain, 1), graph, 1, 30, options);
  let keys = 0;
  for (const task of tasks) {
    const wished = task.scenario.wishes.flatMap((wish) => (wish.wish === 'do' ? Object.keys(wish.args) : []));
    expect(wished).not.toContain('deposit');
    for (const { tool, args } of writesOf(domain, task)) {
      if (tool !== 'make_key') continue;
      const boat = (ground.ids.get('Boat') ?? []).find((id) => id === args['boat_id']) ?? '';
      expect(args['deposit']).toBe(Number(ground.source.get('Boat', boat)?.['meters']) * 100);
      const before = task.gold.findIndex((step) => 'call' in step && step.call.tool === 'make_key');
      const read = task.gold.slice(0, before).some((step) => 'call' in step && /boat/.test(step.call.tool));
      expect(read).toBe(true);
      keys++;
    }
  }
  expect(keys).toBeGreaterThan(5);
});

test('what must not be told is refused, to whom it must not be told, after a look at the row', () => {
  const options = { shares: { refuse: 1, part: 1, tell: 1 }, distractors: [1] };
  const { tasks } = composeTasks(domain, openWorld(domain, 1), graph, 1, 60, options);
  const asked = { own: 0, foreign: 0, beside: 0 };
  for (const task of tasks) {
    for (const wish of task.scenario.wishes) {
      if (wish.wish !== 'tell' || wish.attr !== 'code') continue;
      const boat = meaning(openWorld(domain, 1), domain, task, wish.of);
      if (typeof boat !== 'string') throw new Error('no boat');
      const isOwn = ownerOf(ground, boat) === task.scenario.caller;
      const refused = task.goal.actsNeeded.some((act) => act.act === 'refuse' && act.policy === 'own_codes');
      expect(refused).toBe(!isOwn);
      const looked = task.goal.actsNeeded.some((act) => act.act === 'read' && act.rows.includes(boat));
      expect(looked).toBe(true);
      asked[isOwn ? 'own' : task.kind === 'part' ? 'beside' : 'foreign']++;
    }
  }
  expect(asked.own).toBeGreaterThan(1);
  expect(asked.foreign).toBeGreaterThan(1);
  expect(asked.beside).toBeGreaterThan(1);
});
