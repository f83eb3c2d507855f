// The agent that hands every caller over: at once, or after it has found out who calls.
import { handOverPolicies } from '../../src/env/policy-ids.js';
import type { Action, Agent, AgentSession, AgentView } from '../../src/env/protocol.js';
import { identifyCaller, notIdentified, type Identifying } from './identify.js';

export interface TransferOptions {
  /** The policy to name; `other` names none. */
  readonly policy?: string;
  readonly identify?: boolean;
}

export function transferAgent({ policy = 'other', identify = false }: TransferOptions = {}): Agent {
  const details = [...(policy === 'other' ? [] : [policy]), ...(identify ? ['identified'] : [])];
  return {
    name: ['transfer', ...details].join(':'),
    start: (view) => session(view, policy, { ...notIdentified, done: !identify }),
  };
}

/** One for each policy that a hand-over can name, each of which identifies the caller first. */
export function transferAgents(view: AgentView): readonly Agent[] {
  return handOverPolicies(view).map((policy) => transferAgent({ policy, identify: true }));
}

function session(view: AgentView, policy: string, start: Identifying): AgentSession {
  let state = start;
  return {
    act(observation) {
      if (!state.done) {
        const step = identifyCaller(view, state, observation);
        state = step.state;
        if (step.action !== null) return step.action;
      }
      return handOver(view, policy);
    },
    fork: () => session(view, policy, state),
  };
}

function handOver(view: AgentView, policy: string): Action {
  const tool = view.manifest.find(({ effect }) => effect === 'control');
  if (tool === undefined) return { type: 'say', act: { act: 'close' } };
  return { type: 'call', tool: tool.name, args: { policy, summary: 'Please take over.' } };
}
