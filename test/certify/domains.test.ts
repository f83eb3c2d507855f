// Certificates and the audit over every domain that is shipped: a few tasks here, many in the full run.
import { describe, expect, it } from 'vitest';
import { holdsAudit } from '../../src/certify/audit/audit.js';
import { domainIds } from '../task/all-domains.js';
import { sweep } from './sweep.js';

it.each(domainIds)('%s: what is certified is found again, and graded right', async (id) => {
  expect(await sweep(id, 23, 12)).toEqual([]);
});

describe('a grader that errs', () => {
  const side = { played: 400, equivalent: {}, kinds: {} };
  const right = {
    tasks: 1,
    nearMisses: { ...side, wrong: 0 },
    solutions: { ...side, wrong: 1 },
    exceptions: [],
  };

  it('holds while it accepts no near miss and rejects under one solution in 200', () => {
    expect(holdsAudit(right)).toBe(true);
    expect(holdsAudit({ ...right, nearMisses: { ...side, wrong: 1 } })).toBe(false);
    expect(holdsAudit({ ...right, solutions: { ...side, wrong: 2 } })).toBe(false);
    const fault = { task: 'a', what: 'fault', kind: 'b', detail: '', reason: 'fuel' } as const;
    expect(holdsAudit({ ...right, exceptions: [fault] })).toBe(false);
  });
});
