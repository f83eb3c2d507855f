// Whether a clause closes: it asks what else there is or says goodbye; or it reports that something
// was done, as opposed to a fact on record that sounds the same.
import { closing, parting } from './cues.js';
import type { Clause } from './clauses.js';
import { deeds } from './deeds.js';
import { areKin } from './families.js';
import { cueIn, type Message } from './message.js';
import { phraseAt } from './phrase.js';
import { stem } from './stem.js';
import type { Token } from './token.js';

const opening = new Set(
  'and so then please do ok okay well great thanks thank you alright , just always until'.split(' '),
);
const checking = new Set(['correct', 'right', 'ok', 'okay', 'clear', 'true']);

/** Asks what else there is, or ends the talk. */
export function closes(message: Message, clause: Clause): boolean {
  const { tokens } = message;
  let start = clause.from;
  while (start < clause.to && opening.has(tokens[start]?.text ?? '')) start += 1;
  if (phraseAt(parting, tokens, start, clause.to) !== null) return true;
  const cue = cueIn(message, closing, clause);
  // "Fiction, reference or something else?" asks on, and so do "Is that all correct?" and "before anything else".
  const isAhead = ({ text }: Token): boolean => text === 'before' || text === 'once' || text === 'until';
  if (cue === null || tokens.slice(clause.from, cue.from).some(isAhead)) return false;
  return tokens[cue.from - 1]?.text !== 'or' && !checking.has(tokens[cue.to]?.text ?? '');
}

/** Says that what the caller wanted was done: "I have cancelled it", "It is cancelled now", "Done." */
export function reports(message: Message, clause: Clause): boolean {
  if (clause.question || clause.item) return false;
  for (let at = clause.from; at < clause.to; at++) {
    if (isDeed(message, message.tokens[at]) && isReportAt(message, clause, at)) return true;
  }
  return false;
}

function isDeed({ lexicon }: Message, token: Token | undefined): boolean {
  return token !== undefined && token.stem !== '' && (deeds.has(token.stem) || lexicon.deeds.has(token.stem));
}

const pastForms = new Set(
  'made put set sent paid sold lent taken took given gave done did held withdrawn sorted hired rent begun cut finish complete settled lost bought brought kept undone'.split(
    ' ',
  ),
);

function isPast({ text }: Token): boolean {
  return text.endsWith('ed') || pastForms.has(text);
}

const adverbs = new Set(
  'now just also successfully already duly gladly happily hereby then been all both finally fully immediately and gone went ahead'.split(
    ' ',
  ),
);
const conditions = new Set('once when if after until before unless whether nothing none nobody'.split(' '));
/** Right before a deed: it is not done, or not yet. */
const undone = new Set(
  'would will shall can could may should must to not never unable be might by'.split(' '),
);
const light = new Set('put make take do give set hold open apply place note'.split(' ').map(stem));
const finite = new Set(
  'i we you he she it they is are was were has have had be been do does did will which that who'.split(' '),
);
const ruling = new Set(['only', 'within', 'unless', 'if']);
const factual = new Set(['twice', 'once', 'times', 'time', 'since', 'ago', 'far']);

function isReportAt(message: Message, { from, to }: Clause, at: number): boolean {
  const { tokens, wishes } = message;
  const token = tokens[at];
  if (token === undefined) return false;
  let before = at - 1;
  const between: string[] = [];
  while (before >= from && adverbs.has(tokens[before]?.text ?? ''))
    between.push(tokens[before--]?.text ?? '');
  if (tokens.slice(from, at).some(({ text }) => conditions.has(text))) return false;
  if (tokens.slice(Math.max(from, at - 4), at).some(({ text }) => undone.has(text))) return false;
  if (tokens.slice(at + 1, to).some(({ text }) => factual.has(text))) return false;
  // "Postage is paid back within 14 days" is a rule.
  const isPresent = tokens[at - 1]?.text === 'is' || tokens[at - 1]?.text === 'are';
  if (isPresent && tokens.slice(at + 1, to).some(({ text }) => ruling.has(text))) return false;
  // Who only wants to know something hears no report.
  if (wishes.length > 0 && wishes.every((wish) => wish.includes('.'))) return false;
  const wanted = isWanted(message, token);
  // "100.00, which has been paid" is a fact unless that is what was asked for.
  if (!wanted && tokens.slice(from, at).some(({ text }) => text === 'which')) return false;
  const auxiliary = tokens[before]?.text ?? '';
  const subject = tokens[before - 1]?.text ?? '';
  const ours = (text: string): boolean => text === 'i' || text === 'we';
  // "I have put together a quote" is no deed; "I have made the reservation" is.
  const helped = auxiliary !== '' && finite.has(auxiliary);
  if (helped && light.has(token.stem) && !wanted && !hasObject(message, at, to)) return false;
  // I have (just) cancelled; I cancelled
  if (
    auxiliary === 'have' &&
    (ours(subject) || ours(tokens[before - 2]?.text ?? '')) &&
    !between.includes('been')
  )
    return true;
  if (ours(auxiliary) && isPast(token)) return true;
  if (!isPast(token)) return false;
  if (at === from && wanted) return true;
  const known = wishes.some((wish) => !wish.includes('.'));
  // has been cancelled
  if ((auxiliary === 'has' || auxiliary === 'have') && between.includes('been')) {
    return wanted || (!known && tokens[at + 1]?.text !== 'at');
  }
  const sure = between.some((word) => word === 'now' || word === 'successfully' || word === 'all');
  if (auxiliary === 'is' || auxiliary === 'are') return wanted || (sure && !known);
  // That is the machine handed over.
  if (
    wanted &&
    tokens.slice(from, at).some(({ text }, index, said) => text === 'that' && said[index + 1]?.text === 'is')
  )
    return true;
  if (auxiliary === 'was' || auxiliary === 'were') return wanted || (sure && !known);
  // Done. Loan renewed.
  if (wanted && tokens.slice(from, at).every(({ kind, text }) => kind === 'word' && !finite.has(text)))
    return true;
  const first = tokens[from]?.text ?? '';
  const short =
    to - from < 4 &&
    first !== 'yes' &&
    first !== 'no' &&
    !tokens.slice(from, to).some(({ text }) => text === ':');
  return (
    short &&
    (wanted || wishes.length === 0) &&
    !message.spans.some(
      (span) => span.from >= from && span.from < to && span.form !== 'enum' && span.form !== 'id',
    )
  );
}

/** Whether what tools do something to stands right behind a deed. */
function hasObject({ tokens, lexicon }: Message, at: number, to: number): boolean {
  return tokens
    .slice(at + 1, Math.min(to, at + 5))
    .some(
      ({ stem: word }) => word !== '' && lexicon.tools.some(({ words }) => words.slice(1).includes(word)),
    );
}

/** Whether a deed is what an open wish asks for. */
function isWanted({ wishes, lexicon }: Message, { stem }: Token): boolean {
  return lexicon.tools.some(
    ({ name, words, about, deeds }) =>
      wishes.includes(name) &&
      (words.includes(stem) || about.has(stem) || deeds.some((deed) => areKin(stem, deed.stem))),
  );
}
