// The same as domains.test.ts over many tasks.
import { describe, expect, it } from 'vitest';
import { domainIds } from '../task/all-domains.js';
import { sweep } from './sweep.js';

const minutes = 60_000;

describe.each(domainIds)('%s', (id) => {
  it.each([1, 2])(
    'with seed %i: what is certified is found again, and graded right',
    async (seed) => {
      expect(await sweep(id, seed, 300)).toEqual([]);
    },
    10 * minutes,
  );
});
