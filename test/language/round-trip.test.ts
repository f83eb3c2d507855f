// What users say in the course of a talk reads back to what they meant: every act of a user, as its
// persona words it, over the tasks of every domain.
import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { startEpisode, type Environment } from '../../src/env/environment.js';
import { wishedCall } from '../../src/env/meaning.js';
import type { Action } from '../../src/env/protocol.js';
import { buildGraph } from '../../src/graph/build.js';
import { recoverWishActs } from '../../src/language/recover-answer.js';
import { recoverReply } from '../../src/language/recover-reply.js';
import type { Scope } from '../../src/language/recover-row.js';
import { personas } from '../../src/language/persona.js';
import type { AgentAct, UserAct, Wish } from '../../src/policy/talk.js';
import { stateSource } from '../../src/spec/state-source.js';
import type { Domain } from '../../src/spec/model.js';
import { composeTasks } from '../../src/task/compose.js';
import { openingWishes } from '../../src/task/scenario.js';
import { meansSame } from '../../src/task/parse-back.js';
import type { Task } from '../../src/task/task.js';
import type { World } from '../../src/world/world.js';
import { openDomain, openWorld } from '../task/interpreted-world.js';

const domains = readdirSync(new URL('../../domains/', import.meta.url))
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.slice(0, -5));

const seen = new Map<string, number>();

describe.each(domains)('a user of %s', (id) => {
  let domain: Domain;
  let world: World;
  let tasks: readonly Task[];

  beforeAll(() => {
    domain = openDomain(id);
    world = openWorld(domain, 5);
    ({ tasks } = composeTasks(domain, world, buildGraph(domain), 5, 80));
  });

  test('is understood by its words alone, whatever it is told or asked', () => {
    const misread: string[] = [];
    let turns = 0;
    for (const task of tasks) {
      const scope = scopeOf(domain, world, task);
      for (const said of conversation(domain, world, task)) {
        const environment = startEpisode(world, task, { seed: 2 });
        const wishes = [...openingWishes(task.scenario)];
        for (const act of said) {
          if (environment.done) break;
          turns += 1;
          const problem = misreading(scope, task, environment, act, wishes);
          if (problem !== null) misread.push(problem);
        }
        environment.finish();
      }
    }
    expect(turns).toBeGreaterThan(300);
    expect(misread).toEqual([]);
  });

  test('speaks in every persona', () => {
    expect(new Set(tasks.map(({ scenario }) => scenario.persona)).size).toBe(personas.length);
  });
});

test('every act was among them', () => {
  const acts = ['inform', 'unknown', 'specify', 'confirm', 'deny', 'accept', 'insist', 'end', 'request'];
  expect(acts.filter((act) => (seen.get(act) ?? 0) < 3)).toEqual([]);
});

function scopeOf(domain: Domain, world: World, task: Task): Scope {
  const session = world.open(task.distractors);
  const state = session.state();
  session.close();
  if (!state.ok) throw new Error('no state');
  return { domain, caller: task.scenario.caller, source: stateSource(state.value) };
}

/** Talks that bring a user to say all that it can. */
function conversation(domain: Domain, world: World, task: Task): readonly (readonly AgentAct[])[] {
  const { wishes, withheld, caller } = task.scenario;
  const own = domain.entities.find(({ name }) => name === domain.caller)?.columns ?? [];
  const attributes = own.filter(({ role, known }) => role === 'value' && known).map(({ attr }) => attr);
  const asks = [
    ...attributes.map((attr): AgentAct => ({ act: 'ask', slots: [attr] })),
    { act: 'ask', slots: attributes } as const,
    ...withheld.map(({ wish, arg }): AgentAct => {
      const asked = wishes[wish];
      const slot =
        asked?.wish === 'tell'
          ? (domain.entities.find(({ name }) => name === asked.entity)?.snake ?? '')
          : arg;
      return { act: 'ask', slots: [slot] };
    }),
  ];
  const calls = wishes.flatMap((wish) => {
    const call = wishedCall(world, task, wish);
    return call.ok && call.value !== null ? [call.value] : [];
  });
  const proposals = calls.flatMap((call): AgentAct[] => [
    { act: 'propose', call },
    ...Object.keys(call.args).map((arg): AgentAct => {
      const { [arg]: _, ...rest } = call.args;
      return {
        act: 'propose',
        call: { ...call, args: { ...rest, [arg]: caller === call.args[arg] ? 'XX-00000' : caller } },
      };
    }),
  ]);
  const policy = domain.policies.find(({ kind }) => kind === 'guard')?.id ?? '';
  const refusals = Array.from({ length: 4 }, (): AgentAct => ({ act: 'refuse', policy }));
  const rest: AgentAct[] = [{ act: 'close' }, { act: 'close' }, { act: 'close' }];
  return [asks, proposals, [...refusals, ...rest], rest];
}

/** Says the act; what of the user's answer its text does not give back, or null. */
function misreading(
  scope: Scope,
  task: Task,
  environment: Environment,
  act: AgentAct,
  wishes: Wish[],
): string | null {
  const action: Action = { type: 'say', act };
  const { observation } = environment.step(action);
  if (observation.type !== 'user') return null;
  const read = [
    ...recoverReply(scope.domain, observation.text, act),
    ...(environment.done ? [] : recoverWishActs(scope, observation.text, { heard: act, wishes })),
  ];
  for (const meant of observation.acts) {
    seen.set(meant.act, (seen.get(meant.act) ?? 0) + 1);
    if (meant.act === 'prompt') continue;
    // What is thanked for in the end is taken.
    if (meant.act === 'accept' && observation.acts.length > 1) continue;
    if (!read.some((other) => isSame(scope, meant, other, wishes, act))) {
      return `${task.scenario.persona}: ${JSON.stringify(act)}\n${observation.text}\nmeant ${JSON.stringify(meant)}\nread ${JSON.stringify(read)}`;
    }
  }
  for (const meant of observation.acts) {
    if (meant.act === 'request') wishes.push(...meant.wishes);
    if (meant.act !== 'specify') continue;
    const wish = wishes[meant.wish];
    if (wish?.wish === 'do') wishes[meant.wish] = { ...wish, args: { ...wish.args, ...meant.args } };
    if (wish?.wish === 'tell') wishes[meant.wish] = { ...wish, of: meant.args['of'] ?? wish.of };
  }
  return null;
}

function isSame(
  scope: Scope,
  meant: UserAct,
  read: UserAct,
  wishes: readonly Wish[],
  heard: AgentAct,
): boolean {
  if (meant.act === 'specify' && read.act === 'specify') {
    // What was said before need not be heard again.
    const lacking = Object.entries(meant.args).filter(([arg]) => {
      const wish = wishes[meant.wish];
      return wish?.wish !== 'do' || meant.corrects || wish.args[arg] === undefined;
    });
    return (
      meant.wish === read.wish &&
      lacking.every(([arg, reference]) => {
        const other = read.args[arg];
        if (reference.type === 'made' || reference.type === 'caller') return true;
        return other !== undefined && meansSame(scope, reference, other);
      })
    );
  }
  if (meant.act === 'request' && read.act === 'request') return meant.wishes.length === read.wishes.length;
  if (meant.act === 'specify' && heard.act === 'ask' && !meant.corrects) {
    const wish = wishes[meant.wish];
    return wish?.wish === 'do' && Object.keys(meant.args).every((arg) => wish.args[arg] !== undefined);
  }
  return JSON.stringify(meant) === JSON.stringify(read);
}
