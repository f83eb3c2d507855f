// `certify` on folders and benchmark files: what holds, what was tampered with, and the audit.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { lines } from '../../src/certify/lines.js';
import type { Task } from '../../src/task/task.js';
import { generateSmall, linesOf, smallId, temporaryFolder, toolgrove } from './toolgrove.js';

let made: string;
let benchmark: string;
beforeAll(async () => {
  made = temporaryFolder();
  benchmark = join(temporaryFolder(), 'bench.jsonl');
  for (const args of [generateSmall(made), ['export', made, '--force', '--out', benchmark]]) {
    const { code, err } = await toolgrove(args);
    if (code !== 0) throw new Error(err);
  }
});

interface Rechecked {
  readonly tasks: number;
  readonly lines: readonly { readonly line: string; readonly passed: number; readonly differ: number }[];
  readonly differing: readonly { readonly task: string }[];
}

const parse = ({ out }: { readonly out: string }): unknown => JSON.parse(out);

describe('certify --recheck', () => {
  it('finds every line of every task again, in a folder and in a benchmark file', async () => {
    const folder = await toolgrove(['certify', '--recheck', made, '--json']);
    const file = await toolgrove(['certify', '--recheck', '--benchmark', benchmark, '--json']);
    expect([folder.code, file.code]).toEqual([0, 0]);
    const found = parse(folder) as Rechecked;
    expect(parse(file)).toEqual(found);
    expect(found.lines.map(({ line }) => line)).toEqual(lines.map(({ name }) => name));
    for (const { passed, differ } of found.lines) expect([passed, differ]).toEqual([found.tasks, 0]);
    expect(found.differing).toEqual([]);
  });

  it('names the tasks and lines that are not as the file says', async () => {
    const folder = temporaryFolder();
    cpSync(made, folder, { recursive: true });
    const path = join(folder, smallId, 'tasks.jsonl');
    const [first = '', ...rest] = readFileSync(path, 'utf8').split('\n');
    const task = JSON.parse(first) as Task;
    const certificate = task.certificate.map((line) =>
      line.line === 'random-fails' ? { ...line, evidence: { ...line.evidence, runs: 80 } } : line,
    );
    writeFileSync(path, [JSON.stringify({ ...task, certificate }), ...rest].join('\n'));
    expect(await toolgrove(['certify', '--recheck', folder])).toMatchObject({ code: 2 });
    const ran = await toolgrove(['certify', '--recheck', '--force', folder, '--json']);
    expect(ran.code).toBe(1);
    expect(parse(ran)).toMatchObject({ differing: [{ task: task.id }] });
    expect(linesOf(ran).filter((line) => line.startsWith(task.id))).toEqual([
      expect.stringMatching(/random-fails: the file says passed .*80.*; found passed /),
    ]);
  });

  it('shows what certificates say without it, and refuses what names no tasks', async () => {
    const shown = await toolgrove(['certify', made]);
    expect(shown.code).toBe(0);
    expect(shown.out).toContain('alternatives-are-accepted');
    for (const args of [
      ['certify'],
      ['certify', 'audit'],
      ['certify', '/nowhere'],
      ['certify', made, '--benchmark', benchmark],
    ]) {
      const ran = await toolgrove(args);
      expect([args, ran.code, linesOf(ran).length]).toEqual([args, 2, 1]);
    }
  });
});

describe('certify audit', () => {
  it('finds what the report and the benchmark file say', async () => {
    const ran = await toolgrove(['certify', 'audit', made, '--json']);
    expect(ran.code).toBe(0);
    const { domains } = parse(ran) as { readonly domains: readonly { id: string; audit: object }[] };
    const [domain] = domains;
    const report = JSON.parse(readFileSync(join(made, smallId, 'report.json'), 'utf8')) as { audit: object };
    expect(domain).toEqual({ id: smallId, audit: report.audit });
    const file = await toolgrove(['certify', 'audit', '--benchmark', benchmark, '--workers', '1', '--json']);
    expect(parse(file)).toEqual(parse(ran));
    const [, line = ''] = readFileSync(benchmark, 'utf8').split('\n');
    expect(JSON.parse(line)).toMatchObject({ record: 'domain', audit: report.audit });
    const text = readFileSync(join(made, smallId, 'report.md'), 'utf8');
    expect(text).toContain('## Grader audit');
    expect(text).toContain('## Tasks');
  });
});
