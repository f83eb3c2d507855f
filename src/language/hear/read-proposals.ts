// The calls that a message asks the caller to agree to, and which of its clauses belong to them.
import { canonicalJson } from '../../core/json.js';
import type { Call } from '../../policy/talk.js';
import { callsIn, toolsNamed, type Proposed } from './calls.js';
import type { Stretch } from './candidates.js';
import type { Clause } from './clauses.js';
import { proposing, tagging } from './cues.js';
import { cueIn, spansIn, type Message } from './message.js';
import { slotsAsked } from './read-ask.js';
import type { Found } from './phrase.js';
import { closes, reports } from './read-close.js';
import { stem } from './stem.js';
import type { Token } from './token.js';

export interface Proposals {
  readonly calls: readonly Call[];
  /** Clauses that say what would be done and tell nothing. */
  readonly clauses: ReadonlySet<Clause>;
}

export function readProposals(message: Message): Proposals {
  const { clauses } = message;
  const calls = new Map<string, Call>();
  const belonging = new Set<Clause>();
  for (const [at, clause] of lastOf(message)) {
    // "Please confirm" once more, behind what was proposed, proposes nothing else.
    const again = calls.size > 0 && spansIn(message, clause).length === 0;
    const found = again ? [] : proposedBy(message, clause, at);
    if (found.length === 0) continue;
    belonging.add(clause);
    for (const { call, used } of found) {
      calls.set(canonicalJson({ ...call }), call);
      // Who gives most of a call says what would be done.
      for (const other of clauses) if (countIn(other, used) > 1) belonging.add(other);
    }
    if (isTag(message, clause, found)) for (const part of contentBefore(message, at)) belonging.add(part);
  }
  return { calls: [...calls.values()], clauses: belonging };
}

/** So many of a message's questions are looked at, so that no message takes long. */
const mostQuestions = 6;

/** The last clauses that may propose something, with their places. */
function lastOf(message: Message): readonly (readonly [number, Clause])[] {
  return [...message.clauses.entries()]
    .filter(([, clause]) => mayPropose(message, clause))
    .slice(-mostQuestions);
}

/** "Is everything correct?", whose words name no tool. */
function isPlainTag(message: Message, clause: Clause): boolean {
  const short = clause.to - clause.from < longestTag && spansIn(message, clause).length === 0;
  return short && cueIn(message, tagging, clause) !== null && toolsNamed(message, [clause]).length === 0;
}

/** Whether a clause only asks for a yes to what was said before it. */
function isTag(message: Message, clause: Clause, found: readonly Proposed[]): boolean {
  const short =
    clause.to - clause.from < longestTag && found.every(({ used }) => countIn(clause, used) === 0);
  return short && toolsNamed(message, withoutCue(message, clause)).length === 0;
}

function countIn({ from, to }: Clause, places: readonly number[]): number {
  return places.filter((place) => place >= from && place < to).length;
}

/** The calls that a clause proposes: its own, or those of what it is about. */
function proposedBy(message: Message, clause: Clause, at: number): readonly Proposed[] {
  const { clauses } = message;
  const rest = clauses.filter((other) => other !== clause);
  const plain = spansIn(message, clause).length > 0;
  const own = callsIn(message, withoutCue(message, clause), rest);
  if ((own.length > 0 && plain) || slotsAsked(message, clause).length > 0) return own;
  // A clause that names a tool is about no other.
  const tools = toolsNamed(message, withoutCue(message, clause));
  const fitting = (found: readonly Proposed[]): readonly Proposed[] =>
    found.every(({ call }) => tools.length === 0 || tools.includes(call.tool)) ? found : [];
  // What somebody is asked for a yes to is not done yet, unless it was said to be.
  const content = contentBefore(message, at).filter(
    (part) => !reports(message, part) || (isAhead(message, clause) && !isBehind(message, part)),
  );
  const nearby =
    content.length === 0
      ? []
      : fitting(callsIn(message, isPlainTag(message, clause) ? content : [...content, clause], rest));
  if (nearby.length > 0 || own.length > 0) return nearby.length > 0 ? nearby : own;
  if (cueIn(message, proposing, clause) === null) return [];
  const stating = clauses.filter((other) => !other.question);
  return fitting(callsIn(message, stating, []));
}

