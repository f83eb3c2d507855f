// The reader: from an agent's free text to acts. A message is taken apart into clauses; each proposes,
// asks, refuses, tells or closes, by general cues of English and by the domain's own words (hear/).
// What is not understood is no act, and nothing is supplied that was not said.
// test/language/corpus/README.md says which acts a message has.
import type { AgentAct } from '../policy/talk.js';
import type { Clause } from './hear/clauses.js';
import { announcing, echoing } from './hear/cues.js';
import { deeds } from './hear/deeds.js';
import { cueIn, takeApart, type Message, type ReadContext } from './hear/message.js';
import { readAsks } from './hear/read-ask.js';
import { closes, reports } from './hear/read-close.js';
import { readProposals } from './hear/read-proposals.js';
import { readRefusals, rulesQuoted } from './hear/read-refusal.js';
import { valuesTold } from './hear/read-tell.js';

export type { ReadContext };

/** The acts of a text. */
export function readText(text: string, context: ReadContext): AgentAct[] {
  const message = takeApart(text, context);
  const { clauses } = message;
  const proposals = readProposals(message);
  const proposes = proposals.calls.length > 0;
  const quoted = rulesQuoted(message);
  const open = clauses.filter((clause) => !proposals.clauses.has(clause) && !quoted.has(clause));
  const asks = readAsks(message, open);
  const silent = open.filter((clause) => !asks.has(clause));
  // Beside a proposal what will not be done is what follows from it: "Nothing can be lent on it then."
  const refusals = readRefusals(message, proposes ? [] : silent, proposes ? new Set() : quoted);
  const stating = silent.filter((clause) => !refusals.clauses.has(clause));
  const values = stating
    .filter((clause) => states(message, clause, proposes))
    .flatMap((clause) => valuesTold(message, clause, isThereToTell(message, clause)));
  const slots = [...asks.values()].flat();
  const goesOn = proposes || slots.length > 0 || refusals.policies.length > 0;
  const done =
    clauses.some((clause) => closes(message, clause)) ||
    (!goesOn && stating.some((clause) => reports(message, clause)));
  return [
    ...refusals.policies.map((policy) => ({ act: 'refuse', policy }) as const),
    ...(values.length === 0 ? [] : [{ act: 'tell', values: distinct(values) } as const]),
    ...proposals.calls.map((call) => ({ act: 'propose', call }) as const),
    ...(slots.length === 0 ? [] : [{ act: 'ask', slots: distinct(slots) } as const]),
    ...(done ? [{ act: 'close' } as const] : []),
  ];
}

/** Whether a clause states something, beyond what is about to be done and what the caller said. */
function states(message: Message, clause: Clause, proposes: boolean): boolean {
  if (clause.question || (proposes && clause.item)) return false;
  if (cueIn(message, announcing, clause) !== null || cueIn(message, echoing, clause) !== null) return false;
  return !isUnderWay(message, clause, would);
}

/** Whether a clause is there to tell, and not to close, to report or to say what is going on. */
function isThereToTell(message: Message, clause: Clause): boolean {
  return !closes(message, clause) && !reports(message, clause) && !isUnderWay(message, clause, being);
}

const ourselves = new Set(['i', 'we']);
const being = new Set(['am', 'are']);
const would = new Set(['would']);

/** "I am renewing it now", "I would renew it". */
function isUnderWay(
  { tokens, lexicon }: Message,
  { from, to }: Clause,
  auxiliaries: ReadonlySet<string>,
): boolean {
  return tokens.slice(from, to).some(({ text, stem }, index) => {
    const at = from + index;
    const said = tokens.slice(Math.max(from, at - 3), at).map((token) => token.text);
    const isDeed = deeds.has(stem) || lexicon.deeds.has(stem);
    if (!isDeed || !said.some((word) => ourselves.has(word))) return false;
    return said.some((word) => auxiliaries.has(word)) && (auxiliaries === would || text.endsWith('ing'));
  });
}

function distinct<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
