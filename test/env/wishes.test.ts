import { describe, expect, it } from 'vitest';
import { askedCalls, fitCall, noProgress, noteCall, type AskedCall } from '../../src/env/wishes.js';
import type { Call, Reference, Wish } from '../../src/policy/talk.js';
import type { Task } from '../../src/task/task.js';
import { renewDune, twoHolds } from './fake-tasks.js';
import { fakeDomain, fakeState, fakeWorld, HO, LO, ME } from './fake-world.js';

const { stateSchema } = fakeDomain;
const own = { path: 'member', caller: true } as const;
const loan = (title: string): Reference => ({
  type: 'row',
  entity: 'Loan',
  facts: [own, { path: 'title', value: title }],
});

function asked(wishes: readonly Wish[], task: Task = renewDune): readonly (AskedCall | null)[] {
  const calls = askedCalls(fakeWorld(), { ...task, scenario: { ...task.scenario, wishes } });
  if (!calls.ok) throw new Error(calls.fault.message);
  return calls.value;
}

const renew = (title: string): Wish => ({ wish: 'do', tool: 'renew_loan', args: { loan_id: loan(title) } });
const call = (tool: string, args: Call['args']): Call => ({ tool, args });

describe('a call fits a wish', () => {
  it('when every argument means what the wish says, at the start of the talk', () => {
    const calls = asked([renew('Dune'), renew('Emma')]);
    expect(fitCall(stateSchema, calls, noProgress, call('renew_loan', { loan_id: LO(0) }))).toEqual([
      { wish: 0, wrong: [], more: false },
      { wish: 1, wrong: ['loan_id'], more: false },
    ]);
    expect(fitCall(stateSchema, calls, noProgress, call('return_loans', { loan_ids: [LO(0)] }))).toEqual([]);
  });

  it('by rows that the task lays beside the state as well', () => {
    const row = { ...fakeState.tables['Loan']?.[0], loan_id: LO(7) };
    const task = { ...renewDune, distractors: [{ entity: 'Loan', row }] };
    // Two loans of the title: the wish names no single one any more, and nothing fits it.
    const [fit] = fitCall(
      stateSchema,
      asked([renew('Dune')], task),
      noProgress,
      call('renew_loan', { loan_id: LO(0) }),
    );
    expect(fit?.wrong).toEqual(['loan_id']);
  });

  it('not when an argument is missing, and not quite when there is one more', () => {
    const place: Wish = {
      wish: 'do',
      tool: 'place_hold',
      args: { member_id: { type: 'caller' }, title: { type: 'value', value: 'Persuasion' } },
    };
    const fit = (args: Call['args']): unknown =>
      fitCall(stateSchema, asked([place]), noProgress, call('place_hold', args))[0];
    expect(fit({ member_id: ME(0), title: 'persuasion' })).toEqual({ wish: 0, wrong: [], more: false });
    expect(fit({ member_id: ME(0) })).toEqual({ wish: 0, wrong: ['title'], more: false });
    expect(fit({ member_id: ME(0), title: 'Persuasion', note: 'soon' })).toEqual({
      wish: 0,
      wrong: [],
      more: true,
    });
  });

  it('with the items of a list in any order, each once', () => {
    const back: Wish = {
      wish: 'do',
      tool: 'return_loans',
      args: { loan_ids: { type: 'list', items: [loan('Dune'), loan('Emma')] } },
    };
    const wrong = (...ids: string[]): unknown =>
      fitCall(stateSchema, asked([back]), noProgress, call('return_loans', { loan_ids: ids }))[0]?.wrong;
    expect(wrong(LO(1), LO(0))).toEqual([]);
    expect(wrong(LO(0), LO(0))).toEqual(['loan_ids']);
    expect(wrong(LO(0))).toEqual(['loan_ids']);
    expect(wrong(LO(0), LO(1), LO(3))).toEqual(['loan_ids']);
  });

  it('with the fields of a record as they are, no more and no fewer', () => {
    const line = (fields: Readonly<Record<string, Reference>>): Reference => ({ type: 'record', fields });
    const wish: Wish = {
      wish: 'do',
      tool: 'renew_loan',
      args: { loan_id: line({ of: loan('Dune'), days: { type: 'value', value: 3 } }) },
    };
    const wrong = (value: Call['args'][string]): unknown =>
      fitCall(stateSchema, asked([wish]), noProgress, call('renew_loan', { loan_id: value }))[0]?.wrong;
    expect(wrong({ days: 3, of: LO(0) })).toEqual([]);
    expect(wrong({ days: 4, of: LO(0) })).toEqual(['loan_id']);
    expect(wrong({ of: LO(0) })).toEqual(['loan_id']);
    expect(wrong({ days: 3, of: LO(0), more: 1 })).toEqual(['loan_id']);
  });
});

describe('a wish is done', () => {
  it('by a call that it asks for, and each call does one', () => {
    const calls = asked([renew('Dune'), renew('Dune')]);
    const made = call('renew_loan', { loan_id: LO(0) });
    const once = noteCall(stateSchema, calls, noProgress, made, { loan_id: LO(0) });
    expect(once.done).toEqual([0]);
    expect(noteCall(stateSchema, calls, once, made, {}).done).toEqual([0, 1]);
    expect(noteCall(stateSchema, calls, once, call('renew_loan', { loan_id: LO(1) }), {}).done).toEqual([0]);
  });

  it('on the row that an earlier one made, and on no other', () => {
    const calls = asked(twoHolds.scenario.wishes, twoHolds);
    const row = { hold_id: HO(5), member_id: ME(0), title: 'Persuasion', status: 'plain', note: '' };
    const change = call('change_hold', { hold_id: HO(5), status: 'urgent' });
    expect(noteCall(stateSchema, calls, noProgress, change, row).done).toEqual([]);
    const placed = noteCall(
      stateSchema,
      calls,
      noProgress,
      call('place_hold', { member_id: ME(0), title: 'Persuasion' }),
      row,
    );
    expect(placed.done).toEqual([1]);
    expect(noteCall(stateSchema, calls, placed, change, row).done).toEqual([1, 2]);
    const other = call('change_hold', { hold_id: HO(0), status: 'urgent' });
    expect(noteCall(stateSchema, calls, placed, other, row).done).toEqual([1]);
  });
});
