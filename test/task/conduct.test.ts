import { beforeAll, describe, expect, test } from 'vitest';
import { buildGraph } from '../../src/graph/build.js';
import { personas } from '../../src/language/persona.js';
import { policiesOn } from '../../src/policy/belief/rules.js';
import type { Domain } from '../../src/spec/model.js';
import { stateSource } from '../../src/spec/state-source.js';
import { composeTasks } from '../../src/task/compose.js';
import { meansSame } from '../../src/task/parse-back.js';
import type { Task } from '../../src/task/task.js';
import type { World } from '../../src/world/world.js';
import { domainIds } from './all-domains.js';
import { openDomain, openWorld } from './interpreted-world.js';

describe.each(domainIds)('callers of %s', (id) => {
  let domain: Domain;
  let world: World;
  let tasks: readonly Task[];
  beforeAll(() => {
    domain = openDomain(id);
    world = openWorld(domain, 3);
    ({ tasks } = composeTasks(domain, world, buildGraph(domain), 3, 120));
  });
  const share = (has: (task: Task) => boolean): number => tasks.filter(has).length / tasks.length;

  test('withhold, correct themselves, come up with more and insist now and then', () => {
    expect(share(({ scenario }) => scenario.withheld.length > 0)).toBeGreaterThan(0.08);
    expect(share(({ scenario }) => scenario.withheld.length > 0)).toBeLessThan(0.45);
    expect(share(({ scenario }) => scenario.corrected.length > 0)).toBeGreaterThan(0.03);
    expect(share(({ scenario }) => scenario.corrected.length > 0)).toBeLessThan(0.25);
    expect(share(({ scenario }) => scenario.later < scenario.wishes.length)).toBeGreaterThan(0.05);
    const refused = tasks.filter(({ kind }) => kind === 'refuse' || kind === 'part');
    expect(refused.some(({ scenario }) => scenario.insists)).toBe(true);
    expect(new Set(tasks.map(({ scenario }) => scenario.persona)).size).toBe(personas.length);
  });

  test('insist on nothing that is not refused', () => {
    const insisting = tasks.filter(({ scenario }) => scenario.insists);
    expect(insisting.filter(({ kind }) => kind !== 'refuse' && kind !== 'part')).toEqual([]);
  });

  test('withhold only what an agent would miss and can ask for', () => {
    for (const { scenario } of tasks) {
      for (const { wish, arg } of scenario.withheld) {
        expect(wish).toBeLessThan(scenario.later);
        expect(Object.hasOwn(scenario.known, arg)).toBe(false);
        const wished = scenario.wishes[wish];
        if (wished?.wish !== 'do') continue;
        const param = domain.tools
          .find(({ name }) => name === wished.tool)
          ?.params.find(({ name }) => name === arg);
        expect(param?.optional).toBe(false);
      }
    }
  });

  test('correct only what is another thing, and only before anybody may have acted on it', () => {
    let corrected = 0;
    for (const { scenario, distractors } of tasks) {
      for (const { wish, arg, first } of scenario.corrected) {
        corrected += 1;
        const wished = scenario.wishes[wish];
        if (wished?.wish !== 'do') throw new Error('a question cannot be verified');
        expect(policiesOn(domain, 'verify', wished.tool).length).toBeGreaterThan(0);
        expect(wish).toBeLessThan(scenario.later);
        const session = world.open(distractors);
        const state = session.state();
        session.close();
        if (!state.ok) throw new Error('no state');
        const scope = { domain, caller: scenario.caller, source: stateSource(state.value) };
        expect(meansSame(scope, wished.args[arg] ?? first, first)).toBe(false);
        expect(scenario.phrases[`${wish}.${arg}.first`]).not.toBe(scenario.phrases[`${wish}.${arg}`]);
      }
    }
    expect(corrected).toBeGreaterThan(2);
  });

  test('have words for all that they may have to say', () => {
    for (const { scenario } of tasks) {
      for (const [index, wish] of scenario.wishes.entries()) {
        const args = wish.wish === 'do' ? Object.keys(wish.args) : ['of'];
        for (const arg of args) expect(scenario.phrases[`${index}.${arg}`]).toMatch(/\S/);
        expect(Object.hasOwn(scenario.phrases, index)).toBe(index >= scenario.later);
      }
      expect(Object.values(scenario.phrases).join(' ')).not.toMatch(/[{}]|undefined|null/);
    }
  });
});
