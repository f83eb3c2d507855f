import { expect, test } from 'vitest';
import { openGround, ownerOf } from '../../src/task/ground.js';
import { undoesEarlier } from '../../src/task/sense.js';
import type { JsonObject } from '../../src/core/json.js';
import { openDomain, openWorld } from './interpreted-world.js';

const library = openGround(openDomain('library'), openWorld(openDomain('library'), 7));
const clinic = openGround(openDomain('veterinary-clinic'), openWorld(openDomain('veterinary-clinic'), 7));

type Call = readonly [string, JsonObject];

/** Whether the last call undoes what the calls before it did; null when one is refused. */
function undone(ground: typeof library, ...calls: readonly Call[]): boolean | null {
  const session = ground.world.open();
  const diffs = calls.map(([tool, args]) => {
    if (session.call(tool, args).type !== 'result') return null;
    const diff = session.diff();
    return diff.ok ? diff.value : null;
  });
  const [before, after] = diffs.slice(-2);
  return before === undefined || after === undefined || before === null || after === null
    ? null
    : undoesEarlier(ground, before, after);
}

/** The different verdicts over all rows of an entity for which the calls are accepted. */
function verdicts(
  ground: typeof library,
  entity: string,
  calls: (id: string) => readonly Call[],
): Set<boolean> {
  const ids = ground.ids.get(entity) ?? [];
  return new Set(ids.map((id) => undone(ground, ...calls(id))).filter((verdict) => verdict !== null));
}

test('what was lost is not found in the same breath', () => {
  const calls = (loan_id: string): Call[] => [
    ['report_lost', { loan_id }],
    ['mark_found', { loan_id }],
  ];
  expect(verdicts(library, 'Loan', calls)).toEqual(new Set([true]));
});

test('a loan is not renewed to be returned', () => {
  const calls = (loan_id: string): Call[] => [
    ['renew_loan', { loan_id }],
    ['return_loan', { loan_id }],
  ];
  expect(verdicts(library, 'Loan', calls)).toEqual(new Set([true]));
});

test('two loans of one member have nothing to do with each other', () => {
  const [first = '', ...others] = library.ids.get('Loan') ?? [];
  const calls = (loan_id: string): Call[] => [
    ['renew_loan', { loan_id: first }],
    ['renew_loan', { loan_id }],
  ];
  const found = others.map((id) => undone(library, ...calls(id))).filter((verdict) => verdict !== null);
  expect(new Set(found)).toEqual(new Set([false]));
  expect(ownerOf(library, first)).not.toBe(null);
});

test('a claim leaves a rest that may be paid', () => {
  const calls = (invoice_id: string): Call[] => [
    ['claim_insurance', { invoice_id }],
    ['record_payment', { invoice_id, method: 'card' }],
  ];
  expect(verdicts(clinic, 'Invoice', calls)).toEqual(new Set([false]));
});
