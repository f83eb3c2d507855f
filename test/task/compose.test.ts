// Laws of composed tasks, in every domain of the repository.
import { beforeAll, describe, expect, test } from 'vitest';
import { canonicalJson, isObject, type Json } from '../../src/core/json.js';
import { buildGraph } from '../../src/graph/build.js';
import type { ToolGraph } from '../../src/graph/tool-graph.js';
import type { Domain } from '../../src/spec/model.js';
import { isDone } from '../../src/task/act-done.js';
import { composeTasks, openComposer, type Composed } from '../../src/task/compose.js';
import { replayGold } from '../../src/task/replay.js';
import type { Task } from '../../src/task/task.js';
import type { World } from '../../src/world/world.js';
import { domainIds } from './all-domains.js';
import { digestOf, meaning, permutations, valueAt, withoutComputed, writesOf } from './over-the-state.js';
import { openDomain, openWorld } from './interpreted-world.js';

const count = 100;

/** The scalars of a call's arguments, those of line items too. */
function leavesIn(value: Json): readonly Json[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(leavesIn);
  return isObject(value) ? Object.values(value).flatMap((field) => leavesIn(field ?? null)) : [value];
}

describe.each(domainIds)('tasks of %s', (id) => {
  let domain: Domain;
  let world: World;
  let graph: ToolGraph;
  let composed: Composed;
  let tasks: readonly Task[];
  beforeAll(() => {
    domain = openDomain(id);
    world = openWorld(domain, 7);
    graph = buildGraph(domain);
    composed = composeTasks(domain, world, graph, 7, count);
    ({ tasks } = composed);
  });

  const ofKind = (...kinds: readonly Task['kind'][]): readonly Task[] =>
    tasks.filter(({ kind }) => kinds.includes(kind));

  test('are there, no two of them alike, in the shares that were asked for', () => {
    expect(new Set(tasks.map((task) => task.id)).size).toBe(count);
    expect(new Set(tasks.map(({ scenario }) => canonicalJson([scenario.caller, scenario.wishes]))).size).toBe(
      count,
    );
    const shares = { do: 0.5, tell: 0.15, refuse: 0.12, part: 0.15, transfer: 0.08 };
    for (const [kind, share] of Object.entries(shares)) {
      const found = tasks.filter((task) => task.kind === kind).length;
      expect([kind, Math.abs(found - share * count) <= 2]).toEqual([kind, true]);
    }
    const train = tasks.filter((task) => task.split === 'train').length;
    expect(train / count).toBeGreaterThan(0.55);
    expect(train / count).toBeLessThan(0.85);
  });

  test('have one to five writes, and four or five in one of nine that only do', () => {
    const writes = ofKind('do').map((task) => writesOf(domain, task).length);
    for (const length of [1, 2, 3, 4, 5]) expect(writes).toContain(length);
    expect(writes.filter((length) => length >= 4).length).toBeGreaterThanOrEqual(writes.length / 9);
    expect(writes.filter((length) => length === 1).length).toBeLessThan(writes.length * 0.45);
  });

  test('use every write, every rule that has a case, and callers all over the register', () => {
    const wished = new Set(
      tasks.flatMap(({ scenario }) =>
        scenario.wishes.flatMap((wish) => (wish.wish === 'do' ? [wish.tool] : [])),
      ),
    );
    const writes = domain.tools.filter((tool) => tool.effect === 'write').map((tool) => tool.name);
    expect(writes.filter((tool) => !wished.has(tool))).toEqual([]);
    const named = tasks.flatMap(({ goal }) =>
      goal.actsNeeded.flatMap((needed) => ('policy' in needed ? [needed.policy] : [])),
    );
    const rules = domain.policies.filter(({ kind }) => kind === 'guard' || kind === 'escalate');
    expect(new Set(named).size).toBeGreaterThan(rules.length * 0.7);
    expect(new Set(tasks.map((task) => task.scenario.caller)).size).toBeGreaterThan(12);
  });

  test('are the same for the same seed, however many are taken, and others for another', () => {
    const composer = openComposer(domain, openWorld(domain, 7), graph, 7);
    const first = Array.from({ length: 15 }, () => composer.next());
    expect(canonicalJson(first)).toBe(canonicalJson(tasks.slice(0, 15)));
    const other = composeTasks(domain, world, graph, 8, 15);
    const known = new Set(tasks.map((task) => task.id));
    expect(other.tasks.filter((task) => known.has(task.id)).length).toBeLessThan(5);
  });

  test('come with what was turned down, counted by reasons of a fixed form', () => {
    for (const [reason, times] of Object.entries(composed.rejected)) {
      expect(reason).toMatch(/^(step|distractor|talk|do|tell|refuse|part|transfer):[a-z-]+$/);
      expect(times).toBeGreaterThan(0);
    }
    for (const reason of [
      'step:refused',
      'step:breaks-policy',
      'step:undoes',
      'distractor:breaks-invariant',
    ]) {
      expect(composed.rejected).toHaveProperty([reason]);
    }
  });

  test('are solved by gold under the monitor, and by nothing less', () => {
    for (const task of tasks) {
      const replay = replayGold(world, task);
      expect(replay?.digest).toBe(task.goal.accepts[0]?.digest);
      expect(replay?.violations).toEqual([]);
      expect(task.goal.actsNeeded.filter((act) => replay !== null && !isDone(replay.talk, act))).toEqual([]);
    }
  });

  test('need every write: no proper subset of them reaches the goal', () => {
    for (const task of tasks) {
      const writes = writesOf(domain, task);
      const goals = task.goal.accepts.map(({ digest }) => String(digest));
      for (let kept = 0; kept < 2 ** writes.length - 1; kept++) {
        const session = world.open(task.distractors);
        for (const [index, { tool, args }] of writes.entries()) {
          if ((kept & (1 << index)) !== 0) session.call(tool, args);
        }
        expect(goals).not.toContain(digestOf(session));
      }
    }
  });

  test('may be done in any order unless the caller names one', () => {
    let free = 0;
    for (const task of tasks) {
      const writes = writesOf(domain, task);
      if (writes.length < 2 || task.scenario.ordered) continue;
      for (const order of permutations(writes)) {
        const session = world.open(task.distractors);
        for (const { tool, args } of order) {
          expect(session.violatedGuards(tool, args, task.scenario.caller)).toEqual({ ok: true, value: [] });
          expect(session.call(tool, args).type).toBe('result');
        }
        expect(digestOf(session)).toBe(task.goal.accepts[0]?.digest);
      }
      free++;
    }
    expect(free).toBeGreaterThan(10);
  });

  test('that name an order fail in another', () => {
    for (const task of tasks.filter(({ scenario }) => scenario.ordered)) {
      const ends = permutations(writesOf(domain, task)).map((order) => {
        const session = world.open(task.distractors);
        const worked = order.every(({ tool, args }) => {
          const violated = session.violatedGuards(tool, args, task.scenario.caller);
          return violated.ok && violated.value.length === 0 && session.call(tool, args).type === 'result';
        });
        return worked ? digestOf(session) : 'refused';
      });
      expect(new Set(ends).size).toBeGreaterThan(1);
    }
  });

  test('are told values that their writes leave as they are, also behind references', () => {
    const asking = tasks.filter(({ goal }) => (goal.accepts[0]?.communicate.length ?? 0) > 0);
    expect(asking.some(({ kind }) => kind === 'do')).toBe(true);
    expect(ofKind('tell').some(({ goal }) => (goal.accepts[0]?.communicate.length ?? 0) > 1)).toBe(true);
    const attrs = asking.flatMap(({ scenario }) =>
      scenario.wishes.flatMap((wish) => (wish.wish === 'tell' ? [wish.attr] : [])),
    );
    const behind = Object.keys(domain.say.tell).some((key) => key.split('.').length > 2);
    expect(attrs.some((attr) => attr.includes('.'))).toBe(behind);
    for (const task of asking) {
      const session = world.open(task.distractors);
      for (const { tool, args } of writesOf(domain, task)) session.call(tool, args);
      const state = session.state();
      const told = task.scenario.wishes.flatMap((wish) =>
        wish.wish === 'tell' && state.ok
          ? [
              valueAt(
                domain,
                state.value.tables,
                wish.entity,
                meaning(world, domain, task, wish.of),
                wish.attr,
              ),
            ]
          : [],
      );
      expect(told).toEqual(task.goal.accepts[0]?.communicate.map(({ value }) => value));
    }
  });

  test('want that row read which holds the value, by whatever way', () => {
    for (const task of ofKind('tell')) {
      const rows = task.scenario.wishes.flatMap((wish) => {
        if (wish.wish !== 'tell') return [];
        const of = meaning(world, domain, task, wish.of);
        const way = wish.attr.split('.').slice(0, -1).join('.');
        const state = world.open(task.distractors).state();
        return [way === '' || !state.ok ? of : valueAt(domain, state.value.tables, wish.entity, of, way)];
      });
      expect(task.goal.actsNeeded).toEqual([{ act: 'read', rows: [...new Set(rows)].toSorted(byText) }]);
    }
  });

  test('pay no answer that was guessed: the rows that hold the values are to be read', () => {
    for (const task of ofKind('tell')) {
      const guess = task.gold.filter((step) => 'say' in step);
      const talk = replayGold(world, { ...task, gold: guess })?.talk;
      expect(talk?.told).toEqual(expect.arrayContaining([...(task.goal.accepts[0]?.communicate ?? [])]));
      const [read] = task.goal.actsNeeded;
      expect(read?.act === 'read' && talk !== undefined && isDone(talk, read)).toBe(false);
    }
  });

  test('give every argument of gold a source: the user, an earlier result, or a rule that settles it', () => {
    for (const task of tasks) {
      const said = canonicalJson([task.scenario.wishes, task.scenario.known]);
      let seen = '';
      const session = world.open(task.distractors);
      for (const step of task.gold) {
        if (!('call' in step) || step.call.tool === 'transfer_to_human') continue;
        for (const value of leavesIn(withoutComputed(domain, step.call).args)) {
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

  test('show no id to the agent and leave no slot unfilled', () => {
    const ids = domain.entities.map((entity) => `${entity.prefix}-\\d`).join('|');
    for (const { scenario } of tasks) {
      expect(scenario.opening).not.toMatch(new RegExp(`\\b(${ids})|[{}]|undefined|null|\\s\\s`));
    }
  });

  test('are as difficult as can be counted on them', () => {
    for (const task of tasks) {
      const { difficulty } = task;
      const calls = task.gold.flatMap((step) => ('call' in step ? [step.call.tool] : []));
      const tools = new Set(calls.filter((tool) => tool !== 'transfer_to_human'));
      const pairs = new Set(
        graph.edges
          .filter(({ from, to }) => from !== to && tools.has(from) && tools.has(to))
          .map(({ from, to }) => `${from} ${to}`),
      );
      expect(difficulty).toMatchObject({
        wishes: task.scenario.wishes.length,
        writes: writesOf(domain, task).length,
        steps: task.gold.length,
        tools: tools.size,
        edges: pairs.size,
        complexity: (tools.size + 0.5 * pairs.size) / 50,
        distractors: task.distractors.length,
        told: task.goal.accepts[0]?.communicate.length ?? 0,
        withheld: task.scenario.withheld.length,
      });
      expect(Object.values(difficulty).every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    }
    for (const feature of ['threats', 'aggregates', 'alternatives', 'hops', 'distractors', 'chains']) {
      expect(new Set(tasks.map(({ difficulty }) => difficulty[feature])).size).toBeGreaterThan(1);
    }
  });

  test('reach the complexity that is asked for', () => {
    const complexity = { least: 0.35, most: 0.7 };
    const ranged = composeTasks(domain, world, graph, 7, 12, { shares: { do: 1 }, complexity });
    expect(ranged.tasks.length).toBe(12);
    for (const { difficulty } of ranged.tasks) {
      expect(difficulty['complexity']).toBeGreaterThanOrEqual(0.35);
      expect(difficulty['complexity']).toBeLessThanOrEqual(0.7);
    }
  });
});

function byText(left: unknown, right: unknown): number {
  return String(left) < String(right) ? -1 : 1;
}
