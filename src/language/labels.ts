// Under which names an agent has seen a value in results, and which of them a user asked about: 3 may be
// the pieces of a collection and the lines of a page, and an answer has to say which.
import { isObject, type Json, type JsonObject } from '../core/json.js';
import type { StateSchema } from '../emit/emitted-domain.js';
import type { TypedValue } from '../policy/talk.js';
import type { Say } from '../spec/model.js';
import { wordsIn } from './lexicon.js';

/** Names by value, the last one seen last: `Entity.attr` for a value of a row, else the field alone. */
export type Labels = ReadonlyMap<string, readonly string[]>;

/** The labels with those of a result. */
export function noteLabels(labels: Labels, result: Json, schema: StateSchema): Labels {
  const noted = new Map(labels);
  const note = (value: Json): void => {
    if (Array.isArray(value)) (value as readonly Json[]).forEach(note);
    if (!isObject(value)) return;
    const entity = entityOf(value, schema);
    for (const [name, field] of Object.entries(value)) {
      if (typeof field === 'object') note(field);
      else {
        const label = entity === null ? name : `${entity}.${name}`;
        const known = noted.get(String(field)) ?? [];
        noted.set(String(field), [...known.filter((other) => other !== label), label]);
      }
    }
  };
  note(result);
  return noted;
}

/** The entity of which an object is a row: that with its columns. */
function entityOf(value: JsonObject, { tables }: StateSchema): string | null {
  const names = Object.keys(value);
  const table = tables.find(
    ({ columns }) => columns.length === names.length && columns.every(({ column }) => column in value),
  );
  return table?.entity ?? null;
}

/** The name of a value that the texts ask about the most plainly; of several, the last one seen. */
export function labelFor(
  labels: Labels,
  { value }: TypedValue,
  texts: readonly string[],
  say?: Say,
): string | undefined {
  const names = labels.get(String(value)) ?? [];
  if (say === undefined || names.length < 2) return names.at(-1);
  const words = new Set(texts.flatMap(wordsIn));
  const asked = names.map((name) => askedFor(say, name, words));
  return names[asked.lastIndexOf(Math.max(...asked))];
}

/** How much of a question for an attribute of the name the words have, from 0 to 1. */
function askedFor({ tell }: Say, name: string, words: ReadonlySet<string>): number {
  const attr = name.split('.').pop() ?? name;
  const shares = Object.entries(tell).flatMap(([key, questions]) =>
    key.split('.').pop() !== attr
      ? []
      : questions.map((question) => {
          const own = wordsIn(question.replace(/\{[^}]*\}/g, ' '));
          return own.filter((word) => words.has(word)).length / Math.max(1, own.length);
        }),
  );
  return Math.max(0, ...shares);
}
