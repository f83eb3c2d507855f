// Which clauses of a message refuse, and by which rules: named by id, or given in their own or in
// other words.
import { announcing, handing, offering, refusing, regretting, unrefusing } from './cues.js';
import type { Clause } from './clauses.js';
import { deeds } from './deeds.js';
import { cueIn, type Message } from './message.js';
import { phraseAt } from './phrase.js';
import { contentStems, fitOf, saidWords, wantedOf, type Rule, type SaidWords } from './rules.js';
import type { Token } from './token.js';

/** The clauses that say, or plainly regret, that something will not be done; none when a person takes over. */
export function refusalsIn(
  message: Message,
  clauses: readonly Clause[],
  quoted: ReadonlySet<Clause>,
): readonly Clause[] {
  const open = clauses.filter((clause) => !clause.question);
  const marked = [...open, ...quoted].filter((clause) => isMarked(message, clause));
  if (marked.length === 0 && message.clauses.some((clause) => handsOver(message, clause))) return [];
  const plain = [...marked, ...open.filter((clause) => !marked.includes(clause) && isRefusal(message, clause))];
  if (plain.length > 0) {
    const ids = new Set(rulesRefusedBy(message, plain));
    const gives = (clause: Clause): boolean => ids.has(bestRule(message, [clause])?.id ?? '');
    return open.filter(
      (clause) =>
        plain.includes(clause) || (isRestrictive(message, clause) && !isFact(message, clause) && gives(clause)),
    );
  }
  const sorry = open.filter(
    (clause) => regrets(message, clause) || declines(message, clause) || isDenied(message, clause),
  );
  if (sorry.length === 0) return [];
  const declined = sorry.some((clause) => declines(message, clause));
  const ruled = open.filter(
    (clause) =>
      (declined || isRestrictive(message, clause) || sorry.includes(clause)) && bestRule(message, [clause]) !== null,
  );
  if (ruled.length > 0) return open.filter((clause) => ruled.includes(clause) || declines(message, clause));
  return rulesNamed(message).length > 0 ? sorry : [];
}

/** "Batteries are not fetched", "I may only act on your own": refuses where it is a rule's own words. */
function isDenied({ tokens }: Message, { from, to }: Clause): boolean {
  for (let at = from; at < to; at++) {
    const { text = '' } = tokens[at] ?? {};
    const [before, next] = [tokens[at - 1]?.text ?? '', tokens[at + 1]];
    if (denying.has(text) && being.has(before) && next?.text.endsWith('ed') === true) return true;
    if (text === 'only' && tokens.slice(from, to).some((token) => speaking.has(token.text))) return true;
  }
  return false;
}

const speaking = new Set(['i', 'we', 'can', 'may', 'our']);

function isRefusal(message: Message, clause: Clause): boolean {
  if (!isDenial(message, clause) && !isPhrased(message, clause)) return false;
  return !isLimit(message, clause) && !isCondition(message, clause);
}

function handsOver(message: Message, clause: Clause): boolean {
  const cue = cueIn(message, handing, clause);
  const before = message.tokens.slice(Math.max(clause.from, (cue?.from ?? 0) - 3), cue?.from ?? 0);
  return cue !== null && !clause.question && !before.some(({ text }) => text === 'not' || text === 'can');
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
    token !== undefined && (deeds.has(token.stem) || lexicon.deeds.has(token.stem) || letting.has(token.stem));
  for (let at = from; at < to; at++) {
    if (!denying.has(tokens[at]?.text ?? '') || isSpared(tokens, at, from, to)) continue;
    const before = tokens[at - 1]?.text ?? '';
    const [next, later] = [tokens[at + 1], tokens[at + 2]];
    const passive = next?.text === 'be' && isDeed(later);
    if (permitting.has(before)) return true;
    if (willing.has(before) && (/^(?:i|we)$/.test(tokens[at - 2]?.text ?? '') || passive)) return true;
    if (doing.has(before) && isDeed(next)) return true;
    if (being.has(before) && (isDeed(next) || passive)) return true;
  }
  return false;
}

function regrets(message: Message, clause: Clause): boolean {
  return cueIn(message, regretting, clause) !== null && cueIn(message, announcing, clause) === null;
}

/** A message that begins with a no to what the caller wants. */
function declines({ tokens, clauses, wishes }: Message, clause: Clause): boolean {
  const first = tokens[clause.from]?.text ?? '';
  return clause === clauses[0] && (first === 'no' || first === 'nope') && wishes.some((wish) => !wish.includes('.'));
}

const restricting = new Set(
  'only no not never nothing nobody must most maximum max limit limited up within already unless until has have need needs need exclude excluded forbid without longer too less more over at always first still reserved required'.split(
    ' ',
  ),
);

/** Whether a clause is worded as a rule, or as the reason why one applies. */
function isRestrictive({ tokens }: Message, { from, to }: Clause): boolean {
  return tokens.slice(from, to).some(({ text }) => restricting.has(text));
}

const having = new Set(['have', 'has', 'had', 'was', 'were', 'is', 'are']);

