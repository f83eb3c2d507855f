// The agent that plays given actions, one after another, whatever it sees. Given a task's gold it
// knows the task, so it measures the environment and no skill.
import type { Action, Agent, AgentSession } from '../../src/env/protocol.js';

export function replayAgent(actions: readonly Action[]): Agent {
  return { name: 'replay', start: () => session(actions, 0) };
}

function session(actions: readonly Action[], start: number): AgentSession {
  let next = start;
  return {
    act() {
      const action = actions[next];
      next += 1;
      return action ?? { type: 'say', act: { act: 'close' } };
    },
    fork: () => session(actions, next),
  };
}
