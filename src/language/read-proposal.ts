// A proposal in free text: which write it names, and the arguments it gives. Every form that
// realise.ts writes reads back to the same call; looser wordings read where they are unambiguous.
import { isObject, type Json, type JsonObject } from '../core/json.js';
import type { ToolManifest } from '../emit/emitted-domain.js';
import type { Call } from '../policy/talk.js';
import { nameWords } from './format-value.js';
import { readValues, wordsPattern } from './read-values.js';

const value = String.raw`(?:“[^”]*”|[\w:-]+)`;

/** The call that a sentence proposes, or null when no write or not all it requires can be read. */
export function readProposal(text: string, manifest: readonly ToolManifest[]): Call | null {
  const exact = (tool: ToolManifest): number => (wordsPattern(nameWords(tool.name)).test(text) ? 1 : 0);
  // A name said word for word comes before one that only its stems suggest; then the longer one.
  const named = manifest
    .filter((tool) => tool.effect === 'write' && namesTool(text, tool.name))
    .sort((left, right) => exact(right) - exact(left) || right.name.length - left.name.length);
  for (const tool of named) {
    const args = readArguments(text, tool.parameters);
    if (args !== null) return { tool: tool.name, args };
  }
  return null;
}

/** Whether every word of the tool's name stands in the text, whatever its ending. */
function namesTool(text: string, name: string): boolean {
  return name.split('_').every((word) => {
    const stem = word.length > 4 ? word.slice(0, -1) : word;
    return new RegExp(String.raw`(?<![\p{L}\p{N}])${stem}`, 'iu').test(text);
  });
}

/** All that is required, and what else is there; null when something required is not. */
function readArguments(text: string, of: JsonObject, loose = true): JsonObject | null {
  const { properties, required } = of;
  const args: Record<string, Json> = {};
  const schemas = Object.entries(isObject(properties) ? properties : {});
  // What stands in a line item is no argument by itself.
  const hasLines = schemas.some(([, schema]) => isLines(schema));
  const rest = hasLines ? text.replaceAll(new RegExp(lineText, 'gu'), ' ') : text;
  for (const [param, schema] of schemas) {
    if (!isObject(schema)) continue;
    const read = isLines(schema)
      ? readLines(text, param, schema)
      : (readNamed(rest, param, schema) ?? (loose ? readLoose(rest, schema) : undefined));
    if (read !== undefined) args[param] = read;
    else if (Array.isArray(required) && required.includes(param)) return null;
  }
  return args;
}

/** `loan id LN-48213` or `copy ids CO-10001 and CO-10002`: the parameter's words, then its value. */
function readNamed(text: string, param: string, schema: JsonObject): Json | undefined {
  const words = nameWords(param).replaceAll(' ', String.raw`\s+`);
  const pattern = new RegExp(String.raw`(?:,|\bwith)\s+${words}\s+(${value}(?:\s+and\s+${value})*)`, 'iu');
  const written = pattern.exec(text)?.[1];
  if (written === undefined) return undefined;
  const items = [...written.matchAll(new RegExp(value, 'gu'))].map(([item]) => item.replace(/^“|”$/gu, ''));
  if (schema['type'] === 'array') {
    const of = isObject(schema['items']) ? schema['items'] : {};
    const read = items.filter((item) => item !== 'and').map((item) => convert(item, of));
    return read.every((item) => item !== undefined) ? read : undefined;
  }
  return convert(items[0] ?? '', schema);
}

const lineText = String.raw`\([^()]*\)`;

function isLines(schema: Json): boolean {
  return isObject(schema) && isObject(schema['items']) && schema['items']['type'] === 'object';
}

/** `lines (model id MO-48213, quantity 2) and (model id MO-10002, quantity 1)`. */
function readLines(text: string, param: string, schema: JsonObject): Json | undefined {
  const words = nameWords(param).replaceAll(' ', String.raw`\s+`);
  const pattern = new RegExp(
    String.raw`(?:,|\bwith)\s+${words}\s+(${lineText}(?:\s+and\s+${lineText})*)`,
    'iu',
  );
  const written = pattern.exec(text)?.[1];
  const of = isObject(schema['items']) ? schema['items'] : {};
  const found = written?.match(new RegExp(lineText, 'gu')) ?? [];
  const lines = found.map((line) => readLine(line.slice(1, -1), of));
  return lines.length > 0 && lines.every((line) => line !== null) ? lines : undefined;
}

/** The fields of a line; null where one of its parts says nothing that is known. */
function readLine(text: string, of: JsonObject): JsonObject | null {
  const line = readArguments(`with ${text}`, of, false);
  const parts = text.match(/(?:“[^”]*”|[^,“])+/gu) ?? [];
  return line === null || Object.keys(line).length < parts.length ? null : line;
}

/** The only thing in the text that the parameter can mean; undefined when there is none or a choice. */
function readLoose(text: string, schema: JsonObject): Json | undefined {
  const members = schema['enum'];
  if (Array.isArray(members)) {
    const named = members.filter((member) => wordsPattern(String(member).replaceAll('_', ' ')).test(text));
    return named.length === 1 ? named[0] : undefined;
  }
  if (schema['type'] === 'array') {
    const of = isObject(schema['items']) ? schema['items'] : {};
    const items = fitting(text, of);
    return items.length > 0 ? items : undefined;
  }
  const fits = fitting(text, schema);
  return fits.length === 1 ? fits[0] : undefined;
}

function fitting(text: string, schema: JsonObject): Json[] {
  const found = readValues(text).map(({ value }) => value);
  return [...new Set(found)].filter((value) => typeof value !== 'boolean' && fits(value, schema));
}

function convert(text: string, schema: JsonObject): Json | undefined {
  if (schema['type'] === 'boolean') return /^(true|yes)$/i.test(text);
  const value = schema['type'] === 'integer' || schema['type'] === 'number' ? Number(text) : text;
  return fits(value, schema) ? value : undefined;
}

function fits(value: Json, schema: JsonObject): boolean {
  if (Array.isArray(schema['enum'])) return schema['enum'].includes(value);
  if (schema['type'] === 'integer') return Number.isInteger(value);
  if (schema['type'] === 'number') return typeof value === 'number' && Number.isFinite(value);
  if (schema['type'] === 'boolean') return typeof value === 'boolean';
  if (typeof value !== 'string') return false;
  const pattern = schema['pattern'];
  return typeof pattern === 'string' ? new RegExp(pattern, 'u').test(value) : true;
}
