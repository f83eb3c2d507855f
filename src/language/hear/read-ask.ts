// Which slots a clause asks for: by their names, by the choice it offers, or in other words.
import {
  asking,
  choosing,
  echoing,
  hinting,
  offering,
  offeringHelp,
  reasoning,
  repeating,
  requesting,
  wondering,
} from './cues.js';
import type { Clause } from './clauses.js';
import { isSameNoun } from './lexicon.js';
import { slotsImplied } from './implied-slots.js';
import { cueIn, spansIn, type Message } from './message.js';
import { findPhrase, phraseAt, type Found } from './phrase.js';
import { introduces, isAfterWhich, slotAt, slotsNamed, type Region } from './slot-names.js';

/** The slots that clauses ask for; those of a list with the line above it that asks. */
export function readAsks(
  message: Message,
  clauses: readonly Clause[],
): ReadonlyMap<Clause, readonly string[]> {
  const asked = new Map<Clause, readonly string[]>();
  let leads = false;
  for (const [at, clause] of clauses.entries()) {
    if (!clause.item) leads = cueIn(message, asking, clause) !== null;
    const [before, behind] = [clauses[at - 1], clauses[at + 1]];
    const slots = slotsIn(message, clause, leads, { before, behind });
    if (slots.length === 0) continue;
    asked.set(clause, slots);
    // The line above a list asks with it.
    if (clause.item && before !== undefined && !before.item && !asked.has(before)) asked.set(before, []);
  }
  return asked;
}

function slotsIn(
  message: Message,
  clause: Clause,
  leads: boolean,
  { before, behind }: { readonly before: Clause | undefined; readonly behind: Clause | undefined },
): readonly string[] {
  if (clause.item && !clause.question) return leads ? slotsListed(message, clause) : [];
  const slots = slotsAsked(message, clause);
  // "Your score? It is 640." asks nothing.
  if (slots.length > 0 && isAnswered(message, clause, behind)) return [];
  // "Could you double-check it?" asks for what was spoken of.
  const again = cueIn(message, asking, clause) !== null && cueIn(message, repeating, clause) !== null;
  return again && before !== undefined ? [...slotsNamed(message, before), ...slots] : slots;
}

const pronouns = new Set(['it', 'that', 'he', 'she', 'they']);

/** Whether a few words with a question mark are answered by the sentence behind them. */
function isAnswered(message: Message, clause: Clause, behind: Clause | undefined): boolean {
  if (behind === undefined || behind.question || clause.to - clause.from > fewest) return false;
  return pronouns.has(message.tokens[behind.from]?.text ?? '') && spansIn(message, behind).length > 0;
}

/** "I cannot do that without your email", "until I have your email". */
const lacking = new Set(['without', 'until', 'unless']);

/** Where a clause asks; not where it says what must not or cannot be given. */
function askingCue(message: Message, clause: Clause): Found | null {
  const cue = cueIn(message, asking, clause);
  if (cue === null || lacking.has(message.tokens[cue.from]?.text ?? '')) return cue;
  const before = message.tokens.slice(Math.max(clause.from, cue.from - 4), cue.from);
  return before.some(({ text }) => text === 'not' || text === 'never') ? null : cue;
}

const needing = /^(?:need|needs|require|requires|needed|missing)$/;

/** The slots that a clause asks for by itself, in their order; none when it asks for nothing. */
export function slotsAsked(message: Message, clause: Clause): readonly string[] {
  const offer = cueIn(message, offeringHelp, clause);
  // "Shall I check which slots are free?" asks for no slot.
  if (offer !== null && cueIn(message, choosing, { from: clause.from, to: offer.to }) === null) {
    return clause.question ? choicesIn(message, clause) : [];
  }
  const cue = askingCue(message, clause);
  const wonders = cueIn(message, wondering, clause);
  const needs =
    needing.test(message.tokens[clause.from]?.text ?? '') &&
    spansIn(message, clause).every(({ form }) => form === 'enum');
  const asks =
    cue !== null || needs || (wonders !== null && (clause.question || wonders.from <= clause.from + 1));
  if (!asks && !clause.question) {
    const hints = cueIn(message, hinting, clause) !== null && spansIn(message, clause).length === 0;
    return hints || isBare(message, clause) ? slotsNamed(message, clause, hints) : [];
  }
  const chosen = choicesIn(message, clause);
  // "Would you like to know more?" asks for nothing; "How would you like to pay?" does.
  const invites = cueIn(message, offering, clause) !== null && (cue === null || clause.question);
  if (invites && wonders === null) return chosen;
  if (!asks && !isPlainQuestion(message, clause)) {
    const requests = cueIn(message, requesting, clause) !== null;
    return [...(requests ? slotsNamed(message, clause, true) : []), ...chosen];
  }
  // "Which model would you like, and where would you pick it up?"
  const wondersFirst = wonders !== null && wonders.from <= clause.from + 1;
  const start = wondersFirst ? clause.from : (cue?.from ?? clause.from);
  const found = [...slotsNamed(message, regionOf(message, clause, start)), ...chosen];
  return found.length > 0 ? [...new Set(found)] : slotsImplied(message, clause);
}

