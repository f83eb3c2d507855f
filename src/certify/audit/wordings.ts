// Independent solutions in other words: gold with everything that it says said as text, in several ways.
import { goldActions } from '../../env/gold.js';
import type { Action } from '../../env/protocol.js';
import { formatTyped, listWords, nameWords } from '../../language/format-value.js';
import { lexiconOf, type HeardDomain } from '../../language/hear/lexicon.js';
import { realiseAgent } from '../../language/realise-agent.js';
import { sayArguments } from '../../language/say-proposal.js';
import type { AgentAct, Call } from '../../policy/talk.js';
import type { Task } from '../../task/task.js';
import type { CertifyContext } from '../context.js';
import { vary, type Variation } from './variation.js';

/** How one speaker words each act. */
type Speaker = (act: AgentAct, rule: (id: string) => string, domain: HeardDomain) => string;

const speakers: Readonly<Record<string, Speaker>> = {
  'as the oracle': (act, _, domain) => realiseAgent(act, { domain }),
  brief: (act, rule, domain) => {
    switch (act.act) {
      case 'ask':
        return `What is your ${listWords(act.slots.map(nameWords))}?`;
      case 'propose':
        return `May I ${callWords(act.call, domain)}?`;
      case 'tell':
        return act.values.map((value) => `${capital(formatTyped(value))}.`).join(' ');
      case 'refuse':
        return `I cannot do that. ${rule(act.policy)} [${act.policy}]`;
      case 'close':
        return 'Anything else?';
    }
  },
  polite: (act, rule, domain) => {
    switch (act.act) {
      case 'ask':
        return `Thank you for calling. To begin with, may I have your ${listWords(act.slots.map(nameWords))}, please?`;
      case 'propose':
        return `If you agree, I will ${callWords(act.call, domain)}. Do you confirm?`;
      case 'tell':
        return `I have looked it up for you. Our records say: ${act.values.map(formatTyped).join('; ')}.`;
      case 'refuse':
        return `I am afraid that this is not possible. ${rule(act.policy)} [${act.policy}]`;
      case 'close':
        return 'That is all done. Is there anything else that I can help you with?';
    }
  },
};

function callWords(call: Call, domain: HeardDomain): string {
  const details = sayArguments(lexiconOf(domain), call).map(({ label, said }) => `${label} ${said}`);
  return `${nameWords(call.tool)}${details.length === 0 ? '' : `, with ${details.join(', ')}`}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function otherWordings({ world }: CertifyContext, task: Task): readonly Variation[] {
  const rules = new Map(world.domain.talkPolicies.map(({ id, text }) => [id, text]));
  return Object.entries(speakers).flatMap(([name, speak]) => {
    const actions = goldActions(task).map((action): Action =>
      action.type === 'say' && 'act' in action
        ? { type: 'say', text: speak(action.act, (id) => rules.get(id) ?? '', world.domain) }
        : action,
    );
    return vary(task, 'other wording', name, actions) ?? [];
  });
}
