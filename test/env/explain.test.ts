import { describe, expect, it } from 'vitest';
import { startEpisode } from '../../src/env/environment.js';
import { explainEpisode } from '../../src/env/explain.js';
import type { Explanation } from '../../src/env/explanation.js';
import { goldActions } from '../../src/env/gold.js';
import type { Action } from '../../src/env/protocol.js';
import type { Task } from '../../src/task/task.js';
import { fakeTasks, refuseEmma, renewDune, tellDue, twoHolds } from './fake-tasks.js';
import { fakeWorld, HO, LO, ME } from './fake-world.js';

function explain(task: Task, actions: readonly Action[]): Explanation {
  const world = fakeWorld();
  const environment = startEpisode(world, task, { agent: 'someone' });
  for (const action of actions) if (!environment.done) environment.step(action);
  const explained = explainEpisode(world, task, environment.finish());
  if (!explained.ok) throw new Error(explained.fault.message);
  return explained.value;
}

const close: Action = { type: 'say', act: { act: 'close' } };
const renew = (loan_id: string): Action => ({ type: 'call', tool: 'renew_loan', args: { loan_id } });

describe('an explanation', () => {
  it.each(fakeTasks)('finds nothing wrong with the gold of task $id', (task) => {
    const found = explain(task, goldActions(task));
    expect(found).toMatchObject({
      diverged: null,
      undone: [],
      wrong: [],
      differences: [],
      untold: [],
      unread: [],
      violations: [],
    });
  });

  it('names the rows that a refusal passed over', () => {
    const found = explain(refuseEmma, [{ type: 'say', act: { act: 'refuse', policy: 'renew_rules' } }]);
    expect(found.unread).toEqual([LO(1)]);
    expect(found.text).toContain(`not read: ${LO(1)}`);
  });

  it('shows gold’s row against the actual one, the first step off the way, and the rule', () => {
    const found = explain(renewDune, [
      ...goldActions(renewDune).slice(0, 3),
      renew(LO(1)),
      close,
      close,
      close,
    ]);
    expect(found.diverged).toMatchObject({ step: 3, why: "breaks 'renew_rules'" });
    expect(found.violations).toMatchObject([{ step: 3, text: 'Renew a loan at most twice.' }]);
    expect(found.undone).toEqual([{ tool: 'renew_loan', args: { loan_id: LO(0) } }]);
    expect(found.differences.map(({ id, columns }) => [id, columns])).toEqual([
      [LO(0), ['due', 'renewals']],
      [LO(1), ['due', 'renewals']],
    ]);
    expect(found.text.split('\n')).toEqual([
      'someone on renew: gave-up',
      `first leaves gold's way at step 4: renew_loan(loan_id: "${LO(1)}") breaks 'renew_rules'`,
      "step 4 (renew_loan) breaks 'renew_rules': Renew a loan at most twice.",
      `not done: renew_loan(loan_id: "${LO(0)}")`,
      `step 4 should not have been: renew_loan(loan_id: "${LO(1)}")`,
      `Loan ${LO(0)}: due is "2025-06-12", gold has "2025-07-01"; renewals is 0, gold has 1`,
      `Loan ${LO(1)}: due is "2025-07-01", gold has "2025-06-20"; renewals is 3, gold has 2`,
    ]);
  });

  it('sees no difference where created rows only got other ids', () => {
    const hold = (title: string): Action => ({
      type: 'call',
      tool: 'place_hold',
      args: { member_id: ME(0), title },
    });
    const change = (hold_id: string): Action => ({
      type: 'call',
      tool: 'change_hold',
      args: { hold_id, status: 'urgent' },
    });
    const begin = goldActions(twoHolds).slice(0, 2);
    const other = [...begin, hold('Persuasion'), hold('Middlemarch'), change(HO(1)), close];
    expect(explain(twoHolds, other)).toMatchObject({ end: 'solved', differences: [] });
    const missing = [...begin, hold('Persuasion'), change(HO(1)), close, close, close];
    expect(explain(twoHolds, missing).differences).toMatchObject([{ entity: 'Hold', actual: null }]);
  });

  it('takes no offence at a hand-over that was refused for its form', () => {
    const unknown: Action = {
      type: 'call',
      tool: 'transfer_to_human',
      args: { policy: 'none', summary: '' },
    };
    const [first, ...rest] = goldActions(renewDune);
    expect(explain(renewDune, [...(first === undefined ? [] : [first]), unknown, ...rest])).toMatchObject({
      end: 'solved',
      diverged: null,
    });
  });

  it('names wrong answers, wrong refusals and needless hand-overs', () => {
    const why = (task: Task, action: Action): string | undefined =>
      explain(task, [...goldActions(task).slice(0, 3), action]).diverged?.why;
    expect(
      why(tellDue, { type: 'say', act: { act: 'tell', values: [{ type: 'date', value: '2025-06-20' }] } }),
    ).toBe('tells 2025-06-20, which is not the answer');
    expect(why(refuseEmma, { type: 'say', act: { act: 'refuse', policy: 'own' } })).toBe(
      "refuses by 'own' and not by 'renew_rules'",
    );
    expect(
      why(renewDune, { type: 'call', tool: 'transfer_to_human', args: { policy: 'other', summary: '' } }),
    ).toBe('hands over though no rule asks for it');
  });
});
