// Sessions as overlays: against a naive model that copies everything, under random calls, forks and
// faults; and the parts that a model would hide.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Guest, GuestRow, GuestState, RowChange } from '../../sandbox/guest-api.js';
import { createGuest } from '../../sandbox/host.js';
import { createPlainGuest } from '../../sandbox/plain.js';
import { bookId, loanId, memberId, smallState, withTools } from './small-domain.js';

const size = 4;
const seed = smallState(size);
const program = withTools(`
  move_loan(db, { loan_id, member_id }) {
    const loan = db.loans.get(loan_id);
    return loan ? ok(db.loans.put({ ...loan, member_id })) : fail('LOAN_NOT_FOUND', 'No.');
  },
  look: (db, { member_id, book_id }) =>
    ok([db.loans.all(), db.loans.where('member_id', member_id), db.loans.where('book_id', book_id), db.loans.where('status', 'open')]),
  half(db, args) { db.members.put({ ...db.members.all()[0], fines: 77 }); db.loans.add({ x: 1 }); return fail('HALF', 'Half.'); },
  hang(db, args) { db.members.put({ ...db.members.all()[0], fines: 78 }); for (;;); },
`);

type Tables = Record<string, GuestRow[]>;
interface Model {
  tables: Tables;
  created: Record<string, number>;
}

const rows = (model: Model, entity: string): GuestRow[] => model.tables[entity] ?? [];

/** The honest tools, written once more over plain arrays. */
function applyToModel(model: Model, tool: string, args: Record<string, string>): unknown {
  const find = (entity: string, key: string): GuestRow | undefined =>
    rows(model, entity).find((row) => row[key] === args[key]);
  const put = (entity: string, key: string, id: unknown, change: object): GuestRow => {
    const at = rows(model, entity).findIndex((row) => row[key] === id);
    const next = { ...rows(model, entity)[at], ...change } as GuestRow;
    rows(model, entity)[at] = next;
    return next;
  };
  const { member_id = '', book_id = '' } = args;
  switch (tool) {
    case 'lend': {
      if (find('Book', 'book_id')?.['status'] !== 'free') return 'BOOK_NOT_FREE';
      const ordinal = model.created['Loan'] ?? 0;
      const loan = { loan_id: loanId(ordinal), member_id, book_id, due: '2025-06-16T09:00Z', status: 'open' };
      model.created['Loan'] = ordinal + 1;
      rows(model, 'Loan').push(loan);
      put('Book', 'book_id', book_id, { status: 'lent' });
      return loan;
    }
    case 'give_back': {
      const loan = find('Loan', 'loan_id');
      if (loan === undefined) return 'LOAN_NOT_FOUND';
      put('Book', 'book_id', loan['book_id'], { status: 'free' });
      return put('Loan', 'loan_id', loan['loan_id'], { status: 'closed' });
    }
    case 'move_loan': {
      const loan = find('Loan', 'loan_id');
      return loan === undefined ? 'LOAN_NOT_FOUND' : put('Loan', 'loan_id', loan['loan_id'], { member_id });
    }
    case 'forget_loan': {
      const there = find('Loan', 'loan_id') !== undefined;
      model.tables['Loan'] = rows(model, 'Loan').filter((row) => row['loan_id'] !== args['loan_id']);
      return there ? true : 'threw';
    }
    case 'look': {
      const where = (column: string, value: string): GuestRow[] =>
        rows(model, 'Loan').filter((row) => row[column] === value);
      return [
        rows(model, 'Loan'),
        where('member_id', member_id),
        where('book_id', book_id),
        where('status', 'open'),
      ];
    }
    case 'hang':
      return 'fuel';
    default:
      return 'HALF';
  }
}

