// A domain's own words, prepared once for reading: its tools, its slots, the members of its enums, the
// forms of its strings, and its rules. All from what is emitted.
import { isObject, type Json, type JsonObject } from '../../core/json.js';
import type { EmittedDomain, StateSchema, TableSchema } from '../../emit/emitted-domain.js';
import { aliasesOf } from './aliases.js';
import { membersOf, type Members } from './members.js';
import { inRole, otherNames } from './other-names.js';
import type { Phrases } from './phrase.js';
import { prepareRules, type Rule } from './rules.js';
import { singular } from './stem.js';
import {
  enumOf,
  fieldsOf,
  paramsOf,
  stemsOf,
  toolWords,
  type ParamWords,
  type ToolWords,
} from './tool-words.js';

/** What a listener needs of a domain. */
export type HeardDomain = Pick<EmittedDomain, 'manifest' | 'talkPolicies' | 'stateSchema'>;

/** A slot, and how it is named. */
export interface SlotWords {
  readonly slot: string;
  readonly words: readonly string[];
  readonly others: Phrases | null;
  /** A parameter or an attribute of the caller; other attributes are asked for in plainer words only. */
  readonly common: boolean;
}

interface EntityWords {
  readonly slot: string;
  readonly words: readonly string[];
  readonly prefix: string;
  /** The parameter that takes several of its rows. */
  readonly list: string | null;
}

/** An attribute that is yes or no, a count, or of an enum that knows a "none". */
interface PlainColumn {
  readonly kind: 'bool' | 'count' | 'enum';
  /** The member that means that there is none. */
  readonly none: string | null;
  readonly stems: readonly string[];
  /** As a wish names it: `Loan.renewals`. */
  readonly path: string;
}

export interface Lexicon {
  readonly tools: readonly ToolWords[];
  /** Longer names first, as of entities. */
  readonly slots: readonly SlotWords[];
  readonly entities: readonly EntityWords[];
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
  readonly members: Members;
  /** Forms of strings that are neither ids nor times. */
  readonly patterns: readonly RegExp[];
  /** Names of more than one word, of attributes, parameters and entities. */
  readonly labels: readonly (readonly string[])[];
  readonly plainColumns: readonly PlainColumn[];
  readonly rules: readonly Rule[];
  /** Stems of what all writes do. */
  readonly deeds: ReadonlySet<string>;
  /** Those by which tools are named. */
  readonly verbs: ReadonlySet<string>;
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
  const params = open.flatMap(paramsOf).flatMap(withFields);
  const schemas = [
    ...params.map(({ schema }) => schema),
    ...stateSchema.tables.flatMap(({ columns }) => columns.map(({ schema }) => schema)),
  ];
  const caller = stateSchema.tables.filter(({ entity }) => entity === stateSchema.caller);
  const others = stateSchema.tables.filter(({ entity }) => entity !== stateSchema.caller);
  return {
    tools,
    slots: slotsOf(params, attributesOf(caller), attributesOf(others)),
    entities: stateSchema.tables
      .map((table) => entityWords(table, params))
      .sort((left, right) => right.words.length - left.words.length),
    caller: snakeOf(stateSchema.caller),
    callerColumns: new Set(attributesOf(caller)),
    otherColumns: new Set(attributesOf(others)),
    owners: gather(
      stateSchema.tables.flatMap(({ entity, columns }) =>
        columns.flatMap(({ schema }) => enumOf(schema).map((member) => [member, snakeOf(entity)] as const)),
      ),
    ),
    aliases: aliasesOf(
      manifest,
      stateSchema,
      stateSchema.tables.map(({ entity }) => snakeOf(entity)),
    ),
    choices: gather(
      params.flatMap(({ name, schema }) => enumOf(schema).map((member) => [member, name] as const)),
    ),
    members: membersOf(schemas.flatMap(enumOf)),
    patterns: patternsOf(schemas),
    labels: labelsOf([
      ...params.map(({ name }) => name),
      ...stateSchema.tables.flatMap(({ entity, columns }) => [
        snakeOf(entity),
        ...columns.map(({ column }) => column),
      ]),
    ]),
    plainColumns: stateSchema.tables.flatMap(plainColumnsOf),
    rules: prepareRules(
      talkPolicies,
      schemas.map(enumOf).filter((members) => members.length > 1),
    ),
    deeds: new Set(tools.flatMap((tool) => tool.deeds.map(({ stem }) => stem))),
    verbs: new Set(tools.flatMap(({ words }) => words.slice(0, 1))),
  };
}

