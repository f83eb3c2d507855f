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
    const boats = writesOf(domain, task).flatMap(({ args }) => args['boat_id'] ?? []);
    return new Set(boats).size < boats.length;
  });
  expect(dependent.length).toBeGreaterThan(1);
  expect(dependent.filter(({ scenario }) => !scenario.ordered)).toEqual([]);
});

test('what a wish makes permitted or forbidden is not refused beside it', () => {
  // A second key is permitted and a third is not: whether one is refused would hang on the order.
  const options = { shares: { part: 1 }, distractors: [1] };
  const { tasks } = composeTasks(domain, openWorld(domain, 1), graph, 1, 25, options);
  expect(tasks.length).toBeGreaterThan(10);
  for (const task of tasks) {
    const made = writesOf(domain, task).flatMap(({ tool, args }) =>
      tool === 'make_key' ? [args['boat_id']] : [],
    );
    const refused = task.scenario.wishes.flatMap((wish) =>
      wish.wish === 'do' && wish.tool === 'make_key'
        ? [meaning(openWorld(domain, 1), domain, task, wish.args['boat_id'] ?? {})]
        : [],
    );
    const third = made.filter((boat) => refused.filter((other) => other === boat).length > 1);
    expect(third).toEqual([]);
  }
});
