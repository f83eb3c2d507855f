// The stage for attacks on the sandbox: a guest with hostile tools, an attacker, and bystanders that
// must stay what they are.
import { expect } from 'vitest';
import type { Guest, Limits, Reply } from '../../sandbox/guest-api.js';
import { createGuest } from '../../sandbox/host.js';
import { bookId, loanId, memberId, smallState, withTools } from './small-domain.js';

export const call = (guest: Guest, session: number, tool: string, args: object = {}): Reply =>
  guest.call(session, tool, JSON.stringify(args));

export const kindOf = (reply: Reply): string => (reply.type === 'fault' ? reply.fault.kind : reply.type);

/** Everything that a session is, by value. */
export const portrait = (guest: Guest, session: number): unknown => [
  guest.state(session),
  guest.diff(session),
];

export interface Stage {
  readonly guest: Guest;
  readonly attacker: number;
  /** Asserts that nobody but the attacker was ever touched. */
  readonly checkOthers: () => void;
}

/** A guest with hostile tools, an attacker and three bystanders: a session, its fork and another guest. */
export async function setStage(tools: string, after = '', limits: Partial<Limits> = {}): Promise<Stage> {
  const guest = await createGuest(withTools(tools, after), smallState(), limits);
  const other = await createGuest(withTools(tools, after), smallState());
  const attacker = guest.open();
  const victim = guest.open();
  const elsewhere = other.open();
  call(guest, attacker, 'fine', { member_id: memberId(0), cents: 10 });
  call(guest, victim, 'lend', { member_id: memberId(1), book_id: bookId(1) });
  call(guest, victim, 'give_back', { loan_id: loanId(0) });
  const fork = guest.fork(victim);
  call(guest, fork, 'fine', { member_id: memberId(2), cents: 7 });
  call(other, elsewhere, 'lend', { member_id: memberId(3), book_id: bookId(3) });
  const all: readonly (readonly [Guest, number])[] = [
    [guest, victim],
    [guest, fork],
    [other, elsewhere],
  ];
  const before = all.map(([where, session]) => portrait(where, session));
  return {
    guest,
    attacker,
    checkOthers() {
      expect(all.map(([where, session]) => portrait(where, session))).toEqual(before);
      for (const [where, session] of all) {
        const trial = where.fork(session);
        const lent = call(where, trial, 'lend', { member_id: memberId(4), book_id: bookId(5) });
        const due = '2025-06-16T09:00Z';
        expect(lent).toMatchObject({
          type: 'result',
          value: { member_id: memberId(4), book_id: bookId(5), due, status: 'open' },
        });
        expect(call(where, trial, 'total_fines')).toEqual({
          type: 'result',
          value: session === fork ? 13 : 6,
        });
        expect(where.brokenInvariants(trial, 'changed')).toEqual({ ok: true, value: [] });
        where.close(trial);
      }
      const fresh = guest.open();
      expect(guest.state(fresh)).toEqual({ ok: true, value: smallState() });
    },
  };
}

/**
 * Runs one attack twice and checks all that must hold after it; the result is what the caller got.
 */
export async function attack(
  tools: string,
  after = '',
  limits?: Partial<Limits>,
): Promise<readonly [string, string]> {
  const { guest, attacker, checkOthers } = await setStage(tools, after, limits);
  const before = portrait(guest, attacker);
  const round = (): string => {
    const reply = call(guest, attacker, 'attack', { member_id: memberId(0) });
    // The engine's own words stay inside.
    expect(JSON.stringify(reply)).not.toMatch(/quickjs|stack overflow|InternalError|at .*:\d/i);
    expect(portrait(guest, attacker)).toEqual(before);
    expect(call(guest, attacker, 'fine', { member_id: memberId(5), cents: 0 }).type).toBe('result');
    checkOthers();
    return kindOf(reply);
  };
  return [round(), round()];
}

/** A write, so that there is something to undo. */
export const write = `db.members.put({ ...db.members.must(args.member_id), fines: 99 });`;
