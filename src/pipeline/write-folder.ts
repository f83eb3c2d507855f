// A folder appears whole or not at all: everything is written under a temporary name, flushed, and
// then renamed. A directory cannot be replaced in one rename, so the earlier one steps aside first;
// a reader that finds only the one that stepped aside puts it back (recoverFolder).
import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Writes `files` (path → text) as the folder `path`, replacing what stood there. */
export async function writeFolder(path: string, files: ReadonlyMap<string, string>): Promise<void> {
  const parent = dirname(path);
  const next = join(parent, `.${basename(path)}.${process.pid}.tmp`);
  await mkdir(parent, { recursive: true });
  await recoverFolder(path);
  await rm(next, { recursive: true, force: true });
  try {
    for (const [name, text] of files) {
      const target = join(next, name);
      await mkdir(dirname(target), { recursive: true });
      await writeFlushed(target, text);
    }
    const previous = previousOf(path);
    await rm(previous, { recursive: true, force: true });
    if (existsSync(path)) await rename(path, previous);
    await rename(next, path);
    await rm(previous, { recursive: true, force: true });
  } finally {
    await rm(next, { recursive: true, force: true });
  }
}

/** Puts back a folder whose replacement was cut off between its two renames. */
export async function recoverFolder(path: string): Promise<void> {
  const previous = previousOf(path);
  if (!existsSync(path) && existsSync(previous)) await rename(previous, path);
}

/** Writes one file under a temporary name and renames it into place. */
export async function writeFileWhole(path: string, text: string): Promise<void> {
  const next = `${path}.${process.pid}.tmp`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFlushed(next, text);
    await rename(next, path);
  } finally {
    await rm(next, { force: true });
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
