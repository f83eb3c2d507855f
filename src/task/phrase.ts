// A wish in words: a phrase of the domain with described rows in its slots. What a caller withholds is
// left out of it, and what no phrase has a place for is added behind.
import { contract, fillSlot, inTheNameOf, lowerFirst, slotsIn, withQuotes } from '../language/words.js';
import type { Manner } from '../language/manner.js';
import type { Rng } from '../core/rng.js';
import type { Param } from '../spec/model.js';
import type { Description } from './describe.js';
import type { SpokenWish } from './goal.js';
import { entityNamed, type Ground } from './ground.js';
import { openTemplate } from './withhold.js';

/** A wish in words, and its arguments in the words that stand in it (or would, if they were said). */
export interface Phrased {
  readonly clause: string;
  readonly args: Readonly<Record<string, string>>;
}

interface Word {
  readonly arg: string;
  readonly param: Param | null;
  /** Slots of templates that the words fit in. */
  readonly slots: readonly string[];
  readonly text: string;
  readonly more: string;
  readonly kind: 'caller' | 'person' | 'other';
  readonly plain: string; // the parameter's own words
  readonly withheld: boolean;
}

/** A template with what is withheld left out of it, and how that is answered. */
interface Choice {
  readonly source: string;
  readonly template: string;
  readonly answers: Readonly<Record<string, string>>;
}

/** Puts a wish in words. `used` are the templates that the talk has used. */
export function phraseWish(
  ground: Ground,
  wish: SpokenWish,
  withheld: readonly string[],
  manner: Manner,
  used: Set<string>,
  rng: Rng,
): Phrased {
  const words = wordsOf(ground, wish, withheld, manner);
  const choices = choicesFor(ground, wish, words);
  const said = words.filter((word) => !word.withheld);
  const covered = ({ template }: Choice): number => {
    const slots = slotsIn(template);
    return said.filter((word) => word.slots.some((slot) => slots.includes(slot))).length;
  };
  const most = Math.max(0, ...choices.map(covered));
  const fullest = choices.filter((choice) => covered(choice) === most);
  // Somebody else's thing is asked for where a name can take the place of "my".
  const about = said.some((word) => word.kind === 'person');
  const named = fullest.filter(({ template }) => /\bmy\b/.test(template) && !/\bme\b/.test(template));
  const fitting = about && named.length > 0 ? named : fullest;
  const fresh = fitting.filter(({ source }) => !used.has(source));
  const plain: Choice = { source: '', template: plainTemplate(ground, wish), answers: {} };
  const choice = fitting.length === 0 ? plain : rng.pick(fresh.length > 0 ? fresh : fitting);
  used.add(choice.source);
  // A row is named as it is; a value keeps the words that linked it to what was asked: "by card".
  const args = words.map(({ arg, text, param }) => {
    const answer = isValue(param) ? (choice.answers[arg] ?? '{}') : '{}';
    return [arg, fillSlot(answer, '', text)] as const;
  });
  return {
    clause: fill(spokenTemplate(lowerFirst(choice.template), manner), said),
    args: Object.fromEntries(args),
  };
}

/** Whether a parameter takes values: neither rows nor lines of them. */
function isValue(param: Param | null): boolean {
  if (param === null) return false;
  const type = param.type.kind === 'list' ? param.type.item : param.type;
  return type.kind !== 'row' && type.kind !== 'record';
}

/** A reason with the wish's words in its slots, or null when it speaks of what is not said. */
export function phraseReason(
  ground: Ground,
  wish: SpokenWish,
  reason: string,
  withheld: readonly string[],
  manner: Manner,
): string | null {
  const words = wordsOf(ground, wish, withheld, manner).filter((word) => !word.withheld);
  const said = (slot: string): boolean => words.some((word) => word.slots.includes(slot));
  if (!slotsIn(reason).every(said)) return null;
  const spoken = spokenTemplate(lowerFirst(reason), manner);
  return slotsIn(reason).reduce(
    (text, slot) => fillSlot(text, slot, words.find((word) => word.slots.includes(slot))?.text ?? ''),
    spoken,
  );
}

