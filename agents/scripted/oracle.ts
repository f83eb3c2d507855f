// The oracle: an agent that knows the public rules of the spec and sees what any agent sees, never
// state, scenario, goal or gold. What it does is a function of the observations alone, so a fork is
// a replay of them.
import type { Action, Agent, AgentSession, Observation } from '../../src/env/protocol.js';
import type { Domain } from '../../src/spec/model.js';
import type { Ears } from './oracle-mind.js';
import { serve } from './oracle-talk.js';

/**
 * An agent that solves every task of the domain that can be solved from what an agent may know. With
 * ears for text it reads the user's words and gives the acts no thought.
 */
export function oracle(domain: Domain, ears: Ears = 'acts'): Agent {
  return { name: 'oracle', start: () => openSession(domain, ears, []) };
}

function openSession(domain: Domain, ears: Ears, history: readonly Observation[]): AgentSession {
  const seen: Observation[] = [];
  let talk: Generator<Action, void, Observation> | undefined;
  const act = (observation: Observation): Action => {
    seen.push(observation);
    const first = talk === undefined;
    talk ??= serve(domain, ears, observation);
    const step = first ? talk.next() : talk.next(observation);
    return step.done ? { type: 'say', act: { act: 'close' } } : step.value;
  };
  for (const observation of history) act(observation);
  return { act, fork: () => openSession(domain, ears, seen) };
}
