// What the caller says: the opening from the wishes, and the words of all that may have to be said
// later. Persona, manner and phrases are drawn once; the request act and these words come from the same
// wishes, so that neither says more than the other.
import type { Rng } from '../core/rng.js';
import { pickManner, personaNamed, type Persona } from '../language/persona.js';
import type { Manner } from '../language/manner.js';
import { capitalise, lowerFirst, markOf } from '../language/words.js';
import { hasGraveValue, keyOf, type Conduct } from './conduct.js';
import type { SpokenWish } from './goal.js';
import type { Ground } from './ground.js';
import { phraseReason, phraseWish } from './phrase.js';
import type { Scenario } from './task.js';

export type Words = Pick<Scenario, 'opening' | 'reason' | 'phrases'>;

/** Puts the wishes of a caller in words. */
export function realise(ground: Ground, wishes: readonly SpokenWish[], conduct: Conduct, rng: Rng): Words {
  const persona = personaNamed(conduct.persona);
  const manner = pickManner(persona, ground.state.now, rng);
  const used = new Set<string>();
  const clauses: string[] = [];
  const phrases: Record<string, string> = {};
  for (const [index, wish] of wishes.entries()) {
    const withheld = withheldOf(conduct, index);
    const { clause, args } = phraseWish(
      ground,
      asFirstSaid(wish, index, conduct),
      withheld,
      manner,
      used,
      rng,
    );
    clauses.push(clause);
    for (const [arg, words] of Object.entries(args)) {
      const key = keyOf({ wish: index, arg });
      const right = wish.spoken[arg]?.say(manner) ?? words;
      const corrected = Object.hasOwn(conduct.firsts, key);
      phrases[key] = corrected ? right : words;
      if (corrected) phrases[`${key}.first`] = conduct.firsts[key]?.say(manner) ?? '';
    }
    if (index >= conduct.later) phrases[index] = clause;
  }
  const now = wishes.slice(0, conduct.later);
  const reason = rng.chance(persona.reasoned) ? drawReason(ground, now, conduct, manner, rng) : undefined;
  const opening = join(
    [
      ...begin(persona, ground.state.now, rng),
      ...wishSentences(persona, now, clauses.slice(0, conduct.later), conduct.ordered, reason, rng),
      ...(rng.chance(persona.closes) ? [rng.pick(persona.closings)] : []),
    ].filter((text) => text !== ''),
  );
  return { opening, phrases, ...(reason === undefined ? {} : { reason: reason.text }) };
}

function withheldOf({ withheld }: Conduct, index: number): readonly string[] {
  return withheld.filter(({ wish }) => wish === index).map(({ arg }) => arg);
}

/** The wish with the words that the caller will have to correct. */
function asFirstSaid(wish: SpokenWish, index: number, { firsts }: Conduct): SpokenWish {
  const said = Object.entries(wish.spoken).map(
    ([arg, right]) => [arg, firsts[keyOf({ wish: index, arg })] ?? right] as const,
  );
  return { ...wish, spoken: Object.fromEntries(said) };
}

/** A greeting, and now and then a little talk. */
function begin(persona: Persona, now: string, rng: Rng): readonly string[] {
  const greeting = rng.pick(persona.greetings);
  const talk = persona.smallTalk.length > 0 && rng.chance(persona.talks) ? rng.pick(persona.smallTalk) : '';
  return [greeting, greeting.endsWith(',') ? lowerFirst(talk) : talk].map((text) =>
    text.replaceAll('{daytime}', daytime(now)),
  );
}

function daytime(now: string): string {
  const hour = Number(now.slice(11, 13));
  return hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening';
}

interface Reason {
  readonly wish: number;
  readonly text: string;
}

function drawReason(
  ground: Ground,
  wishes: readonly SpokenWish[],
  conduct: Conduct,
  manner: Manner,
  rng: Rng,
): Reason | undefined {
  const reasons = wishes.flatMap((spoken, wish): Reason[] => {
    if (spoken.wish.wish !== 'do' || hasGraveValue(spoken)) return [];
    const said = asFirstSaid(spoken, wish, conduct);
    return (ground.domain.say.tools[spoken.wish.tool]?.because ?? []).flatMap((reason) => {
      const text = phraseReason(ground, said, reason, withheldOf(conduct, wish), manner);
      return text === null ? [] : [{ wish, text }];
    });
  });
  return reasons.length === 0 ? undefined : rng.pick(reasons);
}

/** What stands before the wishes after the first; where their order matters, it says so. */
const links = {
  free: ['Also, ', 'And ', 'Apart from that, ', 'On top of that, ', 'Besides, ', 'And then, '],
  ordered: ['Then ', 'After that, ', 'Once that is done, ', 'Next, '],
  last: ['And finally, ', 'And last of all, '],
  questions: ['And ', 'Also, ', 'And another question: ', 'Besides, '],
} as const;

const counts = ['', '', 'two things: ', 'three things: ', 'four things: ', 'a whole list today: '];

/** The wishes as sentences, the reason behind its own. */
function wishSentences(
  persona: Persona,
  wishes: readonly SpokenWish[],
  clauses: readonly string[],
  ordered: boolean,
  reason: Reason | undefined,
  rng: Rng,
): readonly string[] {
  const because = reason === undefined ? '' : reasonSentence(persona, reason, rng);
  const [first = '', second = ''] = clauses;
  if (clauses.length === 2 && !ordered && canJoin(first, second) && rng.chance(0.35)) {
    return [`${rng.pick(persona.leads)}${first}, and ${second}${markOf(second)}`, because];
  }
  const asks = wishes.every(({ wish }) => wish.wish === 'tell');
  const free = rng.shuffle(asks ? links.questions : ordered ? links.ordered : links.free);
  const sentences = clauses.map((clause, index) => {
    const last = ordered && index > 1 && index === clauses.length - 1;
    const link = last ? rng.pick(links.last) : (free[(index - 1) % free.length] ?? '');
    const lead = index > 0 ? link : leadOf(persona, clauses.length, ordered, rng);
    return `${lead}${clause}${markOf(clause)}`;
  });
  if (reason !== undefined) sentences.splice(reason.wish + 1, 0, because);
  return sentences;
}

function leadOf(persona: Persona, count: number, ordered: boolean, rng: Rng): string {
  if (count > 1 && ordered && rng.chance(0.5)) return 'first, ';
  const lead = rng.pick(persona.leads);
  return lead === '' && !ordered && rng.chance(0.4) ? (counts[Math.min(count, 5)] ?? '') : lead;
}

/** Two short clauses of one kind go into one sentence. */
function canJoin(first: string, second: string): boolean {
  return markOf(first) === markOf(second) && first.length + second.length < 130 && !first.includes(';');
}

function reasonSentence(persona: Persona, reason: Reason, rng: Rng): string {
  const form = rng.pick(persona.reasons);
  const text = form.replace('{reason}', () => reason.text);
  return `${text}${/[.?!]["”]?$/.test(text) ? '' : '.'}`;
}

/** Texts as sentences one after another; what stands behind a comma goes on in the same sentence. */
function join(texts: readonly string[]): string {
  let all = '';
  for (const text of texts) {
    const begun = all.endsWith(',') ? text : capitalise(text);
    all = all === '' ? begun : `${all} ${begun}`;
  }
  return all;
}
