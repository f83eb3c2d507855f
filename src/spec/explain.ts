// Why a value does not have the form that a JSON Schema asks for, in words a person can act on. Of
// a union only the branch that fits best is spoken of. Says as well which part can be left out so
// that the rest can still be checked.
import { isObject, type Json, type JsonObject } from '../core/json.js';
import { didYouMean, type Path } from './issues.js';
import { isReservedName } from './reserved.js';

/** One problem of form. `leaveOut` is the smallest optional part around it; empty for the whole. */
export interface FormProblem {
  readonly path: Path;
  readonly message: string;
  readonly hint?: string;
  readonly leaveOut: Path;
  /** The key that is missing in the mapping at `path`, where that is the problem. */
  readonly missing?: string;
  /** The value is of the right kind, and can still be checked for its meaning. */
  readonly readable?: true;
}

interface Place {
  readonly path: Path;
  readonly leaveOut: Path;
}

/** All problems of form, in the order of the schema. */
export function explainForm(root: JsonObject, value: unknown): readonly FormProblem[] {
  const problems: FormProblem[] = [];

  const add = (place: Place, message: string, hint?: string): void => {
    problems.push({ ...place, message, ...(hint === undefined ? {} : { hint }) });
  };

  const addReadable = (place: Place, message: string): void => {
    problems.push({ ...place, message, readable: true });
  };

  function explain(given: JsonObject, value: unknown, place: Place): void {
    const schema = resolve(given);
    const branches = list(schema['anyOf']);
    if (branches.length > 0) return explainUnion(flatten(branches), value, place);
    const type = schema['type'];
    if (typeof type === 'string' && !hasType(value, type))
      return add(place, `${shown(value)} where ${typeWords[type] ?? type} is expected`);
    if ('const' in schema && value !== schema['const'])
      return add(place, `${shown(value)} where ${shown(schema['const'])} is expected`);
    const members = schema['enum'];
    if (Array.isArray(members) && !members.includes(value))
      return addChoice(place, value, members.map(String));
    if (typeof value === 'string') explainString(schema, value, place);
    else if (typeof value === 'number') explainNumber(schema, value, place);
    else if (Array.isArray(value)) explainArray(schema, value, place);
    else if (isObject(value)) explainObject(schema, value, place);
  }

  function resolve(schema: JsonObject): JsonObject {
    const name = typeof schema['$ref'] === 'string' ? schema['$ref'].slice('#/$defs/'.length) : undefined;
    return name === undefined ? schema : object(object(root['$defs'])[name]);
  }

  function flatten(branches: readonly JsonObject[]): readonly JsonObject[] {
    return branches
      .map(resolve)
      .flatMap((branch) => ('anyOf' in branch ? flatten(list(branch['anyOf'])) : [branch]));
  }

  function addChoice(place: Place, value: unknown, choices: readonly string[]): void {
    const hint = typeof value === 'string' ? didYouMean(value, choices) : undefined;
    add(place, `${shown(value)} is not one of ${choices.join(', ')}`, hint);
  }

  function explainUnion(branches: readonly JsonObject[], value: unknown, place: Place): void {
    const typed = branches.filter((branch) => hasType(value, typeOf(branch)));
    const [first] = typed;
    if (first === undefined) {
      const types = [...new Set(branches.map((branch) => typeWords[typeOf(branch)] ?? 'something else'))];
      return add(place, `${shown(value)} where ${types.join(' or ')} is expected`);
    }
    if (!isObject(value)) return explain(first, value, place);
    for (const key of ['kind', 'type']) {
      // What tells the branches apart by its value: if that is wrong, nothing else can be judged.
      const telling = typed.map((branch) => object(object(branch['properties'])[key]));
      const choices = telling.flatMap((schema) =>
        'const' in schema ? [schema['const']] : (schema['enum'] ?? []),
      ) as Json[];
      if (!(key in value) || choices.length < 2 || choices.includes(value[key] ?? null)) continue;
      return addChoice({ ...place, path: [...place.path, key] }, value[key], choices.map(String));
    }
    const best = typed.reduce((left, right) => (fit(right, value) > fit(left, value) ? right : left), first);
    const needed = [...new Set(typed.map((branch) => names(branch['required'])[0] ?? ''))].filter(
      (key) => key !== '',
    );
    if (typed.length > 1 && !needed.some((key) => key in value)) {
      const open = typed.find((branch) => 'patternProperties' in branch);
      const hint = Object.entries(value)
        .filter(([, below]) => open === undefined || !isField(below))
        .map(([key]) => didYouMean(key, needed))
        .find((one) => one !== undefined);
      if (open !== undefined && hint === undefined) return explain(open, value, place);
      return add(place, `one of ${needed.join(', ')} is missing`, hint);
    }
    explain(best, value, place);
  }

  function explainObject(schema: JsonObject, value: JsonObject, place: Place): void {
    const properties = object(schema['properties']);
    const required = names(schema['required']);
    const patterns = Object.entries(object(schema['patternProperties']));
    for (const key of required) {
      if (!Object.hasOwn(value, key))
        problems.push({ ...place, message: `'${key}' is missing`, missing: key });
    }
    for (const [key, item] of Object.entries(value)) {
      const path = [...place.path, key];
      if (Object.hasOwn(properties, key)) {
        explain(object(properties[key]), item, {
          path,
          leaveOut: required.includes(key) ? place.leaveOut : path,
        });
        continue;
      }
      const pattern = patterns.find(([text]) => new RegExp(text, 'u').test(key));
      if (pattern !== undefined) explain(object(pattern[1]), item, { path, leaveOut: path });
      else if (patterns[0] !== undefined) {
        const [text, below] = patterns[0];
        const reserved = isReservedName(key);
        const message = `'${key}' is no good name: it ${reserved ?? patternWords(text)}`;
        if (reserved !== undefined) add({ path, leaveOut: path }, message);
        else {
          addReadable({ path, leaveOut: path }, message);
          explain(object(below), item, { path, leaveOut: path });
        }
      }
      if (patterns.length === 0 && schema['additionalProperties'] === false) {
        const known = Object.keys(properties);
        const hint = didYouMean(key, known);
        add({ path, leaveOut: path }, `unknown key '${key}'`, hint ?? `known here: ${known.join(', ')}`);
      }
    }
  }

  function explainArray(schema: JsonObject, value: readonly unknown[], place: Place): void {
    const { minItems, maxItems, items } = schema;
    if (Array.isArray(items)) {
      if (value.length !== items.length) {
        const form = typeof schema['description'] === 'string' ? `: ${schema['description']}` : '';
        return add(place, `${value.length} items where ${items.length} are expected${form}`);
      }
      for (const [index, item] of value.entries()) {
        explain(object(items[index]), item, { path: [...place.path, index], leaveOut: place.leaveOut });
      }
      return;
    }
    if (typeof minItems === 'number' && value.length < minItems)
      add(place, `at least ${minItems} items are expected`);
    if (typeof maxItems === 'number' && value.length > maxItems)
      addReadable(place, `at most ${maxItems} items are allowed`);
    if (schema['uniqueItems'] === true) {
      for (const [index, item] of value.entries()) {
        if (value.indexOf(item) < index)
          addReadable({ ...place, path: [...place.path, index] }, `${shown(item)} stands here twice`);
      }
    }
    if (!isObject(items)) return;
    for (const [index, item] of value.entries()) {
      const path = [...place.path, index];
      explain(items, item, { path, leaveOut: path });
    }
  }

  function explainString(schema: JsonObject, value: string, place: Place): void {
    const { minLength, maxLength, pattern } = schema;
    if (typeof minLength === 'number' && value.length < minLength) return addReadable(place, 'an empty text');
    // A text counts in characters, as ajv counts.
    const length = Array.from(value).length;
    if (typeof maxLength === 'number' && length > maxLength)
      return addReadable(place, `${length} characters where at most ${maxLength} are allowed`);
    if (typeof pattern === 'string' && !new RegExp(pattern, 'u').test(value))
      addReadable(place, `${shown(value)} is no good name: it ${patternWords(pattern)}`);
  }

  function explainNumber(schema: JsonObject, value: number, place: Place): void {
    const { minimum, maximum, exclusiveMinimum } = schema;
    if (typeof minimum === 'number' && value < minimum) addReadable(place, `${value} is below ${minimum}`);
    if (typeof maximum === 'number' && value > maximum) addReadable(place, `${value} is above ${maximum}`);
    if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum)
      addReadable(place, `${value} is not above ${exclusiveMinimum}`);
  }

  explain(root, value, { path: [], leaveOut: [] });
  return problems;
}

