// A program that writes folders is killed at many moments; after each the folder is there and whole.
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { recoverFolder, writeFolder } from '../../src/pipeline/write-folder.js';
import { temporaryFolder } from '../cli/toolgrove.js';

const names = ['index.json', 'tools.ts', 'guest/tools.js'];
const writer = `
  import { writeFolder } from '${new URL('../../dist/src/pipeline/write-folder.js', import.meta.url).href}';
  for (let round = 1; ; round++) {
    await writeFolder(process.argv[1], new Map(${JSON.stringify(names)}.map((name) => [name, 'round ' + round])));
    process.stdout.write('.');
  }`;

/** Starts the writer and kills it some time after its first round. */
async function writeUntilKilled(path: string, milliseconds: number): Promise<void> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', writer, path], { stdio: 'pipe' });
  const closed = new Promise((resolve) => {
    child.on('close', resolve);
  });
  child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), milliseconds));
  await closed;
}

it('survives kill -9 at any moment', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'x');
  let cut = 0;
  for (let moment = 0; moment < 24; moment++) {
    await writeUntilKilled(path, 3 + moment);
    cut += readdirSync(folder).some((name) => name.startsWith('.')) ? 1 : 0;
    await recoverFolder(path);
    expect(new Set(names.map((name) => readFileSync(join(path, name), 'utf8'))).size).toBe(1);
  }
  expect(cut).toBeGreaterThan(0);
  await writeFolder(path, new Map([['index.json', 'last']]));
  expect(readdirSync(folder)).toEqual(['x']);
});
