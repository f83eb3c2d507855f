// Values told in sentences: "It is due on 12 June 2025.", "The author is “Rachel Carson”."
import type { TypedValue } from '../policy/talk.js';
import { formatTyped, nameWords } from './format-value.js';
import { lettersOf, type Members } from './hear/members.js';

/** Takes one of several forms. */
export type PickForm = (forms: readonly string[]) => string;

/** Sentences that tell the values, each under its label where it has one. */
export function sayValues(
  values: readonly TypedValue[],
  label: (value: TypedValue) => string | undefined,
  members: Members,
  pick: PickForm,
): string {
  const answers = values
    .filter(({ type }) => type === 'bool')
    .map(({ value }) => sayAnswer(value === true, pick));
  const labelled = values.flatMap((value) => {
    const name = value.type === 'bool' ? undefined : label(value);
    return name === undefined ? [] : [sayLabelled(nameWords(name), value, members)];
  });
  const bare = values.filter((value) => value.type !== 'bool' && label(value) === undefined).map(formatTyped);
  const plain =
    bare.length === 0
      ? []
      : [pick(['Here you are:', 'I have found this:', 'Our records say:']) + ` ${bare.join('; ')}.`];
  return [...answers, ...labelled, ...plain].join(' ');
}

function sayAnswer(isTrue: boolean, pick: PickForm): string {
  const answer = isTrue ? 'Yes' : 'No';
  return pick([`${answer}, according to our records.`, `${answer}, that is what our records say.`]);
}

/** "It is due on …", "It expires on …", "It was issued on …", "Collect by: …", "The author is …". */
function sayLabelled(words: string, value: TypedValue, members: Members): string {
  const said = formatTyped(value);
  // A label that is a member of an enum must not be taken for what is told.
  if (members.has(lettersOf(words))) return `${words.charAt(0).toUpperCase()}${words.slice(1)}: ${said}.`;
  const isTime = value.type === 'date' || value.type === 'datetime';
  if (isTime && words === 'due') return `It is due on ${said}.`;
  if (isTime && /^(?:expires|starts|ends|begins|closes|opens|arrives)$/.test(words))
    return `It ${words} on ${said}.`;
  if (isTime && /^(?:\w+ed|born|given|sent|made|held)$/.test(words)) return `It was ${words} on ${said}.`;
  if (/^\w+$/.test(words) && !/(?:s|ed|paid|sent|left)$/.test(words)) return `The ${words} is ${said}.`;
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}: ${said}.`;
}
