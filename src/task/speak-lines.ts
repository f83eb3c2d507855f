// Line items as a caller says them: the row by its description, how many of it in front, the rest of a
// line in brackets: two cement mixers and my mini digger (dirty, 25 litres short).
import { isObject, type Json } from '../core/json.js';
import type { Field, Type } from '../spec/model.js';
import { countNames, sayCount } from '../language/count-words.js';
import type { Manner } from '../language/manner.js';
import { fillSlot } from '../language/words.js';
import type { Description } from './describe.js';

type Speak = (type: Type, value: Json) => Description | null;

/** One line, its fields by `speak`; null when a field cannot be said. */
export function speakLine(fields: readonly Field[], line: Json, speak: Speak): Description | null {
  if (!isObject(line)) return null;
  const said: { readonly field: Field; readonly words: Description }[] = [];
  for (const field of fields) {
    const value = line[field.name];
    if (value === undefined) continue;
    const words = speak(field.type, value);
    if (words === null) return null;
    said.push({ field, words });
  }
  const head = said.find(({ field }) => field.type.kind === 'row') ?? said[0];
  const count = said.find(({ field }) => field.type.kind === 'int' && countNames.has(field.binds));
  const rest = said.filter((one) => one !== head && one !== count);
  const number = count === undefined ? undefined : line[count.field.name];
  const more = (manner: Manner): string =>
    [
      ...(head === undefined || head.words.more(manner) === '' ? [] : [head.words.more(manner)]),
      ...rest.map(({ field, words }) => sayField(field, words.say(manner))),
    ].join(', ');
  const say = (manner: Manner): string => {
    const thing = head === undefined ? '' : bare(head.words, manner);
    const counted = typeof number === 'number' && count !== head ? sayCount(number, thing, manner) : thing;
    return more(manner) === '' ? counted : `${counted} (${more(manner)})`;
  };
  const references = said.map(({ field, words }) => [field.name, words.reference] as const);
  return { reference: { type: 'record', fields: Object.fromEntries(references) }, say, more };
}

/** A member of an enum says by itself what it is; of other values it is said, for a number behind it. */
function sayField({ binds, type }: Field, words: string): string {
  if (type.kind === 'enum') return words;
  const name = binds.replaceAll('_', ' ');
  if (type.kind === 'int' && /^[a-z]+s\b/.test(name)) return fillSlot(`{} ${name}`, '', words);
  return `${name}: ${words}`;
}

/** What a description says without its brackets. */
function bare({ say, more }: Description, manner: Manner): string {
  const [text, brackets] = [say(manner), more(manner)];
  return brackets === '' ? text : text.slice(0, -(brackets.length + 3));
}
