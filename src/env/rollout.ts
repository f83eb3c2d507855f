// Plays one agent on one task, from the opening to the grade.
import { Broken, Bug, type Fault } from '../core/errors.js';
import { hashJson } from '../core/hash.js';
import { isJson, isObject, type Json } from '../core/json.js';
import type { Seed } from '../core/rng.js';
import { formChecker } from '../spec/form.js';
import { AgentActSchema } from '../task/schema.js';
import type { Task } from '../task/task.js';
import type { World } from '../world/world.js';
import { trackCandidates, type Candidates } from './candidates.js';
import { startEpisode, type EpisodeOptions } from './environment.js';
import type { Action, Agent, AgentSession, AgentView, Episode, Observation, Usage } from './protocol.js';

export interface RolloutOptions extends Omit<EpisodeOptions, 'seed' | 'agent'> {
  /** Counts the candidates at every step, also for agents that do not choose among them. */
  readonly countCandidates?: boolean;
}

/** Plays the task; the same seed and run give the same episode. A broken agent makes a fault, not a throw. */
export async function rollout(
  world: World,
  task: Task,
  agent: Agent,
  seed: Seed,
  options: RolloutOptions = {},
): Promise<Episode> {
  const run = options.run ?? 0;
  const environment = startEpisode(world, task, { ...options, seed, run, agent: agent.name });
  const { act, usage } = play(agent, environment.view, hashJson([String(seed), 'agent', task.id, run]));
  const counted = options.countCandidates === true ? trackCandidates(environment.view) : null;
  let observation = environment.observation;
  while (!environment.done) {
    counted?.observe(observation);
    const acted = act(observation);
    const moved = acted instanceof Promise ? await acted : acted;
    if ('fault' in moved) environment.interrupt(moved.fault);
    else ({ observation } = environment.step(moved.action, sizeOf(counted) ?? moved.chosenFrom));
  }
  const episode = environment.finish();
  const used = usage();
  return used === undefined ? episode : { ...episode, usage: used };
}

type Move = { readonly action: Action; readonly chosenFrom?: number } | { readonly fault: Fault };

interface Player {
  readonly act: (observation: Observation) => Move | Promise<Move>;
  readonly usage: () => Usage | undefined;
}

/** The agent behind a boundary: what it throws is a fault. Agents that answer at once cost no await. */
function play(agent: Agent, view: AgentView, seed: string): Player {
  let session: AgentSession | null = null;
  const made = (action: Action): Move => {
    if (!isAction(action)) return { fault: { boundary: 'agent', kind: 'malformed', message: 'no action' } };
    const chosenFrom = session?.chosenFrom?.();
    return chosenFrom === undefined ? { action } : { action, chosenFrom };
  };
  const act = (observation: Observation): Move | Promise<Move> => {
    try {
      session ??= agent.start(view, seed);
      const acted = session.act(observation);
      return acted instanceof Promise ? acted.then(made, broke) : made(acted);
    } catch (error) {
      return broke(error);
    }
  };
  return { act, usage: () => session?.usage?.() };
}

const checkAct = formChecker(AgentActSchema);

/** Actions nest no deeper: what a tool takes is flat, or a list. */
const deepest = 64;

/** What an agent that no compiler has seen returns may be anything. */
function isAction(made: unknown): made is Action {
  const action = made as { readonly [key in 'type' | 'tool' | 'args' | 'text' | 'act']?: Json } | null;
  if (typeof action !== 'object' || action === null) return false;
  if (action.type === 'call') {
    return typeof action.tool === 'string' && isObject(action.args) && isJson(action.args, deepest);
  }
  if (action.type !== 'say') return false;
  if (action.act === undefined) return typeof action.text === 'string';
  return action.text === undefined && checkAct(action.act).length === 0 && isJson(action.act, deepest);
}

function broke(error: unknown): Move {
  if (error instanceof Bug) throw error;
  if (error instanceof Broken) return { fault: error.fault };
  const message = error instanceof Error ? error.message : String(error);
  return { fault: { boundary: 'agent', kind: 'threw', message } };
}

function sizeOf(counted: Candidates | null): number | undefined {
  return counted?.size();
}
