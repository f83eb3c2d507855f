import { beforeAll, describe, expect, test } from 'vitest';
import { canonicalJson, isObject, type Json } from '../../src/core/json.js';
import { isRealTime } from '../../src/core/time.js';
import { wishedCall } from '../../src/env/meaning.js';
import { buildGraph } from '../../src/graph/build.js';
import { checkSpec } from '../../src/spec/check.js';
import type { Domain } from '../../src/spec/model.js';
import { isDone } from '../../src/task/act-done.js';
import { composeTasks, type Composed } from '../../src/task/compose.js';
import { replayGold } from '../../src/task/replay.js';
import type { World } from '../../src/world/world.js';
import { openDomain, openWorld } from './interpreted-world.js';

describe.each(['library', 'veterinary-clinic'])('a hundred tasks of %s', (id) => {
  let domain: Domain;
  let world: World;
  let composed: Composed;
  beforeAll(() => {
    domain = openDomain(id);
    world = openWorld(domain, 7);
    composed = composeTasks(domain, world, buildGraph(domain), 7, 100);
  });

  test('are there, no two of them alike, in the shares that were asked for', () => {
    const count = (kind: string): number => composed.tasks.filter((task) => task.kind === kind).length;
    expect(new Set(composed.tasks.map((task) => task.id)).size).toBe(100);
    expect(['do', 'tell', 'refuse', 'transfer'].map(count)).toEqual([60, 20, 15, 5]);
    const train = composed.tasks.filter((task) => task.split === 'train').length;
    expect(train).toBeGreaterThan(55);
    expect(train).toBeLessThan(85);
  });

  test('use every write, and callers all over the register', () => {
    const used = new Set(
      composed.tasks.flatMap((task) =>
        task.scenario.wishes.flatMap((wish) => (wish.wish === 'do' ? [wish.tool] : [])),
      ),
    );
    const writes = domain.tools.filter((tool) => tool.effect === 'write').map((tool) => tool.name);
    expect(writes.filter((tool) => !used.has(tool))).toEqual([]);
    const callers = new Set(composed.tasks.map((task) => task.scenario.caller));
    expect(callers.size).toBeGreaterThan(15);
  });

  test('are the same for the same seed and others for another', () => {
    const again = composeTasks(domain, openWorld(domain, 7), buildGraph(domain), 7, 20);
    expect(canonicalJson(again.tasks)).toBe(canonicalJson(composed.tasks.slice(0, 20)));
    const other = composeTasks(domain, world, buildGraph(domain), 8, 20);
    const known = new Set(composed.tasks.map((task) => task.id));
    expect(other.tasks.filter((task) => known.has(task.id)).length).toBeLessThan(10);
  });

  // The user resolves references by a reader of its own, over the whole seed state.
  test('ask for exactly the writes of gold', () => {
    for (const task of composed.tasks.filter(({ kind }) => kind === 'do')) {
      const writes = task.gold.flatMap((step) =>
        'call' in step && isWrite(domain, step.call.tool) ? [step.call] : [],
      );
      expect(writes.length).toBe(task.scenario.wishes.length);
      for (const [index, wish] of task.scenario.wishes.entries()) {
        const meant = wishedCall(world, task, wish);
        // Rows that a wish makes are in no seed state.
        const made = canonicalJson(wish).includes('"made"');
        expect(meant).toEqual({ ok: true, value: made ? null : writes[index] });
      }
    }
  });

  test('end elsewhere when any write of gold is left out', () => {
    for (const task of composed.tasks.filter(({ kind }) => kind === 'do')) {
      const goals = task.goal.accepts.map((accept) => accept.digest);
      for (const [index, step] of task.gold.entries()) {
        if (!('call' in step) || !isWrite(domain, step.call.tool)) continue;
        const rest = task.gold.toSpliced(index, 1);
        expect(goals).not.toContain(replayGold(world, { ...task, gold: rest })?.digest);
      }
    }
  });

  test('may be done in any order unless the caller names one', () => {
    let free = 0;
    for (const { scenario, gold, goal } of composed.tasks) {
      const writes = gold.flatMap((step) =>
        'call' in step && isWrite(domain, step.call.tool) ? [step.call] : [],
      );
      if (writes.length < 2 || /\b(First,|After that,|Once that is done,)/.test(scenario.opening)) continue;
      const session = world.open();
      for (const { tool, args } of writes.toReversed()) session.call(tool, args);
      expect(session.digest()).toEqual({ ok: true, value: goal.accepts[0]?.digest });
      free++;
    }
    expect(free).toBeGreaterThan(5);
  });

  test('show no id to the agent and leave no slot unfilled', () => {
    const ids = domain.entities.map((entity) => `${entity.prefix}-\\d`).join('|');
    for (const { scenario } of composed.tasks) {
      expect(scenario.opening).not.toMatch(new RegExp(`\\b(${ids})|[{}]|undefined|null|\\s\\s`));
      expect(scenario.opening).toMatch(/[.?)]$/);
    }
  });

  test('say in words what the request says in facts', () => {
    for (const { id, scenario } of composed.tasks) {
      const texts = textsIn(scenario.wishes);
      const isSaid = (text: string): boolean =>
        scenario.opening.includes(text) || scenario.opening.includes(text.replaceAll('_', ' '));
      expect([id, ...texts.filter((text) => !isSaid(text))]).toEqual([id]);
    }
  });

  test('pay no answer that was guessed: the rows asked about are to be read', () => {
    const tells = composed.tasks.filter(({ kind }) => kind === 'tell');
    for (const task of tells) {
      const guess = task.gold.filter((step) => 'say' in step);
      const [read] = task.goal.actsNeeded;
      const talk = replayGold(world, { ...task, gold: guess })?.talk;
      expect(talk?.told).toEqual(expect.arrayContaining([...(task.goal.accepts[0]?.communicate ?? [])]));
      expect(read?.act === 'read' && talk !== undefined && isDone(talk, read)).toBe(false);
    }
    expect(tells.length).toBe(20);
  });

  test('give every argument of gold a source: the user, an earlier result or the task before it', () => {
    for (const task of composed.tasks) {
      const said = canonicalJson([task.scenario.wishes, task.scenario.known]);
      let seen = '';
      const session = world.open();
      for (const step of task.gold) {
        if (!('call' in step) || step.call.tool === 'transfer_to_human') continue;
        for (const value of Object.values(step.call.args).flat()) {
          const text = JSON.stringify(value);
          expect(said.includes(text) || seen.includes(text), `${task.id} ${step.call.tool} ${text}`).toBe(
            true,
          );
        }
        const reply = session.call(step.call.tool, step.call.args);
        seen += reply.type === 'result' ? JSON.stringify(reply.value) : '';
      }
    }
  });

  test('carry a certificate that passed on every line', () => {
    for (const task of composed.tasks) {
      expect(task.certificate.map(({ line }) => line)).toContain('subset-minimal');
      expect(task.certificate.filter(({ passed }) => !passed)).toEqual([]);
    }
  });
});

/** Texts that are values, but for dates, which are said in other forms. */
function textsIn(value: Json): string[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(textsIn);
  if (!isObject(value)) return [];
  const own = value['value'];
  const text = typeof own === 'string' && !isRealTime(own) ? [own] : [];
  return [...text, ...Object.values(value).flatMap(textsIn)];
}

function isWrite(domain: Domain, name: string): boolean {
  return domain.tools.some((tool) => tool.name === name && tool.effect === 'write');
}

test('a domain without phrases makes tasks in plain words', () => {
  const { say: _, ...spec } = openDomain('library').spec;
  const checked = checkSpec(spec);
  if (!checked.ok) throw new Error('not a domain');
  const domain = checked.value;
  const { tasks } = composeTasks(domain, openWorld(domain, 7), buildGraph(domain), 7, 40);
  expect(tasks.length).toBe(40);
  expect(new Set(tasks.map(({ kind }) => kind)).size).toBe(4);
});
