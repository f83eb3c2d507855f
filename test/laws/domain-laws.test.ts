// The laws of src/verify and a stretch of differential testing, on every domain in domains/.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createGuest } from '../../sandbox/host.js';
import { typeCheck } from '../../src/emit/type-check.js';
import { readSpec } from '../../src/spec/read.js';
import { runDifferential } from '../../src/verify/differential.js';
import { laws } from '../../src/verify/law.js';
import { runLaws } from '../../src/verify/laws.js';
import { prepareCase, runCase } from '../../src/verify/run-case.js';
import { searchTool } from '../../src/verify/search.js';
import { createArgumentChecker } from '../../src/world/arguments.js';
import { createRowChecker } from '../../src/world/row-checker.js';
import { subjectOf } from '../verify/kiosk.js';

const folder = new URL('../../domains/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

it('there are domains to judge', () => {
  expect(files.length).toBeGreaterThan(1);
});

describe.each(files)('%s', (file) => {
  const spec = readSpec(readFileSync(new URL(file, folder), 'utf8'));
  if (!spec.ok) throw new Error(JSON.stringify(spec.error));
  const { domain, emitted, state, ground, fits } = subjectOf(spec.value);

  it('keeps every law', async () => {
    const guests = [
      await createGuest({ modules: emitted.compiled }, state),
      await createGuest({ modules: emitted.compiled }, state),
    ] as const;
    const rows = createRowChecker(emitted.stateSchema);
    const bench = { ground, emitted, guests, arguments: createArgumentChecker(emitted.manifest), rows };
    const { breaches, checks } = runLaws(bench, 11, 0);
    for (const guest of guests) guest.dispose();
    expect(breaches).toEqual([]);
    expect(laws.filter((law) => checks[law] === 0)).toEqual([]);
  });

  it('does what the interpreter does', async () => {
    const guest = await createGuest({ modules: emitted.compiled }, state);
    const { mismatches, calls } = runDifferential(ground, guest, 11, 0, fits);
    guest.dispose();
    expect(mismatches).toEqual([]);
    expect(calls).toBe(250);
  });

  it('has a case for every declared outcome of every tool, and each holds', async () => {
    const guest = await createGuest({ modules: emitted.compiled }, state);
    const session = guest.open();
    for (const tool of domain.tools) {
      const { cases, goals } = searchTool(ground, tool, 11, fits);
      expect(goals.filter(({ required, reached }) => required && !reached)).toEqual([]);
      for (const one of cases) {
        const { verdict } = runCase(guest, session, prepareCase(one));
        expect({ id: one.id, verdict }).toEqual({ id: one.id, verdict: one.expect.verdict });
      }
    }
    guest.dispose();
  });

  it('passes the strict type check', () => {
    expect(typeCheck(emitted.files)).toEqual([]);
  });
});
