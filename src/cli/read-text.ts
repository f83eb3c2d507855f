// A file that a user named, as text. What is wrong with it is one line.
import { readFileSync, statSync } from 'node:fs';
import { BadInput } from '../core/errors.js';

/** Errors of Node for a file that no string can hold. */
const tooLarge = new Set(['ERR_FS_FILE_TOO_LARGE', 'ERR_STRING_TOO_LONG', 'ERR_OUT_OF_RANGE']);

/** Reads a file or a pipe; throws BadInput where the path names none, or what is in it is no text. */
export function readText(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw bad(path, 'no such file');
  if (found.isDirectory()) throw bad(path, 'is a folder, not a file');
  if (!found.isFile() && !found.isFIFO()) throw bad(path, 'is no file');
  const text = readWhole(path);
  if (text.includes('\0')) throw bad(path, 'is not text');
  return text;
}

function readWhole(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (typeof code === 'string' && tooLarge.has(code)) throw bad(path, 'is too large');
    throw error;
  }
}

function bad(path: string, message: string): BadInput {
  return new BadInput([{ path, message }]);
}
