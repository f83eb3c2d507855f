// Where a verb takes a domain's folder it takes several, and also a folder of domains.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { BadInput } from '../core/errors.js';
import type { Issue } from '../core/result.js';
import { checkLoads } from './loads.js';
import { readFilesOf } from './edits.js';
import { readFolderFiles, type ReadDomainFolder } from './read-folder.js';
import { recoverFolder, recoverInside } from './write-folder.js';

/** A domain's folder as read, and where it stands. */
export type PlacedFolder = ReadDomainFolder & { readonly path: string };

const rejectedEnding = '.rejected';

/** The folder that a rejected domain is written to, beside where an admitted one would stand. */
export function rejectedPath(path: string): string {
  return `${path}${rejectedEnding}`;
}

/** The domain folders that the paths name, in the order given; throws BadInput with a line for each that is none. */
export async function findDomainFolders(paths: readonly string[]): Promise<readonly string[]> {
  const issues: Issue[] = [];
  const found: string[] = [];
  for (const path of paths) {
    await recoverFolder(path);
    if (existsSync(join(path, 'index.json'))) {
      found.push(path);
      continue;
    }
    if (!existsSync(path)) {
      issues.push({ path, message: 'no such folder' });
      continue;
    }
    if (!statSync(path).isDirectory()) {
      issues.push({ path, message: 'is not a folder' });
      continue;
    }
    await recoverInside(path);
    const inside = readdirSync(path)
      .filter((name) => !name.startsWith('.') && !name.endsWith(rejectedEnding))
      .sort()
      .map((name) => join(path, name))
      .filter((folder) => existsSync(join(folder, 'index.json')));
    if (inside.length === 0) issues.push({ path, message: 'holds no generated domain (no index.json)' });
    found.push(...inside);
  }
  if (issues.length > 0) throw new BadInput(issues);
  return [...new Set(found)];
}

/** Reads the folders; throws BadInput with every problem of every folder. */
export async function readDomainFolders(
  paths: readonly string[],
  force: boolean,
): Promise<readonly PlacedFolder[]> {
  const issues: Issue[] = [];
  const folders: PlacedFolder[] = [];
  for (const path of await findDomainFolders(paths)) {
    const folder = readFolderFiles(readFilesOf(path), force);
    if (!folder.ok) {
      issues.push(...folder.error.map((issue) => ({ ...issue, path: join(path, issue.path) })));
      continue;
    }
    const { emitted, state, edited } = folder.value;
    const problem = edited.length === 0 ? null : await checkLoads(emitted, state);
    if (problem === null) folders.push({ ...folder.value, path });
    else issues.push({ path, message: problem });
  }
  const ids = new Map<string, string>();
  for (const { path, emitted } of folders) {
    const other = ids.get(emitted.hash);
    if (other !== undefined)
      issues.push({ path, message: `is the same domain as ${other} (${basename(other)})` });
    ids.set(emitted.hash, path);
  }
  if (issues.length > 0) throw new BadInput(issues);
  return folders;
}
