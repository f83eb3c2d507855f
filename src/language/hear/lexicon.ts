// A domain's own words, prepared once for reading: its tools with their parameters, its slots, the
// members of its enums, the forms of its strings, and its rules. All from what is emitted.
import { isObject, type Json, type JsonObject } from '../../core/json.js';
import type { EmittedDomain, StateSchema, TableSchema, ToolManifest } from '../../emit/emitted-domain.js';
import { aliasesOf } from './aliases.js';
import { deeds } from './deeds.js';
import { contentStems, prepareRules, type Rule } from './rules.js';
import type { ValueWords } from './spans.js';
import { stem } from './stem.js';

/** What a listener needs of a domain. */
export type HeardDomain = Pick<EmittedDomain, 'manifest' | 'talkPolicies' | 'stateSchema'>;

/** What can be given for a parameter, and by which words. */
export interface ParamWords {
  readonly name: string;
  readonly required: boolean;
  /** Stems of its name, without "id". */
  readonly label: readonly string[];
  readonly schema: JsonObject;
  /** Of a list, of its items. */
  readonly item: JsonObject | null;
  /** Members of its enum, by their letters. */
  readonly members: ReadonlyMap<string, string>;
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

/** A slot, and the words of its name. */
export interface SlotWords {
  readonly slot: string;
  readonly words: readonly string[];
  /** A parameter or an attribute of the caller; other attributes are asked for in plainer words only. */
  readonly common: boolean;
}

export interface EntityWords {
  readonly slot: string;
  readonly words: readonly string[];
  readonly prefix: string;
}

/** An attribute that is yes or no, a count, or of an enum that knows a "none". */
export interface PlainColumn {
  readonly kind: 'bool' | 'count' | 'enum';
  /** The member that means that there is none. */
  readonly none: string | null;
  readonly stems: readonly string[];
  /** As a wish names it: `Loan.renewals`. */
  readonly path: string;
}

export interface Lexicon extends ValueWords {
  readonly tools: readonly ToolWords[];
  /** What a caller can be asked for by its name, longer names first. */
  readonly slots: readonly SlotWords[];
  readonly entities: readonly EntityWords[];
  /** Parameters that take several rows. */
  readonly lists: readonly { readonly name: string; readonly entity: string; readonly plural: string }[];
  /** The snake name of the caller's entity. */
  readonly caller: string;
  readonly callerColumns: ReadonlySet<string>;
  /** Names of attributes that rows other than the caller have. */
  readonly otherColumns: ReadonlySet<string>;
  /** Names of the entities by the members of their enums. */
  readonly owners: ReadonlyMap<string, readonly string[]>;
  /** The entity that a noun of the descriptions stands for: a charge is a fine. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Parameters by each member of their enums. */
  readonly choices: ReadonlyMap<string, readonly string[]>;
  readonly rules: readonly Rule[];
  readonly plainColumns: readonly PlainColumn[];
  /** Stems of what all writes do. */
  readonly deeds: ReadonlySet<string>;
}

const prepared = new WeakMap<HeardDomain['manifest'], Lexicon>();

export function lexiconOf(domain: HeardDomain): Lexicon {
  const known = prepared.get(domain.manifest);
  if (known !== undefined) return known;
  const made = prepareLexicon(domain);
  prepared.set(domain.manifest, made);
  return made;
}

function prepareLexicon({ manifest, stateSchema, talkPolicies }: HeardDomain): Lexicon {
  const open = manifest.filter(({ effect }) => effect !== 'control');
  const tools = open.filter(({ effect }) => effect === 'write').map(toolWords);
  const params = open.flatMap((tool) => paramsOf(tool));
  const caller = stateSchema.tables.find(({ entity }) => entity === stateSchema.caller);
  const columns = stateSchema.tables.flatMap((table) =>
    table.columns.filter(({ role }) => role === 'value').map(({ column }) => ({ column, own: table === caller })),
  );
  return {
    tools,
    slots: slotsOf(params, columns),
    entities: stateSchema.tables.map(({ entity, ids }) => ({
      slot: snakeOf(entity),
      words: wordsOf(snakeOf(entity)),
      prefix: ids.prefix,
    })),
    lists: listsOf(params),
    caller: snakeOf(stateSchema.caller),
    callerColumns: new Set(columns.filter(({ own }) => own).map(({ column }) => column)),
    otherColumns: new Set(columns.filter(({ own }) => !own).map(({ column }) => column)),
    owners: ownersOf(stateSchema),
    aliases: aliasesOf(manifest, stateSchema),
    choices: choicesOf(params),
    members: membersOf([...params.map(({ schema }) => schema), ...schemasOf(stateSchema)]),
    patterns: patternsOf([...params.map(({ schema }) => schema), ...schemasOf(stateSchema)]),
    rules: prepareRules(talkPolicies),
    plainColumns: stateSchema.tables.flatMap(plainColumnsOf),
    deeds: new Set(tools.map(({ words }) => words[0] ?? '')),
  };
}

function plainColumnsOf({ entity, columns }: TableSchema): readonly PlainColumn[] {
  return columns.flatMap(({ column, role, schema }) => {
    const types: readonly Json[] = Array.isArray(schema['type']) ? schema['type'] : [schema['type'] ?? null];
    const none = enumOf(schema).find((member) => /^no(?:ne)?(?:_|$)/.test(member)) ?? null;
    const kind = types.includes('boolean') ? 'bool' : types.includes('integer') ? 'count' : 'enum';
    if (role !== 'value' || (kind === 'enum' && none === null)) return [];
    return [{ kind, none, stems: stemsOf(column), path: `${entity}.${column}` } as const];
  });
}

export function snakeOf(entity: string): string {
  return entity.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase();
}

export function stemsOf(name: string): readonly string[] {
  return name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '').map((word) => stem(word.toLowerCase()));
}

