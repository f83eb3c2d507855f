// Laws of growing, in every domain of the repository.
import { beforeAll, describe, expect, test } from 'vitest';
import { deriveRng } from '../../src/core/rng.js';
import { buildGraph } from '../../src/graph/build.js';
import { namedRows } from '../../src/task/chain.js';
import { growFor } from '../../src/task/draft-do.js';
import type { Growth } from '../../src/task/growth.js';
import { belonging } from '../../src/task/ground.js';
import { breadthFirst } from '../../src/task/links.js';
import { wantedBy } from '../../src/task/options.js';
import { pickCaller } from '../../src/task/sample-call.js';
import { openWorkshop, type Workshop } from '../../src/task/workshop.js';
import { domainIds } from './all-domains.js';
import { openDomain, openWorld } from './interpreted-world.js';

describe.each(domainIds)('chains grown in %s', (id) => {
  let workshop: Workshop;
  const grown: Growth[] = [];
  beforeAll(() => {
    const domain = openDomain(id);
    workshop = openWorkshop(domain, openWorld(domain, 7), buildGraph(domain), wantedBy({}));
    const { ground, usage, links } = workshop;
    for (let attempt = 0; attempt < 100; attempt++) {
      const rng = deriveRng('grow', attempt);
      const tool = rng.pick([...links.writes]);
      const spec = ground.tools.get(tool);
      if (spec === undefined) throw new Error('no tool');
      const caller = pickCaller(ground, spec, usage, rng);
      const growth = growFor(workshop, caller, tool, { complexity: 0.6, writes: 5 }, rng);
      if (typeof growth !== 'string') grown.push(growth);
    }
  });

  const chainsOf = ({ chain, ends }: Growth): readonly Growth['chain']['run'][] =>
    ends.map((end, index) => chain.run.slice(ends[index - 1] ?? 0, end));

  test('are several or long until they are complex enough or have five writes', () => {
    expect(grown.length).toBeGreaterThan(30);
    for (const growth of grown) {
      expect(growth.ends.at(-1)).toBe(growth.chain.steps.length);
      expect(growth.chain.steps.length).toBeLessThanOrEqual(5);
    }
    const reached = grown.filter(({ complexity, chain }) => complexity >= 0.6 || chain.steps.length === 5);
    expect(reached.length).toBeGreaterThan(grown.length * 0.7);
    expect(grown.some(({ ends }) => ends.length > 2)).toBe(true);
    expect(grown.some((growth) => chainsOf(growth).some(({ length }) => length > 2))).toBe(true);
  });

  test('share no tool and no row, but for the caller who is in all', () => {
    for (const growth of grown) {
      const tools = chainsOf(growth).map((run) => new Set(run.map(({ call }) => call.tool)));
      expect(tools.reduce((sum, { size }) => sum + size, 0)).toBe(
        new Set(tools.flatMap((of) => [...of])).size,
      );
      const rows = chainsOf(growth).map((run) => {
        const named = namedRows(
          growth.ground,
          run.map(({ call }) => call),
        );
        return new Set(named.map((row) => row.id).filter((row) => row !== growth.caller));
      });
      expect(rows.reduce((sum, { size }) => sum + size, 0)).toBe(new Set(rows.flatMap((of) => [...of])).size);
    }
  });

  test('go on with what the graph says they lead to, or with the same for another row', () => {
    for (const growth of grown) {
      for (const run of chainsOf(growth)) {
        for (const [index, { call }] of run.entries()) {
          if (index === 0) continue;
          const before = run.slice(0, index).map((step) => step.call.tool);
          expect([...before, ...breadthFirst(workshop.links, before).flat()]).toContain(call.tool);
        }
      }
    }
  });

  test("take rows of the caller, rows that are nobody's, and rows that an earlier step of the chain made", () => {
    let made = 0;
    for (const { ground, caller, chain, ends } of grown) {
      for (const [index, step] of chain.steps.entries()) {
        const begin = ends.findLast((end) => end <= index) ?? 0;
        for (const arg of Object.values(step.args)) {
          if (!('made' in arg)) continue;
          made++;
          expect(arg.made).toBeGreaterThanOrEqual(begin);
          expect(arg.made).toBeLessThan(index);
        }
        const call = chain.run[index]?.call;
        for (const row of call === undefined ? [] : namedRows(ground, [call])) {
          expect(belonging(ground, row.id, caller)).not.toBe('foreign');
        }
      }
    }
    // In the library whatever is made is undone by what could follow.
    expect(made > 0).toBe(id !== 'library');
  });

  test('are done by a clerk who has read all that they need', () => {
    for (const { chain, clerk } of grown) {
      const digest = clerk.ground.open();
      for (const step of clerk.steps) if ('call' in step) digest.call(step.call.tool, step.call.args);
      expect(digest.digest()).toEqual({ ok: true, value: chain.digest });
    }
  });
});
