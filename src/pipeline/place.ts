// Whether a place can be written to, asked before the work and not after it.
import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { formats, type FormatName } from '../core/format.js';
import { isObject, type Json } from '../core/json.js';
import type { Issue } from '../core/result.js';
import { rejectedPath } from './find-folders.js';
import { findLosses } from './edits.js';

/** Why a domain's folder must not go below `out`; throws the system's error where it cannot be written. */
export function checkFolderPlace(out: string, id: string, force: boolean): readonly Issue[] {
  const blocked = checkWritable(out);
  if (blocked.length > 0) return blocked;
  const path = join(out, id);
  return [...findLosses(path, force), ...findLosses(rejectedPath(path), true)];
}

/** Why a file of a format must not be written there: only a file of the same format is replaced. */
export function checkFilePlace(path: string, format: FormatName): readonly Issue[] {
  if (!existsSync(path)) return checkWritable(dirname(resolve(path)));
  const found = statSync(path);
  if (found.isDirectory()) return [{ path, message: 'is in the way: it is a folder, not a file' }];
  if (!found.isFile()) return [{ path, message: 'is no ordinary file' }];
  if (found.size > 0 && !startsAs(path, format)) {
    return [{ path, message: `is in the way: it is not '${formats[format]}', and would be lost` }];
  }
  return checkWritable(dirname(resolve(path)));
}

/** The nearest folder above that is there must be a folder, and writable. */
function checkWritable(folder: string): readonly Issue[] {
  let path = resolve(folder);
  while (!existsSync(path)) path = dirname(path);
  if (!statSync(path).isDirectory()) return [{ path, message: 'is in the way: it is a file, not a folder' }];
  accessSync(path, constants.W_OK);
  return [];
}

/** Whether the first line is a header of the format, in any version. */
function startsAs(path: string, format: FormatName): boolean {
  const head = Buffer.alloc(64 * 1024);
  const file = openSync(path, 'r');
  const length = readSync(file, head, 0, head.length, 0);
  closeSync(file);
  const [line = ''] = head.toString('utf8', 0, length).split('\n');
  try {
    const header = JSON.parse(line) as Json;
    const found = isObject(header) ? header['format'] : undefined;
    return typeof found === 'string' && found.split('/')[0] === formats[format].split('/')[0];
  } catch {
    return false;
  }
}
