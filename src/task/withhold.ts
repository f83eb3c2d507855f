// Asking for something without saying all of it: a phrase of the domain with one of its slots left
// open, so that it still reads as English. What is left out is said when the agent asks for it.
import type { Param } from '../spec/model.js';
import { entityNamed, rowEntity, type Ground } from './ground.js';
import { slotsIn } from '../language/words.js';

/** A phrase without a slot, and the word that linked the slot to it: "by", to answer "by card". */
export interface Opened {
  readonly template: string;
  readonly link: string;
}

const preposition = '(?:by|at|to|for|on|in|with|from|until|till|towards|via|under|of|as)';
// What may stand behind a phrase that is cut out; "instead" would be left without its meaning.
const behind = String.raw`(?=$|[,;.]|\s(?:by|at|to|for|on|in|with|from|until|towards|please|together|this|and)\b)`;

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
  const link = new RegExp(String.raw`\b(${preposition}) \{${slot}\}`).exec(part)?.[1] ?? '';
  return whole(template.replace(part, ''), link);
}

/** "by {method}" goes where it stands at an end. */
function cutPhrase(template: string, slot: string): Opened | null {
  const pattern = new RegExp(String.raw`\s(${preposition}|born on|called) \{${slot}\}${behind}`);
  const found = pattern.exec(template);
  if (found === null) return null;
  const rest = template.replace(found[0], '');
  const link = found[1] ?? '';
  return whole(rest, link === 'called' ? '' : link.replace('born ', ''));
}

/** What is left has to be enough to know what is meant. */
function whole(template: string, link: string): Opened | null {
  return template.trim().split(' ').length < 4 ? null : { template, link };
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
  return { template: template.replace(`{${slot}}`, one), link: '' };
}
