import { describe, expect, test } from 'vitest';
import { deriveRng } from '../../src/core/rng.js';
import { absorb, believedSource, forget, startBeliefs } from '../../src/policy/belief/beliefs.js';
import { writtenEntities } from '../../src/policy/belief/effects.js';
import { think } from '../../src/policy/belief/need.js';
import { readFor } from '../../src/policy/belief/read-call.js';
import { rowsMatching } from '../../src/policy/belief/resolve.js';
import { complies, rulesOn } from '../../src/policy/belief/rules.js';
import type { Domain } from '../../src/spec/model.js';
import { openClerk, work } from '../../src/task/clerk.js';
import { openGround } from '../../src/task/ground.js';
import { bindArgs } from '../../src/task/chain.js';
import { sampleArgs } from '../../src/task/sample-call.js';
import { startUsage } from '../../src/task/use.js';
import { openDomain, openWorld } from '../task/interpreted-world.js';

describe.each(['library', 'veterinary-clinic'])('in %s', (id) => {
  const domain = openDomain(id);
  const world = openWorld(domain, 3);
  const ground = openGround(domain, world);
  const callers = ground.ids.get(domain.caller) ?? [];

  test('every rule comes out of reading as it comes out of the whole state', () => {
    const outcomes = { holds: 0, fails: 0 };
    const options = { usage: startUsage(), made: [], named: [], avoid: new Set<string>(), foreign: 0.3 };
    for (const tool of domain.tools.filter(({ name }) => rulesOn(domain, name).length > 0)) {
      for (let round = 0; round < 30; round++) {
        const rng = deriveRng(3, tool.name, round);
        const caller = rng.pick(callers);
        const args = sampleArgs(ground, tool, caller, rng, options);
        if (args === null) continue;
        const values = bindArgs(ground, [], { tool: tool.name, args }) ?? {};
        for (const rule of rulesOn(domain, tool.name)) {
          const clerk = openClerk(ground, world.open(), caller);
          const read = work(clerk, (source) => complies(rule, tool, values, caller, source));
          const known = complies(rule, tool, values, caller, ground.source);
          expect(read, `${rule.id} on ${tool.name}`).toEqual({ value: known });
          outcomes[known ? 'holds' : 'fails']++;
        }
      }
    }
    expect(outcomes.holds).toBeGreaterThan(50);
    expect(outcomes.fails).toBeGreaterThan(50);
  });

  test('a row described by another person is found by reading, and no other', () => {
    let found = 0;
    for (const entity of domain.entities) {
      for (const row of ground.ids.get(entity.name)?.slice(0, 10) ?? []) {
        const rng = deriveRng(5, row);
        const caller = rng.pick(callers);
        const facts = entity.columns.flatMap((column) => {
          const value = ground.source.get(entity.name, row)?.[column.column] ?? null;
          return column.known && value !== null ? [{ path: column.attr, value }] : [];
        });
        const clerk = openClerk(ground, world.open(), caller);
        const read = work(clerk, (source) => rowsMatching(domain, source, entity.name, facts, caller));
        if (read === null) continue;
        const all = rowsMatching(domain, ground.source, entity.name, facts, caller);
        expect(read.value.toSorted()).toEqual(all.toSorted());
        found++;
      }
    }
    expect(found).toBeGreaterThan(20);
  });

  test('what a write may have changed is no longer believed', () => {
    for (const tool of domain.tools.filter(({ effect }) => effect === 'write')) {
      const beliefs = startBeliefs(domain);
      for (const entity of domain.entities) readOne(domain, entity.name, beliefs);
      const written = writtenEntities(domain, tool);
      forget(beliefs, written);
      for (const entity of domain.entities) {
        const row = ground.ids.get(entity.name)?.[0] ?? '';
        const thought = think(() => believedSource(beliefs).get(entity.name, row));
        expect(thought.known, `${entity.name} after ${tool.name}`).toBe(!written.includes(entity.name));
      }
    }
  });

  function readOne(of: Domain, entity: string, beliefs: ReturnType<typeof startBeliefs>): void {
    const row = ground.ids.get(entity)?.[0] ?? '';
    const call = readFor(of, { entity, id: row });
    const tool = of.tools.find(({ name }) => name === call?.tool);
    const value = ground.source.get(entity, row);
    if (call !== null && tool !== undefined && value !== undefined) absorb(beliefs, tool, call.args, value);
  }
});

test('a set that was read in part answers no question about the whole', () => {
  const domain = openDomain('library');
  const beliefs = startBeliefs(domain);
  const tool = domain.tools.find(({ name }) => name === 'list_member_loans');
  if (tool === undefined) throw new Error('no list');
  absorb(beliefs, tool, { member_id: 'ME-10000' }, []);
  const source = believedSource(beliefs);
  expect(source.rows('Loan', [{ column: 'member_id', value: 'ME-10000' }])).toEqual([]);
  expect(think(() => source.rows('Loan', [{ column: 'member_id', value: 'ME-10001' }])).known).toBe(false);
  expect(think(() => source.rows('Loan', [])).known).toBe(false);
});