const ids = fc.record({
  member_id: fc.nat(size - 1).map(memberId),
  book_id: fc.nat(2 * size - 1).map(bookId),
  loan_id: fc.nat(size).map(loanId),
});
const calls = fc.record({
  step: fc.constant('call' as const),
  tool: fc.constantFrom(
    'lend',
    'lend',
    'give_back',
    'move_loan',
    'move_loan',
    'forget_loan',
    'look',
    'look',
    'half',
  ),
  args: ids,
  on: fc.nat(5),
});
const others = fc.record({
  step: fc.constantFrom('fork' as const, 'reset' as const, 'hang' as const),
  on: fc.nat(5),
});
type Generated<A> = A extends fc.Arbitrary<infer T> ? T : never;
type Step = Generated<typeof calls> | Generated<typeof others>;
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof({ weight: 12, arbitrary: calls }, { weight: 2, arbitrary: others }),
  {
    maxLength: 40,
  },
);

function naiveDiff(model: Model): RowChange[] {
  const keys = { Member: 'member_id', Book: 'book_id', Loan: 'loan_id' };
  return Object.entries(keys).flatMap(([entity, key]) => {
    const before = seed.tables[entity] ?? [];
    const after = new Map(rows(model, entity).map((row) => [row[key], row]));
    const seeds = before.flatMap((row): RowChange[] => {
      const now = after.get(row[key] ?? null) ?? null;
      const isSame = now !== null && JSON.stringify(now) === JSON.stringify(row);
      return isSame ? [] : [{ entity, id: String(row[key]), before: row, after: now }];
    });
    const known = new Set(before.map((row) => row[key]));
    const created = rows(model, entity).filter((row) => !known.has(row[key]));
    return [...seeds, ...created.map((row) => ({ entity, id: String(row[key]), before: null, after: row }))];
  });
}

function check(guest: Guest, canHang: boolean, script: readonly Step[]): void {
  const start = (): Model => structuredClone({ tables: seed.tables, created: seed.created }) as Model;
  const pairs = [{ session: guest.open(), model: start() }];
  for (const step of script) {
    const pair = pairs[step.on % pairs.length];
    if (pair === undefined) continue;
    if (step.step === 'fork')
      pairs.push({ session: guest.fork(pair.session), model: structuredClone(pair.model) });
    if (step.step === 'reset') {
      guest.reset(pair.session);
      pair.model = start();
    }
    if (step.step === 'hang' && !canHang) continue;
    if (step.step === 'fork' || step.step === 'reset') continue;
    const [tool, args] = step.step === 'call' ? [step.tool, step.args] : ['hang', {}];
    const reply = guest.call(pair.session, tool, JSON.stringify(args));
    const expected = applyToModel(pair.model, tool, args);
    const told =
      reply.type === 'result' ? reply.value : reply.type === 'refusal' ? reply.code : reply.fault.kind;
    expect(told).toEqual(expected);
  }
  for (const { session, model } of pairs) {
    const state: GuestState = { now: seed.now, tables: model.tables, created: model.created };
    expect(guest.state(session)).toEqual({ ok: true, value: state });
    expect(guest.diff(session)).toEqual({ ok: true, value: naiveDiff(model) });
    const copy = guest.open();
    expect(guest.patch(copy, naiveDiff(model)).ok).toBe(true);
    expect(guest.diff(copy)).toEqual(guest.diff(session));
    guest.close(copy);
    guest.close(session);
  }
}