/** Whether a clause speaks of the caller's own: "you have renewed it twice", "your loan was due". */
function isFact({ tokens }: Message, { from, to }: Clause): boolean {
  const start = tokens.slice(from, Math.min(to, from + 5)).map(({ text }) => text);
  return (start.includes('you') || start.includes('your')) && start.some((word) => having.has(word));
}

const limits = new Set(['after', 'later', 'until', 'before', 'beyond', 'past']);

/** "You cannot use it after 14 November 2025" tells a limit. */
function isLimit({ tokens, spans }: Message, { from, to }: Clause): boolean {
  return spans.some(
    ({ from: at, value }) =>
      at > from &&
      at < to &&
      value.type.startsWith('date') &&
      tokens.slice(Math.max(from, at - 3), at).some(({ text }) => limits.has(text)),
  );
}

const conditions = new Set(['until', 'unless', 'without', 'before']);
const knowing = new Set(['verif', 'identif', 'know', 'confirm', 'check', 'look', 'authenticat', 'log', 'find']);

/** "I cannot do that until I know who you are" waits for the caller. */
function isCondition({ tokens }: Message, { from, to }: Clause): boolean {
  const at = tokens.findIndex(({ text }, place) => place >= from && place < to && conditions.has(text));
  return at >= 0 && tokens.slice(at + 1, Math.min(to, at + 6)).some(({ stem }) => knowing.has(stem));
}

/** Clauses that stand word for word in a rule whose id the message gives. */
export function rulesQuoted(message: Message): ReadonlySet<Clause> {
  const named = rulesNamed(message);
  const rules = message.lexicon.rules.filter(({ id }) => named.includes(id));
  if (rules.length === 0) return new Set();
  return new Set(
    message.clauses.filter((clause) => {
      const { words } = wordsOf(message, [clause]);
      return words.size > 1 && rules.some(({ weights }) => [...words].filter((word) => weights.has(word)).length > 0.7 * words.size);
    }),
  );
}

/** Whether a clause gives the id of a rule of more than one word, and does not deny that it applies. */
function isMarked(message: Message, { from, to }: Clause): boolean {
  const { tokens, plain, lexicon } = message;
  const [first, last] = [tokens[from], tokens[to - 1]];
  if (first === undefined || last === undefined) return false;
  const said = plain.slice(first.start, last.end).toLowerCase();
  return (
    lexicon.rules.some(({ id }) => said.includes(id.includes('_') ? id : `[${id}]`)) &&
    !tokens.slice(from, to).some(({ text }, at) => text === 'against' && tokens[from + at - 1]?.text === 'not')
  );
}

/** Rules whose ids stand in a message. */
function rulesNamed({ lexicon, plain }: Message): readonly string[] {
  const named = new Set(
    [
      ...plain.matchAll(/[[(`"“‘'*_]([a-z][a-z0-9_]{1,60})[\])`"”’'*_]/g),
      ...plain.matchAll(/\b(?:rule|policy|reason|code) {0,2}[:=]? {0,2}["“'`[(]?([a-z][a-z0-9_]{1,60})/gi),
      ...plain.matchAll(/\b([a-z0-9]{1,30}(?:_[a-z0-9]{1,30}){1,8})\b/g),
      ...plain.matchAll(/: {0,2}([a-z][a-z0-9_]{1,60})(?=[.!]?(?:\n|$))/g),
    ].map(([, id = '']) => id),
  );
  return lexicon.rules.filter(({ id }) => named.has(id)).map(({ id }) => id);
}

/** The rules by which a message refuses, given the clauses that do. */
export function rulesRefusedBy(message: Message, refusals: readonly Clause[]): readonly string[] {
  const named = rulesNamed(message);
  if (named.length > 0) return named;
  const told = message.clauses.filter((clause) => !clause.question && cueIn(message, offering, clause) === null);
  return [bestRule(message, refusals, told)?.id ?? 'unnamed'];
}

/** How well words must fit a rule; less where the caller's wish leaves few rules, if they fit no other as well. */
const least = { any: 0.4, wanted: 0.12 };
const ahead = 1.25;

/** The rule that the words of some clauses fit best; those around them count a little less. */
function bestRule(message: Message, clauses: readonly Clause[], around: readonly Clause[] = []): Rule | null {
  const own = wordsOf(message, clauses);
  const all = around.length === 0 ? own : wordsOf(message, around);
  const wanted = wantedOf(message.wishes);
  const fits = message.lexicon.rules
    .map((rule) => ({
      rule,
      fit: Math.max(fitOf(rule, own, wanted), 0.9 * fitOf(rule, all, wanted)),
      governs: rule.on.some((tool) => wanted.tools.includes(tool)),
    }))
    .sort((left, right) => right.fit - left.fit);
  const [best, second] = fits;
  if (best === undefined) return null;
  if (best.fit > least.any) return best.rule;
  return best.governs && best.fit > least.wanted && best.fit > ahead * (second?.fit ?? 0) ? best.rule : null;
}

function wordsOf({ tokens }: Message, clauses: readonly Clause[]): SaidWords {
  return saidWords(
    clauses.flatMap(({ from, to }) => contentStems(tokens.slice(from, to).map(({ text }) => text).join(' '))),
  );
}