const inverted = new Set('is are was were do does did has have and so'.split(' '));
const shortest = 7;

/** "Is your number still 555-1234?", "Card number?"; but not what the caller said with a question mark. */
function isPlainQuestion(message: Message, clause: Clause): boolean {
  if (cueIn(message, echoing, clause) !== null) return false;
  const { from, to } = clause;
  if (inverted.has(message.tokens[from]?.text ?? '') || to - from < shortest) return true;
  // "Last four digits on the new card?"
  return slotAt(message, from, clause) !== null;
}

/** Slots that a line of a list names: all of a line that does nothing else, or the one it begins with. */
function slotsListed(message: Message, clause: Clause): readonly string[] {
  const { from, to } = clause;
  if (isBare(message, clause)) return slotsNamed(message, clause);
  let start = from;
  while (start < to && introduces(message.tokens[start])) start += 1;
  const first = slotAt(message, start, { from: start, to })?.slot ?? null;
  return first === null ? [] : [first];
}

const fewest = 3;

/** What stands before the reason, and behind the request unless that comes last. */
function regionOf(message: Message, { from, to }: Clause, cue: number): Region {
  const reason = findPhrase(reasoning, message.tokens, cue + 1, to);
  const end = reason === null || reason.from <= cue + 2 ? to : reason.from;
  // "Your email is needed", "Your card number, please": the slots come first.
  const last = message.tokens.slice(cue + 1, end).filter(({ kind }) => kind === 'word').length < fewest;
  return { from: last ? from : cue, to: end };
}

/** What a clause offers a choice of: two members of an enum, or two rows. */
function choicesIn(message: Message, clause: Clause): readonly string[] {
  const { lexicon, tokens } = message;
  if (!tokens.slice(clause.from, clause.to).some(({ text }) => text === 'or' || text === '/')) return [];
  const offered = new Map<string, Set<string>>();
  for (const { value, form, from } of spansIn(message, clause)) {
    if (isAfterWhich(tokens, from)) continue;
    const said = String(value.value);
    const slots =
      form === 'id'
        ? lexicon.entities.filter(({ prefix }) => said.startsWith(`${prefix}-`)).map(({ slot }) => slot)
        : (lexicon.choices.get(said) ?? []);
    for (const slot of slots) offered.set(slot, (offered.get(slot) ?? new Set<string>()).add(said));
  }
  const chosen = [...offered].filter(([, members]) => members.size > 1);
  // Of two enums that have what is offered the smaller one is meant: lost or stolen is all of one and part of another.
  const sizes = chosen.map(([slot]) => (lexicon.choices.size === 0 ? 0 : membersOfSlot(message, slot)));
  return chosen
    .filter(
      (_, at) =>
        !chosen.some(
          ([, other], index) =>
            index !== at && sameMembers(chosen[at]?.[1], other) && (sizes[index] ?? 0) < (sizes[at] ?? 0),
        ),
    )
    .map(([slot]) => slot);
}

/** How many members the enum of a slot has. */
function membersOfSlot({ lexicon }: Message, slot: string): number {
  return [...lexicon.choices.values()].filter((slots) => slots.includes(slot)).length;
}

function sameMembers(left: ReadonlySet<string> | undefined, right: ReadonlySet<string>): boolean {
  return left !== undefined && left.size === right.size && [...left].every((member) => right.has(member));
}

const filling = new Set(
  'your the a an and or please just only new full first of in for my our also plus as well current registered account i still need number date second third then finally next lastly no nr num'.split(
    ' ',
  ),
);

/** A line that names slots and nothing else: "Card number, please". */
function isBare(message: Message, { from, to }: Clause): boolean {
  const { tokens, lexicon } = message;
  if (to - from > 16 || spansIn(message, { from, to }).some(({ form }) => form !== 'enum')) return false;
  let words = 0;
  let others = 0;
  let polite = false;
  for (let at = from; at < to; at++) {
    const { kind, text = '' } = tokens[at] ?? {};
    if (kind !== 'word' && kind !== 'part') {
      if (!',:()&/;+.-'.includes(text)) return false;
      continue;
    }
    words += 1;
    polite ||= text === 'please';
    const known = lexicon.slots.some(
      (slot) =>
        slot.words.some((word) => isSameNoun(text, word)) ||
        (slot.others !== null && phraseAt(slot.others, tokens, at, to) !== null),
    );
    if (!known && !filling.has(text)) others += 1;
  }
  return words > 0 && others <= (polite ? 1 : 0) && slotsNamed(message, { from, to }).length > 0;
}
