// Which clauses of a message refuse, and by which rules: named by id, or given in their own or in
// other words.
import { offering } from './cues.js';
import { foreign } from './refusing-cues.js';
import type { Clause } from './clauses.js';
import { cueIn, type Message } from './message.js';
import { reports } from './read-close.js';
import { stemsSaid } from './said.js';
import {
  beginsWithNo,
  handsOver,
  isFact,
  isForbidding,
  isRefusal,
  isRestrictive,
  mayRefuse,
} from './refusing.js';
import { fitOf, ownership, saidWords, wantedOf, type Rule, type SaidWords } from './rules.js';

export interface Refusals {
  readonly clauses: ReadonlySet<Clause>;
  /** Ids of the rules, or `unnamed`. */
  readonly policies: readonly string[];
}

const none: Refusals = { clauses: new Set(), policies: [] };

/** The refusals among some clauses; `quoted` are those that stand in a rule that is named. */
export function readRefusals(
  message: Message,
  clauses: readonly Clause[],
  quoted: ReadonlySet<Clause>,
): Refusals {
  const open = clauses.filter((clause) => !clause.question);
  const marked = [...open, ...quoted].filter((clause) => isMarked(message, clause));
  // Who puts the caller through to a person refuses nothing, unless a rule is named.
  if (marked.length === 0 && message.clauses.some((clause) => handsOver(message, clause))) return none;
  const plain = [...marked, ...open.filter((clause) => isRefusal(message, clause))];
  if (plain.length > 0) {
    const policies = rulesOf(message, plain);
    const gives = (clause: Clause): boolean =>
      isRestrictive(message, clause) &&
      !isFact(message, clause) &&
      policies.includes(bestRule(message, [clause])?.id ?? '');
    return { clauses: new Set([...plain, ...open.filter(gives)]), policies };
  }
  return impliedRefusals(message, open);
}

/** Refusals that only the rule shows which they give. */
function impliedRefusals(message: Message, open: readonly Clause[]): Refusals {
  const isDone = open.some((clause) => reports(message, clause));
  const signs = open.filter((clause) => mayRefuse(message, clause) || (!isDone && forbids(message, clause)));
  if (signs.length === 0) return none;
  const declined = signs.filter((clause) => beginsWithNo(message, clause));
  const ruled = open.filter(
    (clause) =>
      (declined.length > 0 || isRestrictive(message, clause) || signs.includes(clause)) &&
      bestRule(message, [clause]) !== null,
  );
  const refusing = ruled.length > 0 ? [...declined, ...ruled] : rulesNamed(message).length > 0 ? signs : [];
  return refusing.length === 0 ? none : { clauses: new Set(refusing), policies: rulesOf(message, refusing) };
}

/** How well a rule about what the caller wants must be given to stand for a refusal by itself. */
const plainly = 0.33;

/** Whether a clause gives a rule against what the caller wants, and states no fact of theirs. */
function forbids(message: Message, clause: Clause): boolean {
  if (!isForbidding(message, clause) || isFact(message, clause) || reports(message, clause)) return false;
  const wanted = wantedOf(message.wishes);
  const said = wordsOf(message, [clause]);
  return message.lexicon.rules.some(
    (rule) => rule.on.some((one) => wanted.wishes.includes(one)) && fitOf(rule, said, wanted) > plainly,
  );
}

/** Clauses that stand nearly word for word in a rule whose id the message gives. */
export function rulesQuoted(message: Message): ReadonlySet<Clause> {
  const named = rulesNamed(message);
  const rules = message.lexicon.rules.filter(({ id }) => named.includes(id));
  if (rules.length === 0) return new Set();
  return new Set(
    message.clauses.filter((clause) => {
      const { words } = wordsOf(message, [clause]);
      const shared = (rule: Rule): number => [...words].filter((word) => rule.weights.has(word)).length;
      return words.size > 1 && rules.some((rule) => shared(rule) > 0.7 * words.size);
    }),
  );
}

/** Whether a clause gives the id of a rule, and does not deny that it applies. */
function isMarked({ tokens, plain, lexicon }: Message, { from, to }: Clause): boolean {
  const [first, last] = [tokens[from], tokens[to - 1]];
  if (first === undefined || last === undefined) return false;
  const said = plain.slice(first.start, last.end).toLowerCase();
  if (!lexicon.rules.some(({ id }) => said.includes(id.includes('_') ? id : `[${id}]`))) return false;
  return !tokens
    .slice(from, to)
    .some(({ text }, at) => text === 'against' && tokens[from + at - 1]?.text === 'not');
}

const idForms = [
  /[[(`"“‘'*_]([a-z][a-z0-9_]{1,60})[\])`"”’'*_]/g,
  /\b(?:rule|policy|reason|code) {0,2}[:=]? {0,2}["“'`[(]?([a-z][a-z0-9_]{1,60})/gi,
  /\b([a-z0-9]{1,30}(?:_[a-z0-9]{1,30}){1,8})\b/g,
  /: {0,2}([a-z][a-z0-9_]{1,60})(?=[.!]?(?:\n|$))/g,
];

/** Rules whose ids stand in a message. */
function rulesNamed({ lexicon, plain }: Message): readonly string[] {
  const named = new Set(idForms.flatMap((form) => [...plain.matchAll(form)].map(([, id = '']) => id)));
  return lexicon.rules.filter(({ id }) => named.has(id)).map(({ id }) => id);
}

/** The rules by which a message refuses, given the clauses that do. */
function rulesOf(message: Message, refusing: readonly Clause[]): readonly string[] {
  const named = rulesNamed(message);
  if (named.length > 0) return named;
  const told = message.clauses.filter(
    (clause) => !clause.question && cueIn(message, offering, clause) === null,
  );
  const own = bestRule(message, refusing, [], good);
  return [(own ?? bestRule(message, refusing, told))?.id ?? 'unnamed'];
}

/** How well words must fit a rule; less where the caller's wish leaves few rules. */
const least = { any: 0.4, wanted: 0.08 };
/** How far ahead of the next rule: of a good fit, and of any. */
const ahead = { good: 1.005, any: 1.05 };
const good = 0.25;
/** How much better a rule must fit that does not govern what the caller wants. */
const aside = 1.4;

/** The rule that the words of some clauses fit best; those around them count a little less. */
function bestRule(
  message: Message,
  clauses: readonly Clause[],
  around: readonly Clause[] = [],
  fewest = least.wanted,
): Rule | null {
  const own = wordsOf(message, clauses);
  const all = around.length === 0 ? own : wordsOf(message, around);
  const wanted = wantedOf(message.wishes);
  const fits = message.lexicon.rules
    .map((rule) => ({
      rule,
      fit: Math.max(fitOf(rule, own, wanted), 0.9 * fitOf(rule, all, wanted)),
      governs: rule.on.some((one) => wanted.wishes.includes(one)),
    }))
    .sort((left, right) => right.fit - left.fit);
  const [best] = fits;
  const [governing, next] = fits.filter(({ governs }) => governs);
  if (governing !== undefined && governing.fit > fewest && aside * governing.fit > (best?.fit ?? 0)) {
    const lead = governing.fit > good ? ahead.good : ahead.any;
    if (governing.fit > lead * (next?.fit ?? 0)) return governing.rule;
  }
  return best !== undefined && best.fit > least.any ? best.rule : null;
}

function wordsOf(message: Message, clauses: readonly Clause[]): SaidWords {
  const stems = new Set(stemsSaid(message.tokens, clauses));
  if (clauses.some((clause) => cueIn(message, foreign, clause) !== null)) stems.add(ownership);
  return saidWords(stems);
}