// How well an object fits a branch, judged by its keys and by the values that tell branches apart.
function fit(branch: JsonObject, value: JsonObject): number {
  const properties = object(branch['properties']);
  const required = names(branch['required']);
  let score = required.filter((key) => key in value).length * 10 - required.length;
  for (const [key, item] of Object.entries(value)) {
    const schema = object(properties[key]);
    const choices = 'const' in schema ? [schema['const']] : schema['enum'];
    if (!Object.hasOwn(properties, key)) score -= 1;
    else if (Array.isArray(choices)) score += choices.includes(item) ? 100 : -100;
    else score += 1;
  }
  return score;
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
  array: 'a list',
  object: 'a mapping',
};

function hasType(value: unknown, type: string): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value);
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  return typeof value === type;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  const text = String(value);
  const short = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  return typeof value === 'string' ? `'${short}'` : short;
}

/** Whether it can stand for a field of a line item, whatever that is called. */
function isField(value: Json | undefined): boolean {
  return isObject(value) || (typeof value === 'string' && /^[A-Z][A-Za-z0-9]*$/.test(value));
}

function patternWords(pattern: string): string {
  if (pattern.includes('\\.')) return 'is written as Entity.attribute';
  if (pattern.includes('(-')) return 'is written in lower case, words joined by dashes';
  if (pattern.startsWith('^[a-z]') || pattern.startsWith('^(?!'))
    return 'is written in lower case, words joined by _, beginning with a letter';
  if (pattern.includes('_')) return 'is written in capitals, words joined by _';
  return 'begins with a capital letter, and has letters and digits only';
}

function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function list(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly JsonObject[]) : [];
}

function names(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

function typeOf(schema: JsonObject): string {
  return typeof schema['type'] === 'string' ? schema['type'] : '';
}
