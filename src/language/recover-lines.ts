// Line items in a text: "two cement mixers and one angle grinder". Each has its part of the text, which
// begins at its number, or else behind a comma or an "and"; in brackets stands what else is said of it.
import type { Reference } from '../policy/talk.js';
import type { Domain, Field, Type } from '../spec/model.js';
import { readingsAs } from './known-paths.js';
import { wordsIn } from './lexicon.js';
import type { Mention } from './recover-mentions.js';
import { canName, recoverRow, type Scope } from './recover-row.js';

type Fields = Extract<Type, { readonly kind: 'record' }>['fields'];

/** Whether a mention can be part of a line. */
export function canStandInLine(domain: Domain, fields: Fields, mention: Mention): boolean {
  return fields.some((field) =>
    field.type.kind === 'row'
      ? canName(domain, field.type.entity, [mention])
      : readingsOf(mention, field).length > 0,
  );
}

/** The lines that mentions of a text are parts of, or null when one comes to nothing. `others` are all its mentions. */
export function recoverLines(
  scope: Scope,
  text: string,
  fields: Fields,
  mentions: readonly Mention[],
  others: readonly Mention[],
): Reference | null {
  const items: Reference[] = [];
  for (const { at, end } of partsOf(text, fields, mentions, others)) {
    const inside = mentions.filter((mention) => mention.at >= at && mention.end <= end);
    const item = recoverLine(scope, text, { at, end }, fields, inside);
    // What stands around the lines is none: "Oh, the floor saw (dirty), thank you".
    if (item === null && inside.length > 0) return null;
    if (item !== null) items.push(item);
  }
  return items.length === 0 ? null : { type: 'list', items };
}

interface Part {
  readonly at: number;
  readonly end: number;
}

/** Where each line begins and ends. */
function partsOf(
  text: string,
  fields: Fields,
  mentions: readonly Mention[],
  others: readonly Mention[],
): readonly Part[] {
  const [first, last] = [mentions[0], mentions.at(-1)];
  if (first === undefined || last === undefined) return [];
  const strong = others.filter(({ kind }) => kind !== 'member' && kind !== 'count' && kind !== 'capital');
  const rest = strong.filter(({ at }) => !mentions.some((mention) => mention.at === at));
  const from = Math.max(0, ...rest.filter(({ end }) => end <= first.at).map(({ end }) => end));
  const to = Math.min(text.length, ...rest.filter(({ at }) => at >= last.end).map(({ at }) => at));
  const counts = mentions.filter((mention) => countedBy(text, fields, mention) !== undefined);
  const begins =
    counts.length > 0
      ? counts.map(({ at }) => at)
      : [from, ...partings(text.slice(from, to)).map((at) => from + at)];
  return begins.map((at, index) => ({ at, end: begins[index + 1] ?? to }));
}

/** Where the items of a list part: at commas and "and"s that stand in no brackets. */
function partings(text: string): readonly number[] {
  const outside = text.replace(/\([^)]*\)/g, (inside) => '_'.repeat(inside.length));
  return [...outside.matchAll(/, (?:and )?| and /g)].map((match) => match.index + match[0].length);
}

/** The field that a bare number counts by, as in "two cement mixers". */
function countedBy(text: string, fields: Fields, mention: Mention): Field | undefined {
  if (fields.some((field) => isLabelled(text, field, mention))) return undefined;
  return fields.find((field) => field.type.kind === 'int' && readingsOf(mention, field).length > 0);
}

/** Whether the field's name stands at the mention: "condition: clean", "25 litres short". */
function isLabelled(text: string, { binds }: Field, { at, end }: Mention): boolean {
  const label = wordsIn(binds.replaceAll('_', ' '));
  const before = wordsIn(text.slice(0, at)).slice(-label.length);
  const behind = wordsIn(text.slice(end)).slice(0, label.length);
  return [before, behind].some((words) => label.every((word, index) => words[index] === word));
}

function recoverLine(
  scope: Scope,
  text: string,
  { at, end }: Part,
  fields: Fields,
  mentions: readonly Mention[],
): Reference | null {
  const values = new Map<Field, Mention>();
  const free = mentions.filter((mention) => {
    const fitting = fields.filter((field) => !values.has(field) && readingsOf(mention, field).length > 0);
    const field = fitting.find((one) => isLabelled(text, one, mention)) ?? fitting[0];
    if (field !== undefined) values.set(field, mention);
    return field === undefined;
  });
  const said: Record<string, Reference> = {};
  for (const field of fields) {
    const mention = values.get(field);
    if (field.type.kind === 'row') {
      const row = recoverRow(scope, field.type.entity, free, text.slice(at, end));
      if (row === null) return null;
      said[field.name] = row;
    } else if (mention !== undefined) {
      said[field.name] = { type: 'value', value: readingsOf(mention, field)[0] ?? null };
    } else if (!field.optional) return null;
  }
  return { type: 'record', fields: said };
}

function readingsOf(mention: Mention, field: Field): ReturnType<typeof readingsAs> {
  const { type, binds, pattern } = field;
  return readingsAs(mention, type, { attr: binds, ...(pattern === undefined ? {} : { pattern }) });
}
