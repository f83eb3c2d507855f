// Slots that a question asks for without their names: when, how many, how much, why. Only where the tools
// that are wanted or spoken of leave one thing that can be meant.
import type { Clause } from './clauses.js';
import { toolsNamed } from './calls.js';
import { cueIn, type Message } from './message.js';
import { phrases, type Phrases } from './phrase.js';
import type { ParamWords } from './tool-words.js';

interface Asking {
  readonly cue: Phrases;
  readonly takes: (param: ParamWords) => boolean;
}

const kinds: readonly Asking[] = [
  {
    cue: phrases('how .. ~pay|~settle / means|way .. ~pay|~settle / ~pay by|with'),
    takes: ({ name }) => /^(?:payment_)?method$/.test(name),
  },
  { cue: phrases('how much'), takes: ({ unit }) => unit === 'cents' },
  {
    cue: phrases('how long / how many days|weeks|hours|nights'),
    takes: ({ name }) => /^(?:days|weeks|hours|minutes|nights|length|duration)$/.test(name),
  },
  {
    cue: phrases('how many'),
    takes: ({ schema, unit }) => schema['type'] === 'integer' && unit === null,
  },
  {
    cue: phrases('when / which|what day|date'),
    takes: ({ schema }) => schema['format'] === 'date' || schema['format'] === 'date-time',
  },
  {
    cue: phrases('why / what .. cause|grounds|ground'),
    takes: ({ name }) => /^(?:reason|cause|ground)$/.test(name),
  },
];

/** The slots that a question asks for in other words. */
export function slotsImplied(message: Message, clause: Clause): readonly string[] {
  const kind = kinds.find(({ cue }) => cueIn(message, cue, clause) !== null);
  if (kind === undefined) return [];
  const { tools, slots } = message.lexicon;
  const spoken = new Set([...message.wishes, ...toolsNamed(message, [clause])]);
  const wanted = tools.filter(({ name }) => spoken.has(name));
  const given = (wanted.length > 0 ? wanted : tools).flatMap(({ params }) => params).filter(kind.takes);
  const names = new Set(given.map(({ name }) => name));
  const known = [...names].filter((name) => slots.some(({ slot, common }) => slot === name && common));
  return known.length === 1 ? known : [];
}
