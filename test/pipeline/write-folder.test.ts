// A folder appears whole or not at all, whatever happened to the program before.
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findDomainFolders } from '../../src/pipeline/find-folders.js';
import { checkFilePlace } from '../../src/pipeline/place.js';
import { recoverFolder, writeFileWhole, writeFolder } from '../../src/pipeline/write-folder.js';
import { temporaryFolder } from '../cli/toolgrove.js';

const files = (text: string): ReadonlyMap<string, string> =>
  new Map([
    ['index.json', text],
    ['inside/a.txt', text],
  ]);
const killed = 2 ** 22 + 1; // above the largest process number of Linux

function folderWith(...names: readonly string[]): string {
  const folder = temporaryFolder();
  for (const name of names) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'index.json'), `of ${name}`);
  }
  return folder;
}
const indexOf = (folder: string, name = 'x'): string =>
  readFileSync(join(folder, name, 'index.json'), 'utf8');

describe('writing a folder', () => {
  it('replaces the earlier one, and nothing of it stays', async () => {
    const folder = folderWith('x');
    writeFileSync(join(folder, 'x', 'old.txt'), 'old');
    await writeFolder(join(folder, 'x'), files('new'));
    expect(readdirSync(folder)).toEqual(['x']);
    expect(new Set(readdirSync(join(folder, 'x'), { recursive: true, encoding: 'utf8' }))).toEqual(
      new Set(['index.json', 'inside', 'inside/a.txt']),
    );
  });

  it('leaves the earlier one where a file cannot be written', async () => {
    const folder = folderWith('x');
    const impossible = new Map([...files('new'), ['index.json/below', 'a file is no folder']]);
    await expect(writeFolder(join(folder, 'x'), impossible)).rejects.toThrow(/ENOTDIR|EEXIST/);
    expect(readdirSync(folder)).toEqual(['x']);
    expect(indexOf(folder)).toBe('of x');
  });

  it('puts back what a program killed between the two renames has set aside', async () => {
    const folder = folderWith('.x.previous', '.y.previous', 'y', `.x.${killed}.tmp`);
    await recoverFolder(join(folder, 'x'));
    await recoverFolder(join(folder, 'y'));
    expect(indexOf(folder)).toBe('of .x.previous');
    expect(indexOf(folder, 'y')).toBe('of y');
  });

  it('is recovered for whoever reads a folder of domains', async () => {
    const folder = folderWith('.x.previous', 'z.rejected', `.z.${killed}.tmp`);
    expect(await findDomainFolders([folder])).toEqual([join(folder, 'x')]);
  });

  it('removes what killed programs have left, and nothing of a running one', async () => {
    const running = `.z.${process.ppid}.tmp`;
    const folder = folderWith(`.x.${killed}.tmp`, `.other.${killed}.tmp`, running, '.x.previous');
    await writeFolder(join(folder, 'x'), files('new'));
    expect(readdirSync(folder).sort()).toEqual([running, 'x'].sort());
    expect(indexOf(folder)).toBe('new');
  });
});

describe('writing a file', () => {
  it('replaces what a link points to, and leaves nothing beside it', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'real'), 'old');
    symlinkSync(join(folder, 'real'), join(folder, 'link'));
    await writeFileWhole(join(folder, 'link'), 'new');
    expect(readFileSync(join(folder, 'real'), 'utf8')).toBe('new');
    expect(readdirSync(folder).sort()).toEqual(['link', 'real']);
  });

  it('is refused over a file of another kind', () => {
    const folder = temporaryFolder();
    const spec = join(folder, 'spec.yaml');
    writeFileSync(spec, 'id: x\n');
    const bench = join(folder, 'bench.jsonl');
    writeFileSync(bench, '{"record":"header","format":"toolgrove.benchmark/1.0"}\n');
    expect(checkFilePlace(bench, 'benchmark')).toEqual([]);
    expect(checkFilePlace(join(folder, 'new', 'file'), 'benchmark')).toEqual([]);
    expect(checkFilePlace(bench, 'results')).toHaveLength(1);
    expect(checkFilePlace(spec, 'benchmark')).toHaveLength(1);
    expect(checkFilePlace(folder, 'benchmark')).toHaveLength(1);
    expect(checkFilePlace(join(spec, 'inside'), 'benchmark')).toHaveLength(1);
    expect(existsSync(join(folder, 'new'))).toBe(false);
  });
});
