// An independent search: no task that only does can be done with fewer writes. It knows nothing of how
// tasks are composed; it tries, breadth first, every call of a write whose arguments are constants of
// the goal: those of gold's calls, the rows that gold changes, and the rows that calls create.
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/core/json.js';
import { canonicalJson } from '../../src/core/json.js';
import { buildGraph } from '../../src/graph/build.js';
import type { Call } from '../../src/policy/talk.js';
import type { Domain, Param } from '../../src/spec/model.js';
import { composeTasks } from '../../src/task/compose.js';
import type { Task } from '../../src/task/task.js';
import type { Session, World } from '../../src/world/world.js';
import { domainIds } from './all-domains.js';
import { digestOf, writesOf } from './over-the-state.js';
import { openDomain, openWorld } from './interpreted-world.js';

const sample = 30;
const mostCalls = 12_000;

type Verdict = 'none shorter' | 'shorter' | 'capped';

describe.each(domainIds)('in %s', (id) => {
  test('no way to the goal has fewer writes than gold', { timeout: 120_000 }, () => {
    const domain = openDomain(id);
    const world = openWorld(domain, 7);
    const options = { shares: { do: 1 }, complexity: { writes: [0, 60, 40] } };
    const { tasks } = composeTasks(domain, world, buildGraph(domain), 7, sample, options);
    const verdicts = tasks.map((task) => search(domain, world, task));
    const long = tasks.filter((task) => writesOf(domain, task).length > 1);
    expect(long.length).toBeGreaterThan(sample / 2);
    expect(verdicts.filter((verdict) => verdict === 'shorter')).toEqual([]);
    expect(verdicts.filter((verdict) => verdict === 'capped').length).toBeLessThan(sample / 5);
  });
});

test('the search finds a shorter way where there is one', () => {
  const domain = openDomain('library');
  const world = openWorld(domain, 7);
  const { tasks } = composeTasks(domain, world, buildGraph(domain), 7, 5, { shares: { do: 1 } });
  const task = tasks.find((one) => writesOf(domain, one).length === 1);
  if (task === undefined) throw new Error('no task');
  const [write] = writesOf(domain, task);
  if (write === undefined) throw new Error('no write');
  const padded = {
    ...task,
    gold: [
      { by: 'agent' as const, call: write },
      { by: 'agent' as const, call: write },
    ],
  };
  expect(search(domain, world, padded)).toBe('shorter');
});

function search(domain: Domain, world: World, task: Task): Verdict {
  const gold = writesOf(domain, task);
  const goals = new Set(task.goal.accepts.map(({ digest }) => String(digest)));
  const start = world.open(task.distractors);
  const constants = new Map<string, Json[]>();
  const seen = new Set([digestOf(start)]);
  learn(domain, constants, gold, changedBy(world, task, gold));
  let calls = 0;
  let front: readonly Session[] = [start];
  for (let depth = 1; depth < gold.length; depth++) {
    const next: Session[] = [];
    for (const session of front) {
      for (const call of callsOf(domain, constants, session)) {
        if (++calls > mostCalls) return 'capped';
        const trial = session.fork();
        if (trial.call(call.tool, call.args).type !== 'result') continue;
        const digest = digestOf(trial);
        if (goals.has(digest)) return 'shorter';
        if (seen.has(digest)) continue;
        seen.add(digest);
        next.push(trial);
      }
    }
    front = next;
  }
  return 'none shorter';
}

function changedBy(
  world: World,
  task: Task,
  calls: readonly Call[],
): readonly { entity: string; id: string }[] {
  const session = world.open(task.distractors);
  for (const { tool, args } of calls) session.call(tool, args);
  const diff = session.diff();
  return diff.ok ? diff.value.filter(({ before }) => before !== null) : [];
}

/** Constants by `tool.param` for values and by entity for rows. */
function learn(
  domain: Domain,
  constants: Map<string, Json[]>,
  calls: readonly Call[],
  rows: readonly { readonly entity: string; readonly id: string }[],
): void {
  const add = (key: string, value: Json): void => {
    const known = constants.get(key) ?? [];
    if (!known.some((other) => canonicalJson(other) === canonicalJson(value)))
      constants.set(key, [...known, value]);
  };
  for (const { tool, args } of calls) {
    for (const param of domain.tools.find(({ name }) => name === tool)?.params ?? []) {
      const value = args[param.name];
      if (value !== undefined) add(keyOf(tool, param), value);
    }
  }
  for (const { entity, id } of rows) add(entity, id);
}

function keyOf(tool: string, { name, type }: Param): string {
  return type.kind === 'row' ? type.entity : `${tool}.${name}`;
}

function callsOf(
  domain: Domain,
  constants: ReadonlyMap<string, readonly Json[]>,
  session: Session,
): readonly Call[] {
  const diff = session.diff();
  const created = diff.ok ? diff.value.filter(({ before }) => before === null) : [];
  return domain.tools.flatMap((tool) => {
    if (tool.effect !== 'write') return [];
    const choices = tool.params.map((param) => {
      const { type } = param;
      const made = type.kind === 'row' ? created.filter(({ entity }) => entity === type.entity) : [];
      const known = [...(constants.get(keyOf(tool.name, param)) ?? []), ...made.map((row) => row.id)];
      return { name: param.name, values: param.optional ? [undefined, ...known] : known };
    });
    return combine(choices).map((args) => ({ tool: tool.name, args }));
  });
}

function combine(
  choices: readonly { readonly name: string; readonly values: readonly (Json | undefined)[] }[],
): readonly JsonObject[] {
  return choices.reduce<readonly JsonObject[]>(
    (sofar, { name, values }) =>
      sofar.flatMap((args) =>
        values.map((value) => (value === undefined ? args : { ...args, [name]: value })),
      ),
    [{}],
  );
}
