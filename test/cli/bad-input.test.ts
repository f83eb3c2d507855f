import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linesOf, smallSpec, temporaryFolder, toolgrove } from './toolgrove.js';

const good = readFileSync(smallSpec, 'utf8');
const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
  .concat(
    'bcdefghij'
      .split('')
      .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[at]}`).join(',')}]`),
  )
  .join('\n');
const shifted = (from: string, to: string): string => {
  if (!good.includes(from)) throw new Error(`the spec has no '${from}'`);
  return good.replaceAll(from, to);
};

describe.concurrent('a spec that is no good', () => {
  it.each<[string, string | Buffer, RegExp]>([
    ['an empty file', '', /the file is empty/],
    ['a binary file', Buffer.from([0x7f, 0x45, 0, 1, 2]), /is not text/],
    ['10 MB of YAML', `${good}${'# padding\n'.repeat(1_050_000)}`, /too large/],
    ['an alias bomb', bomb, /alias/],
    ['a wrong type', shifted('n: 14', 'n: many'), /spec:\d+ entities\.Locker\.n: /],
    ['an unknown name', shifted('locker.freeze', 'locker.freez'), /did you mean 'freeze'/],
    [
      'a guard that is no condition',
      shifted('locker.paid_until >= today', 'locker.paid_until + 1d'),
      /no_debts|policies/,
    ],
    ['a generator too poor for unique', shifted('pattern:B##', 'pick: B1|B2'), /label/],
    ['a path as id', shifted('id: bike-lockers', 'id: ../../x'), /'\.\.\/\.\.\/x' is no good name/],
    ['__proto__ as id', shifted('id: bike-lockers', 'id: __proto__'), /'__proto__' is no good name/],
    ['constructor as id', shifted('id: bike-lockers', 'id: constructor'), /every JavaScript object/],
    ['constructor as a tool', shifted('freeze_locker', 'constructor'), /every JavaScript object/],
    ['__proto__ as a column', shifted('paid_until', '__proto__'), /every JavaScript object/],
    ['a path as an entity', shifted('Locker:', '../Locker:'), /no good name|'\.\.\/Locker'/],
  ])('%s is refused in a line, and nothing is written', async (_, text, line) => {
    const folder = temporaryFolder();
    const spec = join(folder, 'spec');
    writeFileSync(spec, text);
    const ran = await toolgrove(['generate', spec, '--level', 'sampled', '--out', join(folder, 'out')]);
    expect(ran.err).toMatch(line);
    expect(ran.code).toBe(2);
    expect(ran.out).toBe('');
    expect(linesOf(ran).every((problem) => problem.startsWith(spec))).toBe(true);
    expect(ran.err).not.toMatch(/^\s+at /m);
    expect(readdirSync(folder)).toEqual(['spec']);
  });

  it('is told with all others, before any of them is generated', async () => {
    const folder = temporaryFolder();
    const broken = join(folder, 'broken.yaml');
    writeFileSync(broken, 'id: x');
    const ran = await toolgrove(['generate', smallSpec, smallSpec, broken, '--out', join(folder, 'out')]);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain(`its id 'bike-lockers' is also the id of`);
    expect(ran.err).toContain(`${broken}:1 format: missing`);
    expect(readdirSync(folder)).toEqual(['broken.yaml']);
  });
});

describe.concurrent('a command that is no good', () => {
  it.each<[readonly string[], RegExp]>([
    [['generat', 'x'], /^unknown command 'generat' \(did you mean generate\?\)$/],
    [['frobnicate'], /^unknown command 'frobnicate' \(toolgrove --help lists them\)$/],
    [['generate', '--sed', '3'], /^unknown option '--sed' \(did you mean --seed\?\)$/],
    [['generate', smallSpec, '--seed', '../x'], /^option '--seed <seed>' argument '\.\.\/x' is invalid/],
    [['generate', smallSpec, '--tasks', ''], /^option '--tasks <n>' argument '' is invalid/],
    [['generate', smallSpec, '--tasks', '0x10'], /must be a whole number from 0 to 10000/],
    [['generate', smallSpec, '--workers', '0'], /must be a whole number from 1 to 64/],
    [['eval', 'x', '--runs', '1.5'], /must be a whole number from 1 to 1000/],
    [['eval', 'x', '--split', 'tst'], /Allowed choices are train, test, all/],
    [['eval', 'nowhere'], /^nowhere: no such folder$/],
    [['eval', '--benchmark', smallSpec], /is not a benchmark: the header line is missing$/],
    [['explain', smallSpec], /is not a results file: the header line is missing$/],
    [['verify', smallSpec], /is not a folder$/],
    [['generate', 'src'], /^src: is a folder, not a file$/],
  ])('%j gets one line and exit code 2', async (args, line) => {
    const ran = await toolgrove(args);
    expect(linesOf(ran)).toEqual([expect.stringMatching(line)]);
    expect(ran.code).toBe(2);
    expect(ran.out).toBe('');
  });
});

describe('a place that is taken', () => {
  it('keeps what somebody has put there', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'bike-lockers'));
    writeFileSync(join(folder, 'bike-lockers', 'diary.txt'), 'mine');
    const ran = await toolgrove(['generate', smallSpec, '--out', folder, '--force']);
    expect(linesOf(ran)).toEqual([expect.stringContaining('it holds files, and is no generated folder')]);
    expect(ran.code).toBe(2);
    expect(readFileSync(join(folder, 'bike-lockers', 'diary.txt'), 'utf8')).toBe('mine');
  });

  it('is said before the work when it is a file', async () => {
    const ran = await toolgrove(['generate', smallSpec, '--out', join(smallSpec, 'inside')]);
    expect(linesOf(ran)).toEqual([expect.stringContaining('it is a file, not a folder')]);
    expect(ran.code).toBe(2);
  });
});
