import { expect, test } from 'vitest';
import { deriveRng } from '../../src/core/rng.js';
import { openSizes, type Sizes, type Target } from '../../src/task/size.js';

/** Grows as a domain would whose writes come to so much each, and counts what comes about. */
function growMany(sizes: Sizes, count: number, costs: readonly number[]): number[] {
  const rng = deriveRng(1);
  const made = [0, 0, 0, 0, 0, 0];
  for (let task = 0; task < count; task++) {
    const target = sizes.next(rng);
    const writes = growOne(sizes, target, () => rng.pick(costs));
    sizes.made(writes);
    made[writes] = (made[writes] ?? 0) + 1;
  }
  return made;
}

function growOne(sizes: Sizes, target: Target, cost: () => number): number {
  let [writes, complexity] = [0, 0];
  while (writes === 0 || (complexity < target.complexity && writes < target.writes)) {
    writes += 1;
    complexity += cost();
    sizes.measured(writes, complexity);
  }
  return writes;
}

test.each([
  ['alike', [0.2]],
  ['light and heavy', [0.1, 0.2, 0.3]],
])('writes come about by their shares, whether those of a domain are %s', (_, costs) => {
  const made = growMany(openSizes({ writes: [35, 30, 20, 10, 5] }), 400, costs);
  for (const [index, share] of [0.35, 0.3, 0.2, 0.1, 0.05].entries()) {
    expect(Math.abs((made[index + 1] ?? 0) / 400 - share)).toBeLessThan(0.05);
  }
});

test('a range of complexities is drawn from evenly', () => {
  const sizes = openSizes({ least: 0.4, most: 0.8 });
  const rng = deriveRng(2);
  const targets = Array.from({ length: 500 }, () => sizes.next(rng).complexity);
  expect(Math.min(...targets)).toBeGreaterThanOrEqual(0.4);
  expect(Math.max(...targets)).toBeLessThan(0.8);
  const mean = targets.reduce((sum, target) => sum + target, 0) / targets.length;
  expect(Math.abs(mean - 0.6)).toBeLessThan(0.02);
});

test('no more writes are aimed at than were asked for', () => {
  const sizes = openSizes({ writes: [1, 1] });
  expect(growMany(sizes, 100, [0.1]).slice(3)).toEqual([0, 0, 0]);
  expect(sizes.upTo(3).writes).toBe(3);
});
