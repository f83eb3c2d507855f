import { describe, expect, it } from 'vitest';
import { passK, passKs, wilson } from '../../src/bench/stats.js';

describe('pass^k', () => {
  it('is the chance that k runs drawn without replacement all succeed', () => {
    expect(passK([{ n: 4, c: 2 }], 1)).toBeCloseTo(0.5);
    expect(passK([{ n: 4, c: 2 }], 2)).toBeCloseTo(1 / 6);
    expect(passK([{ n: 4, c: 2 }], 3)).toBe(0);
    expect(
      passK(
        [
          { n: 4, c: 4 },
          { n: 4, c: 0 },
        ],
        4,
      ),
    ).toBeCloseTo(0.5);
  });

  it('is given as far as every task was run', () => {
    expect(
      Object.keys(
        passKs([
          { n: 2, c: 1 },
          { n: 8, c: 8 },
        ]),
      ),
    ).toEqual(['1', '2']);
    expect(passKs([])).toEqual({});
  });
});

describe("Wilson's interval", () => {
  it('matches published values and never leaves [0, 1]', () => {
    const [low, high] = wilson(0.5, 10);
    expect(low).toBeCloseTo(0.2366, 3);
    expect(high).toBeCloseTo(0.7634, 3);
    expect(wilson(1, 100)[0]).toBeCloseTo(0.963, 3);
    expect([100, 200, 333].map((tasks) => wilson(1, tasks)[1])).toEqual([1, 1, 1]);
    expect(wilson(0, 0)).toEqual([0, 1]);
  });
});
