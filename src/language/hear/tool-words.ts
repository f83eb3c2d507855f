// Tools by their words: what each does, to what, and what can be given for its parameters. From the
// manifest alone.
import { isObject, type Json, type JsonObject } from '../../core/json.js';
import type { ToolManifest } from '../../emit/emitted-domain.js';
import { deeds } from './deeds.js';
import { membersOf, type Members } from './members.js';
import { contentStems } from './content.js';
import { stem } from './stem.js';

/** What can be given for a parameter, and by which words. */
export interface ParamWords {
  readonly name: string;
  readonly required: boolean;
  /** Stems of its name, without "id". */
  readonly label: readonly string[];
  readonly schema: JsonObject;
  /** Of a list, the schema of its items. */
  readonly item: JsonObject | null;
  readonly members: Members;
  readonly unit: 'cents' | 'minutes' | null;
}

export interface ToolWords {
  readonly name: string;
  /** Stems of its name: the first is what is done. */
  readonly words: readonly string[];
  /** Stems that say what it does, and how surely. */
  readonly deeds: readonly { readonly stem: string; readonly weight: number }[];
  /** Stems of its description. */
  readonly about: ReadonlySet<string>;
  readonly params: readonly ParamWords[];
}

/** Verbs that leave it to a noun to say what is done: record_payment, place_hold. */
const light = new Set(
  'record make take issue open place put do arrange add report register book order request create set declare lodge'
    .split(' ')
    .map(stem),
);

export function toolWords(tool: ToolManifest): ToolWords {
  const about = tool.description.replace(/ Can refuse with .{0,400}$/, '');
  const [verb = '', ...others] = stemsOf(tool.name);
  return {
    name: tool.name,
    words: [verb, ...others],
    deeds: [
      { stem: verb, weight: 1 },
      ...(light.has(verb) ? others.filter((word) => deeds.has(word)) : []).map((word) => ({
        stem: word,
        weight: 0.9,
      })),
      { stem: stemsOf(about)[0] ?? verb, weight: 0.7 },
      ...[...new Set(stemsOf(about))]
        .filter((word) => deeds.has(word) && !others.includes(word))
        .map((word) => ({ stem: word, weight: 0.5 })),
    ],
    about: new Set(contentStems(about)),
    params: paramsOf(tool),
  };
}

export function paramsOf({ parameters }: ToolManifest): readonly ParamWords[] {
  return fieldsOf(parameters);
}

/** The parameters of a tool, or the fields of a line item. */
export function fieldsOf(schema: JsonObject): readonly ParamWords[] {
  const required = Array.isArray(schema['required']) ? (schema['required'] as readonly Json[]) : [];
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  return Object.entries(properties).flatMap(([name, of]) =>
    isObject(of) ? [paramWords(name, of, required.includes(name))] : [],
  );
}

function paramWords(name: string, schema: JsonObject, required: boolean): ParamWords {
  const item = isObject(schema['items']) ? schema['items'] : null;
  const about = typeof schema['description'] === 'string' ? schema['description'] : '';
  return {
    name,
    required,
    label: stemsOf(name.replace(/_ids?$/, '')),
    schema,
    item,
    members: membersOf(enumOf(schema)),
    unit: /\bcents\b/.test(about) ? 'cents' : /\bIn minutes\b/.test(about) ? 'minutes' : null,
  };
}

/** The members that a value, or an item of a list, is one of. */
export function enumOf(schema: JsonObject): readonly string[] {
  const of = isObject(schema['items']) ? schema['items'] : schema;
  const members: readonly Json[] = Array.isArray(of['enum']) ? of['enum'] : [];
  return members.filter((member) => typeof member === 'string');
}

export function stemsOf(name: string): readonly string[] {
  return name
    .split(/[^\p{L}\p{N}]/u)
    .filter((word) => word !== '')
    .map((word) => stem(word.toLowerCase()));
}
