// The reader: from an agent's free text to acts. Rules over question words, names of slots and tools,
// and the policies' own words; it reads every text that realise.ts writes, and plain English near it.
// What it does not understand is no act, and the user says so.
import { isObject } from '../core/json.js';
import type { ToolManifest } from '../emit/emitted-domain.js';
import type { AgentAct, TypedValue } from '../policy/talk.js';
import { nameWords } from './format-value.js';
import { readProposal } from './read-proposal.js';
import { readValues, wordsPattern } from './read-values.js';

/** What a listener knows of the business: its tools, its policies, and the strings that results showed. */
export interface ReadContext {
  readonly manifest: readonly ToolManifest[];
  readonly policies: readonly { readonly id: string; readonly text: string }[];
  readonly seen: readonly string[];
}

const refusing =
  /\b(cannot|can['’]?t|can not|could not|unable to|not able to|not (?:allowed|permitted|possible)|may not|against (?:our|the) (?:policy|policies|rules?)|must (?:decline|refuse))\b/i;
// Who cannot find or follow something has not refused it.
const searching =
  /\b(?:cannot|can['’]?t|can not|could not|unable to|not able to)(?: yet)? (?:find|locate|see|follow|understand|read)\b/gi;
const proposing =
  /\b(shall i|should i|may i|do you want me to|would you like me to|please confirm|can you confirm|do you confirm|is (?:that|this) (?:right|correct|ok(?:ay)?))\b/i;
const asking =
  /\?|\b(could|can|would) you\b|\bplease (?:tell|give|provide|share|state|let me know)\b|\bi(?: will|['’]ll)? need\b|\bmay i have\b/i;
const closing =
  /\b(anything else|all (?:of that )?(?:is )?(?:done|set)|that is (?:all|done)|is (?:now )?(?:complete|completed)|have a (?:nice|good|great)|good ?bye|you['’]re all set)\b/i;

/** The acts of a text, in their order: at most one refusal, which silences the rest. */
export function readText(text: string, context: ReadContext): AgentAct[] {
  const sentences = sentencesOf(text);
  if (sentences.some(refuses)) {
    return [{ act: 'refuse', policy: namedPolicy(text, context.policies) }];
  }
  const acts: AgentAct[] = [];
  const told: TypedValue[] = [];
  let closes = false;
  for (const sentence of sentences) {
    const proposal = proposing.test(sentence) ? readProposal(text, context.manifest) : null;
    if (proposal !== null) acts.push({ act: 'propose', call: proposal });
    else if (closing.test(sentence)) closes = true;
    else {
      const slots = asking.test(sentence) ? slotsIn(sentence, context.manifest) : [];
      if (slots.length > 0) acts.push({ act: 'ask', slots });
      else if (!sentence.trim().endsWith('?')) told.push(...readValues(sentence, context.seen));
    }
  }
  // The values of a proposal belong to it.
  if (told.length > 0 && !acts.some(({ act }) => act === 'propose')) acts.push({ act: 'tell', values: told });
  if (closes) acts.push({ act: 'close' });
  return acts;
}

function refuses(sentence: string): boolean {
  return refusing.test(sentence.replace(searching, '')) && !sentence.trim().endsWith('?');
}

/** Sentences; a stop inside quotes, after an initial or in a title ends none. */
function sentencesOf(text: string): string[] {
  const stop = '\uE000';
  const masked = text
    .replace(/“[^”]*”|"[^"]*"/g, (quoted) => quoted.replace(/[.?!]/g, (mark) => `${stop}${mark}`))
    .replace(/\b(?:\p{Lu}|Dr|Mr|Mrs|Ms|St|Prof|No)\.(?=\s)/gu, (short) => `${short.slice(0, -1)}${stop}.`);
  const parts = masked.split(/(?<=(?<!\uE000)[.?!\]])\s+(?=[\p{Lu}“"[])/u);
  return parts.map((part) => part.replaceAll(stop, '')).filter((part) => part.trim() !== '');
}

/** The policy named by id in brackets or as a word, or else the one whose words come up most. */
function namedPolicy(text: string, policies: ReadContext['policies']): string {
  const byId = policies.find(({ id }) => text.includes(`[${id}]`));
  if (byId !== undefined) return byId.id;
  const words = contentWords(text);
  let best = { id: 'unnamed', score: 0.35 };
  for (const policy of policies) {
    const own = contentWords(policy.text);
    const shared = [...own].filter((word) => words.has(word)).length;
    if (shared >= 2 && shared / own.size > best.score) best = { id: policy.id, score: shared / own.size };
  }
  return best.id;
}

const stopWords = new Set(
  'the a an and or of to for in on at by with is are be not no only may must can before after any all'.split(
    ' ',
  ),
);

function contentWords(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[a-z0-9.]+/g) ?? [];
  return new Set(
    words.filter((word) => !stopWords.has(word)).map((word) => word.replace(/(?:ed|s|\.)$/, '')),
  );
}

/** Parameter names that stand in a sentence as words, longer ones first. */
function slotsIn(sentence: string, manifest: readonly ToolManifest[]): string[] {
  let rest = sentence;
  const found: { readonly slot: string; readonly at: number }[] = [];
  for (const slot of slotNames(manifest)) {
    const match = wordsPattern(nameWords(slot)).exec(rest);
    if (match === null) continue;
    found.push({ slot, at: match.index });
    rest = `${rest.slice(0, match.index)}${' '.repeat(match[0].length)}${rest.slice(match.index + match[0].length)}`;
  }
  return found.sort((left, right) => left.at - right.at).map(({ slot }) => slot);
}

const slotCache = new WeakMap<readonly ToolManifest[], readonly string[]>();

function slotNames(manifest: readonly ToolManifest[]): readonly string[] {
  const known = slotCache.get(manifest);
  if (known !== undefined) return known;
  const names = manifest.flatMap(({ parameters, effect }) =>
    effect !== 'control' && isObject(parameters['properties']) ? Object.keys(parameters['properties']) : [],
  );
  const sorted = [...new Set(names)].sort(
    (left, right) => right.length - left.length || (left < right ? -1 : 1),
  );
  slotCache.set(manifest, sorted);
  return sorted;
}
