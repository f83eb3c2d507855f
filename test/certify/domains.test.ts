// Certificates and the audit over every domain that is shipped.
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sumAudits, holdsAudit } from '../../src/certify/audit/audit.js';
import { auditTask } from '../../src/certify/audit/audit-task.js';
import { certifyTask } from '../../src/certify/certify-task.js';
import { openContext } from '../../src/certify/context.js';
import { lines } from '../../src/certify/lines.js';
import { recheckTask } from '../../src/certify/recheck.js';
import { emitDomain } from '../../src/emit/emit.js';
import { buildGraph } from '../../src/graph/build.js';
import { readSpec } from '../../src/spec/read.js';
import { composeTasks } from '../../src/task/compose.js';
import type { Task } from '../../src/task/task.js';
import { loadWorld } from '../../src/world/load.js';
import { seedState } from '../../src/world/seed.js';

const folder = new URL('../../domains/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const count = 30;

it.each(files)('%s: what is certified is found again, and graded right', async (file) => {
  const read = readSpec(readFileSync(new URL(file, folder), 'utf8'));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const state = seedState(read.value, 23);
  if (!state.ok) throw new Error(JSON.stringify(state.error));
  const world = await loadWorld(emitDomain(read.value), state.value);
  const { tasks } = composeTasks(read.value, world, buildGraph(read.value), 23, count);
  const context = openContext(read.value, world);
  const certified: Task[] = [];
  const failed: string[] = [];
  for (const task of tasks) {
    const judged = certifyTask(context, task);
    if ('task' in judged) certified.push(judged.task);
    else failed.push(`${task.id} ${judged.failed.line} ${JSON.stringify(judged.failed.evidence)}`);
  }
  expect(failed.slice(count / 5)).toEqual([]);
  expect(new Set(certified.map(({ kind }) => kind)).size).toBeGreaterThan(2);
  for (const task of certified) {
    expect(task.certificate.map(({ line }) => line)).toEqual(lines.map(({ name }) => name));
    expect(recheckTask(context, task).differences).toEqual([]);
  }
  const capped = certified.filter(({ certificate }) =>
    certificate.some(({ evidence }) => evidence['capped'] === true),
  );
  expect(capped.length).toBeLessThanOrEqual(certified.length / 20);
  const audit = sumAudits(certified.map((task) => auditTask(context, task)));
  expect(audit.exceptions).toEqual([]);
  expect(holdsAudit(audit)).toBe(true);
  expect(audit.nearMisses.played).toBeGreaterThan(10 * certified.length);
  expect(audit.solutions.played).toBeGreaterThan(3 * certified.length);
  world.dispose();
});

describe('a grader that errs', () => {
  const side = { played: 400, equivalent: {}, kinds: {} };
  const right = {
    tasks: 1,
    nearMisses: { ...side, wrong: 0 },
    solutions: { ...side, wrong: 1 },
    exceptions: [],
  };

  it('holds while it accepts no near miss and rejects under one solution in 200', () => {
    expect(holdsAudit(right)).toBe(true);
    expect(holdsAudit({ ...right, nearMisses: { ...side, wrong: 1 } })).toBe(false);
    expect(holdsAudit({ ...right, solutions: { ...side, wrong: 2 } })).toBe(false);
    const fault = { task: 'a', what: 'fault', kind: 'b', detail: '', reason: 'fuel' } as const;
    expect(holdsAudit({ ...right, exceptions: [fault] })).toBe(false);
  });
});
