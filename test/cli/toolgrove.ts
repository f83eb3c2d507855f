// Runs the built command as a user does, and makes the folders that its tests work on.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const command = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

/** The spec of a domain that is small enough to be generated in seconds. */
export const smallSpec = fileURLToPath(new URL('bike-lockers.yaml', import.meta.url));
export const smallId = 'bike-lockers';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly input?: string;
  /** Called once, when a piece of standard error contains `at`. */
  readonly at?: string;
  readonly then?: (child: ChildProcess) => void;
  /** Called with the process as soon as there is one. */
  readonly started?: (child: ChildProcess) => void;
}

const temporary: string[] = [];
afterAll(() => {
  for (const folder of temporary) rmSync(folder, { recursive: true, force: true });
});

/** A new folder that goes when the tests of a file are done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'toolgrove-test-'));
  temporary.push(folder);
  return folder;
}

export async function toolgrove(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const child = spawn(process.execPath, [command, ...args], { stdio: 'pipe' });
  options.started?.(child);
  let out = '';
  let err = '';
  let waiting = options.at !== undefined;
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
    if (waiting && err.includes(options.at ?? '')) {
      waiting = false;
      options.then?.(child);
    }
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const code = await new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  return { code, out, err };
}

/** The lines of what went wrong. */
export function linesOf({ err }: Ran): readonly string[] {
  return err.split('\n').filter((line) => line !== '');
}

/** Arguments that generate the small domain quickly below `out`. */
export function generateSmall(out: string, ...more: readonly string[]): readonly string[] {
  return ['generate', smallSpec, '--level', 'sampled', '--tasks', '8', '--out', out, ...more];
}
