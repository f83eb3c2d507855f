// The reader: from an agent's free text to acts. A message is taken apart into clauses; each proposes,
// asks, refuses, closes or tells something, by general cues of English and by the domain's own words
// (hear/). What is not understood is no act, and nothing is supplied that was not said.
import type { AgentAct, Call } from '../policy/talk.js';
import type { Clause } from './hear/clauses.js';
import { announcing, echoing, proposing, tagging } from './hear/cues.js';
import { cueIn, spansIn, takeApart, type Message, type ReadContext } from './hear/message.js';
import { asksAgain, leads, slotsAsked, slotsListed, slotsSpokenOf } from './hear/read-ask.js';
import { closes, reports } from './hear/read-close.js';
import { callsIn, type Proposed } from './hear/read-proposal.js';
import { refusalsIn, rulesQuoted, rulesRefusedBy } from './hear/read-refusal.js';
import { valuesTold } from './hear/read-tell.js';

export type { ReadContext };

/** The acts of a text, as test/language/corpus/README.md says which they are. */
export function readText(text: string, context: ReadContext): AgentAct[] {
  const message = takeApart(text, context);
  const { clauses } = message;
  const proposal = readProposals(message);
  const quoted = rulesQuoted(message);
  const open = clauses.filter((clause) => !proposal.clauses.has(clause) && !quoted.has(clause));
  const asked = readAsks(message, open);
  // What follows from a proposal is told beside it: "Nothing can be lent on it then."
  const refusals = proposal.calls.length > 0 ? [] : refusalsIn(message, open.filter((clause) => !asked.has(clause)), quoted);
  const stating = open.filter((clause) => !asked.has(clause) && !refusals.includes(clause));
  const values = stating
    .filter((clause) => states(message, clause, proposal.calls.length > 0))
    .flatMap((clause) => valuesTold(message, clause, !closes(message, clause) && !reports(message, clause)));
  const slots = [...asked.values()].flat();
  const acts: AgentAct[] = [];
  if (refusals.length > 0) {
    for (const policy of rulesRefusedBy(message, refusals)) acts.push({ act: 'refuse', policy });
  }
  if (values.length > 0) acts.push({ act: 'tell', values: distinct(values) });
  for (const call of proposal.calls) acts.push({ act: 'propose', call });
  if (slots.length > 0) acts.push({ act: 'ask', slots: distinct(slots) });
  const goesOn = acts.some(({ act }) => act !== 'tell');
  if (clauses.some((clause) => closes(message, clause)) || (!goesOn && stating.some((clause) => reports(message, clause)))) {
    acts.push({ act: 'close' });
  }
  return acts;
}

/** The slots that clauses ask for, those of a list with the line above it that asks. */
function readAsks(message: Message, clauses: readonly Clause[]): ReadonlyMap<Clause, readonly string[]> {
  const asked = new Map<Clause, readonly string[]>();
  let led = false;
  for (const [at, clause] of clauses.entries()) {
    if (!clause.item) led = leads(message, clause);
    const listed = clause.item && !clause.question;
    const slots = listed ? (led ? slotsListed(message, clause) : []) : slotsAsked(message, clause);
    const before = clauses[at - 1];
    const earlier = before !== undefined && !listed && asksAgain(message, clause) ? slotsSpokenOf(message, before) : [];
    if (slots.length + earlier.length > 0) asked.set(clause, [...earlier, ...slots]);
  }
  return asked;
}

interface Proposals {
  readonly calls: readonly Call[];
  /** Clauses that belong to them and tell nothing. */
  readonly clauses: ReadonlySet<Clause>;
}

function readProposals(message: Message): Proposals {
  const { clauses } = message;
  const calls: Call[] = [];
  const used = new Set<Clause>();
  for (const [at, clause] of clauses.entries()) {
    if (!mayPropose(message, clause)) continue;
    const found = proposedBy(message, clause, at);
    if (found.length === 0) continue;
    used.add(clause);
    for (const { call, used: places } of found) {
      calls.push(call);
      // Who gives most of a call says what would be done.
      for (const other of clauses) if (countIn(other, places) > 1) used.add(other);
    }
    const short = clause.to - clause.from < shortest && found.every(({ used: places }) => countIn(clause, places) === 0);
    if (short) for (const part of contentBefore(clauses, at)) used.add(part);
  }
  return { calls: distinct(calls), clauses: used };
}

/** A clause of fewer tokens is about the one before it: "Is that right?" */
const shortest = 7;

function countIn({ from, to }: Clause, places: readonly number[]): number {
  return places.filter((place) => place >= from && place < to).length;
}

/** The calls that a clause proposes: its own, or those of what it is about. */
function proposedBy(message: Message, clause: Clause, at: number): readonly Proposed[] {
  const { clauses } = message;
  const rest = clauses.filter((other) => other !== clause);
  const own = callsIn(message, [clause], rest);
  if (own.length > 0 || slotsAsked(message, clause).length > 0) return own;
  const content = contentBefore(clauses, at).filter((part) => !reports(message, part));
  const nearby = content.length === 0 ? [] : callsIn(message, [...content, clause], rest);
  if (nearby.length > 0 || cueIn(message, proposing, clause) === null) return nearby;
  return callsIn(message, clauses.filter((other) => !other.question), []);
}

/** What a short question is about: the sentence before it, or the list around it. */
function contentBefore(clauses: readonly Clause[], at: number): readonly Clause[] {
  let from = at;
  while (from > 0 && clauses[from - 1]?.item === true) from -= 1;
  let to = at + 1;
  while (clauses[to]?.item === true) to += 1;
  const items = [...clauses.slice(from, at), ...clauses.slice(at + 1, to)];
  if (items.length > 0) return from > 0 && from < at ? clauses.slice(from - 1, at) : items;
  return clauses.slice(Math.max(0, at - 1), at);
}

const auxiliaries = new Set(
  'have has had did do does is are was were which what when who how why where can could will would may might whose whom'.split(' '),
);
const ourselves = new Set(['i', 'we']);

/** A question of fewer tokens may be about what was said before it: "Is that what you want?" */
const longestTag = 9;

function isAboutBefore(message: Message, clause: Clause): boolean {
  return clause.to - clause.from < longestTag && spansIn(message, clause).length === 0;
}

/** Whether a clause asks for a yes: by its words, or as a bare command with a question mark. */
function mayPropose(message: Message, clause: Clause): boolean {
  if (cueIn(message, proposing, clause) !== null) return true;
  if (!clause.question) return false;
  if (closes(message, clause)) return false;
  if (cueIn(message, tagging, clause) !== null || isAboutBefore(message, clause)) return true;
  const [first, second] = [message.tokens[clause.from]?.text ?? '', message.tokens[clause.from + 1]?.text ?? ''];
  return !auxiliaries.has(first) || ourselves.has(second);
}

/** Whether a clause states something, beyond what is about to be done and what the caller said. */
function states(message: Message, clause: Clause, proposes: boolean): boolean {
  if (clause.question || (proposes && clause.item)) return false;
  return cueIn(message, announcing, clause) === null && cueIn(message, echoing, clause) === null;
}

function distinct<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
