// What tasks need of the hand-written domains: in their seed states every tool can be used, and every
// rule is kept by some calls and broken by others that the tools allow, and broken alone by some.
import { describe, expect, it } from 'vitest';
import { deriveRng } from '../../src/core/rng.js';
import { judgesCalls } from '../../src/spec/rule.js';
import { brokenInvariants, interpret, violatedGuards } from '../../src/spec/interpret.js';
import { withComputed } from '../../src/policy/belief/rules.js';
import { stateSource } from '../../src/spec/state-source.js';
import { domainIds, domainText, drawCall, idsNear, readDomain, stateOf } from './read-domain.js';

const seeds = [1, 2, 3];
const triesPerTool = 40_000;
const mostUses = 30;

describe.each(domainIds)('%s', (id) => {
  const domain = readDomain(domainText(id));
  const states = seeds.map((seed) => stateOf(domain, seed));
  const rules = domain.policies.flatMap((policy) =>
    judgesCalls(policy) ? policy.on.map((tool) => `${policy.id} on ${tool}`) : [],
  );

  it('has the size of a real desk and every kind of policy', () => {
    expect(domain.tools.filter(({ kind }) => kind === 'spec').length).toBeGreaterThanOrEqual(12);
    expect(domain.tools.length).toBeGreaterThanOrEqual(25);
    expect(domain.entities.length).toBeGreaterThanOrEqual(5);
    expect(domain.entities.length).toBeLessThanOrEqual(10);
    expect(domain.invariants.length).toBeGreaterThanOrEqual(4);
    const kinds = new Set(domain.policies.map(({ kind }) => kind));
    expect([...kinds]).toEqual(expect.arrayContaining(['verify', 'guard', 'confirm', 'precede', 'escalate']));
  });

  it('lets users ask for every change in several ways and with a reason', () => {
    for (const { name } of domain.tools.filter(({ effect }) => effect === 'write')) {
      expect([name, domain.say.tools[name]?.ask.length ?? 0]).toEqual([
        name,
        expect.toSatisfy((n) => n >= 2),
      ]);
      expect([name, domain.say.tools[name]?.because.length ?? 0]).toEqual([
        name,
        expect.toSatisfy((n) => n >= 2),
      ]);
    }
  });

  it('starts from states in which the invariants hold', () => {
    expect(states.map((state) => brokenInvariants(domain, state))).toEqual(seeds.map(() => []));
  });

  it('can use every tool and keep every rule, and break every rule alone where the tools allow it', () => {
    const rng = deriveRng('domains', id);
    const unused = new Set(domain.tools.filter(({ kind }) => kind === 'spec').map(({ name }) => name));
    const unkept = new Set(unused);
    const unbroken = new Set(rules);
    const prefix = domain.entities.find(({ name }) => name === domain.caller)?.prefix ?? '';
    const wanted = (tool: string): boolean =>
      unused.has(tool) || unkept.has(tool) || [...unbroken].some((rule) => rule.endsWith(` on ${tool}`));
    const known = new Map<object, readonly string[]>();
    for (const tool of domain.tools.filter(({ kind }) => kind === 'spec')) {
      const first = tool.params.map(({ type }) => (type.kind === 'list' ? type.item : type))[0];
      const entity = first?.kind === 'row' ? first.entity : domain.caller;
      for (let tries = 0; tries < triesPerTool && wanted(tool.name); tries++) {
        const state = rng.pick(states);
        const row = rng.pick(state.tables[entity] ?? []);
        const near = known.get(row) ?? idsNear(state, [row], mostUses);
        known.set(row, near);
        const callers = near.filter((one) => one.startsWith(`${prefix}-`));
        const own = callers.filter((one) => Object.values(row).includes(one));
        const caller = rng.pick(own.length > 0 && rng.chance(0.5) ? own : callers);
        const drawn = drawCall(domain, state, tool, rng, near);
        // What the rules settle is right most of the time.
        const right = withComputed(domain, tool, drawn, caller, stateSource(state));
        const args = right === null || rng.chance(0.2) ? drawn : right;
        if (interpret(domain, state, tool.name, args).reply.type === 'refusal') continue;
        unused.delete(tool.name);
        const broken = violatedGuards(domain, tool.name, args, caller, stateSource(state));
        if (broken.length === 0) unkept.delete(tool.name);
        if (broken.length === 1) unbroken.delete(`${broken[0]} on ${tool.name}`);
      }
    }
    expect([...unused]).toEqual([]);
    expect([...unkept]).toEqual([]);
    expect([...unbroken]).toEqual([]);
  });
});
