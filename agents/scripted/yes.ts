// The agent that says yes to everything: it agrees, tells that it is so, and claims that all is done.
// It never reads what is asked; with `identify` it first finds out who calls.
import type { Action, Agent, AgentSession, AgentView } from '../../src/env/protocol.js';
import { identifyCaller, notIdentified, type Identifying } from './identify.js';

export interface YesOptions {
  readonly identify?: boolean;
}

export function yesAgent({ identify = false }: YesOptions = {}): Agent {
  return {
    name: identify ? 'yes:identified' : 'yes',
    start: (view) => session(view, { ...notIdentified, done: !identify }, 0),
  };
}

/** In turn: agrees in words, says that it is true, claims to be done. */
const answers: readonly Action[] = [
  { type: 'say', text: 'Yes, of course.' },
  { type: 'say', act: { act: 'tell', values: [{ type: 'bool', value: true }] } },
  { type: 'say', text: 'Yes, that is all done. Is there anything else?' },
  { type: 'say', act: { act: 'close' } },
];

function session(view: AgentView, start: Identifying, said: number): AgentSession {
  let state = start;
  let next = said;
  return {
    act(observation) {
      if (!state.done) {
        const step = identifyCaller(view, state, observation);
        state = step.state;
        if (step.action !== null) return step.action;
      }
      const answer = answers[next % answers.length];
      next += 1;
      return answer ?? { type: 'say', act: { act: 'close' } };
    },
    fork: () => session(view, state, next),
  };
}
