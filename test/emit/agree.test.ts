// Emitted code against the interpreter, call for call, in plain V8.
import { describe, expect, it } from 'vitest';
import { deriveRng } from '../../src/core/rng.js';
import { emitDomain } from '../../src/emit/emit.js';
import { typeCheck } from '../../src/emit/type-check.js';
import type { Domain } from '../../src/spec/model.js';
import { createPlainGuest } from '../../sandbox/plain.js';
import { firstDifference, randomState, startTally, type Tally } from './random-domain.js';
import { readDomain } from './read-domain.js';
import { tortureDomain } from './torture.js';

async function compare(domain: Domain, states: number, calls: number): Promise<Tally> {
  const program = { modules: emitDomain(domain).compiled };
  const tally = startTally();
  for (let seed = 0; seed < states; seed++) {
    const rng = deriveRng('agree', domain.id, seed);
    const state = randomState(domain, rng.derive('state'));
    const guest = await createPlainGuest(program, state);
    // A session of many tools, and one of each tool alone: what one write breaks is easily hidden by others.
    const alone = domain.tools.filter(({ effect }) => effect === 'write').map((tool) => [tool]);
    for (const [at, tools] of [domain.tools, ...alone].entries()) {
      const stream = rng.derive('calls', at);
      const difference = firstDifference(domain, guest, state, at === 0 ? calls : 2, stream, tally, tools);
      if (difference !== undefined) throw new Error(`seed ${seed}: ${difference}`);
    }
    guest.dispose();
  }
  return tally;
}

describe('the torture domain', () => {
  const domain = tortureDomain();

  it('passes the strict type check', () => {
    expect(typeCheck(emitDomain(domain).files)).toEqual([]);
  });

  it('answers, writes and judges as the interpreter does, wherever a trap was laid', async () => {
    const tally = await compare(domain, 40, 60);
    expect(domain.tools.map(({ name }) => name).filter((name) => !tally.results.has(name))).toEqual([]);
    const guards = domain.policies.filter(({ kind }) => kind === 'guard' || kind === 'escalate');
    expect(guards.map(({ id }) => id).filter((id) => !tally.violations.has(id))).toEqual([]);
    expect(domain.invariants.map(({ id }) => id).filter((id) => !tally.broken.has(id))).toEqual([]);
  });
});

describe.each(['library', 'veterinary-clinic'])('%s', (name) => {
  const domain = readDomain(name);

  it('passes the strict type check', () => {
    expect(typeCheck(emitDomain(domain).files)).toEqual([]);
  });

  it('answers, writes and judges as the interpreter does', async () => {
    expect((await compare(domain, 8, 60)).calls).toBeGreaterThan(480);
  });
});
