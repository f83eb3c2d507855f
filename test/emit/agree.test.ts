// Emitted code against the interpreter, call for call, in plain V8.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deriveRng } from '../../src/core/rng.js';
import { emitDomain } from '../../src/emit/emit.js';
import { typeCheck } from '../../src/emit/type-check.js';
import { readSpec } from '../../src/spec/read.js';
import type { Domain } from '../../src/spec/model.js';
import { createPlainGuest } from '../../sandbox/plain.js';
import { firstDifference, randomState, startTally, type Tally } from './random-domain.js';
import { tortureDomain } from './torture.js';

function readDomain(name: string): Domain {
  const read = readSpec(readFileSync(new URL(`../../domains/${name}.yaml`, import.meta.url), 'utf8'));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

async function compare(domain: Domain, states: number, calls: number): Promise<Tally> {
  const program = { modules: emitDomain(domain).compiled };
  const tally = startTally();
  for (let seed = 0; seed < states; seed++) {
    const rng = deriveRng('agree', domain.id, seed);
    const state = randomState(domain, rng.derive('state'));
    const guest = await createPlainGuest(program, state);
    const difference = firstDifference(domain, guest, state, calls, rng.derive('calls'), tally);
    if (difference !== undefined) throw new Error(`seed ${seed}: ${difference}`);
    guest.dispose();
  }
  return tally;
}

describe.each([
  ['torture', tortureDomain(), 60],
  ['library', readDomain('library'), 12],
  ['veterinary-clinic', readDomain('veterinary-clinic'), 12],
])('%s', (_name, domain, states) => {
  it('passes the strict type check', () => {
    expect(typeCheck(emitDomain(domain).files)).toEqual([]);
  });

  it('answers, writes and judges as the interpreter does', async () => {
    const tally = await compare(domain, states, 60);
    expect(tally.calls).toBe(states * 60);
    const silent = domain.tools.map((tool) => tool.name).filter((name) => !tally.results.has(name));
    if (process.env['SHOW']) console.log(tally, silent);
  });
});
