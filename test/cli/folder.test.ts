// What verbs say of a generated folder, and of one that somebody has worked in.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { generateSmall, linesOf, smallId, temporaryFolder, toolgrove } from './toolgrove.js';

const made = temporaryFolder();
const inMade = (...names: readonly string[]): string => join(made, smallId, ...names);
let generated: unknown;

beforeAll(async () => {
  const ran = await toolgrove(generateSmall(made, '--json'));
  if (ran.code !== 0) throw new Error(ran.err);
  generated = JSON.parse(ran.out);
});

/** A copy of the folder with some files changed; the change of none is a deletion. */
function edited(changes: Readonly<Record<string, (text: string) => string | null>>): string {
  const copy = temporaryFolder();
  cpSync(made, copy, { recursive: true });
  for (const [name, change] of Object.entries(changes)) {
    const file = join(copy, smallId, name);
    const text = change(readFileSync(file, 'utf8'));
    if (text === null) rmSync(file);
    else writeFileSync(file, text);
  }
  return copy;
}

describe('--json', () => {
  const domain = {
    id: smallId,
    path: expect.stringContaining(smallId),
    seed: '7',
    level: 'sampled',
    admitted: true,
    reasons: [],
    entities: 2,
    tools: 8,
    policies: 4,
    invariants: 1,
    differential: { calls: expect.any(Number), mismatches: 0 },
    mutation: expect.objectContaining({
      score: expect.any(Number),
      killed: expect.any(Number),
      total: expect.any(Number),
    }),
    completeness: 1,
    tasks: { published: 8, rejected: expect.any(Object) },
    seconds: expect.any(Number),
  };

  it('of generate has the fields that machines rely on', () => {
    expect(generated).toEqual({ domains: [expect.objectContaining(domain)] });
  });

  it('of verify has the same', async () => {
    const ran = await toolgrove(['verify', made, '--level', 'sampled', '--json']);
    expect(ran).toMatchObject({ code: 0 });
    expect(JSON.parse(ran.out)).toEqual({ domains: [expect.objectContaining(domain)] });
  });

  it('of eval has its own, and the oracle solves all', async () => {
    const ran = await toolgrove(['eval', made, '--runs', '2', '--json']);
    expect(JSON.parse(ran.out)).toEqual(
      expect.objectContaining({
        agent: 'oracle',
        split: 'all',
        tasks: 8,
        episodes: 16,
        success: 1,
        passK: { '1': 1, '2': 1 },
        interval: [expect.any(Number), 1],
        policyViolations: 0,
        wrongWrites: 0,
        faults: 0,
        meanSteps: expect.any(Number),
        meanCandidates: expect.any(Number),
        pace: { stepsPerSecond: expect.any(Number) },
      }),
    );
  });

  it.each([
    ['graph', [made]],
    ['play', [made]],
    ['schema', []],
    ['eval', [made, '--agent', 'refuse']],
    ['export', [made, '--out', join(temporaryFolder(), 'bench.jsonl')]],
  ])('of %s is one object, and all else goes to standard error', async (verb, args) => {
    const ran = await toolgrove([verb, ...args, '--json'], { input: '/quit\n' });
    expect(JSON.parse(ran.out)).toEqual(expect.any(Object));
  });
});

describe('a person who plays', () => {
  it('talks through a pipe, and may hang up', async () => {
    const ran = await toolgrove(['play', made], { input: 'hello\n/ask email\n/tols\n/tools get_locker\n' });
    expect(ran.out).toContain('caller: ');
    expect(ran.out).toContain('there is no /tols; did you mean /tools?');
    expect(ran.out).toContain('"x-entity": "Locker"');
    expect(ran.code).toBe(1);
    expect(ran.err).toBe('');
  });
});

