// Laws of tasks that are refused or handed over in part, in every domain of the repository.
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../src/core/json.js';
import { buildGraph } from '../../src/graph/build.js';
import { withComputed } from '../../src/policy/belief/rules.js';
import type { Call } from '../../src/policy/talk.js';
import { stateSource } from '../../src/spec/state-source.js';
import { composeTasks } from '../../src/task/compose.js';
import type { Task } from '../../src/task/task.js';
import { domainIds } from './all-domains.js';
import { openDomain, openWorld } from './interpreted-world.js';
import { openMarina } from './marina.js';
import { meaning, permutations, withoutComputed, writesOf } from './over-the-state.js';

// In the marina a wish may make permitted what another asks for: where a key is blocked, one may be made.
describe.each([...domainIds, 'marina'])('in %s', (id) => {
  const domain = id === 'marina' ? openMarina() : openDomain(id);
  const world = openWorld(domain, 7);
  const graph = buildGraph(domain);

  test('what is forbidden is so in every order, by its rule alone, and would work', () => {
    const shares = { part: 2, transfer: 1 };
    const mixed = composeTasks(domain, world, graph, 7, 45, { shares }).tasks.filter(
      ({ difficulty }) => (difficulty['writes'] ?? 0) > 0,
    );
    for (const task of mixed) {
      const { caller } = task.scenario;
      const rules = task.goal.actsNeeded.flatMap((needed) => ('policy' in needed ? [needed.policy] : []));
      const forbidden = forbiddenCalls(task);
      const asked = rules.filter((id) =>
        domain.policies.some((rule) => rule.id === id && rule.kind !== 'conceal'),
      );
      expect(forbidden.length).toBe(asked.length);
      for (const order of permutations(writesOf(domain, task))) {
        const session = world.open(task.distractors);
        for (const step of [null, ...order]) {
          if (step !== null) session.call(step.tool, step.args);
          const found = forbidden.map(({ tool, args }) => session.violatedGuards(tool, args, caller));
          const named = found.map((violated) => (violated.ok ? violated.value.join(' ') : 'fault'));
          expect(new Set(named)).toEqual(new Set(asked));
        }
        for (const { tool, args } of forbidden) expect(session.fork().call(tool, args).type).toBe('result');
      }
    }
    const kinds = new Set(
      mixed.map(({ kind, difficulty }) => `${kind} ${difficulty['writes']} ${difficulty['refusals']}`),
    );
    const handsOver = domain.policies.some((policy) => policy.kind === 'escalate');
    const expected = ['part 1 1', 'part 2 1', 'part 1 2', ...(handsOver ? ['transfer 1 1'] : [])];
    expect(expected.filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  /** The calls of wishes that gold does not make, their rows found over the whole state. */
  function forbiddenCalls(task: Task): readonly Call[] {
    const made = new Set(writesOf(domain, task).map((call) => canonicalJson(withoutComputed(domain, call))));
    const state = world.open(task.distractors).state();
    return task.scenario.wishes.flatMap((wish) => {
      if (wish.wish !== 'do' || canonicalJson(wish).includes('"type":"made"') || !state.ok) return [];
      const args = Object.fromEntries(
        Object.entries(wish.args).map(([name, reference]) => [name, meaning(world, domain, task, reference)]),
      );
      const tool = domain.tools.find(({ name }) => name === wish.tool);
      if (tool === undefined || made.has(canonicalJson({ tool: wish.tool, args }))) return [];
      const whole = withComputed(domain, tool, args, task.scenario.caller, stateSource(state.value));
      return whole === null ? [] : [{ tool: wish.tool, args: whole }];
    });
  }
});
