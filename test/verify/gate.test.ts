import { describe, expect, it } from 'vitest';
import { judge, type Measures } from '../../src/verify/gate.js';

const good: Measures = {
  level: 'full',
  procedures: {
    cases: 3,
    verdicts: { success: 2, 'anticipated-rejection': 1, 'unexpected-failure': 0 },
    failures: [],
  },
  laws: {
    checks: {
      determinism: 1,
      atomicity: 1,
      'purity of reads': 1,
      'incremental invariants': 1,
      references: 1,
      shapes: 1,
      isolation: 1,
      'hostile arguments': 1,
    },
    breaches: [],
  },
  differential: { calls: 5000, succeeded: 3000, guards: 5000, invariants: 500, mismatches: 0, first: [] },
  mutation: {
    score: 0.95,
    killed: 95,
    total: 100,
    generated: 120,
    invalid: 18,
    equivalent: 2,
    byOperator: {},
    survivors: [],
  },
  completeness: 1,
  coverage: {
    required: { reached: 9, total: 9, missing: [] },
    boundaries: { reached: 1, total: 2, missing: ['a'] },
    variants: { reached: 1, total: 2, missing: ['b'] },
  },
};

describe('the gate', () => {
  it('admits what meets every threshold, be it exactly', () => {
    expect(judge(good)).toEqual([]);
  });

  const bad: readonly (readonly [string, Partial<Measures>, RegExp])[] = [
    [
      'one procedural case that fails',
      {
        procedures: {
          ...good.procedures,
          verdicts: { ...good.procedures.verdicts, 'unexpected-failure': 1 },
        },
      },
      /1 of 3 procedural cases failed/,
    ],
    [
      'one law broken',
      {
        laws: {
          ...good.laws,
          breaches: [{ id: 'laws/0/0', law: 'atomicity', what: 'x', patch: [], calls: [] }],
        },
      },
      /law of atomicity broken/,
    ],
    ['one mismatch', { differential: { ...good.differential, mismatches: 1 } }, /1 mismatches/],
    ['too few calls compared', { differential: { ...good.differential, calls: 4999 } }, /only 4999 calls/],
    [
      'a mutation score below 95%',
      { mutation: { ...good.mutation, score: 0.949, killed: 94 } },
      /94 of 100 mutants/,
    ],
    [
      'a goal that no case reached',
      {
        completeness: 8 / 9,
        coverage: { ...good.coverage, required: { reached: 8, total: 9, missing: ['pay: refuse TOO_MUCH'] } },
      },
      /pay: refuse TOO_MUCH/,
    ],
  ];
  for (const [what, change, reason] of bad) {
    it(`rejects ${what}, and says so`, () => {
      const reasons = judge({ ...good, ...change });
      expect(reasons).toHaveLength(1);
      expect(reasons[0]).toMatch(reason);
    });
  }

  it('asks the sampled level for fewer calls', () => {
    expect(judge({ ...good, level: 'sampled', differential: { ...good.differential, calls: 1000 } })).toEqual(
      [],
    );
  });
});
