// Text for a user's acts, in the forms of its persona's register. Arguments are said in the words that
// the composer made for them; a form that was used in the talk is not used again while others are left.
import { isRealTime } from '../core/time.js';
import type { Rng } from '../core/rng.js';
import type { AgentAct, Reference, Scalar, UserAct } from '../policy/talk.js';
import { forms, type Purpose } from './forms.js';
import { slotWords } from './format-value.js';
import { sayTime } from './manner.js';
import { personaNamed } from './persona.js';
import { capitalise, markOf, sayList } from './words.js';

/** Who speaks, and the words of what they may have to say: the parts of a Scenario that matter here. */
export interface Voice {
  readonly persona: string;
  readonly phrases: Readonly<Record<string, string>>;
  readonly later: number;
}

/** A text, and the forms that the talk has used by now. */
export interface Spoken {
  readonly text: string;
  readonly used: readonly string[];
}

/** What a user answers to, and how many of its wishes are still to be settled. */
export interface Answered {
  readonly heard: readonly AgentAct[];
  readonly left: number;
}

/** The text of a user's acts. */
export function realiseUser(
  acts: readonly UserAct[],
  answered: Answered,
  voice: Voice,
  used: readonly string[],
  rng: Rng,
): Spoken {
  const speaker: Speaker = { voice, rng, used: [...used] };
  const thanks = acts.some((act) => act.act === 'end' && act.satisfied);
  const refused = isRefused(answered.heard);
  const said: string[] = [];
  for (const [index, act] of acts.entries()) {
    // Thanks at the end say by themselves that the user takes an answer.
    if (act.act === 'accept' && thanks && !refused) continue;
    said.push(sayAct(speaker, act, acts.slice(0, index), answered));
  }
  return { text: said.join(' '), used: speaker.used };
}

interface Speaker {
  readonly voice: Voice;
  readonly rng: Rng;
  readonly used: string[];
}

function sayAct(
  speaker: Speaker,
  act: UserAct,
  before: readonly UserAct[],
  { heard, left }: Answered,
): string {
  const accepted = before.some((earlier) => earlier.act === 'accept');
  switch (act.act) {
    case 'request':
      return sayRequest(speaker, act.wishes.length);
    case 'specify':
      return saySpecified(speaker, act, before);
    case 'inform':
      return sayOwn(speaker, act.slots);
    case 'unknown':
      return sayForm(speaker, 'unknown', {
        slots: sayList(act.slots.map((slot) => `the ${slotWords(slot)}`)),
      });
    case 'confirm':
    case 'deny':
    case 'insist':
      return sayForm(speaker, act.act);
    case 'accept':
      return sayForm(speaker, isRefused(heard) ? 'refused' : 'answered');
    case 'prompt':
      if (heard.length === 0) return sayForm(speaker, 'puzzled');
      if (!accepted) return sayForm(speaker, 'waiting');
      return sayForm(speaker, left > 1 ? 'rest' : 'other');
    case 'end':
      if (act.satisfied) return sayForm(speaker, isRefused(heard) ? 'partly satisfied' : 'satisfied');
      return sayForm(speaker, accepted ? 'unsatisfied' : 'gave up');
  }
}

function isRefused(heard: Answered['heard']): boolean {
  return heard.some(({ act }) => act === 'refuse');
}

const links = ['And ', 'Also, ', 'And then, '];

/** Wishes that come up later, in their own words. */
function sayRequest(speaker: Speaker, count: number): string {
  const { later, phrases } = speaker.voice;
  const clauses = Array.from({ length: count }, (_, index) => phrases[later + index] ?? '');
  const [first = '', ...more] = clauses.filter((clause) => clause !== '');
  const rest = more.map((clause, index) => `${links[index % links.length] ?? ''}${clause}${markOf(clause)}`);
  return [sayForm(speaker, 'later', { wish: first }, markOf(first)), ...rest].join(' ');
}

