// The constant refuser: it finds out who calls and then refuses by one policy, whatever is asked. The
// strongest agent that never reads what a rule is about; a refusal task that pays it proves nothing.
import { policyIds } from '../../src/env/policy-ids.js';
import type { Agent, AgentSession, AgentView } from '../../src/env/protocol.js';
import { identifyCaller, notIdentified, type Identifying } from './identify.js';

export function refuseAgent(policy: string): Agent {
  return { name: `refuse:${policy}`, start: (view) => session(view, policy, notIdentified) };
}

/** One constant refuser for each policy that the view names. */
export function refuseAgents(view: AgentView): readonly Agent[] {
  return policyIds(view).map(refuseAgent);
}

function session(view: AgentView, policy: string, start: Identifying): AgentSession {
  let state = start;
  return {
    act(observation) {
      const step = identifyCaller(view, state, observation);
      state = step.state;
      return step.action ?? { type: 'say', act: { act: 'refuse', policy } };
    },
    fork: () => session(view, policy, state),
  };
}
