// A folder appears whole or not at all: everything is written under a temporary name, flushed, and
// then renamed. A directory cannot be replaced in one rename, so the earlier one steps aside first;
// whoever finds only the one that stepped aside puts it back (recoverFolder).
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Writes `files` (path → text) as the folder `path`, replacing what stood there. */
export async function writeFolder(path: string, files: ReadonlyMap<string, string>): Promise<void> {
  const parent = dirname(path);
  const next = join(parent, `.${basename(path)}.${process.pid}.tmp`);
  await makeFolder(parent);
  await removeLeftovers(parent);
  await recoverFolder(path);
  try {
    for (const [name, text] of files) {
      const target = join(next, name);
      await makeFolder(dirname(target));
      await writeFlushed(target, text);
    }
    await swap(path, next);
  } finally {
    await rm(next, { recursive: true, force: true });
  }
}

/** Puts back a folder whose replacement was cut off between its two renames. */
export async function recoverFolder(path: string): Promise<void> {
  const previous = previousOf(path);
  if (!existsSync(path) && existsSync(previous)) await rename(previous, path);
}

/** Puts back every such folder that a folder of domains holds. */
export async function recoverInside(parent: string): Promise<void> {
  for (const name of readdirSync(parent)) {
    const [, cut] = /^\.(.+)\.previous$/.exec(name) ?? [];
    if (cut !== undefined) await recoverFolder(join(parent, cut));
  }
}

/** Writes one file under a temporary name and renames it into place. */
export async function writeFileWhole(path: string, text: string): Promise<void> {
  await makeFolder(dirname(path));
  // The file behind a link is what is replaced, not the link.
  const target = existsSync(path) ? await realpath(path) : path;
  const next = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  await removeLeftovers(dirname(target), basename(target));
  try {
    await writeFlushed(next, text);
    await rename(next, target);
  } finally {
    await rm(next, { force: true });
  }
}

/** Makes a folder and those above it. Node's own way never ends where a file system allows none. */
async function makeFolder(path: string): Promise<void> {
  if (existsSync(path)) return;
  await makeFolder(dirname(path));
  try {
    await mkdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Two programs may replace the same folder at once: the later one wins, and neither fails. */
async function swap(path: string, next: string): Promise<void> {
  const previous = previousOf(path);
  for (let attempt = 0; ; attempt++) {
    if (existsSync(path)) {
      await rm(previous, { recursive: true, force: true });
      await rename(path, previous);
    }
    try {
      await rename(next, path);
      break;
    } catch (error) {
      if (attempt === 3 || !existsSync(path)) {
        await recoverFolder(path);
        throw error;
      }
    }
  }
  await rm(previous, { recursive: true, force: true });
}

/** Removes what programs that were killed have left: temporary folders, or files of one name. */
async function removeLeftovers(parent: string, file?: string): Promise<void> {
  for (const entry of readdirSync(parent, { withFileTypes: true })) {
    const [, of, owner] = /^\.(.+)\.(\d+)\.tmp$/.exec(entry.name) ?? [];
    const ours = file === undefined ? entry.isDirectory() : of === file;
    if (owner !== undefined && ours && !isRunning(Number(owner))) {
      await rm(join(parent, entry.name), { recursive: true, force: true });
    }
  }
}

/** A process that is another user's counts as running. */
function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function previousOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.previous`);
}

async function writeFlushed(path: string, text: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