const articles = new Set(['the', 'this', 'your', 'that', 'a', 'an']);

/** Whether what a tool does goes on behind a cue: "want me to confirm the fraud", "may I confirm fraud". */
function goesOn({ tokens, lexicon }: Message, { to }: Found): boolean {
  const isNamed = articles.has(tokens[to]?.text ?? '');
  const noun = tokens[isNamed ? to + 1 : to]?.stem ?? '';
  const verb = tokens[to - 1]?.stem ?? '';
  return lexicon.tools.some(({ words }) => words.slice(1).includes(noun) && (isNamed || words[0] === verb));
}

/** "Shall I put that through?" */
function isAhead({ tokens }: Message, { from }: Clause): boolean {
  return (tokens[from]?.text === 'shall' || tokens[from]?.text === 'should') && isOurs(tokens[from + 1]);
}

/** "I have extended it": the speaker has done it. */
function isBehind({ tokens }: Message, { from, to }: Clause): boolean {
  return tokens
    .slice(from, to)
    .some((token, at) => isOurs(token) && having.has(tokens[from + at + 1]?.text ?? ''));
}

const having = new Set(['have', 'had', 'just', 'already']);

function isOurs(token: Token | undefined): boolean {
  return ourselves.has(token?.text ?? '');
}

const assenting = new Set(
  'confirm check agree approve reply answer say type write respond consent'.split(' ').map(stem),
);

/** Whether a cue asks for a yes by a verb of its own. */
function isAssent({ tokens }: Message, { from, to }: Found): boolean {
  return tokens.slice(from, to).some((token) => assenting.has(token.stem));
}

/** What a clause says beside the words that ask: "Please confirm" names no tool that confirms. */
function withoutCue(message: Message, clause: Clause): readonly Stretch[] {
  const cue = cueIn(message, proposing, clause) ?? cueIn(message, tagging, clause);
  if (cue === null || goesOn(message, cue) || !isAssent(message, cue)) return [clause];
  return [
    { from: clause.from, to: cue.from },
    { from: cue.to, to: clause.to },
  ].filter(({ from, to }) => to > from);
}

/** What a short question is about: the sentence before it, or the list around it. */
function contentBefore(message: Message, at: number): readonly Clause[] {
  const { clauses } = message;
  let from = at;
  while (from > 0 && isLine(message, clauses[from - 1])) from -= 1;
  let to = at + 1;
  while (isLine(message, clauses[to])) to += 1;
  const items = [...clauses.slice(from, at), ...clauses.slice(at + 1, to)];
  if (items.length > 0) return from > 0 && from < at ? clauses.slice(from - 1, at) : items;
  return clauses.slice(Math.max(0, at - 1), at);
}

const longestLabel = 4;

/** Whether a clause is a line of a list, or names what it gives: "email: a@b.org". */
function isLine({ tokens }: Message, clause: Clause | undefined): boolean {
  if (clause === undefined || clause.item) return clause !== undefined;
  const colon = tokens.slice(clause.from, clause.from + longestLabel).findIndex(({ text }) => text === ':');
  return colon > 0 && clause.from + colon + 1 < clause.to;
}

const auxiliaries = new Set(
  'have has had did do does is are was were which what when who how why where can could will would may might whose whom'.split(
    ' ',
  ),
);
const ourselves = new Set(['i', 'we']);

/** A question of fewer tokens may be about what was said before it: "Is that what you want?" */
const longestTag = 9;

/** Whether a clause asks for a yes: by its words, as a short question, or as a command with a question mark. */
function mayPropose(message: Message, clause: Clause): boolean {
  if (cueIn(message, proposing, clause) !== null) return true;
  if (!clause.question || closes(message, clause)) return false;
  if (cueIn(message, tagging, clause) !== null) return true;
  if (clause.to - clause.from < longestTag && spansIn(message, clause).length === 0) return true;
  const [first, second] = [message.tokens[clause.from], message.tokens[clause.from + 1]];
  return !auxiliaries.has(first?.text ?? '') || ourselves.has(second?.text ?? '');
}
