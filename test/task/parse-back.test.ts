import { beforeAll, describe, expect, test } from 'vitest';
import { buildGraph } from '../../src/graph/build.js';
import { stateSource } from '../../src/spec/state-source.js';
import { composeTasks } from '../../src/task/compose.js';
import { parsesBack } from '../../src/task/parse-back.js';
import type { Scenario, Task } from '../../src/task/task.js';
import type { World } from '../../src/world/world.js';
import { domainIds } from './all-domains.js';
import { openDomain, openWorld } from './interpreted-world.js';

const library = openDomain('library');

describe('the words of a scenario', () => {
  let world: World;
  let tasks: readonly Task[];
  beforeAll(() => {
    world = openWorld(library, 7);
    ({ tasks } = composeTasks(library, world, buildGraph(library), 7, 60, { distractors: [1] }));
  });

  function isKept(scenario: Scenario): boolean {
    const session = world.open();
    const state = session.state();
    session.close();
    return state.ok && parsesBack(library, stateSource(state.value), scenario);
  }

  test('are kept when they say what it means', () => {
    expect(tasks.filter(({ scenario }) => !isKept(scenario))).toEqual([]);
  });

  test('are turned down when they ask for something else', () => {
    for (const [index, { scenario }] of tasks.entries()) {
      const other = tasks[(index + 1) % tasks.length]?.scenario.opening ?? '';
      expect(isKept({ ...scenario, opening: other })).toBe(false);
    }
  });

  test('are turned down when they leave out a wish or say too much', () => {
    for (const { scenario } of tasks) {
      expect(isKept({ ...scenario, opening: 'Hello there, can you help me?' })).toBe(false);
      const more = `${scenario.opening} And please suspend my library card.`;
      expect(isKept({ ...scenario, opening: more })).toBe(false);
    }
  });

  test('are turned down when a value is another one', () => {
    const quoted = tasks.filter(({ scenario }) => /[“"][^”"]+[”"]/.test(scenario.opening));
    expect(quoted.length).toBeGreaterThan(10);
    for (const { scenario } of quoted) {
      const opening = scenario.opening.replace(/([“"])[^”"]+([”"])/, '$1Moby-Dick$2');
      expect(isKept({ ...scenario, opening })).toBe(false);
    }
  });

  test('are turned down when what is said later means something else', () => {
    const withheld = tasks.filter(({ scenario }) => scenario.withheld.length > 0);
    expect(withheld.length).toBeGreaterThan(3);
    for (const { scenario } of withheld) {
      const [first] = scenario.withheld;
      const phrases = {
        ...scenario.phrases,
        [`${first?.wish ?? 0}.${first?.arg ?? ''}`]: 'whatever you like',
      };
      expect(isKept({ ...scenario, phrases })).toBe(false);
    }
    const later = tasks.filter(({ scenario }) => scenario.later < scenario.wishes.length);
    expect(later.length).toBeGreaterThan(3);
    for (const { scenario } of later) {
      const phrases = { ...scenario.phrases, [scenario.later]: 'could you help me some more' };
      expect(isKept({ ...scenario, phrases })).toBe(false);
    }
  });
});

test.each(domainIds)('of what is put in words in %s, next to nothing has to be thrown away', (id) => {
  const domain = openDomain(id);
  const { tasks, rejected } = composeTasks(domain, openWorld(domain, 9), buildGraph(domain), 9, 80);
  const unread = Object.entries(rejected).reduce(
    (sum, [reason, count]) => sum + (reason.endsWith(':parse-back') ? count : 0),
    0,
  );
  expect(tasks.length / (tasks.length + unread)).toBeGreaterThan(0.9);
});
