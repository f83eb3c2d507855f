import { expect, test } from 'vitest';
import { deriveRng } from '../../src/core/rng.js';
import { emptyChain, type ChainStep } from '../../src/task/chain-model.js';
import { openClerk, ruleAgainst } from '../../src/task/clerk.js';
import { endChain, openGrowth, takeStep, type Growth } from '../../src/task/growth.js';
import { openGround, ownerOf } from '../../src/task/ground.js';
import { spanLattice, type Lattice } from '../../src/task/lattice.js';
import type { Draft } from '../../src/task/draft.js';
import type { StepFailure } from '../../src/task/tally.js';
import { openDomain, openWorld } from './interpreted-world.js';

const domain = openDomain('library');
const ground = openGround(domain, openWorld(domain, 7));
const rng = deriveRng('growth');

const hold =
  (ground.ids.get('Hold') ?? []).find((id) => ground.source.get('Hold', id)?.['status'] === 'waiting') ?? '';
const owner = ownerOf(ground, hold) ?? '';
const own = String(ground.source.get('Hold', hold)?.['branch']);
const [branch = '', other = ''] = ['harbour', 'hilltop', 'mill_road'].filter((name) => name !== own);

const change = (to: string): ChainStep => ({
  tool: 'change_pickup_branch',
  args: { hold_id: { value: hold }, branch: { value: to } },
});
const cancel: ChainStep = { tool: 'cancel_hold', args: { hold_id: { value: hold } } };
const contact = (column: 'phone' | 'email', value: string): ChainStep => ({
  tool: 'update_contact',
  args: { member_id: { value: owner }, [column]: { value } },
});

function growthOf(caller: string): Growth {
  const row = ground.source.get('Member', caller);
  return openGrowth(ground, caller, { card_number: row?.['card_number'] ?? null });
}

/** Why the last of the steps cannot be taken, or null. */
function failure(growth: Growth, ...steps: readonly ChainStep[]): StepFailure | null {
  return steps.map((step) => takeStep(growth, step, rng)).at(-1) ?? null;
}

function latticeOf(forbidden: Parameters<typeof spanLattice>[3], ...steps: readonly ChainStep[]): Lattice {
  const lattice = spanLattice(ground, { ...emptyChain(ground.digest), steps }, owner, forbidden);
  if (lattice === null) throw new Error('the chain does not run');
  return lattice;
}

test('a step is turned down by the reason that it has', () => {
  const stranger = (ground.ids.get('Member') ?? []).find((id) => id !== owner) ?? '';
  expect(failure(growthOf(owner), change(branch))).toBe(null);
  expect(failure(growthOf(owner), change(branch), change(branch))).toBe('repeats');
  expect(failure(growthOf(owner), change(own))).toBe('refused');
  expect(failure(growthOf(stranger), change(branch))).toBe('breaks-policy');
  expect(failure(growthOf(owner), change(branch), cancel)).toBe('undoes');
  const phone = String(ground.source.get('Member', owner)?.['phone']);
  expect(failure(growthOf(owner), contact('phone', phone))).toBe('no-effect');
});

test('a step that is turned down leaves no trace but what was read', () => {
  const growth = growthOf(owner);
  expect(failure(growth, change(branch))).toBe(null);
  const [chain, steps] = [growth.chain, [...growth.clerk.steps]];
  expect(failure(growth, cancel)).toBe('undoes');
  expect(growth.chain).toBe(chain);
  expect(growth.clerk.steps).toEqual(steps);
  expect(growth.clerk.session.digest()).toEqual({ ok: true, value: chain.digest });
});

test('what was read for a step that does not join is forgotten as a step of the talk', () => {
  const tools = domain.tools.filter(({ name }) => name !== 'list_member_fines');
  const blind = { ...ground, domain: { ...domain, tools } };
  const loans = (ground.ids.get('Loan') ?? []).filter(
    (id) => ground.source.get('Loan', id)?.['status'] === 'active',
  );
  const outcomes = loans.map((loan) => {
    const member = ownerOf(ground, loan) ?? '';
    const card = ground.source.get('Member', member)?.['card_number'] ?? null;
    const growth = openGrowth(blind, member, { card_number: card });
    const outcome = takeStep(growth, { tool: 'renew_loan', args: { loan_id: { value: loan } } }, rng);
    return outcome === 'rule-not-knowable' ? growth.clerk.steps.length : outcome;
  });
  // Only the caller was asked for and looked up.
  expect(outcomes).toContain(2);
  expect(outcomes.filter((outcome) => typeof outcome === 'number' && outcome !== 2)).toEqual([]);
});

test('a further chain leaves the rows of the ones before alone, and the caller may be in all', () => {
  const growth = growthOf(owner);
  expect(failure(growth, contact('phone', '555-1234'))).toBe(null);
  endChain(growth);
  expect(growth.claimed.tools).toEqual(new Set(['update_contact']));
  expect(growth.claimed.rows).toEqual(new Set([owner]));
  // The member's row was changed by the first chain; the hold was not.
  expect(failure(growth, contact('email', 'new@example.com'))).toBe('shares-row');
  expect(failure(growth, change(branch))).toBe(null);
});

test('a step whose row no read shows does not join', () => {
  const tools = domain.tools.filter(
    ({ name }) => !['list_member_holds', 'list_book_holds', 'get_hold'].includes(name),
  );
  const blind = { ...ground, domain: { ...domain, tools } };
  const row = ground.source.get('Member', owner);
  const growth = openGrowth(blind, owner, { card_number: row?.['card_number'] ?? null });
  expect(['not-describable', 'not-recoverable']).toContain(takeStep(growth, change(branch), rng));
});

test('a rule that rests on rows no read shows cannot be judged', () => {
  const loan = (ground.ids.get('Loan') ?? [])[0] ?? '';
  const call = { tool: 'renew_loan', args: { loan_id: loan } };
  const caller = ownerOf(ground, loan) ?? '';
  const tools = domain.tools.filter(({ name }) => name !== 'list_member_fines');
  const blind = { ...ground, domain: { ...domain, tools } };
  expect(ruleAgainst(openClerk(ground, ground.open(), caller), call)).not.toBe(null);
  expect(ruleAgainst(openClerk(blind, ground.open(), caller), call)).toBe(null);
});

test('a step that a later one covers is superfluous, and two that both count are not', () => {
  const covered = latticeOf([], change(branch), change(other));
  expect(covered).toMatchObject({ superfluous: true, ordered: true });
  const both = latticeOf([], change(branch), contact('phone', '555-1234'));
  expect(both).toMatchObject({ superfluous: false, ordered: false });
});

test('what a step permits or forbids is not steady', () => {
  const rule = domain.policies.find(({ id }) => id === 'own_records');
  if (rule?.kind !== 'guard') throw new Error('no rule');
  const foreign = (ground.ids.get('Hold') ?? []).find(
    (id) => ownerOf(ground, id) !== owner && ground.source.get('Hold', id)?.['status'] === 'waiting',
  );
  const refused = (call: Extract<Draft['errands'][number], { rule: object }>['call']) =>
    [{ end: 'refused', call, rule }] as const;
  const theirs = refused({ tool: 'cancel_hold', args: { hold_id: foreign ?? '' } });
  expect(latticeOf(theirs, change(branch)).steady).toBe(true);
  // The caller's own hold is no case of the rule.
  expect(
    latticeOf(refused({ tool: 'cancel_hold', args: { hold_id: hold } }), contact('phone', '555-1234')).steady,
  ).toBe(false);
});
