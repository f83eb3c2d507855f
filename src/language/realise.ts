// Text for acts. A user's acts take one of several forms by chance; an agent's acts have one form
// each, which read-agent.ts understands.
import type { Rng } from '../core/rng.js';
import type { AgentAct, UserAct } from '../policy/talk.js';
import { formatArgument, formatScalar, formatTyped, listWords, nameWords } from './format-value.js';

const forms = {
  confirm: ['Yes, please go ahead.', 'Yes, that is right.', 'That is it, yes. Go ahead, please.'],
  deny: ['No, that is not what I want.', 'No, please do not do that.', 'No, that is not right.'],
  accept: ['All right.', 'I see.', 'OK.'],
  insist: ['Could you not make an exception?', 'Is there really no way?', 'Please, could you look again?'],
  prompt: [
    'I am still waiting for what I asked for.',
    'Sorry, that does not answer it yet. Could you take care of what I asked?',
    'I do not quite follow. What about my request?',
  ],
  satisfied: [
    'Thank you, that is all. Goodbye.',
    'Great, thanks for your help. Bye.',
    'Thanks, that was it.',
  ],
  unsatisfied: [
    'Then I will leave it there. Goodbye.',
    'I will try again another time. Goodbye.',
    'That is a pity. Goodbye.',
  ],
} as const;

/** The text of a user's acts; `opening` is the text of a request. */
export function realiseUser(acts: readonly UserAct[], opening: string, rng: Rng): string {
  // Thanks at the end say by themselves that the user takes what was said.
  const thanks = acts.some((act) => act.act === 'end' && act.satisfied);
  const said = thanks ? acts.filter(({ act }) => act !== 'accept') : acts;
  return said.map((act) => userSentence(act, opening, rng)).join(' ');
}

function userSentence(act: UserAct, opening: string, rng: Rng): string {
  switch (act.act) {
    case 'request':
      return opening;
    case 'specify':
      return inform(
        Object.entries(act.args).flatMap(([slot, reference]) =>
          reference.type === 'value' ? [{ slot, value: reference.value }] : [],
        ),
        rng,
      );
    case 'inform':
      return inform(act.slots, rng);
    case 'unknown': {
      const words = listWords(act.slots.map(nameWords));
      return rng.pick([
        `I am afraid I do not know the ${words}.`,
        `I could not tell you the ${words}.`,
        `Sorry, I do not have the ${words}.`,
      ]);
    }
    case 'end':
      return rng.pick(act.satisfied ? forms.satisfied : forms.unsatisfied);
    case 'confirm':
    case 'deny':
    case 'accept':
    case 'insist':
    case 'prompt':
      return rng.pick(forms[act.act]);
  }
}

function inform(slots: Extract<UserAct, { act: 'inform' }>['slots'], rng: Rng): string {
  const form = rng.int(0, 2);
  const parts = slots.map(({ slot, value }, index) => {
    const words = nameWords(slot);
    const said = formatScalar(value);
    if (form === 0) return `${index === 0 ? 'My' : 'my'} ${words} is ${said}`;
    if (form === 1) return `${index === 0 ? 'The' : 'the'} ${words} is ${said}`;
    return index === 0 ? `Sure: ${words} ${said}` : `${words} ${said}`;
  });
  return `${listWords(parts)}.`;
}

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
