import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluate, type Evaluation } from '../../src/bench/evaluate.js';
import { benchmarkLines, readBenchmark, type BenchmarkDomain } from '../../src/bench/record.js';
import { readResults, resultLines } from '../../src/bench/results.js';
import { benchmarkJsonSchema } from '../../src/bench/schema.js';
import { hashJson } from '../../src/core/hash.js';
import type { JsonObject } from '../../src/core/json.js';
import { formatIssue, type Issue, type Result } from '../../src/core/result.js';
import { makeBenchmarkDomain } from './bench-domain.js';

let domain: BenchmarkDomain;
let lines: readonly string[];
let played: Evaluation;

beforeAll(async () => {
  domain = await makeBenchmarkDomain(8);
  lines = [...benchmarkLines([domain], 'all')];
  const read = readBenchmark(lines.join('\n'));
  if (!read.ok) throw new Error('the benchmark is not readable');
  const agent = { agent: 'oracle', split: 'all', runs: 1, seed: '7', workers: 1 } as const;
  played = await evaluate(read.value, agent);
});

const problems = (read: Result<unknown>): readonly string[] =>
  read.ok ? [] : read.error.map((issue: Issue) => formatIssue(issue));
const asMatcher = (line: string | RegExp): unknown =>
  typeof line === 'string' ? line : expect.stringMatching(line);
const change = (at: number, edit: (line: string) => string): string =>
  lines.map((line, index) => (index === at ? edit(line) : line)).join('\n');
/** The line with a change that its hash agrees to. */
const forge = (line: string, fields: JsonObject): string => {
  const { hash: _, ...record } = { ...(JSON.parse(line) as JsonObject), ...fields };
  return JSON.stringify({ ...record, hash: hashJson(record) });
};

describe('a benchmark file', () => {
  it('is read as it was written', () => {
    const read = readBenchmark(`${lines.join('\n')}\n`);
    expect(problems(read)).toEqual([]);
    if (!read.ok) return;
    expect(read.value).toEqual([{ ...domain, audit: null }]);
    expect([...benchmarkLines(read.value, 'all')]).toEqual(lines);
  });

  it('has only lines that the published schema allows', () => {
    const fits = new Ajv({ strict: false }).compile(benchmarkJsonSchema());
    expect(lines.filter((line) => !fits(JSON.parse(line)))).toEqual([]);
    expect(fits({ ...(JSON.parse(lines[2] ?? '') as JsonObject), answer: 42 })).toBe(false);
  });

  it('is enough to play: the oracle solves all of it', () => {
    expect(played.summary).toMatchObject({
      tasks: 8,
      episodes: 8,
      success: 1,
      policyViolations: 0,
      faults: 0,
    });
  });

  it('keeps the tasks of a split only', () => {
    const test = [...benchmarkLines([domain], 'test')];
    const read = readBenchmark(test.join('\n'));
    expect(read.ok && read.value[0]?.tasks.map(({ split }) => split)).toEqual(
      domain.tasks.filter(({ split }) => split === 'test').map(() => 'test'),
    );
  });

  it.each<[string, () => string, readonly (string | RegExp)[]]>([
    ['nothing', () => '', [':1 is not a benchmark: the header line is missing']],
    ['no header', () => lines.slice(1).join('\n'), [':1 is not a benchmark: the header line is missing']],
    [
      'another major version',
      () => change(0, (line) => line.replace('benchmark/1.0', 'benchmark/2.1')),
      [':1 format: version 2.1 is not readable here; this program reads 1.0'],
    ],
    [
      'a line that was cut',
      () => change(3, (line) => line.slice(0, 99)),
      [':4 is not JSON (a cut line?)', 'is not whole: 7 of 8 task lines can be read'],
    ],
    [
      'an end that was cut',
      () => lines.slice(0, -3).join('\n'),
      ['is not whole: 5 of 8 task lines can be read'],
    ],
    [
      'a line that was edited',
      () => change(4, (line) => line.replace('"opening":"', '"opening":"Well, ')),
      [':5 hash: does not fit: the line was changed', 'is not whole: 7 of 8 task lines can be read'],
    ],
    [
      'a domain that was edited',
      () => change(1, (line) => line.replace('weeks', 'years')),
      [':2 hash: does not fit: the line was changed', 'is not whole: 0 of 1 domain lines can be read'],
    ],
    [
      'a task of no domain',
      () => change(2, (line) => forge(line, { domain: '0'.repeat(32) })),
      [`:3 domain: no domain ${'0'.repeat(32)} in this file`],
    ],
    [
      'a task of a wrong form',
      () => change(2, (line) => forge(line, { gold: 'none' })),
      [/^:3 gold: /, 'is not whole: 7 of 8 task lines can be read'],
    ],
    ['a task twice', () => change(2, () => lines[3] ?? ''), [/^:4 id: the task '.*' is here twice$/]],
  ])('with %s is refused, line by line', (_, text, expected) => {
    const found = problems(readBenchmark(text()));
    expect(found.map((line) => line.replace(/^(\d)/, ':$1'))).toEqual(expected.map(asMatcher));
  });
});

describe('a results file', () => {
  it('is read as it was written, and says nothing of speed', () => {
    const written = [...resultLines(played)];
    expect(readResults(written.join('\n'))).toMatchObject({
      ok: true,
      value: {
        agent: 'oracle',
        seed: '7',
        runs: 1,
        episodes: played.episodes,
        lines: [2, 3, 4, 5, 6, 7, 8, 9],
      },
    });
    expect(written[0]).not.toContain('stepsPerSecond');
  });

  it.each<[string, (written: readonly string[]) => readonly string[], readonly string[]]>([
    ['nothing', () => [], ['1 is not a results file: the header line is missing']],
    ['its end cut', (written) => written.slice(0, 3), ['is not whole: 2 of 8 episodes are here']],
    [
      'a cut line',
      (written) => [...written.slice(0, 8), (written[8] ?? '').slice(0, 50)],
      ['9 is not JSON (a cut line?)'],
    ],
    [
      'an episode of a wrong form',
      (written) =>
        written.map((line, at) => (at === 2 ? line.replace('"end":"solved"', '"end":"won"') : line)),
      ["3 end: 'won' is not one of solved, failed, gave-up, turn-limit, fault"],
    ],
    [
      'another major version',
      (written) => written.map((line) => line.replace('results/1.0', 'results/3.0')),
      ['1 format: version 3.0 is not readable here; this program reads 1.0'],
    ],
  ])('with %s is refused, line by line', (_, edit, expected) => {
    expect(problems(readResults(edit([...resultLines(played)]).join('\n')))).toEqual(expected);
  });
});
