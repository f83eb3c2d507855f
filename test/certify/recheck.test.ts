// A certificate in a file is believed only as far as its lines find the same again.
import { beforeAll, describe, expect, it } from 'vitest';
import { lines } from '../../src/certify/lines.js';
import { recheckTask } from '../../src/certify/recheck.js';
import type { Task } from '../../src/task/task.js';
import { goodTask, openDesk, type Desk } from './repair-desk.js';

let desk: Desk;
let task: Task;
beforeAll(async () => {
  desk = await openDesk(30);
  task = goodTask(desk, ({ kind }) => kind === 'do');
});

const differing = (changed: Task): readonly string[] =>
  recheckTask(desk.context, changed).differences.map(({ line }) => line);

describe('a certificate', () => {
  it('has every line, in order, and each is found again', () => {
    expect(task.certificate.map(({ line }) => line)).toEqual(lines.map(({ name }) => name));
    expect(new Set(lines.map(({ name }) => name)).size).toBe(lines.length);
    for (const { name } of lines) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(differing(task)).toEqual([]);
  });

  it('is found again from a file, in another world and after other tasks', async () => {
    const copy = JSON.parse(JSON.stringify(task)) as Task;
    expect(differing(copy)).toEqual([]);
    const other = await openDesk(30);
    expect(recheckTask(other.context, copy).differences).toEqual([]);
  });

  it('differs where the evidence was changed, a line taken away, or one added', () => {
    const [first, second, ...rest] = task.certificate;
    if (first === undefined || second === undefined) throw new Error('no certificate');
    const edited = { ...second, evidence: { ...second.evidence, steps: 1 } };
    expect(differing({ ...task, certificate: [first, edited, ...rest] })).toEqual([second.line]);
    expect(differing({ ...task, certificate: [first, ...rest] })).toEqual([second.line]);
    const added = { line: 'looks-fine', passed: true, evidence: {} };
    expect(differing({ ...task, certificate: [...task.certificate, added] })).toEqual(['looks-fine']);
  });

  it('differs where the task was changed so that a line fails, though the file says so too', () => {
    const changed = { ...task, gold: task.gold.slice(0, -1) };
    const { certificate } = recheckTask(desk.context, changed);
    expect(differing({ ...changed, certificate })).toContain('gold-replays-twice');
  });
});
