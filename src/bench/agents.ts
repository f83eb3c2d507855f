// Agents by name. `yes`, `refuse` and `transfer` are families: one member a policy (or one that first
// finds out who calls and one that does not), of which the best is reported; `refuse:own` is one member.
import { closest } from 'fastest-levenshtein';
import { nullAgent } from '../../agents/scripted/null.js';
import { oracle } from '../../agents/scripted/oracle.js';
import { randomValidAgent } from '../../agents/scripted/random-valid.js';
import { refuseAgent, refuseAgents } from '../../agents/scripted/refuse.js';
import { replayAgent } from '../../agents/scripted/replay.js';
import { transferAgent, transferAgents } from '../../agents/scripted/transfer.js';
import { yesAgent } from '../../agents/scripted/yes.js';
import { Bug } from '../core/errors.js';
import type { Issue } from '../core/result.js';
import type { EmittedDomain } from '../emit/emitted-domain.js';
import { viewOf } from '../env/environment.js';
import { goldActions } from '../env/gold.js';
import { inText } from '../env/in-text.js';
import type { Agent } from '../env/protocol.js';
import type { Domain } from '../spec/model.js';
import type { Task } from '../task/task.js';

export const agentNames = [
  'oracle',
  'oracle:text',
  'null',
  'yes',
  'refuse',
  'transfer',
  'random',
  'replay',
] as const;

/** Whether the name stands for several agents, of which the best is reported. */
export function isFamily(agent: string): boolean {
  return agent === 'yes' || agent === 'refuse' || agent === 'transfer';
}

/** The members of a family in a domain; of an agent that is no family, itself. */
export function agentMembers(agent: string, domain: EmittedDomain): readonly string[] {
  if (agent === 'yes') return ['yes', 'yes:identified'];
  if (agent === 'refuse') return refuseAgents(viewOf(domain)).map(({ name }) => name);
  if (agent === 'transfer') {
    return ['transfer', ...transferAgents(viewOf(domain)).map(({ name }) => name)];
  }
  return [agent];
}

/** What is wrong with an agent's name, or null. */
export function checkAgent(agent: string, domains: readonly EmittedDomain[]): Issue | null {
  const known = [
    ...agentNames,
    'yes:identified',
    ...domains.flatMap((domain) => agentMembers('refuse', domain)),
  ];
  if (known.includes(agent)) return null;
  if (domains.some((domain) => agentMembers('transfer', domain).includes(agent))) return null;
  return {
    path: '--agent',
    message: `there is no agent '${agent}'; agents are ${[...agentNames, 'chat'].join(', ')}`,
    hint: `did you mean '${closest(agent, known)}'?`,
  };
}

/** Makes an agent. Only replay gets the task, which is what it replays; the oracle gets the public rules. */
export function createAgent(name: string, domain: Domain, emitted: EmittedDomain, task: Task): Agent {
  const [family = '', policy, identified] = name.split(':');
  switch (family) {
    case 'oracle':
      return policy === 'text' ? inText(oracle(domain, 'text'), emitted, domain.say) : oracle(domain);
    case 'null':
      return nullAgent();
    case 'yes':
      return yesAgent({ identify: policy === 'identified' });
    case 'random':
      return randomValidAgent();
    case 'replay':
      return replayAgent(goldActions(task));
    case 'refuse':
      return refuseAgent(policy ?? '');
    case 'transfer':
      if (policy === 'identified') return transferAgent({ identify: true });
      return transferAgent({
        ...(policy === undefined ? {} : { policy }),
        identify: identified !== undefined,
      });
    default:
      throw new Bug(`no agent '${name}'`);
  }
}
