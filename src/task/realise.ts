// The opening text, from the wishes: phrases of the domain with described rows in their slots, put
// together in one of several frames, now and then with a reason.
import type { Rng } from '../core/rng.js';
import type { Param } from '../spec/model.js';
import type { SpokenWish } from './goal.js';
import { entityNamed, type Ground } from './ground.js';
import { inTheNameOf, pickManner, sentence, type Manner } from '../language/words.js';

/** What the caller says first, and why it called, where it says so. */
export interface Opening {
  readonly text: string;
  readonly reason?: string;
}

/** What stands before the first wish, the second and the third, where their order matters. */
const ordered: readonly (readonly string[])[] = [
  ['', 'After that, ', 'And then '],
  ['First, ', 'Then ', 'And finally '],
  ['', 'Once that is done, ', 'And last, '],
];
const unordered: readonly (readonly string[])[] = [
  ['', 'Also, ', 'And one more thing: '],
  ['', 'And ', 'And one thing more: '],
  ['Two things: ', 'And ', 'Also, '],
];
const questions: readonly (readonly string[])[] = [
  ['', 'And '],
  ['', 'Also, '],
];

export function realise(
  ground: Ground,
  wishes: readonly SpokenWish[],
  isOrdered: boolean,
  rng: Rng,
): Opening {
  const manner = pickManner(rng);
  const used = new Set<string>();
  const clauses = wishes.map((wish) => clauseOf(ground, wish, manner, used, rng));
  const frame = wishes.length === 1 ? [''] : rng.pick(framesFor(wishes, isOrdered));
  const sentences = clauses.map((clause, index) => framed(frame[index] ?? 'And ', clause));
  const reason = rng.chance(0.55) ? reasonFor(ground, wishes, rng) : undefined;
  // A reason explains the last thing asked for when it stands behind it, so it stands behind its own.
  if (reason !== undefined) sentences.splice(reason.wish + 1, 0, sentence(reason.text));
  const greeting = rng.pick(greetings(ground.state.now));
  const text = [greeting, ...sentences].filter((part) => part !== '').join(' ');
  return reason === undefined ? { text } : { text, reason: reason.text };
}

function framesFor(wishes: readonly SpokenWish[], isOrdered: boolean): readonly (readonly string[])[] {
  if (wishes.every(({ wish }) => wish.wish === 'tell')) return questions;
  return isOrdered ? ordered : unordered.slice(0, wishes.length === 2 ? 3 : 2);
}

function greetings(now: string): readonly string[] {
  const hour = Number(now.slice(11, 13));
  const daytime = hour < 12 ? 'Good morning.' : hour < 18 ? 'Good afternoon.' : 'Good evening.';
  return ['Hello.', 'Hi.', 'Hello there.', daytime, ''];
}

/** The clause with its frame in front and its mark behind. */
function framed(frame: string, clause: string): string {
  const whole = sentence(clause);
  if (frame === '') return whole;
  return `${frame}${clause}${whole.slice(clause.trim().length)}`;
}

/** A phrase that was written as a sentence begins small inside another. */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function clauseOf(ground: Ground, wish: SpokenWish, manner: Manner, used: Set<string>, rng: Rng): string {
  const words = wordsOf(ground, wish, manner);
  const options = templatesFor(ground, wish).filter((template) =>
    slotsIn(template).every((slot) => words.some((word) => word.names.includes(slot))),
  );
  const covered = (template: string): number =>
    words.filter((word) => word.names.some((name) => slotsIn(template).includes(name))).length;
  const most = Math.max(0, ...options.map(covered));
  const fullest = options.filter((template) => covered(template) === most);
  // Somebody else's thing is asked for where a name can take the place of "my".
  const about = words.filter((word) => word.kind === 'person');
  const named = fullest.filter((template) => /\bmy\b/.test(template) && !/\bme\b/.test(template));
  const fitting = about.length > 0 && named.length > 0 ? named : fullest;
  const fresh = fitting.filter((template) => !used.has(template));
  const template =
    fitting.length === 0 ? plainTemplate(ground, wish) : rng.pick(fresh.length > 0 ? fresh : fitting);
  used.add(template);
  return fill(lowerFirst(template), words);
}

interface Word {
  readonly names: readonly string[];
  readonly text: string;
  readonly more: string;
  readonly kind: 'caller' | 'person' | 'other';
  readonly plain: string; // the parameter's own words
}

function wordsOf(ground: Ground, wish: SpokenWish, manner: Manner): readonly Word[] {
  const params = wish.wish.wish === 'do' ? (ground.tools.get(wish.wish.tool)?.params ?? []) : [];
  return Object.entries(wish.spoken).map(([name, spoken]): Word => {
    const param: Param | undefined = params.find((other) => other.name === name);
    const { reference } = spoken;
    const entity = wish.wish.wish === 'tell' ? entityNamed(ground, wish.wish.entity).snake : undefined;
    const person = reference.type === 'row' && reference.entity === ground.domain.caller;
    return {
      names: [name, ...(param === undefined ? [] : [param.binds]), ...(entity === undefined ? [] : [entity])],
      text: spoken.say(manner),
      more: spoken.more(manner),
      kind: reference.type === 'caller' ? 'caller' : person ? 'person' : 'other',
      plain: (param?.binds ?? name).replaceAll('_', ' '),
    };
  });
}

/** The template with its slots filled; what has no slot is added behind. */
function fill(template: string, words: readonly Word[]): string {
  const slots = slotsIn(template);
  let text = template;
  const added: string[] = [];
  for (const word of words) {
    const slot = word.names.find((name) => slots.includes(name));
    if (slot !== undefined) text = text.replaceAll(`{${slot}}`, () => word.text);
    else if (word.kind === 'person' && /\bmy\b/.test(text)) {
      const name = word.more === '' ? word.text : word.text.slice(0, -(word.more.length + 3));
      text = inTheNameOf(name, text);
      if (word.more !== '') added.push(`(${word.more})`);
    } else if (word.kind === 'person') added.push(`for ${word.text}`);
    else if (word.kind === 'other') added.push(`(${word.plain}: ${word.text})`);
  }
  return [text, ...added].join(' ');
}

function templatesFor(ground: Ground, { wish }: SpokenWish): readonly string[] {
  const { say } = ground.domain;
  return wish.wish === 'do'
    ? (say.tools[wish.tool]?.ask ?? [])
    : (say.tell[`${wish.entity}.${wish.attr}`] ?? []);
}

/** For a domain that says nothing of a tool or a value. */
function plainTemplate(ground: Ground, { wish }: SpokenWish): string {
  if (wish.wish === 'do') return `please ${wish.tool.replaceAll('_', ' ')} for me`;
  const { snake } = entityNamed(ground, wish.entity);
  return `what is the ${wish.attr.replaceAll('_', ' ')} of {${snake}}`;
}

function reasonFor(
  ground: Ground,
  wishes: readonly SpokenWish[],
  rng: Rng,
): { readonly wish: number; readonly text: string } | undefined {
  const reasons = wishes.flatMap(({ wish }, index) =>
    wish.wish === 'do'
      ? (ground.domain.say.tools[wish.tool]?.because ?? []).map((text) => ({ wish: index, text }))
      : [],
  );
  return reasons.length === 0 ? undefined : rng.pick(reasons);
}

function slotsIn(template: string): readonly string[] {
  return [...template.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '');
}
