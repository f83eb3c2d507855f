// The same agent without acts: what it would say as an act it says as text, which the environment has
// to read. So the text side of a talk can be tried with any agent that speaks in acts.
import type { EmittedDomain } from '../emit/emitted-domain.js';
import type { Action, Agent, AgentSession } from './protocol.js';
import { realiseAgent } from '../language/realise.js';

/** Wraps an agent so that it speaks in text alone. */
export function inText(agent: Agent, domain: EmittedDomain): Agent {
  const policies = new Map(domain.talkPolicies.map(({ id, text }) => [id, text]));
  const speak = (action: Action): Action =>
    action.type === 'say' && 'act' in action
      ? { type: 'say', text: realiseAgent(action.act, (id) => policies.get(id)) }
      : action;
  const wrap = (session: AgentSession): AgentSession => ({
    act(observation) {
      const action = session.act(observation);
      return action instanceof Promise ? action.then(speak) : speak(action);
    },
    ...(session.chosenFrom === undefined ? {} : { chosenFrom: () => session.chosenFrom?.() ?? 0 }),
    ...(session.fork === undefined ? {} : { fork: () => wrap(session.fork?.() ?? session) }),
  });
  return { name: `${agent.name}:text`, start: (view, seed) => wrap(agent.start(view, seed)) };
}