/** The letters and digits of a name, by which its words are found however they are divided. */
export function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function toolWords(tool: ToolManifest): ToolWords {
  const about = tool.description.replace(/ Can refuse with .{0,400}$/, '');
  const [verb = '', ...others] = stemsOf(tool.name);
  return {
    name: tool.name,
    words: [verb, ...others],
    deeds: [
      { stem: verb, weight: 1 },
      ...others.filter((word) => deeds.has(word)).map((word) => ({ stem: word, weight: 0.9 })),
      { stem: stemsOf(about)[0] ?? verb, weight: 0.7 },
    ],
    about: new Set(contentStems(about)),
    params: paramsOf(tool),
  };
}

function paramsOf({ parameters }: ToolManifest): readonly ParamWords[] {
  const required = Array.isArray(parameters['required']) ? (parameters['required'] as readonly Json[]) : [];
  return Object.entries(propertiesOf(parameters)).map(([name, schema]) =>
    paramWords(name, schema, required.includes(name)),
  );
}

export function paramWords(name: string, schema: JsonObject, required: boolean): ParamWords {
  const item = isObject(schema['items']) ? schema['items'] : null;
  const about = String(schema['description'] ?? '');
  return {
    name,
    required,
    label: stemsOf(name.replace(/_ids?$/, '')),
    schema,
    item,
    members: membersOf([item ?? schema]),
    unit: /\bcents\b/.test(about) ? 'cents' : /\bIn minutes\b/.test(about) ? 'minutes' : null,
  };
}

export function propertiesOf(schema: JsonObject): Readonly<Record<string, JsonObject>> {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, of]) => (isObject(of) ? [[name, of] as const] : [])),
  );
}

function slotsOf(
  params: readonly ParamWords[],
  columns: readonly { readonly column: string; readonly own: boolean }[],
): readonly SlotWords[] {
  const named = params.filter(({ schema, item }) => (item ?? schema)['x-entity'] === undefined).map(({ name }) => name);
  const common = new Set([...named, ...columns.filter(({ own }) => own).map(({ column }) => column)]);
  return [...new Set([...common, ...columns.map(({ column }) => column)])]
    .map((slot) => ({ slot, words: wordsOf(slot), common: common.has(slot) }))
    .sort((left, right) => right.words.length - left.words.length || (left.slot < right.slot ? -1 : 1));
}

/** The words of a name. */
export function wordsOf(name: string): readonly string[] {
  return name.split('_').filter((word) => word !== '');
}

function schemasOf(schema: StateSchema): readonly JsonObject[] {
  return schema.tables.flatMap(({ columns }) => columns.map((column) => column.schema));
}

function enumOf(schema: JsonObject): readonly string[] {
  const of = isObject(schema['items']) ? schema['items'] : schema;
  const members: readonly Json[] = Array.isArray(of['enum']) ? of['enum'] : [];
  return members.filter((member) => typeof member === 'string');
}

function membersOf(schemas: readonly JsonObject[]): ReadonlyMap<string, string> {
  return new Map(schemas.flatMap(enumOf).map((member) => [lettersOf(member), member]));
}

/** `parcel_ids` takes parcels. */
function listsOf(params: readonly ParamWords[]): Lexicon['lists'] {
  const lists = params.flatMap(({ name, item }) => {
    const entity = item?.['x-entity'];
    if (typeof entity !== 'string') return [];
    return [[name, { name, entity: snakeOf(entity), plural: `${name.replace(/_ids$/, '')}s` }] as const];
  });
  return [...new Map(lists).values()];
}

function ownersOf({ tables }: StateSchema): ReadonlyMap<string, readonly string[]> {
  const owners = new Map<string, string[]>();
  for (const { entity, columns } of tables) {
    for (const member of columns.flatMap(({ schema }) => enumOf(schema))) {
      owners.set(member, [...(owners.get(member) ?? []), snakeOf(entity)]);
    }
  }
  return owners;
}

function choicesOf(params: readonly ParamWords[]): ReadonlyMap<string, readonly string[]> {
  const choices = new Map<string, string[]>();
  for (const { name, schema } of params) {
    for (const member of enumOf(schema)) {
      const known = choices.get(member) ?? [];
      if (!known.includes(name)) choices.set(member, [...known, name]);
    }
  }
  return choices;
}

/** Forms of strings that are neither ids nor times. */
function patternsOf(schemas: readonly JsonObject[]): readonly RegExp[] {
  const sources = schemas.flatMap((schema) => {
    const of = isObject(schema['items']) ? schema['items'] : schema;
    const { pattern, format } = of;
    return typeof pattern === 'string' && of['x-entity'] === undefined && format === undefined ? [pattern] : [];
  });
  return [...new Set(sources)].map((source) => new RegExp(source, 'u'));
}
