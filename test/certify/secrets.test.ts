// Questions that must not be answered: refused by the one rule that keeps the answer, which is nowhere
// to be had otherwise, and failed by whoever gives an answer, right or wrong.
import { beforeAll, describe, expect, it } from 'vitest';
import { secretsMeant } from '../../src/certify/answers.js';
import { auditTask } from '../../src/certify/audit/audit-task.js';
import { referenceEnd } from '../../src/certify/audit/reference-end.js';
import { certifyTask } from '../../src/certify/certify-task.js';
import { criteriaAreGraded } from '../../src/certify/lines/criteria-are-graded.js';
import { refusalIsDue } from '../../src/certify/lines/refusal-is-due.js';
import { playActions } from '../../src/certify/play.js';
import { must } from '../../src/core/errors.js';
import { goldActions } from '../../src/env/gold.js';
import type { TypedValue } from '../../src/policy/talk.js';
import type { Task } from '../../src/task/task.js';
import { openShipped, type Shipped } from './shipped.js';

let desk: Shipped;
let task: Task;
beforeAll(async () => {
  desk = await openShipped('parcel-carrier', 7, 60, { shares: { refuse: 1 } });
  const found = desk.drafts.find((one) => secretsMeant(desk.context, one).length > 0);
  const certified = found === undefined ? null : certifyTask(desk.context, found);
  if (certified === null || !('task' in certified))
    throw new Error(`no such task: ${JSON.stringify(certified)}`);
  task = certified.task;
});

/** Gold with something told before the refusal. */
function telling(values: readonly TypedValue[]): ReturnType<typeof playActions> {
  const gold = goldActions(task);
  const at = gold.findIndex(
    (action) => action.type === 'say' && 'act' in action && action.act.act === 'refuse',
  );
  return playActions(
    desk.context,
    task,
    gold.toSpliced(at, 0, { type: 'say', act: { act: 'tell', values } }),
  );
}

describe('a question that must not be answered', () => {
  it('is refused, and nothing is told', () => {
    expect(task.goal.accepts[0]?.communicate).toEqual([]);
    expect(criteriaAreGraded.run(desk.context, task).passed).toBe(true);
    expect(refusalIsDue.run(desk.context, task)).toMatchObject({ passed: true, evidence: { undone: 1 } });
  });

  it('is not due to be refused by another rule', () => {
    const actsNeeded = task.goal.actsNeeded.map((needed) =>
      needed.act === 'refuse' ? { ...needed, policy: 'own_parcels' } : needed,
    );
    expect(refusalIsDue.run(desk.context, { ...task, goal: { ...task.goal, actsNeeded } })).toMatchObject({
      passed: false,
      evidence: { notForbidden: 1 },
    });
  });

  it('is not due to be refused where the user has said the answer', () => {
    const [secret] = secretsMeant(desk.context, task);
    const known = { ...task.scenario.known, note: must(secret, 'a secret').value.value };
    const slots = [...Object.keys(task.scenario.known), 'note'];
    const asks = { by: 'agent', say: { act: 'ask', slots } } as const;
    const open = { ...task, scenario: { ...task.scenario, known }, gold: [asks, ...task.gold] };
    expect(refusalIsDue.run(desk.context, open)).toMatchObject({ passed: false, evidence: { open: 1 } });
  });

  it('pays nobody who gives the answer or another one, and the reference sees it told', () => {
    const [secret] = secretsMeant(desk.context, task);
    const { value } = must(secret, 'a secret');
    const right = telling([value]);
    expect(right.end).not.toBe('solved');
    expect(right.violations.map(({ policy }) => policy)).toEqual(
      task.goal.actsNeeded.flatMap((needed) => (needed.act === 'refuse' ? [needed.policy] : [])),
    );
    expect(referenceEnd(desk.context, task, right).broken).toEqual(
      right.violations.map(({ policy }) => policy),
    );
    const { nearMisses, exceptions } = auditTask(desk.context, task);
    expect(exceptions).toEqual([]);
    const kinds = ['secret told', 'secret told, then refused', 'secret answered wrong, then refused'];
    expect(kinds.filter((kind) => (nearMisses[kind]?.played ?? 0) === 0)).toEqual([]);
  });

  it('may be spoken beside: what could be no answer is no harm', () => {
    expect(telling([{ type: 'date', value: '1999-01-01' }]).end).toBe('solved');
  });
});