function snakeOf(entity: string): string {
  return entity.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase();
}

function attributesOf(tables: readonly TableSchema[]): readonly string[] {
  return tables.flatMap(({ columns }) =>
    columns.filter(({ role }) => role === 'value').map(({ column }) => column),
  );
}

function slotsOf(
  params: readonly ParamWords[],
  own: readonly string[],
  others: readonly string[],
): readonly SlotWords[] {
  const given = params.filter(
    ({ name, schema, item }) =>
      (item ?? schema)['x-entity'] === undefined && !isFilter(name, [...own, ...others]),
  );
  const common = new Set([...given.map(({ name }) => name), ...own]);
  const times = new Set(given.filter(({ schema }) => schema['format'] !== undefined).map(({ name }) => name));
  const named = [...new Set([...common, ...others])]
    .filter((slot) => !questionWords.has(slot))
    .map((slot) => ({
      slot,
      words: slot.split('_'),
      others: otherNames(slot, times.has(slot)),
      common: common.has(slot),
    }));
  return [...named, ...rolesOf(params)].sort(
    (left, right) => right.words.length - left.words.length || (left.slot < right.slot ? -1 : 1),
  );
}

/** Names that a question has for its own use. */
const questionWords = new Set(['what', 'which', 'when', 'where', 'who', 'how', 'why']);

/** `starts_from`, `amount_max` and `page` narrow a search; nobody is asked for them. */
function isFilter(name: string, columns: readonly string[]): boolean {
  const cut = /^(.{1,60})_(?:min|max|from|until|contains)$/.exec(name)?.[1];
  return name === 'page' || (cut !== undefined && columns.includes(cut));
}

/** Rows in a part of their own: `from_account_id` is "from which account". */
function rolesOf(params: readonly ParamWords[]): readonly SlotWords[] {
  const roles = params.flatMap(({ name, schema }) => {
    const entity = schema['x-entity'];
    const [first = '', ...rest] = name.replace(/_id$/, '').split('_');
    if (typeof entity !== 'string' || rest.join('_') !== snakeOf(entity)) return [];
    return [
      [name, { slot: name, words: [first, ...rest], others: inRole(first, rest), common: true }] as const,
    ];
  });
  return [...new Map(roles).values()];
}

/** A line item's fields can be asked for like parameters. */
function withFields(param: ParamWords): readonly ParamWords[] {
  return param.item?.['type'] === 'object' ? [param, ...fieldsOf(param.item)] : [param];
}

function entityWords({ entity, ids }: TableSchema, params: readonly ParamWords[]): EntityWords {
  const slot = snakeOf(entity);
  const list = params.find(({ item }) => item?.['x-entity'] === entity)?.name ?? null;
  return { slot, words: slot.split('_'), prefix: ids.prefix, list };
}

function plainColumnsOf({ entity, columns }: StateSchema['tables'][number]): readonly PlainColumn[] {
  return columns.flatMap(({ column, role, schema }) => {
    const types: readonly Json[] = Array.isArray(schema['type']) ? schema['type'] : [schema['type'] ?? null];
    const none = enumOf(schema).find((member) => /^none(?:_|$)/.test(member)) ?? null;
    const kind = types.includes('boolean') ? 'bool' : types.includes('integer') ? 'count' : 'enum';
    if (role !== 'value' || (kind === 'enum' && none === null)) return [];
    return [{ kind, none, stems: stemsOf(column), path: `${entity}.${column}` } as const];
  });
}

function labelsOf(names: readonly string[]): Lexicon['labels'] {
  return [...new Set(names)].map((name) => name.split('_')).filter((words) => words.length > 1);
}

function gather(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> {
  const lists = new Map<string, string[]>();
  for (const [key, value] of pairs) {
    const known = lists.get(key) ?? [];
    if (!known.includes(value)) lists.set(key, [...known, value]);
  }
  return lists;
}

function patternsOf(schemas: readonly JsonObject[]): readonly RegExp[] {
  const sources = schemas.flatMap((schema) => {
    const of = isObject(schema['items']) ? schema['items'] : schema;
    const { pattern, format } = of;
    return typeof pattern === 'string' && of['x-entity'] === undefined && format === undefined
      ? [pattern]
      : [];
  });
  return [...new Set(sources)].map((source) => new RegExp(source, 'u'));
}

/** Whether a word is another in the singular or the plural; a name in the plural stands for itself. */
export function isSameNoun(said: string, word: string): boolean {
  return said === word || (singular(word) === word && singular(said) === word);
}
