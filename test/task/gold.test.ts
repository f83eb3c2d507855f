import { expect, test } from 'vitest';
import { deriveRng } from '../../src/core/rng.js';
import { plainConduct, type Conduct } from '../../src/task/conduct.js';
import type { Errand } from '../../src/task/draft.js';
import { findCase } from '../../src/task/forbidden.js';
import { wishForStep } from '../../src/task/goal.js';
import { makeGold, type Talk } from '../../src/task/gold.js';
import { openGrowth, takeStep, type Growth } from '../../src/task/growth.js';
import { openGround, ownerOf } from '../../src/task/ground.js';
import { ask } from '../../src/task/questions.js';
import type { Step } from '../../src/task/task.js';
import { startUsage } from '../../src/task/use.js';
import { openDomain, openWorld } from './interpreted-world.js';

const domain = openDomain('library');
const ground = openGround(domain, openWorld(domain, 7));
const rng = deriveRng('gold');

const growth = grown();
const { caller, known } = growth;
const loan = growth.chain.run[1]?.call.args['loan_id'];
const done: readonly Errand[] = growth.wishes.map((spoken) => ({ end: 'done', spoken }));

/** A title is reserved and a loan brought back, by the first who can do both. */
function grown(): Growth {
  for (const id of ground.ids.get('Loan') ?? []) {
    const member = ownerOf(ground, id) ?? '';
    const card = ground.source.get('Member', member)?.['card_number'] ?? null;
    for (const book of ground.ids.get('Book') ?? []) {
      const made = openGrowth(ground, member, { card_number: card });
      const args = { member_id: { value: member }, book_id: { value: book }, branch: { value: 'hilltop' } };
      if (takeStep(made, { tool: 'place_hold', args }, rng) !== null) continue;
      if (takeStep(made, { tool: 'return_loan', args: { loan_id: { value: id } } }, rng) === null)
        return made;
    }
  }
  throw new Error('nobody can');
}

function refusal(): Errand {
  const rule = domain.policies.find(({ id }) => id === 'own_records');
  if (rule?.kind !== 'guard') throw new Error('no rule');
  const options = { caller, avoid: new Set<string>(), attempts: 200 };
  const found = findCase(ground, startUsage(), rule, 'renew_loan', options, rng);
  const spoken = found === null ? null : wishForStep(ground, caller, found.step, rng);
  if (found === null || spoken === null) throw new Error('no case');
  return { end: 'refused', spoken, call: found.call, rule };
}

function goldOf(errands: readonly Errand[], conduct: Partial<Conduct> = {}): readonly Step[] {
  const plain = plainConduct(errands.length, false);
  const talk: Talk = { caller, known, chain: growth.chain, errands, conduct: { ...plain, ...conduct } };
  const gold = makeGold(ground, talk);
  if (typeof gold === 'string') throw new Error(gold);
  return gold;
}

/** Words and writes, in short. */
function outline(gold: readonly Step[]): string[] {
  return gold.flatMap((step) => {
    if ('call' in step) {
      const writes = ground.tools.get(step.call.tool)?.effect === 'write';
      return writes ? [step.call.tool] : [];
    }
    return [step.say.act === 'ask' ? `ask ${step.say.slots.join(' ')}` : step.say.act];
  });
}

test('all that is meant is found before anything changes, and the talk is closed', () => {
  const gold = goldOf(done);
  expect(outline(gold)).toEqual(['ask card_number', 'place_hold', 'return_loan', 'close']);
  const tools = gold.flatMap((step) => ('call' in step ? [step.call.tool] : []));
  expect(tools.indexOf('list_member_loans')).toBeGreaterThan(0);
  expect(tools.indexOf('list_member_loans')).toBeLessThan(tools.indexOf('place_hold'));
});

test('what is withheld is asked for after the caller is known and before anything else is read', () => {
  const withheld = [
    { wish: 0, arg: 'branch' },
    { wish: 1, arg: 'loan_id' },
  ];
  const gold = goldOf(done, { withheld });
  expect(outline(gold).slice(0, 3)).toEqual(['ask card_number', 'ask branch loan_id', 'place_hold']);
  expect(
    gold.findIndex((step) => 'say' in step && step.say.act === 'ask' && step.say.slots.includes('branch')),
  ).toBe(2);
});

test('a later wish is heard, asked about and found once the earlier ones are said to be settled', () => {
  const gold = goldOf(done, { later: 1, withheld: [{ wish: 1, arg: 'loan_id' }] });
  expect(outline(gold)).toEqual([
    'ask card_number',
    'place_hold',
    'close',
    'ask loan_id',
    'return_loan',
    'close',
  ]);
});

test('who is told or turned down last leaves; what comes before is closed', () => {
  const question = ask(ground, caller, 'Member.category', null, [], rng);
  if (question === null) throw new Error('no question');
  expect(outline(goldOf([...done, question])).slice(-2)).toEqual(['return_loan', 'tell']);
  expect(outline(goldOf([question, ...done])).slice(-2)).toEqual(['return_loan', 'close']);
  expect(outline(goldOf([...done, refusal()])).slice(-2)).toEqual(['return_loan', 'refuse']);
  expect(outline(goldOf([...done, question], { later: 2 })).slice(-3)).toEqual([
    'return_loan',
    'close',
    'tell',
  ]);
});

test('a caller who insists is refused twice, and once what is refused after', () => {
  const [first, second] = [refusal(), refusal()];
  const acts = outline(goldOf([first, ...done, second], { insists: true }));
  expect(acts).toEqual(['ask card_number', 'refuse', 'refuse', 'place_hold', 'return_loan', 'refuse']);
});

test('a wish that means another row than the step is not found', () => {
  const other = (ground.ids.get('Loan') ?? []).find((id) => id !== loan) ?? '';
  const chain = {
    ...growth.chain,
    run: growth.chain.run.map((step) =>
      step.call.tool === 'return_loan' ? { ...step, call: { ...step.call, args: { loan_id: other } } } : step,
    ),
  };
  const talk: Talk = { caller, known, chain, errands: done, conduct: plainConduct(2, false) };
  expect(makeGold(ground, talk)).toBe('not-recoverable');
});
