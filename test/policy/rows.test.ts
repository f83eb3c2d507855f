import { expect, test } from 'vitest';
import { rowsIn } from '../../src/policy/rows.js';
import { openWorld } from '../task/interpreted-world.js';
import { openMarina } from '../task/marina.js';

test('a row is one of its own table, though it has all columns of another', () => {
  const world = openWorld(openMarina(), 1);
  const state = world.open().state();
  const [boat] = state.ok ? (state.value.tables['Boat'] ?? []) : [];
  if (boat === undefined) throw new Error('no boat');
  // A boat has its owner's id and a name, and so has an owner.
  const shown = { entity: 'Boat', id: boat['boat_id'] };
  expect(rowsIn(world.domain.stateSchema, boat)).toEqual([shown]);
  expect(rowsIn(world.domain.stateSchema, { moored: [boat], owner: boat['owner_id'] ?? null })).toEqual([
    shown,
  ]);
});
