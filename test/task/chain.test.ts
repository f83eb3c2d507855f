import { expect, test } from 'vitest';
import { takeStep } from '../../src/task/chain.js';
import type { Chain, ChainStep } from '../../src/task/chain-model.js';
import { openClerk, ruleAgainst } from '../../src/task/gold.js';
import { openGround, ownerOf } from '../../src/task/ground.js';
import { runSubsets } from '../../src/task/minimal.js';
import { openDomain, openWorld } from './interpreted-world.js';

const domain = openDomain('library');
const ground = openGround(domain, openWorld(domain, 7));
const seedDigest = digestOf(ground.world.open());

function digestOf(session: ReturnType<typeof ground.world.open>): Chain['digest'] {
  const digest = session.digest();
  if (!digest.ok) throw new Error('no digest');
  return digest.value;
}

/** The chain of the steps for the owner of the hold, or why a step could not be taken. */
function run(caller: string, steps: readonly ChainStep[]): Chain | string {
  const session = ground.world.open();
  let chain: Chain = { steps: [], run: [], digest: seedDigest };
  for (const step of steps) {
    const next = takeStep(ground, session, chain, step, caller);
    if (typeof next === 'string') return next;
    chain = next;
  }
  return chain;
}

const hold =
  (ground.ids.get('Hold') ?? []).find((id) => ground.source.get('Hold', id)?.['status'] === 'waiting') ?? '';
const owner = ownerOf(ground, hold) ?? '';
const branches = ['harbour', 'hilltop', 'mill_road'].filter(
  (branch) => branch !== ground.source.get('Hold', hold)?.['branch'],
);
const change = (branch: string): ChainStep => ({
  tool: 'change_pickup_branch',
  args: { hold_id: { value: hold }, branch: { value: branch } },
});

test('a step that a later one covers is found superfluous', () => {
  const chain = run(owner, branches.map(change));
  if (typeof chain === 'string') throw new Error(chain);
  expect(runSubsets(ground, chain, seedDigest, owner)).toEqual({ run: 3, reaching: 1 });
});

test('two steps that both count are both needed', () => {
  const contact: ChainStep = {
    tool: 'update_contact',
    args: { member_id: { value: owner }, phone: { value: '555-1234' } },
  };
  const chain = run(owner, [change(branches[0] ?? ''), contact]);
  if (typeof chain === 'string') throw new Error(chain);
  expect(runSubsets(ground, chain, seedDigest, owner)).toEqual({ run: 3, reaching: 0 });
});

test('a step is turned down when it repeats, is refused, or breaks a rule', () => {
  const [branch = ''] = branches;
  const own = String(ground.source.get('Hold', hold)?.['branch']);
  const stranger = (ground.ids.get('Member') ?? []).find((id) => id !== owner) ?? '';
  expect(run(owner, [change(branch), change(branch)])).toBe('repeats');
  expect(run(owner, [change(own)])).toBe('refused');
  expect(run(stranger, [change(branch)])).toBe('breaks-policy');
});

test('a rule that rests on rows no read shows cannot be judged', () => {
  const loan = (ground.ids.get('Loan') ?? [])[0] ?? '';
  const call = { tool: 'renew_loan', args: { loan_id: loan } };
  const caller = ownerOf(ground, loan) ?? '';
  const blind = {
    ...ground,
    domain: { ...domain, tools: domain.tools.filter(({ name }) => name !== 'list_member_fines') },
  };
  expect(ruleAgainst(openClerk(ground, ground.world.open(), caller), call)).not.toBe(null);
  expect(ruleAgainst(openClerk(blind, ground.world.open(), caller), call)).toBe(null);
});
