// As agree.test.ts, with many random domains.
import { expect, it } from 'vitest';
import { deriveRng } from '../../src/core/rng.js';
import { emitDomain } from '../../src/emit/emit.js';
import { typeCheck } from '../../src/emit/type-check.js';
import { compare } from './compare.js';
import { randomTools } from './random-tools.js';
import { tortureDomain } from './torture.js';

it.each(Array.from({ length: 20 }, (_, seed) => seed))(
  'emits random tools that type-check and do what the interpreter does: %i',
  async (seed) => {
    const domain = randomTools(80, deriveRng('emit', 'tools', 'full', seed));
    expect(typeCheck(emitDomain(domain).files)).toEqual([]);
    await compare(domain, 12, 100);
  },
);

it('keeps to the interpreter in the torture domain', async () => {
  expect((await compare(tortureDomain(), 400, 60)).calls).toBeGreaterThan(24_000);
});
