// The audit finds a grader that errs: each of these graders has one thing wrong with it, and the kind of
// variation that is there for it tells.
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Audit } from '../../src/certify/audit/audit.js';
import { certifyTask } from '../../src/certify/certify-task.js';
import type { grade as Grade } from '../../src/env/grade.js';
import { openDesk } from './repair-desk.js';

const grader = '../../src/env/grade.js';

afterEach(() => {
  vi.doUnmock(grader);
  vi.resetModules();
});

type Grader = typeof Grade;

const count = 14;
/** The tasks that are right by the grader as it is. */
let good: ReadonlySet<string>;
beforeAll(async () => {
  const { context, drafts } = await openDesk(count);
  good = new Set(drafts.filter((task) => 'task' in certifyTask(context, task)).map(({ id }) => id));
});

/** The audit of some tasks of the repair desk under another grader. */
async function auditWith(change: (grade: Grader) => Grader): Promise<Audit> {
  vi.resetModules();
  vi.doMock(grader, async (importOriginal) => {
    const original = await importOriginal<{ grade: Grader }>();
    return { ...original, grade: change(original.grade) };
  });
  const desk = await import('./repair-desk.js');
  const { auditTask } = await import('../../src/certify/audit/audit-task.js');
  const { sumAudits } = await import('../../src/certify/audit/audit.js');
  const { context, drafts } = await desk.openDesk(count);
  const tasks = drafts.filter(({ id }) => good.has(id));
  return sumAudits(tasks.map((task) => auditTask(context, task)));
}

const wrongKinds = ({ nearMisses, solutions }: Audit): readonly string[] =>
  [...Object.entries(nearMisses.kinds), ...Object.entries(solutions.kinds)]
    .filter(([, { wrong }]) => wrong > 0)
    .map(([kind]) => kind);

describe('a grader', () => {
  it('as it is errs nowhere; what is doubled and refused by the tool is no miss', async () => {
    const audit = await auditWith((grade) => grade);
    expect(audit.exceptions).toEqual([]);
    expect(wrongKinds(audit)).toEqual([]);
    expect(audit.nearMisses.equivalent['refused by the tool, and gold done all the same']).toBeGreaterThan(0);
  });

  it('that overlooks violations is found by what skips confirmations and identification', async () => {
    const audit = await auditWith(
      (grade) => (goal, digest, talk, question, _, ended) => grade(goal, digest, talk, question, 0, ended),
    );
    expect(wrongKinds(audit)).toEqual(
      expect.arrayContaining(['confirmation skipped', 'verification skipped']),
    );
    expect(audit.exceptions.every(({ what }) => what === 'near miss accepted')).toBe(true);
  });

  it('that takes any state is found by writes besides', async () => {
    const audit = await auditWith(
      (grade) => (goal, _, talk, question, violations, ended) =>
        grade(goal, goal.accepts[0]?.digest ?? _, talk, question, violations, ended),
    );
    expect(wrongKinds(audit)).toEqual(expect.arrayContaining(['another write besides']));
  });

  it('that asks for no reading is found by answers that nobody looked up', async () => {
    const audit = await auditWith(
      (grade) =>
        (goal, ...rest) =>
          grade({ ...goal, actsNeeded: goal.actsNeeded.filter(({ act }) => act !== 'read') }, ...rest),
    );
    expect(wrongKinds(audit)).toContain('row not read');
  });

  it('that pays only for what was told in one breath is found by independent solutions', async () => {
    const audit = await auditWith(
      (grade) =>
        (goal, digest, talk, ...rest) =>
          grade(
            goal,
            digest,
            talk.seen.length > 12 ? { ...talk, refused: [...talk.refused, 'haste'] } : talk,
            ...rest,
          ),
    );
    expect(wrongKinds(audit)).toContain('extra reads');
    expect(
      audit.exceptions.some(({ what, reason }) => what === 'solution rejected' && reason.includes('acts')),
    ).toBe(true);
  });
});
