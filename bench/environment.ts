// What an episode costs: environment steps per second with the user's answers, the policies, the parts
// of the reward and the grade; the same graded again; and fork and reset of a whole episode; each
// against the same tools in plain V8.
import { randomValidAgent } from '../agents/scripted/random-valid.js';
import { startEpisode } from '../src/env/environment.js';
import { goldActions } from '../src/env/gold.js';
import type { AgentSession } from '../src/env/protocol.js';
import { replayEpisode } from '../src/env/replay.js';
import { buildGraph } from '../src/graph/build.js';
import { composeTasks } from '../src/task/compose.js';
import type { Task } from '../src/task/task.js';
import { loadWorld } from '../src/world/load.js';
import type { World } from '../src/world/world.js';
import { createPlainGuest } from '../sandbox/plain.js';
import { measure, perSecond, type BenchRun, type Work } from './harness.js';
import { loadSubject, sizedState, sizeOf } from './workload.js';

const runs = 9;
const taskCount = 24;

/** The benchmark `environment`. */
export const benchEnvironment: BenchRun = async (report) => {
  const subject = loadSubject('library');
  for (const size of [10, 100, 1000]) {
    const state = sizedState(subject, size);
    const sandboxed = await loadWorld(subject.emitted, state);
    const plain = await loadWorld(subject.emitted, state, { create: createPlainGuest });
    const { tasks } = composeTasks(subject.domain, plain, buildGraph(subject.domain), 7, taskCount);
    // The compiler takes some seconds to know the whole of an episode: the first size is played unmeasured.
    if (size === 10) measure([goldEpisodes(sandboxed, tasks), randomEpisodes(sandboxed, tasks)], 2 * runs);
    const at = `${Math.round(sizeOf(state))} KB`;
    const row = (what: string, unit: 'steps/s' | 'µs', work: (world: World) => Work): void => {
      const [mine = 0, limit = 0] = measure([work(sandboxed), work(plain)], runs);
      const median = unit === 'steps/s' ? perSecond(mine) : mine;
      report({ what: `${what}, ${at}`, median, unit, runs, against: 'plain V8', ratio: mine / limit });
    };
    row('steps of gold, user and reward', 'steps/s', (world) => goldEpisodes(world, tasks));
    row('steps with a random agent', 'steps/s', (world) => randomEpisodes(world, tasks));
    row('steps graded again', 'steps/s', (world) => gradedAgain(world, tasks));
    row('start and finish an episode', 'µs', (world) => emptyEpisodes(world, tasks));
    row('fork and close an episode', 'µs', (world) => forks(world, tasks));
    for (const world of [sandboxed, plain]) world.dispose();
  }
};

function goldEpisodes(world: World, tasks: readonly Task[]): Work {
  const played = tasks.map((task) => ({ task, actions: goldActions(task) }));
  let operations = 0;
  const run = (): void => {
    operations = 0;
    for (const { task, actions } of played) {
      const environment = startEpisode(world, task);
      for (const action of actions) {
        if (environment.done) break;
        environment.step(action);
        operations += 1;
      }
      environment.finish();
    }
  };
  run();
  return { operations, run };
}

/** What regrading costs, of the episodes that gold makes. */
function gradedAgain(world: World, tasks: readonly Task[]): Work {
  const episodes = tasks.map((task) => {
    const environment = startEpisode(world, task);
    for (const action of goldActions(task)) if (!environment.done) environment.step(action);
    return { task, episode: environment.finish() };
  });
  const run = (): void => {
    for (const { task, episode } of episodes) replayEpisode(world, task, episode);
  };
  return { operations: episodes.reduce((total, { episode }) => total + episode.steps.length, 0), run };
}

/** The agent's own time is part of this row. */
function randomEpisodes(world: World, tasks: readonly Task[]): Work {
  const agent = randomValidAgent({ ending: 0.02 });
  let operations = 0;
  const run = (): void => {
    operations = 0;
    for (const task of tasks) {
      const environment = startEpisode(world, task);
      const session = agent.start(environment.view, task.id);
      while (!environment.done) {
        environment.step(actNow(session, environment.observation));
        operations += 1;
      }
      environment.finish();
    }
  };
  run();
  return { operations, run };
}

function actNow(session: AgentSession, ...[observation]: Parameters<AgentSession['act']>): SyncAction {
  const action = session.act(observation);
  if (action instanceof Promise) throw new TypeError('this benchmark plays agents that answer at once');
  return action;
}

type SyncAction = Exclude<ReturnType<AgentSession['act']>, Promise<unknown>>;

function emptyEpisodes(world: World, tasks: readonly Task[]): Work {
  const run = (): void => {
    for (const task of tasks) startEpisode(world, task).finish();
  };
  return { operations: tasks.length, run };
}

function forks(world: World, tasks: readonly Task[]): Work {
  const trunks = tasks.map((task) => {
    const environment = startEpisode(world, task);
    for (const action of goldActions(task).slice(0, -1)) if (!environment.done) environment.step(action);
    return environment;
  });
  const run = (): void => {
    for (const trunk of trunks) trunk.fork().finish();
  };
  return { operations: trunks.length, run };
}
