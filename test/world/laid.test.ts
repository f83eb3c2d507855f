import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../../src/core/errors.js';
import { emitDomain } from '../../src/emit/emit.js';
import { loadWorld } from '../../src/world/load.js';
import { seedState } from '../../src/world/seed.js';
import type { LaidRow, World } from '../../src/world/world.js';
import type { GuestRow } from '../../sandbox/guest-api.js';
import { readDomain } from '../emit/read-domain.js';

describe('rows laid beside the seed state', () => {
  let world: World;
  let fine: GuestRow;
  let laid: readonly LaidRow[];

  beforeAll(async () => {
    const domain = readDomain('library');
    const state = seedState(domain, 7);
    if (!state.ok) throw new Error('no seed state');
    world = await loadWorld(emitDomain(domain), state.value);
    fine = must(
      state.value.tables['Fine']?.find((row) => row['status'] === 'open'),
      'an open fine',
    );
    laid = [{ entity: 'Fine', row: { ...fine, fine_id: 'FI-99999', amount: 77 } }];
  });
  afterAll(() => world.dispose());

  const pay = { fine_id: 'FI-99999', method: 'card' } as const;

  it('belong to the start: they are there, and nothing differs', () => {
    const session = world.open(laid);
    expect(session.call('get_fine', { fine_id: 'FI-99999' })).toMatchObject({ type: 'result' });
    expect(session.diff()).toEqual({ ok: true, value: [] });
    expect(session.digest()).toEqual(world.open().digest());
    expect(world.open().call('get_fine', { fine_id: 'FI-99999' })).toMatchObject({ type: 'refusal' });
  });

  it('are changed like any other row, in a fork alone, and are back after a reset', () => {
    const session = world.open(laid);
    const fork = session.fork();
    expect(fork.call('pay_fine', pay)).toMatchObject({ type: 'result' });
    expect(fork.diff()).toMatchObject({
      value: [{ id: 'FI-99999', before: { status: 'open' }, after: { status: 'paid' } }],
    });
    expect(fork.digest()).not.toEqual(session.digest());
    expect(session.diff()).toEqual({ ok: true, value: [] });
    fork.reset();
    expect(fork.diff()).toEqual({ ok: true, value: [] });
    expect(fork.call('get_fine', { fine_id: 'FI-99999' })).toMatchObject({ value: { amount: 77 } });
  });

  it('leave the ids of rows that tools create as they were', () => {
    const order = { member_id: fine['member_id'] ?? '', email: 'new@example.org' };
    const plain = world.open();
    const beside = world.open(laid);
    expect(beside.call('update_contact', order)).toEqual(plain.call('update_contact', order));
    expect(beside.digest()).toEqual(plain.digest());
  });

  it('count as removed when a write removes them', () => {
    const session = world.open(laid);
    const [row] = laid;
    session.patch([{ entity: 'Fine', id: 'FI-99999', before: row?.row ?? null, after: null }]);
    expect(session.diff()).toMatchObject({
      value: [{ id: 'FI-99999', before: { amount: 77 }, after: null }],
    });
  });
});
