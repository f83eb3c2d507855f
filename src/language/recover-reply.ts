// What a user's answer says without anything being looked up: what they are, what they do not know,
// yes and no, and whether they take what they were told. Read by the words of such answers.
import type { AgentAct, Scalar, UserAct } from '../policy/talk.js';
import { callHash } from '../policy/monitor.js';
import type { Domain } from '../spec/model.js';
import { entityOf } from '../policy/belief/path.js';
import { readingsAs } from './known-paths.js';
import { wordsIn } from './lexicon.js';
import { mentionsIn } from './recover-mentions.js';
import { sentencesOf } from './recover-request.js';
import { dealMentions, type Slot } from './recover-slots.js';

const ignorant =
  /\b(?:(?:do|could|can) ?(?:not|n['’]t)|don['’]t|can['’]?t|cannot|couldn['’]t|haven['’]t|have not|no idea|unfortunately)\b.*\b(?:know|tell|have|got|remember|hand|on me)\b|\b(?:i do not know|i don['’]t know)\b/i;
const negative = /^(?:no|nope|hang on|wait)\b|\bnot what\b/i;
const insisting =
  /\b(?:exception|reconsider|no way|any way|again|once more|are you sure|last word|just this once)\b/i;
const leaving = /\b(?:good ?)?bye\b/i;
const thankful = /\b(?:thank you|thanks|great|lovely|helpful|everything)\b/i;
const resigned =
  /\b(?:leave it|nothing to be done|all the same|anyway|forget it|keep you|regret|nowhere|getting anywhere|try|isn['’]t working)\b/i;
const taking =
  /^(?:all right|i see|i understand|that is a pity|oh well|ok|fine|ah|very well|then i have to accept|that is disappointing|thank|thanks|good to know|great|perfect|that is good to know|much obliged)\b/i;

/** The acts of a text that need no look-up, said in answer to an agent's act. */
export function recoverReply(domain: Domain, text: string, heard: AgentAct | null): UserAct[] {
  const sentences = sentencesOf(text);
  if (leaving.test(text)) {
    const satisfied = thankful.test(text) && !resigned.test(text);
    return [
      ...(sentences.length > 1 || satisfied ? [{ act: 'accept' } as const] : []),
      { act: 'end', satisfied },
    ];
  }
  if (heard === null) return [];
  if (heard.act === 'ask') return recoverOwn(domain, text, heard.slots);
  if (heard.act === 'propose') {
    return [{ act: negative.test(text) ? 'deny' : 'confirm', call: callHash(heard.call) }];
  }
  if (heard.act === 'refuse' && insisting.test(text)) return [{ act: 'insist' }];
  return taking.test(text) ? [{ act: 'accept' }] : [];
}

/** What the user says of themselves when asked for it, and what of it they say they do not know. */
function recoverOwn(domain: Domain, text: string, asked: readonly string[]): UserAct[] {
  const sentences = sentencesOf(text);
  const unknown = asked.filter((slot) =>
    sentences.some((sentence) => ignorant.test(sentence) && mentionsWords(sentence, slot)),
  );
  const { columns } = entityOf(domain, domain.caller);
  const slots = asked.flatMap((slot): Slot[] => {
    const column = columns.find(({ attr, role }) => attr === slot && role === 'value');
    if (column === undefined || unknown.includes(slot)) return [];
    const { type, attr, pattern } = column;
    return [{ name: slot, type, attr, optional: false, ...(pattern === undefined ? {} : { pattern }) }];
  });
  const said = slots.length === 0 ? [] : informed(domain, ownSentences(sentences), slots);
  return [
    ...(said.length === 0 ? [] : [{ act: 'inform', slots: said } as const]),
    ...(unknown.length === 0 ? [] : [{ act: 'unknown', slots: unknown } as const]),
  ];
}

/** What is said of oneself comes before what is put right or not known. */
function ownSentences(sentences: readonly string[]): string {
  const end = sentences.findIndex((sentence) => ignorant.test(sentence) || correcting.test(sentence));
  return (end < 0 ? sentences : sentences.slice(0, end)).join(' ');
}

/** Signs that a user takes back what they said. */
export const correcting =
  /\b(?:correct|correction|correct myself|wrong before|mistake|mixed|scratch|but i meant|but it['’ ]i?s|what i meant)\b|\bi said\b|, not \S/i;

function informed(
  domain: Domain,
  text: string,
  slots: readonly Slot[],
): readonly { readonly slot: string; readonly value: Scalar }[] {
  const mentions = mentionsIn(text, domain, domain.clock);
  const [best] = dealMentions(domain, text, mentions, slots);
  return slots.flatMap((slot, index) => {
    const mention = best?.fills[index]?.[0];
    const value = mention === undefined ? undefined : readingsAs(mention, slot.type, slot)[0];
    return value === undefined ? [] : [{ slot: slot.name, value }];
  });
}

function mentionsWords(sentence: string, slot: string): boolean {
  const words = wordsIn(sentence);
  return wordsIn(slot.replace(/_ids?$/, '').replaceAll('_', ' ')).every((word) => words.includes(word));
}