describe('a folder edited by hand', () => {
  const refused = async (folder: string, ...more: readonly string[]): Promise<readonly string[]> => {
    const ran = await toolgrove(['eval', folder, ...more]);
    expect(ran.code).toBe(2);
    expect(ran.out).toBe('');
    return linesOf(ran).map((line) => line.replace(`${join(folder, smallId)}/`, ''));
  };
  const changed = (name: string): string =>
    `${name}: was changed since it was generated (use --force to read it all the same)`;
  const note = (text: string): string => `${text}\n// by hand`;

  it('is refused, file by file', async () => {
    expect(await refused(edited({ 'tools.ts': note, 'policy.md': note }))).toEqual(
      ['tools.ts', 'policy.md'].map(changed),
    );
  });

  it('is refused also when the list of hashes keeps silent about the file', async () => {
    const folder = edited({
      'tools.ts': note,
      'index.json': (text) => text.replace(/^.*"tools\.ts".*\n/m, ''),
    });
    expect(await refused(folder)).toEqual(['index.json', 'tools.ts'].map(changed));
  });

  it('is refused, with --force as well, where a file is missing or of another version', async () => {
    expect(await refused(edited({ 'state.json': () => null, 'guards.ts': () => null }), '--force')).toEqual([
      'state.json: is missing',
      'guards.ts: is missing',
    ]);
    const later = edited({
      'index.json': (text) => text.replace('toolgrove.index/1.0', 'toolgrove.index/2.0'),
    });
    expect(await refused(later, '--force')).toEqual([
      'index.json format: version 2.0 is not readable here; this program reads 1.0',
    ]);
  });

  it('is refused, with --force as well, where its code is none', async () => {
    const wrong = edited({ 'tools.ts': (text) => `${text}export const x: number = 'a';\n` });
    expect(await refused(wrong, '--force')).toEqual([
      expect.stringMatching(/^tools\.ts:\d+: Type 'string' is not assignable to type 'number'\.$/),
    ]);
    const hostile = edited({ 'tools.ts': (text) => `${text}throw new Error('no');\n` });
    expect(await refused(hostile, '--force')).toEqual([expect.stringContaining('does not load')]);
  });

  it('runs as edited with --force, and verify rejects it', async () => {
    const folder = edited({ 'tools.ts': (text) => text.replaceAll('LOCKER_FROZEN', 'EDITED_BY_HAND') });
    const ran = await toolgrove(['verify', folder, '--force', '--level', 'sampled']);
    expect(ran.code).toBe(1);
    expect(ran.out).toContain('EDITED_BY_HAND');
  });

  it('is not replaced unless --force says so', async () => {
    const folder = edited({ 'tools.ts': note });
    writeFileSync(join(folder, smallId, 'notes.txt'), 'mine');
    const ran = await toolgrove(generateSmall(folder));
    expect(ran.code).toBe(2);
    expect(linesOf(ran)).toEqual([
      expect.stringContaining('tools.ts: was changed since it was generated'),
      expect.stringContaining('notes.txt: was added by hand'),
    ]);
    expect(readFileSync(join(folder, smallId, 'notes.txt'), 'utf8')).toBe('mine');
  });
});

describe('work that is cut short', () => {
  it('leaves the earlier folder as it was, on Ctrl-C', async () => {
    const folder = edited({});
    const ran = await toolgrove(generateSmall(folder, '--seed', '8'), {
      at: 'compose',
      then: (child) => child.kill('SIGINT'),
    });
    expect(ran.code).toBe(130);
    expect(linesOf(ran).at(-1)).toBe('interrupted; nothing is half-written');
    expect(readdirSync(folder)).toEqual([smallId]);
    expect(readFileSync(join(folder, smallId, 'index.json'))).toEqual(readFileSync(inMade('index.json')));
  });

  it('goes on when nobody reads what it prints', async () => {
    const out = join(temporaryFolder(), 'results.jsonl');
    const ran = await toolgrove(['eval', made, '--out', out], {
      at: 'play',
      then: (child) => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      },
    });
    expect(ran.code).toBe(0);
    expect(existsSync(out)).toBe(true);
  });

  it('is taken up by the next reader, when it was cut between two renames', async () => {
    const folder = edited({});
    cpSync(join(folder, smallId), join(folder, `.${smallId}.previous`), { recursive: true });
    rmSync(join(folder, smallId), { recursive: true });
    mkdirSync(join(folder, `.${smallId}.1.tmp`));
    const ran = await toolgrove(['graph', folder, '--json']);
    expect(ran).toMatchObject({ code: 0 });
    expect(existsSync(join(folder, smallId, 'index.json'))).toBe(true);
  });
});
