// Exit codes: 0 done, 1 what was checked did not hold, 2 bad input, 3 the machine failed (or a bug
// of ours), 130 interrupted. Each problem is one line on standard error; never a stack trace.
import { CommanderError } from 'commander';
import { BadInput, Bug } from '../core/errors.js';
import { formatIssue } from '../core/result.js';

/** What was checked did not hold; the verb has already said so. */
export class DidNotHold extends Error {
  override readonly name = 'DidNotHold';
}

/** Problems told one by one; a broken file can have thousands. */
const mostShown = 100;

/** Faults of input paths, as the system names them. */
const inputFaults = new Set(['ENOENT', 'EISDIR', 'ENOTDIR']);

interface Exit {
  readonly code: 0 | 1 | 2 | 3 | 130;
  readonly lines: readonly string[];
}

export function exitFor(error: unknown, interrupted: boolean): Exit {
  if (interrupted) return { code: 130, lines: ['interrupted; nothing is half-written'] };
  if (error instanceof DidNotHold) return { code: 1, lines: [] };
  if (error instanceof BadInput) {
    const lines = error.issues.map((issue) => formatIssue(issue, error.source));
    const more = lines.length - mostShown;
    return { code: 2, lines: more > 1 ? [...lines.slice(0, mostShown), `… and ${more} more`] : lines };
  }
  if (error instanceof CommanderError) return { code: error.exitCode === 0 ? 0 : 2, lines: [] };
  if (isSystemError(error)) {
    const path = error.path === undefined ? '' : `${error.path}: `;
    if (inputFaults.has(error.code)) return { code: 2, lines: [`${path}${explain(error.code)}`] };
    return { code: 3, lines: [`${path}${explain(error.code)}`] };
  }
  const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  const kind = error instanceof Bug ? 'bug' : 'unexpected';
  const stack =
    process.env['TOOLGROVE_DEBUG'] !== undefined && error instanceof Error ? [error.stack ?? ''] : [];
  return { code: 3, lines: [`${kind}: ${message} (set TOOLGROVE_DEBUG=1 to see where)`, ...stack] };
}

function isSystemError(error: unknown): error is Error & { code: string; path?: string } {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^E[A-Z]+$/.test(error.code)
  );
}

function explain(code: string): string {
  const known: Record<string, string> = {
    ENOENT: 'no such file or folder',
    EISDIR: 'is a folder, not a file',
    ENOTDIR: 'is a file, not a folder',
    ENOSPC: 'the disk is full',
    EACCES: 'permission denied',
    EROFS: 'the file system is read-only',
    EMFILE: 'too many open files',
    ENOMEM: 'out of memory',
  };
  return known[code] ?? `the machine said ${code}`;
}
