// Plays of a task for the certificate. Everything here answers at once, so no play waits; the words of
// the user are drawn from the task's own id.
import { Bug } from '../core/errors.js';
import { startEpisode, type Environment } from '../env/environment.js';
import { goldActions } from '../env/gold.js';
import type { Action, Agent, Episode, Observation } from '../env/protocol.js';
import type { Task } from '../task/task.js';
import { once, type CertifyContext } from './context.js';

interface PlayOptions {
  readonly run?: number;
  readonly maxSteps?: number;
}

/** Opens an episode of a task. */
export function open(
  { world }: CertifyContext,
  task: Task,
  agent: string,
  options: PlayOptions = {},
): Environment {
  return startEpisode(world, task, { ...options, seed: task.id, agent });
}

/** Plays an agent to the end. */
export function play(context: CertifyContext, task: Task, agent: Agent, options: PlayOptions = {}): Episode {
  const environment = open(context, task, agent.name, options);
  const session = agent.start(environment.view, `${task.id}/${options.run ?? 0}`);
  return playOn(environment, (observation) => session.act(observation));
}

/** Plays from where the environment stands to the end. */
export function playOn(
  environment: Environment,
  act: (observation: Observation) => Action | Promise<Action>,
): Episode {
  let { observation } = environment;
  while (!environment.done) {
    const action = act(observation);
    if (action instanceof Promise) throw new Bug('a certificate is played by agents that answer at once');
    ({ observation } = environment.step(action));
  }
  return environment.finish();
}

/** Says that all is done, for ever. */
export const close: Action = { type: 'say', act: { act: 'close' } };

/** Plays actions one after another, then closes until the talk ends. */
export function playActions(
  context: CertifyContext,
  task: Task,
  actions: readonly Action[],
  options: PlayOptions = {},
): Episode {
  let next = 0;
  return playOn(open(context, task, 'replay', options), () => actions[next++] ?? close);
}

/** Gold as the environment and its user take it. */
export const goldEpisode = once((context, task): Episode =>
  playActions(context, task, goldActions(task), { maxSteps: task.gold.length + 20 }),
);

/** The first of the episodes that broke in the sandbox: no line passes over a fault. */
export function faultIn(episodes: readonly Episode[]): string | null {
  const broken = episodes.find(({ end, faults }) => end === 'fault' || faults.length > 0);
  return broken === undefined ? null : (broken.faults.at(-1)?.kind ?? 'fault');
}

/** Whether the episode pays as a solved one does. */
export function isPaid({ end, reward }: Episode): boolean {
  return end === 'solved' || (reward.total ?? 0) >= 1;
}
