// Values that JSON Schemas of a manifest allow, awkward ones among them, for properties over any domain.
import * as fc from 'fast-check';
import { addMinutes } from '../../src/core/time.js';
import { isObject, type Json, type JsonObject } from '../../src/core/json.js';

/** Texts that look like something else, or hold what marks the end of a text. */
export const awkwardText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'Emma',
    '12 June 2025',
    '2025-06-12',
    'LO-12345',
    'The "Best" of, well. And more? Yes!',
    'O’Brien’s & Söhne',
    '555-0100',
    'twelve',
    '“quoted”',
    'two\nlines',
    'No',
    '12.50',
    'Shall I cancel the hold HO-12345?',
    'I cannot',
    'with branch hilltop',
    'Dr. A. B. Smith',
    '日本',
    'a@b.org',
    '',
    ' x ',
    String.raw`C:\dir`,
    '{"a": 1}',
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
);

export const someDateTime: fc.Arbitrary<string> = fc
  .integer({ min: 0, max: 5_000_000 })
  .map((minutes) => addMinutes('2020-01-01T00:00Z', minutes));
export const someDate: fc.Arbitrary<string> = someDateTime.map((time) => time.slice(0, 10));

/** Arguments of a tool: all that is required, and any of the rest. */
export function someArguments(parameters: JsonObject): fc.Arbitrary<JsonObject> {
  const properties = isObject(parameters['properties']) ? parameters['properties'] : {};
  const required = Array.isArray(parameters['required']) ? (parameters['required'] as readonly string[]) : [];
  const arbitraries = Object.entries(properties).map(
    ([name, schema]) => [name, someValue(isObject(schema) ? schema : {}, name)] as const,
  );
  return fc.record(Object.fromEntries(arbitraries), { requiredKeys: [...required] });
}

function someValue(schema: JsonObject, name: string): fc.Arbitrary<Json> {
  const members = schema['enum'];
  if (Array.isArray(members)) return fc.constantFrom(...(members as readonly Json[]));
  switch (schema['type']) {
    case 'string':
      return someString(schema, name);
    case 'integer':
      return fc.integer({
        min: Math.max(0, bound(schema, 'minimum', 0)),
        max: Math.min(99_999, bound(schema, 'maximum', 99_999)),
      });
    case 'number':
      return fc.integer({ min: 0, max: 100_000 }).map((hundredths) => hundredths / 100);
    case 'boolean':
      return fc.boolean();
    case 'array': {
      const items = isObject(schema['items']) ? schema['items'] : {};
      return fc.uniqueArray(someValue(items, name), {
        minLength: bound(schema, 'minItems', 1),
        maxLength: Math.min(4, bound(schema, 'maxItems', 4)),
        selector: keyOf,
      });
    }
    case 'object':
      return someArguments(schema);
    default:
      throw new Error(`no values for ${JSON.stringify(schema)}`);
  }
}

/** A row stands in a list once. */
function keyOf(value: Json): string {
  const row = isObject(value) ? Object.values(value).find((field) => typeof field === 'string') : value;
  return JSON.stringify(row);
}

function someString({ pattern, format }: JsonObject, name: string): fc.Arbitrary<string> {
  if (format === 'date') return someDate;
  if (format === 'date-time') return someDateTime;
  if (typeof pattern === 'string') return matching(pattern);
  return name.includes('email') ? fc.constantFrom('Anna.B@example.org', 'x+y@mail.example.com') : awkwardText;
}

/** Strings of a pattern made of letters, digits (`\d`, `\d{4}`) and capitals (`[A-Z]`). */
function matching(pattern: string): fc.Arbitrary<string> {
  const form = new RegExp(pattern, 'u');
  return fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 40, maxLength: 40 }).map((digits) => {
    let next = 0;
    const draw = (): string => String(digits[next++ % digits.length] ?? 0);
    const text = pattern
      .replace(/^\^|\$$/g, '')
      .replace(/(\\d|\[A-Z\])\{(\d+),?\}/g, (_, one: string, count: string) => one.repeat(Number(count)))
      .replace(/\\d/g, draw)
      .replace(/\[A-Z\]/g, () => 'ABCDEFGHIJ'[Number(draw())] ?? 'A');
    if (!form.test(text)) throw new Error(`${text} is not of the form ${pattern}`);
    return text;
  });
}

function bound(schema: JsonObject, name: string, otherwise: number): number {
  const value = schema[name];
  return typeof value === 'number' ? value : otherwise;
}