/** Whether the wish can be asked for without this argument. */
export function canWithhold(ground: Ground, wish: SpokenWish, arg: string, manner: Manner): boolean {
  const words = wordsOf(ground, wish, [arg], manner);
  if (templatesFor(ground, wish).length === 0) return wish.wish.wish === 'do';
  const said = words.filter((word) => !word.withheld && word.kind === 'other');
  return choicesFor(ground, wish, words).some(({ template }) => {
    const slots = slotsIn(template);
    return said.every((word) => word.slots.some((slot) => slots.includes(slot)));
  });
}

function wordsOf(
  ground: Ground,
  { wish, spoken }: SpokenWish,
  withheld: readonly string[],
  manner: Manner,
): readonly Word[] {
  const params = wish.wish === 'do' ? (ground.tools.get(wish.tool)?.params ?? []) : [];
  return Object.entries(spoken).map(([arg, description]): Word => {
    const param = params.find((other) => other.name === arg) ?? null;
    const entity = wish.wish === 'tell' ? entityNamed(ground, wish.entity).snake : undefined;
    return {
      arg,
      param,
      slots: [arg, ...(param === null ? [] : [param.binds]), ...(entity === undefined ? [] : [entity])],
      text: description.say(manner),
      more: description.more(manner),
      kind: kindOf(ground, description),
      plain: (param?.binds ?? arg).replaceAll('_', ' '),
      withheld: withheld.includes(arg),
    };
  });
}

function kindOf(ground: Ground, { reference }: Description): Word['kind'] {
  if (reference.type === 'caller') return 'caller';
  return reference.type === 'row' && reference.entity === ground.domain.caller ? 'person' : 'other';
}

/** The templates whose slots are all said, after leaving open those that are withheld. */
function choicesFor(ground: Ground, wish: SpokenWish, words: readonly Word[]): readonly Choice[] {
  const asked = wish.wish.wish === 'tell' ? wish.wish.entity : null;
  return templatesFor(ground, wish).flatMap((source): Choice[] => {
    let choice: Choice = { source, template: source, answers: {} };
    for (const word of words) {
      if (!word.withheld) continue;
      const slot = word.slots.find((slot) => slotsIn(choice.template).includes(slot));
      if (slot === undefined) continue;
      const opened = openTemplate(ground, choice.template, slot, word.param, asked);
      if (opened === null) return [];
      const answers = { ...choice.answers, [word.arg]: opened.answer };
      choice = { source, template: opened.template, answers };
    }
    const said = new Set(words.filter((word) => !word.withheld).flatMap((word) => word.slots));
    return slotsIn(choice.template).every((slot) => said.has(slot)) ? [choice] : [];
  });
}

function templatesFor(ground: Ground, { wish }: SpokenWish): readonly string[] {
  const { say } = ground.domain;
  return wish.wish === 'do'
    ? (say.tools[wish.tool]?.ask ?? [])
    : (say.tell[`${wish.entity}.${wish.attr}`] ?? []);
}

/** For a domain that says nothing of a tool or a value. */
function plainTemplate(ground: Ground, { wish, spoken }: SpokenWish): string {
  if (wish.wish === 'do') return `please ${wish.tool.replaceAll('_', ' ')} for me`;
  const { snake } = entityNamed(ground, wish.entity);
  const of = spoken['of'] === undefined ? '' : ` of {${snake}}`;
  return `what is the ${wish.attr.replaceAll('_', ' ')}${of}`;
}

function spokenTemplate(template: string, { quotes, contracts }: Manner): string {
  const quoted = withQuotes(template, quotes);
  return contracts ? contract(quoted) : quoted;
}

/** The template with its slots filled; what has no slot is added behind. */
function fill(template: string, words: readonly Word[]): string {
  const slots = slotsIn(template);
  let text = template;
  const added: string[] = [];
  for (const word of words) {
    const slot = word.slots.find((name) => slots.includes(name));
    if (slot !== undefined) text = fillSlot(text, slot, word.text);
    else if (word.kind === 'person') {
      const name = word.more === '' ? word.text : word.text.slice(0, -(word.more.length + 3));
      const named = inTheNameOf(name, text);
      if (named === text) added.push(`for ${word.text}`);
      else if (word.more !== '') added.push(`(the ${name} with ${word.more})`);
      text = named;
    } else if (word.kind === 'other') added.push(`(${word.plain}: ${word.text})`);
  }
  return [text, ...added].join(' ');
}
