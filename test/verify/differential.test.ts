import { describe, expect, it } from 'vitest';
import { createGuest } from '../../sandbox/host.js';
import type { EmittedDomain } from '../../src/emit/emitted-domain.js';
import { runDifferential, type DifferentialResult } from '../../src/verify/differential.js';
import { broken, kiosk } from './kiosk.js';

const { emitted, state, ground, fits } = kiosk();

async function compare(version: EmittedDomain): Promise<DifferentialResult> {
  const guest = await createGuest({ modules: version.compiled }, state);
  const result = runDifferential(ground, guest, 1, 0, fits);
  guest.dispose();
  return result;
}

describe('differential testing', () => {
  it('finds no mismatch in what the emitter wrote, over calls that mostly succeed', async () => {
    const result = await compare(emitted);
    expect(result.mismatches).toEqual([]);
    expect(result.calls).toBe(250);
    expect(result.succeeded).toBeGreaterThan(100);
    expect(result.guards).toBeGreaterThan(200);
    expect(result.invariants).toBeGreaterThan(20);
  });

  it('finds a wrong value, and shrinks it to the one call that shows it', async () => {
    const { mismatches } = await compare(
      broken(emitted, 'tools.ts', 'rider.owes - args.amount', 'rider.owes'),
    );
    const [first] = mismatches;
    expect(first?.what).toBe('answer');
    expect(first?.calls.map(({ tool }) => tool)).toEqual(['pay']);
    expect(first?.expected).not.toBe(first?.got);
  });

  it('finds a wrong state behind a right answer', async () => {
    const silent = broken(
      emitted,
      'tools.ts',
      'return ok(db.riders.put({ ...rider, email: args.email }));',
      'return ok({ ...rider, email: args.email });',
    );
    const { mismatches } = await compare(silent);
    expect(mismatches.map(({ what }) => what)).toContain('state');
  });

  it('finds a guard that always complies', async () => {
    const { mismatches } = await compare(
      broken(emitted, 'guards.ts', 'return rider.owes < 2000', 'return true'),
    );
    expect(mismatches.length).toBeGreaterThan(0);
    expect(new Set(mismatches.map(({ what }) => what))).toEqual(new Set(['guards']));
    expect(mismatches[0]?.calls).toHaveLength(1);
  });

  it('finds an invariant that looks away', async () => {
    const { mismatches } = await compare(broken(emitted, 'guards.ts', "|| bike.status === 'out'", '|| true'));
    expect(mismatches.map(({ what }) => what)).toContain('invariants');
  });

  it('finds a tool that never ends', async () => {
    const { mismatches } = await compare(
      broken(
        emitted,
        'tools.ts',
        'return ok(db.riders.put({ ...rider, owes',
        'for (;;); return ok(db.riders.put({ ...rider, owes',
      ),
    );
    expect(mismatches[0]?.what).toBe('fault');
  });
});
