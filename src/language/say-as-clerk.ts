// What an agent says in the words that the domain has for it: its questions, its answers, its rules, and
// what users ask for from the other side: "please freeze {card}" is "Shall I freeze the card CA-12345?".
import type { AgentAct, Call, TypedValue } from '../policy/talk.js';
import { boundName, plural } from '../spec/names.js';
import type { Say } from '../spec/model.js';
import { formatTyped } from './format-value.js';
import type { HeardDomain, Lexicon } from './hear/lexicon.js';
import { sayArguments, type SaidArgument } from './say-proposal.js';
import { capitalise, fillSlot, slotsIn } from './words.js';

/** What an agent knows of its talk when it words an act. */
export interface Clerk {
  readonly domain: HeardDomain;
  readonly lexicon: Lexicon;
  /** The name under which a value was found: `Entity.attr`, or its last part. */
  readonly label: (value: TypedValue) => string | undefined;
  /** What it has said so far. */
  readonly said: readonly string[];
}

/** Texts for an act in the domain's words, which nobody has listened to yet; none where it has no words for it. */
export function wordings(act: AgentAct, say: Say, clerk: Clerk): readonly string[] {
  switch (act.act) {
    case 'ask':
      return questions(act.slots, say);
    case 'propose':
      return offers(act.call, say, clerk.lexicon).flatMap(framed);
    case 'tell':
      return answers(act.values, say, clerk);
    case 'refuse':
      return refusals(act.policy, say, clerk);
    case 'close':
      return [];
  }
}

function questions(slots: readonly string[], say: Say): readonly string[] {
  const [slot = ''] = slots;
  const question = slots.length === 1 ? say.questions[slot] : undefined;
  return question === undefined ? [] : [`${capitalise(question)}?`];
}

/** How one asks for a yes to something. */
function framed(deed: string): readonly string[] {
  return [
    `Shall I ${deed}?`,
    `Would you like me to ${deed}?`,
    `Just to be sure: shall I ${deed}?`,
    `I would now ${deed}. Is that right?`,
    `May I ${deed}?`,
    `Do you want me to ${deed}?`,
  ];
}

const asking = /^(?:please|(?:could|can|would) you(?: please)?) (?<deed>.+)$/i;

/** What is asked of an agent as what it would do. */
function offers(call: Call, say: Say, lexicon: Lexicon): readonly string[] {
  const said = sayArguments(lexicon, call);
  const isSaid = (slot: string): boolean => said.some(({ name }) => isSlotOf(name, slot));
  const { ask = [], offer = [] } = say.tools[call.tool] ?? {};
  const turned = ask.flatMap((template): string[] => {
    const deed = turn(asking.exec(template)?.groups?.['deed'] ?? '');
    return deed === null || deed === '' ? [] : [deed];
  });
  const open = (offer.length > 0 ? offer : turned).filter((template) => slotsIn(template).every(isSaid));
  const most = Math.max(0, ...open.map((template) => slotsIn(template).length));
  return open
    .filter((template) => slotsIn(template).length === most)
    .map((template) => fillOffer(template, said));
}

function isSlotOf(name: string, slot: string): boolean {
  return slot === name || slot === boundName(name);
}

const persons: readonly (readonly [RegExp, string])[] = [
  [/,? please$/, ''],
  [/\b(?:my|our)\b/g, 'your'],
  [/\b(?:me|us)\b/g, 'you'],
];

/** A user's words as the agent says them; null where they speak of what the user does. */
function turn(words: string): string | null {
  const turned = persons.reduce((text, [mine, yours]) => text.replace(mine, yours), words);
  return /\b(?:I|we|mine|ours)\b/.test(turned) ? null : turned;
}

/** The words with the arguments in their slots; what has no slot is said behind. */
function fillOffer(template: string, said: readonly SaidArgument[]): string {
  const slots = slotsIn(template);
  let text = template;
  const more: string[] = [];
  for (const one of said) {
    const slot = slots.find((name) => isSlotOf(one.name, name));
    if (slot !== undefined) text = fillSlot(text, slot, thing(one));
    else more.push(behind(one));
  }
  return `${text}${more.join('')}`;
}

/** "the card CA-12345", "the fines FI-10001 and FI-10002", and other values as they are. */
function thing({ entity, count, said }: SaidArgument): string {
  return entity === null ? said : `the ${count > 1 ? plural(entity) : entity} ${said}`;
}

/** "(ME-12345)", "with a fee of £4.50", "with a discount of 10%". */
function behind(one: SaidArgument): string {
  const { entity, label, said } = one;
  if (entity !== null) return ` (${said})`;
  const share = label.endsWith(' percent');
  if (/\d/.test(said)) return ` with a ${share ? label.slice(0, -8) : label} of ${said}${share ? '%' : ''}`;
  return `, ${label} ${said}`;
}

function answers(values: readonly TypedValue[], say: Say, { label }: Clerk): readonly string[] {
  const sentences = values.map((value) => {
    const template = say.answers[label(value) ?? ''];
    if (template === undefined || value.type === 'bool') return null;
    return `${capitalise(fillSlot(template, 'value', plainly(value, say)))}.`;
  });
  return sentences.every((sentence) => sentence !== null) ? [sentences.join(' ')] : [];
}

/** A value without quotes. */
function plainly(value: TypedValue, say: Say): string {
  if (value.type === 'string') return String(value.value);
  if (value.type !== 'enum') return formatTyped(value);
  return say.values[String(value.value)] ?? String(value.value).replaceAll('_', ' ');
}

function refusals(policy: string, say: Say, { domain, said }: Clerk): readonly string[] {
  const text = say.refusals[policy] ?? domain.talkPolicies.find(({ id }) => id === policy)?.text;
  if (text === undefined) return [];
  const rule = `${capitalise(text.trim())}${/[.!]$/.test(text.trim()) ? '' : '.'}`;
  const first = [
    'I am sorry, but I cannot do that.',
    'I am afraid that is not possible.',
    'Unfortunately I cannot do that for you.',
  ];
  const again = [
    'I do understand, but I cannot make an exception.',
    'I am sorry, but there is no way around it.',
    'I wish I could, but I am not allowed to.',
  ];
  const forms = said.some((earlier) => earlier.endsWith(rule)) ? again : first;
  return forms.map((form) => `${form} ${rule}`);
}