function saySpecified(
  speaker: Speaker,
  { wish, args, corrects }: Extract<UserAct, { act: 'specify' }>,
  before: readonly UserAct[],
): string {
  const { phrases } = speaker.voice;
  const names = Object.keys(args);
  const right = sayList(
    Object.entries(args).map(
      ([arg, reference]) => phrases[`${wish}.${arg}`] ?? sayReference(speaker, reference),
    ),
  );
  if (!corrects) return sayForm(speaker, 'specify', { value: right });
  const wrong = names.flatMap((arg) => phrases[`${wish}.${arg}.first`] ?? []);
  if (before.some(({ act }) => act === 'deny') || wrong.length < names.length) {
    return sayForm(speaker, 'object', { right });
  }
  return sayForm(speaker, 'correct', { right, wrong: sayList(wrong) });
}

/** What the user says of themselves. */
function sayOwn(speaker: Speaker, slots: Extract<UserAct, { act: 'inform' }>['slots']): string {
  const [first] = slots;
  if (slots.length === 1 && first !== undefined && speaker.rng.chance(0.4)) {
    return sayForm(speaker, 'inform one', { value: sayScalar(speaker, first.value) });
  }
  const items = slots.map(({ slot, value }) => `my ${slotWords(slot)} is ${sayScalar(speaker, value)}`);
  return sayForm(speaker, 'inform', { items: sayList(items) });
}

/** Words for a reference that nobody found words for. */
function sayReference(speaker: Speaker, reference: Reference): string {
  switch (reference.type) {
    case 'value':
      return sayScalar(speaker, reference.value);
    case 'caller':
      return 'mine';
    case 'made':
      return 'the new one';
    case 'list':
      return sayList(reference.items.map((item) => sayReference(speaker, item)));
    case 'record':
      return Object.values(reference.fields)
        .map((field) => sayReference(speaker, field))
        .join(' ');
    case 'row': {
      const facts = reference.facts.flatMap((fact) =>
        'value' in fact ? [`${slotWords(fact.path)} ${sayScalar(speaker, fact.value)}`] : [],
      );
      return `the one with ${sayList(facts)}`;
    }
  }
}

/** A value whose type is not known. */
function sayScalar({ voice }: Speaker, value: Scalar): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  if (/^[a-z]+(_[a-z]+)+$/.test(value)) return value.replaceAll('_', ' ');
  if (!isRealTime(value)) return value;
  const { manner } = personaNamed(voice.persona);
  const date = manner.date[0] ?? 'day month';
  return sayTime(value, {
    today: value,
    date,
    near: 'whole',
    clock: manner.clock[0] ?? '24',
    money: 'cents',
    counts: 'digits',
    quotes: 'curly',
    contracts: false,
  });
}

/** A form for the purpose, its slots filled; `mark` ends it where it has no end of its own. */
function sayForm(
  { voice, rng, used }: Speaker,
  purpose: Purpose,
  words: Readonly<Record<string, string>> = {},
  mark = '',
): string {
  const options = forms[personaNamed(voice.persona).register][purpose];
  const keys = options.map((_, index) => `${purpose} ${index}`);
  const fresh = keys.filter((key) => !used.includes(key));
  // When all are used up, the one that was used longest ago comes up again.
  const key = fresh.length > 0 ? rng.pick(fresh) : (used.find((key) => keys.includes(key)) ?? `${purpose} 0`);
  if (used.includes(key)) used.splice(used.indexOf(key), 1);
  used.push(key);
  const form = options[keys.indexOf(key)] ?? '';
  return `${fillForm(form, words)}${mark}`;
}

/** What begins a sentence has a capital, unless it is an address or a name that is written small. */
function fillForm(form: string, words: Readonly<Record<string, string>>): string {
  return form.replace(/\{(\w+)\}/g, (_, slot: string, at: number) => {
    const text = words[slot] ?? '';
    const begins = /(?:^|[.?!] )$/.test(form.slice(0, at));
    return begins && /^[a-z]+(?:['’][a-z]+)?(?:[\s,:;]|\.?$)/.test(text) ? capitalise(text) : text;
  });
}
