// When a refusal is due: exactly the rule that gold names forbids what the tool would do, and nothing
// permitted leads to the same.
import { beforeAll, describe, expect, it } from 'vitest';
import { refusalIsDue } from '../../src/certify/lines/refusal-is-due.js';
import type { Task } from '../../src/task/task.js';
import { goodTask, openDesk, wishedTools, type Desk } from './repair-desk.js';

let desk: Desk;
let task: Task;
beforeAll(async () => {
  desk = await openDesk(120);
  task = goodTask(desk, (one) => one.kind === 'refuse' && wishedTools(one).join() === 'cancel_job');
});

/** The task with another rule to refuse by. */
function refusedBy(policy: string): Task {
  const actsNeeded = task.goal.actsNeeded.map((needed) =>
    needed.act === 'refuse' ? { ...needed, policy } : needed,
  );
  return { ...task, goal: { ...task.goal, actsNeeded } };
}

describe('a refusal', () => {
  it('is due by the rule that forbids the wish', () => {
    expect(refusalIsDue.run(desk.context, task)).toMatchObject({ passed: true, evidence: { undone: 1 } });
  });

  it('is not due by a rule that does not forbid it', () => {
    expect(refusalIsDue.run(desk.context, refusedBy('dear_enough'))).toMatchObject({
      passed: false,
      evidence: { notForbidden: 1 },
    });
  });

  it('is not due where two rules forbid it and only one may be named', async () => {
    const strict = await openDesk(1, (text) =>
      text.replace(
        '  - id: dear_enough',
        '  - id: never\n    kind: guard\n    on: [cancel_job]\n    require: job.fee < 0\n    text: No repair is cancelled at all.\n  - id: dear_enough',
      ),
    );
    expect(refusalIsDue.run(strict.context, task)).toMatchObject({
      passed: false,
      evidence: { notForbidden: 1 },
    });
  });

  it('is not due where the tool itself would refuse', () => {
    const [wish] = task.scenario.wishes;
    if (wish?.wish !== 'do') throw new Error('no wish');
    const done = (desk.state.tables['Job'] ?? []).find((row) => row['status'] === 'done');
    const facts = [{ path: 'id', value: done?.['job_id'] ?? null }];
    const wishes = [{ ...wish, args: { job_id: { type: 'row' as const, entity: 'Job', facts } } }];
    const impossible = { ...task, scenario: { ...task.scenario, wishes } };
    expect(refusalIsDue.run(desk.context, impossible)).toMatchObject({
      passed: false,
      evidence: { impossible: 1 },
    });
  });

  it('is not due where another tool leads round the rule to the same end', async () => {
    const lax = await openDesk(60, (text) =>
      text
        .replace(
          '  cancel_jobs:\n',
          '  drop_job:\n    doc: Strike out a repair that is not done yet.\n    params: { job_id: Job }\n    do:\n      - fire: job.cancel\n    return: job\n  cancel_jobs:\n',
        )
        .replace(
          'on: [book_job, cancel_job, add_express',
          'on: [book_job, cancel_job, drop_job, add_express',
        ),
    );
    const isLate = ({ kind, goal }: Task): boolean =>
      kind === 'refuse' &&
      goal.actsNeeded.some((needed) => 'policy' in needed && needed.policy === 'too_late');
    const late = lax.drafts.find(isLate);
    if (late === undefined) throw new Error('no repair that is too late to cancel');
    expect(refusalIsDue.run(lax.context, late)).toMatchObject({ passed: false, evidence: { round: 1 } });
    // Without that tool the rule holds.
    expect(refusalIsDue.run(desk.context, goodTask(desk, isLate))).toMatchObject({ passed: true });
  });
});
