import { describe, expect, it } from 'vitest';
import { wishedCall } from '../../src/env/meaning.js';
import type { Call, Fact, Reference } from '../../src/policy/talk.js';
import type { Task } from '../../src/task/task.js';
import { renewDune } from './fake-tasks.js';
import type { GuestRow } from '../../sandbox/guest-api.js';
import { fakeState, fakeWorld, LO, ME } from './fake-world.js';

function meant(reference: Reference, task: Task = renewDune): Call['args'][string] | undefined {
  const wish = { wish: 'do', tool: 'renew_loan', args: { loan_id: reference } } as const;
  const call = wishedCall(fakeWorld(), task, wish);
  return call.ok ? call.value?.args['loan_id'] : 'fault';
}

const loan = (...facts: readonly Fact[]): Reference => ({ type: 'row', entity: 'Loan', facts });

describe('a reference', () => {
  it('means the one row for which all its facts hold', () => {
    const own = { path: 'member', caller: true } as const;
    expect(meant(loan({ path: 'title', value: 'Dune' }, own))).toBe(LO(0));
    expect(meant(loan({ path: 'title', value: 'Dune' }, { path: 'member.name', value: 'Bo Dahl' }))).toBe(
      LO(2),
    );
    expect(meant(loan({ path: 'member.email', value: 'bo@example.org' }))).toBe(LO(2));
  });

  it('means nothing when no row fits, more than one does, or a path leads nowhere', () => {
    expect(meant(loan({ path: 'title', value: 'Dune' }))).toBeUndefined();
    expect(meant(loan({ path: 'title', value: 'Macbeth' }))).toBeUndefined();
    expect(meant(loan({ path: 'title.name', value: 'Dune' }))).toBeUndefined();
    expect(meant({ type: 'made', wish: 0 })).toBeUndefined();
  });

  it('means a row that the task lays beside the seed state, or no single one because of it', () => {
    const row = (title: string): GuestRow => ({ ...fakeState.tables['Loan']?.[0], loan_id: LO(7), title });
    const beside = (title: string): Task => ({
      ...renewDune,
      distractors: [{ entity: 'Loan', row: row(title) }],
    });
    const own = { path: 'member', caller: true } as const;
    expect(meant(loan(own, { path: 'title', value: 'Macbeth' }), beside('Macbeth'))).toBe(LO(7));
    expect(meant(loan(own, { path: 'title', value: 'Dune' }), beside('Dune'))).toBeUndefined();
  });

  it('means the caller, a value, or each item of a list', () => {
    expect(meant({ type: 'caller' })).toBe(ME(0));
    const emma = loan({ path: 'title', value: 'Emma' });
    expect(meant({ type: 'list', items: [emma, { type: 'value', value: 'x' }] })).toEqual([LO(1), 'x']);
    expect(meant({ type: 'list', items: [emma, { type: 'made', wish: 0 }] })).toBeUndefined();
  });
});
