// What was changed in a generated folder since it was generated. index.json lists the hash of every
// file and of itself, so that neither an edit nor a line taken from the list goes unnoticed.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { formats } from '../core/format.js';
import { hashJson, hashText } from '../core/hash.js';
import { isObject, type Json, type JsonObject } from '../core/json.js';
import type { Issue } from '../core/result.js';

const modules = ['state', 'tables', 'tools', 'guards'] as const;
const indexName = 'index.json';

/** Every file of a generated folder but index.json. */
const fileNames: readonly string[] = [
  'spec.json',
  ...modules.map((name) => `${name}.ts`),
  ...modules.map((name) => `guest/${name}.js`),
  'domain.json',
  'manifest.json',
  'policy.md',
  'graph.json',
  'state.json',
  'procedures.jsonl',
  'report.json',
  'report.md',
  'tasks.jsonl',
];

/** The modules of a folder's code; only a domain with decision tables has one for them. */
export function modulesIn(index: JsonObject): readonly string[] {
  const files = isObject(index['files']) ? index['files'] : {};
  return modules.filter((name) => name !== 'tables' || Object.hasOwn(files, 'tables.ts'));
}

/** A file by its name inside the folder; undefined where there is none. */
export type ReadFile = (name: string) => string | undefined;

/** index.json: what the folder holds, and the hash of all that it says. */
export function sealIndex(index: object): object {
  return { ...index, hash: hashJson(index) };
}

/** The files that differ from what index.json says, itself among them. Missing files are no edits. */
export function findEdits(index: JsonObject, read: ReadFile): readonly string[] {
  const { hash, ...rest } = index;
  const files = isObject(index['files']) ? index['files'] : {};
  const edited = fileNames.filter((name) => {
    const text = read(name);
    return text !== undefined && hashText(text) !== files[name];
  });
  return hash === hashJson(rest) ? edited : [indexName, ...edited];
}

export function readFilesOf(path: string): ReadFile {
  return (name) => {
    const file = join(path, name);
    return existsSync(file) && statSync(file).isFile() ? readFileSync(file, 'utf8') : undefined;
  };
}

/**
 * Why the folder at a path must not be replaced: it is none of ours, or (unless `force`) somebody has
 * worked in it. Nothing where there is no folder, or an empty one, or one as it was generated.
 */
export function findLosses(path: string, force: boolean): readonly Issue[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [{ path, message: 'is in the way: it is a file, not a folder' }];
  const there = listFiles(path, '');
  if (there.length === 0) return [];
  const read = readFilesOf(path);
  const index = parseIndex(read(indexName));
  if (index === null) {
    return [{ path, message: 'is in the way: it holds files, and is no generated folder' }];
  }
  if (force) return [];
  const known = new Set([indexName, ...fileNames]);
  const hint = 'use --force to replace it all the same';
  return [
    ...findEdits(index, read).map((name) => ({
      path: join(path, name),
      message: 'was changed since it was generated',
      hint,
    })),
    ...there
      .filter((name) => !known.has(name))
      .map((name) => ({ path: join(path, name), message: 'was added by hand', hint })),
  ];
}

function parseIndex(text: string | undefined): JsonObject | null {
  const ours = formats.index.split('/')[0] ?? '';
  if (text === undefined) return null;
  try {
    const index = JSON.parse(text) as Json;
    const format = isObject(index) ? index['format'] : undefined;
    return isObject(index) && typeof format === 'string' && format.startsWith(`${ours}/`) ? index : null;
  } catch {
    return null;
  }
}

/** Files below a folder by their paths inside it; what begins with a dot is the system's own. */
function listFiles(path: string, inside: string): readonly string[] {
  return readdirSync(join(path, inside), { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .flatMap((entry) => {
      const name = inside === '' ? entry.name : `${inside}/${entry.name}`;
      return entry.isDirectory() ? listFiles(path, name) : [name];
    });
}
