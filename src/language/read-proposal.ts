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
    const args = readArguments(text, tool);
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

function readArguments(text: string, tool: ToolManifest): JsonObject | null {
  const properties = tool.parameters['properties'];
  const required = tool.parameters['required'];
  const args: Record<string, Json> = {};
  for (const [param, schema] of Object.entries(isObject(properties) ? properties : {})) {
    if (!isObject(schema)) continue;
    const read = readNamed(text, param, schema) ?? readLoose(text, schema);
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
  if (typeof value !== 'string') return false;
  const pattern = schema['pattern'];
  return typeof pattern === 'string' ? new RegExp(pattern, 'u').test(value) : true;
}