describe('sessions', () => {
  it('agree with a model that copies everything, through forks, resets, refusals and faults', async () => {
    const guest = await createGuest(program, seed, { fuel: 2 });
    const agrees = fc.property(steps, (script) => check(guest, true, script));
    expect(() => fc.assert(agrees, { numRuns: 150 })).not.toThrow();
  });

  it('do so in the unsafe twin that benchmarks compare with', async () => {
    const guest = await createPlainGuest(program, seed);
    const agrees = fc.property(steps, (script) => check(guest, false, script));
    expect(() => fc.assert(agrees, { numRuns: 150 })).not.toThrow();
  });

  it('judge on changed rows what judging every row finds', async () => {
    const guest = await createGuest(program, seed);
    let brokenOnce = 0;
    const judge = (script: readonly { tool: string; args: object }[]): void => {
      const session = guest.open();
      for (const { tool, args } of script) guest.call(session, tool, JSON.stringify(args));
      const broken = guest.brokenInvariants(session, 'changed');
      expect(broken).toEqual(guest.brokenInvariants(session, 'all'));
      guest.close(session);
      if (broken.ok && broken.value.length > 0) brokenOnce++;
    };
    fc.assert(fc.property(fc.array(calls, { maxLength: 12 }), judge), { numRuns: 200 });
    expect(brokenOnce).toBeGreaterThan(10);
  });

  it('tell violated guards with and without a caller, and none for a tool without guards', async () => {
    const guest = await createGuest(program, seed);
    const session = guest.open();
    const args = JSON.stringify({ loan_id: loanId(0) });
    expect(guest.violatedGuards(session, 'give_back', args, memberId(1))).toEqual({
      ok: true,
      value: ['own_loans'],
    });
    expect(guest.violatedGuards(session, 'give_back', args, memberId(0))).toEqual({ ok: true, value: [] });
    expect(guest.violatedGuards(session, 'give_back', args, null)).toEqual({ ok: true, value: [] });
    expect(guest.violatedGuards(session, 'lend', '{}', null)).toEqual({ ok: true, value: [] });
  });

  it('refuse a patch that does not fit, and keep what they were', async () => {
    const guest = await createGuest(program, seed);
    const session = guest.open();
    const after = { member_id: memberId(0), name: 'Eve', fines: 3 };
    const good: RowChange = {
      entity: 'Member',
      id: memberId(0),
      before: seed.tables['Member']?.[0] ?? null,
      after,
    };
    const bad: RowChange = { entity: 'Loan', id: 'LN-1', before: after, after: null };
    expect(guest.patch(session, [good, bad])).toMatchObject({ ok: false, fault: { kind: 'threw' } });
    expect(guest.state(session)).toEqual({ ok: true, value: seed });
    expect(guest.patch(session, [good])).toEqual({ ok: true, value: true });
    expect(guest.diff(session)).toEqual({ ok: true, value: [good] });
  });

  it('are as they were after a fault even when they have had thousands of writes', async () => {
    const guest = await createGuest(program, seed, { fuel: 20 });
    const session = guest.open();
    const call = (tool: string, args: object): unknown => guest.call(session, tool, JSON.stringify(args));
    const after = { ...seed.tables['Loan']?.[0], loan_id: loanId(60_000) };
    guest.patch(session, [{ entity: 'Loan', id: loanId(60_000), before: null, after }]);
    for (let round = 0; round < 1000; round++) {
      call('lend', { member_id: memberId(round % size), book_id: bookId(1) });
      call('give_back', { loan_id: loanId((seed.created['Loan'] ?? 0) + round) });
      if (round % 3 !== 0) call('forget_loan', { loan_id: loanId((seed.created['Loan'] ?? 0) + round) });
      if (round === 400) call('forget_loan', { loan_id: loanId(0) });
    }
    const before = [guest.state(session), guest.diff(session)];
    expect(call('hang', {})).toMatchObject({ fault: { kind: 'fuel' } });
    expect([guest.state(session), guest.diff(session)]).toEqual(before);
    const next = { loan_id: loanId((seed.created['Loan'] ?? 0) + 1000) };
    expect(call('lend', { member_id: memberId(0), book_id: bookId(1) })).toMatchObject({ value: next });
  });

  it('take laid rows under their own ids, which shift no id of a row that a tool creates', async () => {
    const guest = await createGuest(program, seed, { fuel: 2 });
    const session = guest.open();
    const id = loanId(500);
    const after = { ...seed.tables['Loan']?.[0], loan_id: id };
    expect(guest.patch(session, [{ entity: 'Loan', id, before: null, after }]).ok).toBe(true);
    expect(guest.call(session, 'hang', '{}')).toMatchObject({ fault: { kind: 'fuel' } });
    const args = JSON.stringify({ member_id: memberId(0), book_id: bookId(1) });
    const value = { loan_id: loanId(seed.created['Loan'] ?? 0) };
    expect(guest.call(session, 'lend', args)).toMatchObject({ type: 'result', value });
    expect(guest.diff(session)).toMatchObject({ value: [{ id: bookId(1) }, { id }, { id: value.loan_id }] });
  });
});
