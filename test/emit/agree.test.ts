// Emitted code type-checks and does what the interpreter does, call for call.
import { describe, expect, it } from 'vitest';
import { deriveRng } from '../../src/core/rng.js';
import { emitDomain } from '../../src/emit/emit.js';
import { typeCheck } from '../../src/emit/type-check.js';
import { judgesCalls } from '../../src/spec/rule.js';
import { compare } from './compare.js';
import { randomTools } from './random-tools.js';
import { readDomain } from './read-domain.js';
import { tortureDomain } from './torture.js';

describe('the torture domain', () => {
  const domain = tortureDomain();

  it('passes the strict type check', () => {
    expect(typeCheck(emitDomain(domain).files)).toEqual([]);
  });

  it('answers, writes and judges as the interpreter does, wherever a trap was laid', async () => {
    const tally = await compare(domain, 40, 60);
    expect(domain.tools.map(({ name }) => name).filter((name) => !tally.results.has(name))).toEqual([]);
    const guards = domain.policies.filter(
      (policy) => judgesCalls(policy) || (policy.kind === 'conceal' && policy.unless !== undefined),
    );
    expect(guards.map(({ id }) => id).filter((id) => !tally.violations.has(id))).toEqual([]);
    expect(domain.invariants.map(({ id }) => id).filter((id) => !tally.broken.has(id))).toEqual([]);
  });
});

describe('tools that nobody would write', () => {
  const domain = randomTools(50, deriveRng('emit', 'tools'));

  it('pass the strict type check', () => {
    expect(typeCheck(emitDomain(domain).files)).toEqual([]);
  });

  it('answer and write as the interpreter does', async () => {
    expect((await compare(domain, 10, 100)).results.size).toBeGreaterThan(40);
  });
});

describe.each(['library', 'veterinary-clinic'])('%s', (name) => {
  const domain = readDomain(name);

  it('passes the strict type check', () => {
    expect(typeCheck(emitDomain(domain).files)).toEqual([]);
  });

  it('answers, writes and judges as the interpreter does', async () => {
    expect((await compare(domain, 6, 60)).calls).toBeGreaterThan(360);
  });
});
