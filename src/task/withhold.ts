// Asking for something without saying all of it: a phrase of the domain with one of its slots left
// open, so that it still reads as English. What is left out is said when the agent asks for it.
import type { Param } from '../spec/model.js';
import { entityNamed, rowEntity, type Ground } from './ground.js';
import { slotsIn } from '../language/words.js';

/** A phrase without a slot, and the answer that gives what the slot is for: "by {}", "for {} days". */
export interface Opened {
  readonly template: string;
  readonly answer: string;
}

const plainPreposition = 'by|at|to|for|on|in|with|from|until|till|towards|via|under|of|as';
const preposition = `(?:(?:because|instead|out|on account|in place) of|due to|${plainPreposition})`;
/** What is counted belongs to its number: "for {days} days". */
const counted = '(?: [a-z]+s\\b)?';
// What may stand behind a phrase that is cut out; "instead" would be left without its meaning.
const behind = String.raw`(?=$|[,;.]|\s(?:${plainPreposition}|please|together|this|and)\b)`;

/** The phrase without the slot of a parameter (or of the entity asked about), or null when it does not read well so. */
export function openTemplate(
  ground: Ground,
  template: string,
  slot: string,
  param: Param | null,
  asked: string | null,
): Opened | null {
  // A question without what it is about could be about anything.
  const cut = param === null ? null : (cutClause(template, slot) ?? cutPhrase(template, slot));
  if (cut !== null) return cut;
  return nameOne(ground, template, slot, param, asked);
}

/** "…, I would collect it at {branch}" goes as a whole: a part between commas that holds no other slot. */
function cutClause(template: string, slot: string): Opened | null {
  const pattern = new RegExp(String.raw`[,;] [^,;{}]*\{${slot}\}[^,;{}]*(?=$|[,;])`);
  const part = pattern.exec(template)?.[0];
  // What asks for something cannot go.
  if (part === undefined || / instead\b|^[,;] (?:please|could|can|may|i need|i want)\b/i.test(part))
    return null;
  const linked = new RegExp(String.raw`\b(?:${preposition} )?\{${slot}\}${counted}`).exec(part)?.[0];
  return whole(template.replace(part, ''), answerWith(linked, slot));
}

/** "by {method}" goes where it stands at an end. */
function cutPhrase(template: string, slot: string): Opened | null {
  const pattern = new RegExp(
    String.raw`\s(?:(?:born|called) )?((?:${preposition} )?\{${slot}\}${counted})${behind}`,
  );
  const found = pattern.exec(template);
  if (found === null || /^\s\{/.test(found[0])) return null;
  return whole(template.replace(found[0], ''), answerWith(found[1], slot));
}

function answerWith(linked: string | undefined, slot: string): string {
  return linked?.replace(`{${slot}}`, '{}') ?? '{}';
}

/** What is left has to be enough to know what is meant. */
function whole(template: string, answer: string): Opened | null {
  return template.trim().split(' ').length < 4 ? null : { template, answer };
}

/** "please cancel one of my holds", in a domain that calls its holds so. */
function nameOne(
  ground: Ground,
  template: string,
  slot: string,
  param: Param | null,
  asked: string | null,
): Opened | null {
  const name = param === null ? asked : rowEntity(param);
  if (name === null || param?.type.kind === 'list' || !slotsIn(template).includes(slot)) return null;
  const { words, pluralWords } = entityNamed(ground, name);
  const phrases = ground.domain.say.entities[name] ?? [];
  if (!phrases.some((phrase) => phrase.template.toLowerCase().includes(words))) return null;
  const owned = (ground.paths.get(name) ?? []).length > 0;
  if (/\bmy\b/.test(template)) return null;
  const article = /^[aeiou]/.test(words) ? 'an' : 'a';
  const one = owned ? `one of my ${pluralWords}` : `${article} ${words}`;
  return { template: template.replace(`{${slot}}`, one), answer: '{}' };
}
