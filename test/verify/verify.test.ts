import { describe, expect, it } from 'vitest';
import { isObject } from '../../src/core/json.js';
import { writeCases } from '../../src/verify/case.js';
import { replayCase } from '../../src/verify/replay.js';
import { reportText } from '../../src/verify/report-text.js';
import { verifyDomain } from '../../src/verify/verify.js';
import { broken, kiosk } from './kiosk.js';

const { domain, emitted, state } = kiosk();

describe('verification', () => {
  it('admits the kiosk, with the same bytes for one worker and for two, and without timings', async () => {
    const [one, two] = [
      await verifyDomain(domain, emitted, state, { seed: 3, level: 'sampled', workers: 1 }),
      await verifyDomain(domain, emitted, state, { seed: 3, level: 'sampled', workers: 2 }),
    ];
    expect(one.report.reasons).toEqual([]);
    expect(one.report.admitted).toBe(true);
    expect(JSON.stringify(two.report)).toBe(JSON.stringify(one.report));
    expect(writeCases(two.procedures)).toBe(writeCases(one.procedures));
    expect(JSON.stringify(one.report)).not.toMatch(/seconds|ms"/);
    const text = reportText(one.report, emitted);
    expect(text).toContain('# Riverside Bike Kiosk: admitted');
    expect(text).toContain('Every check below held.');
  });

  it('rejects a wrong tool with reasons, a shrunk failure and an id that replays', async () => {
    const wrong = broken(emitted, 'tools.ts', 'rider.owes - args.amount', 'rider.owes');
    const { report, procedures } = await verifyDomain(domain, wrong, state, {
      seed: 3,
      level: 'sampled',
      workers: 2,
    });
    expect(report.admitted).toBe(false);
    expect(report.reasons.join('\n')).toMatch(
      /procedural cases failed[\s\S]*mismatches with the interpreter/,
    );
    const [mismatch] = report.differential.first;
    expect(mismatch?.calls).toHaveLength(1);

    const at = { domain, emitted: wrong, state, procedures, report };
    const replayed = await replayCase(at, mismatch?.id ?? '');
    expect(replayed?.held).toBe(false);
    const [failure] = report.procedures.failures;
    expect(failure?.enough.length).toBeLessThanOrEqual(failure?.case.patch.length ?? -1);
    for (const { enough } of report.procedures.failures) expect(enough.length).toBeLessThan(3);
    expect((await replayCase(at, failure?.case.id ?? ''))?.held).toBe(false);
    expect((await replayCase({ ...at, emitted }, failure?.case.id ?? ''))?.held).toBe(true);
    expect(await replayCase(at, 'no/such/case')).toBeNull();
    expect(reportText(report, wrong)).toContain(`--case '${mismatch?.id ?? ''}'`);
  });

  it('writes cases that stand on their own', () => {
    const text = writeCases([
      { kind: 'invariant', id: 'a/1', patch: [], covers: [], expect: { broken: [] } },
    ]);
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(lines).toHaveLength(2);
    expect(isObject(lines[0]) && lines[0]['format']).toBe('toolgrove.procedures/1.0');
  });

  it('stops at once when it is told to', async () => {
    const stop = new AbortController();
    const running = verifyDomain(domain, emitted, state, {
      seed: 3,
      level: 'sampled',
      workers: 1,
      signal: stop.signal,
    });
    stop.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
  });
});
