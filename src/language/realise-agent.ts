// Text for an agent's acts, as a good clerk would say them: several forms each, all of which
// read-agent.ts reads back as the same act.
import type { Rng } from '../core/rng.js';
import type { AgentAct, TypedValue } from '../policy/talk.js';
import { listWords, nameWords } from './format-value.js';
import { lexiconOf, type HeardDomain, type Lexicon } from './hear/lexicon.js';
import { sayProposal } from './say-proposal.js';
import { sayValues, type PickForm } from './say-values.js';

/** How an agent words its acts. */
export interface Wording {
  readonly domain: HeardDomain;
  /** Picks among forms; without it the first is taken. */
  readonly rng?: Rng;
  /** The attribute that a value was found under, where that is known. */
  readonly label?: (value: TypedValue) => string | undefined;
}

/** The text of an agent's act. */
export function realiseAgent(act: AgentAct, { domain, rng, label }: Wording): string {
  const lexicon = lexiconOf(domain);
  const pick: PickForm = (forms) => (rng === undefined ? (forms[0] ?? '') : rng.pick(forms));
  switch (act.act) {
    case 'ask':
      return sayAsk(lexicon, act.slots, pick);
    case 'propose':
      return sayProposal(lexicon, act.call, pick);
    case 'tell':
      return sayValues(act.values, label ?? (() => undefined), lexicon.members, pick);
    case 'refuse':
      return sayRefusal(domain, act.policy, pick);
    case 'close':
      return pick([
        'That is done. Is there anything else I can do for you?',
        'All of that is done. Is there anything else?',
        'Everything is done now. Can I help you with anything else?',
        'That is all done for you. Have a nice day!',
      ]);
  }
}

function sayAsk(lexicon: Lexicon, slots: readonly string[], pick: PickForm): string {
  const rows = slots.filter((slot) => rowOf(lexicon, slot) !== undefined);
  const others = slots.filter((slot) => !rows.includes(slot));
  const things = others.filter((slot) => !isQuestion(slot)).map((slot) => sayThing(lexicon, slot));
  const which = rows.map((slot) => `which ${rowOf(lexicon, slot)} you mean`);
  const choices = others.filter(isQuestion).map((slot) => sayChoice(lexicon, slot));
  const list = listWords([...things, ...which, ...choices]);
  const forms = [
    `Could you tell me ${list}${choices.length === 0 ? ', please' : ''}?`,
    `Please tell me ${list}.`,
    `To go on I need to know ${list}.`,
  ];
  if (things.length === slots.length)
    return pick([...forms, `May I have ${list}, please?`, `I will need ${list} for that.`]);
  const [row = ''] = which;
  return pick(
    slots.length === 1 && rows.length === 1
      ? [`${row.charAt(0).toUpperCase()}${row.slice(1).replace(' you mean', '')} do you mean?`, ...forms]
      : forms,
  );
}

/** "your email", "the branch". */
function sayThing(lexicon: Lexicon, slot: string): string {
  return `${lexicon.callerColumns.has(slot) ? 'your' : 'the'} ${nameWords(slot.replace(/_id$/, ''))}`;
}

/** Whether the name of a slot is no noun. */
function isQuestion(slot: string): boolean {
  return /^(?:what|which|when|where|who|how|why)$/.test(slot);
}

/** "what it is: leak, flat tyre or injury". */
function sayChoice(lexicon: Lexicon, slot: string): string {
  const members = [...lexicon.choices].filter(([, slots]) => slots.includes(slot));
  const words = members.map(([member]) => nameWords(member)).join(', ');
  return `what it is: ${words.replace(/, (?=[^,]*$)/, ' or ')}`;
}

/** The words of a row that a slot stands for: `hold_id` and `hold` are a hold, `copy_ids` copies. */
function rowOf(lexicon: Lexicon, slot: string): string | undefined {
  const entity = lexicon.entities.find(({ slot: name }) => slot === name || slot === `${name}_id`);
  if (entity !== undefined && !lexicon.slots.some((other) => other.slot === slot))
    return nameWords(entity.slot);
  const several = lexicon.entities.some(({ list }) => list === slot);
  return several ? `${nameWords(slot.replace(/_ids$/, ''))}s` : undefined;
}

function sayRefusal({ talkPolicies }: HeardDomain, policy: string, pick: PickForm): string {
  const text = talkPolicies.find(({ id }) => id === policy)?.text;
  const sorry = pick([
    'I am sorry, but I cannot do that.',
    'I am afraid that is not possible.',
    'Unfortunately I cannot do that for you.',
  ]);
  if (text === undefined) return policy === 'unnamed' ? sorry : `${sorry} [${policy}]`;
  return `${sorry} ${text.trim()} [${policy}]`;
}
