// How a clause refuses: it says that something cannot or will not be done, and does not merely say that
// something was not found, is not known yet, or ends on a day.
import { announcing } from './cues.js';
import { handing, refusing, regretting, unrefusing } from './refusing-cues.js';
import type { Clause } from './clauses.js';
import { deeds } from './deeds.js';
import { cueIn, type Message } from './message.js';
import { phraseAt } from './phrase.js';
import type { Token } from './token.js';

/** Whether a clause plainly refuses. */
export function isRefusal(message: Message, clause: Clause): boolean {
  if (!isDenial(message, clause) && !isPhrased(message, clause)) return false;
  return !isLimit(message, clause) && !isCondition(message, clause);
}

/** Whether a clause hands the talk over to a person. */
export function handsOver(message: Message, clause: Clause): boolean {
  const cue = cueIn(message, handing, clause);
  if (cue === null || clause.question) return false;
  const before = message.tokens.slice(Math.max(clause.from, cue.from - 3), cue.from);
  // What the driver has to hand over is no talk.
  const isOthers = before.at(-1)?.text === 'to' && before.at(-2)?.text === 'has';
  return !isOthers && !before.some(({ text }) => text === 'not' || text === 'can');
}

/** Whether a phrase refuses that is no part of one that only sounds like it. */
function isPhrased({ tokens }: Message, { from, to }: Clause): boolean {
  for (let at = from; at < to; at++) {
    // "No, that can be bought" refuses nothing.
    if (tokens[at]?.text === 'no' && tokens[at + 1]?.text === ',') continue;
    if (phraseAt(refusing, tokens, at, to) !== null && !isSpared(tokens, at, from, to)) return true;
  }
  return false;
}

/** Whether a phrase that only sounds like a refusal covers a place. */
function isSpared(tokens: readonly Token[], at: number, from: number, to: number): boolean {
  for (let start = Math.max(from, at - 3); start <= at; start++) {
    if ((phraseAt(unrefusing, tokens, start, to) ?? 0) > at) return true;
  }
  return false;
}

const permitting = new Set(['can', 'could', 'may', 'must']);
const willing = new Set(['will', 'would', 'shall']);
const being = new Set(['is', 'are', 'be', 'am']);
const doing = new Set(['do', 'does']);
const letting = new Set(['allow', 'permit', 'qualif', 'let', 'meet', 'offer', 'accept', 'giv']);
const denying = new Set(['not', 'never', 'neither']);

/** "cannot", "we will not", "loans are not renewed", "we do not lend". */
function isDenial({ tokens, lexicon }: Message, { from, to }: Clause): boolean {
  const isDeed = (token: Token | undefined): boolean =>
    token !== undefined &&
    (deeds.has(token.stem) || lexicon.deeds.has(token.stem) || letting.has(token.stem));
  for (let at = from; at < to; at++) {
    if (!denying.has(tokens[at]?.text ?? '') || isSpared(tokens, at, from, to)) continue;
    const before = tokens[at - 1]?.text ?? '';
    const [next, later] = [tokens[at + 1], tokens[at + 2]];
    const passive = next?.text === 'be' && isDeed(later);
    if (permitting.has(before)) return true;
    if (willing.has(before) && (passive || (isDeed(next) && isOurs(tokens[at - 2])))) return true;
    if (doing.has(before) && isDeed(next)) return true;
    if (being.has(before) && (isDeed(next) || passive)) return true;
  }
  return false;
}

function isOurs(token: Token | undefined): boolean {
  return token?.text === 'i' || token?.text === 'we';
}

const speaking = new Set(['i', 'we', 'can', 'may', 'our']);

/**
 * Whether a clause refuses if it is a rule's own words: it regrets, it begins with a no to what the
 * caller wants, or it denies or restricts ("Batteries are not fetched", "I may only act on your own").
 */
export function mayRefuse(message: Message, clause: Clause): boolean {
  const { tokens } = message;
  const { from, to } = clause;
  if (cueIn(message, regretting, clause) !== null && cueIn(message, announcing, clause) === null) return true;
  if (beginsWithNo(message, clause)) return true;
  for (let at = from; at < to; at++) {
    const { text = '' } = tokens[at] ?? {};
    const next = tokens[at + 1]?.text ?? '';
    if (denying.has(text) && being.has(tokens[at - 1]?.text ?? '') && next.endsWith('ed')) return true;
    if (nobody.has(text) && permitting.has(next)) return true;
    if (text === 'only' && tokens.slice(from, to).some((token) => speaking.has(token.text))) return true;
  }
  return false;
}

const nobody = new Set(['nothing', 'none', 'nobody']);

/** Whether the message begins here with a no to what the caller wants. */
export function beginsWithNo({ tokens, clauses, wishes }: Message, clause: Clause): boolean {
  const first = tokens[clause.from]?.text ?? '';
  const wants = wishes.some((wish) => !wish.includes('.'));
  return wants && clause === clauses[0] && (first === 'no' || first === 'nope' || first === 'not');
}

const forbidding = new Set(
  'only no not never nothing nobody must most maximum max limit limited within unless exclude excluded forbid without longer too less more over reserved withheld exceed exceeding than'.split(
    ' ',
  ),
);
const reasoning = new Set(
  'up already until has have need needs at always first still required would'.split(' '),
);

/** Whether a clause is worded as a rule. */
export function isForbidding({ tokens }: Message, { from, to }: Clause): boolean {
  return tokens.slice(from, to).some(({ text }) => forbidding.has(text));
}

/** Whether a clause is worded as a rule, or as the reason why one applies. */
export function isRestrictive({ tokens }: Message, { from, to }: Clause): boolean {
  return tokens.slice(from, to).some(({ text }) => forbidding.has(text) || reasoning.has(text));
}

const having = new Set(['have', 'has', 'had', 'was', 'were', 'is', 'are']);

/** Whether a clause speaks of the caller's own: "you have renewed it twice", "your loan was due". */
export function isFact({ tokens }: Message, { from, to }: Clause): boolean {
  const start = tokens.slice(from, Math.min(to, from + 5)).map(({ text }) => text);
  return (start.includes('you') || start.includes('your')) && start.some((word) => having.has(word));
}

const limits = new Set(['after', 'later', 'until', 'before', 'beyond', 'past']);

/** "You cannot use it after 14 November 2025" tells a limit. */
function isLimit({ tokens, spans }: Message, { from, to }: Clause): boolean {
  return spans.some(({ from: at, value }) => {
    const before = tokens.slice(Math.max(from, at - 3), at);
    return (
      at > from && at < to && value.type.startsWith('date') && before.some(({ text }) => limits.has(text))
    );
  });
}

const conditions = new Set(['until', 'unless', 'without', 'before']);
const knowing = new Set([
  'verif',
  'identif',
  'know',
  'confirm',
  'check',
  'look',
  'authenticat',
  'log',
  'find',
]);

/** "I cannot do that until I know who you are" waits for the caller. */
function isCondition({ tokens }: Message, { from, to }: Clause): boolean {
  const at = tokens.findIndex(({ text }, place) => place >= from && place < to && conditions.has(text));
  return at >= 0 && tokens.slice(at + 1, Math.min(to, at + 6)).some(({ stem }) => knowing.has(stem));
}
