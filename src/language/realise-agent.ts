// Text for an agent's acts, as a good clerk would say them: in the domain's own words where it has some
// that are understood, else in plain forms, all of which read-agent.ts reads back as the same act.
import type { Rng } from '../core/rng.js';
import type { AgentAct, TypedValue } from '../policy/talk.js';
import type { Say } from '../spec/model.js';
import { listWords, nameWords, slotWords } from './format-value.js';
import { lexiconOf, type HeardDomain, type Lexicon } from './hear/lexicon.js';
import { wordings } from './say-as-clerk.js';
import { sayProposal } from './say-proposal.js';
import { sayValues, type PickForm } from './say-values.js';
import { isUnderstood } from './understood.js';

/** How an agent words its acts. */
export interface Wording {
  readonly domain: HeardDomain;
  /** Picks among forms; without it the first is taken. */
  readonly rng?: Rng;
  /** The attribute that a value was found under, where that is known: `Entity.attr`, or its last part. */
  readonly label?: (value: TypedValue) => string | undefined;
  /** Words that the domain has for its agents. */
  readonly say?: Say;
  /** What the agent has said in this talk, which it does not begin in the same way again. */
  readonly said?: readonly string[];
  /** What has come of the caller's wishes since the agent last asked for more. */
  readonly outcome?: { readonly done: boolean; readonly refused: boolean };
}

/** The text of an agent's act. */
export function realiseAgent(act: AgentAct, wording: Wording): string {
  const { domain, rng, label = () => undefined, say, said = [], outcome } = wording;
  const lexicon = lexiconOf(domain);
  const fresh = (forms: readonly string[]): readonly string[] => {
    const open = forms.filter((form) => !said.some((earlier) => beginsAlike(earlier, form)));
    return open.length > 0 ? open : forms;
  };
  const pick: PickForm = (forms) => (rng === undefined ? (forms[0] ?? '') : rng.pick(fresh(forms)));
  const own = say === undefined ? [] : wordings(act, say, { domain, lexicon, label, said });
  const inTurn = rng === undefined ? own : [...new Set([...rng.shuffle(fresh(own)), ...own])];
  const understood = inTurn.find((text) => isUnderstood(domain, act, text));
  if (understood !== undefined) return understood;
  switch (act.act) {
    case 'ask':
      return sayAsk(lexicon, act.slots, pick);
    case 'propose':
      return sayProposal(lexicon, act.call, pick);
    case 'tell':
      return sayValues(act.values, label, lexicon.members, pick);
    case 'refuse':
      return sayRefusal(domain, act.policy, pick);
    case 'close':
      return pick(closings(outcome));
  }
}

/** Whether two texts begin with the same words. */
function beginsAlike(left: string, right: string): boolean {
  const beginning = (text: string): string => text.split(' ').slice(0, 3).join(' ');
  return beginning(left) === beginning(right);
}

function closings(outcome: Wording['outcome']): readonly string[] {
  if (outcome?.done === false) {
    return [
      'Is there anything else I can do for you?',
      'Can I help you with anything else?',
      'Do you need anything else?',
    ];
  }
  if (outcome?.refused === true) {
    return [
      'The rest is done. Is there anything else I can do for you?',
      'I have done the rest for you. Can I help you with anything else?',
    ];
  }
  return [
    'That is done. Is there anything else I can do for you?',
    'That is all done for you. Is there anything else?',
    'Everything is done now. Can I help you with anything else?',
  ];
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
  return `${lexicon.callerColumns.has(slot) ? 'your' : 'the'} ${slotWords(slot)}`;
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
