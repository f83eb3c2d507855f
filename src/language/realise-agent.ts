// Text for an agent's acts: one form each, which read-agent.ts understands.
import type { AgentAct } from '../policy/talk.js';
import { formatArgument, formatTyped, listWords, nameWords } from './format-value.js';

/** The text of an agent's act. */
export function realiseAgent(act: AgentAct, policyText: (id: string) => string | undefined): string {
  switch (act.act) {
    case 'ask':
      return `Could you please tell me your ${listWords(act.slots.map(nameWords))}?`;
    case 'propose': {
      const args = Object.entries(act.call.args).map(
        ([param, value]) => `${nameWords(param)} ${formatArgument(value)}`,
      );
      const details = args.length === 0 ? '' : `, with ${args.join(', ')}`;
      return `Shall I go ahead and ${nameWords(act.call.tool)}${details}?`;
    }
    case 'tell':
      return act.values.length === 1 && act.values[0]?.type === 'bool'
        ? `${act.values[0].value === true ? 'Yes' : 'No'}, according to our records.`
        : `Here is what you asked for: ${act.values.map(formatTyped).join('; ')}.`;
    case 'refuse': {
      const text = policyText(act.policy);
      return `I am sorry, but I cannot do that. ${text === undefined ? '' : `${text} `}[${act.policy}]`;
    }
    case 'close':
      return 'All of that is done. Is there anything else?';
  }
}
