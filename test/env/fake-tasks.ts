// Tasks of the fake library, each with the gold that solves it.
import { hashText } from '../../src/core/hash.js';
import type { ContentHash } from '../../src/core/hash.js';
import type { AgentAct, Call, TypedValue, Wish } from '../../src/policy/talk.js';
import type { ActNeeded, Step, Task } from '../../src/task/task.js';
import { fakeDomain, fakeWorld, HO, LO, ME } from './fake-world.js';

export const call = (tool: string, args: Call['args']): Step => ({ by: 'agent', call: { tool, args } });
const say = (act: AgentAct): Step => ({ by: 'agent', say: act });

const identify: readonly Step[] = [
  say({ act: 'ask', slots: ['email'] }),
  call('find_member_by_email', { email: 'anna@example.org' }),
];
const list = call('list_member_loans', { member_id: ME(0) });

interface Parts {
  readonly kind?: Task['kind'];
  readonly wishes: readonly Wish[];
  readonly gold: readonly Step[];
  readonly communicate?: readonly TypedValue[];
  readonly acts?: readonly ActNeeded[];
  readonly opening?: string;
}

export function fakeTask(id: string, parts: Parts): Task {
  const world = fakeWorld();
  return {
    format: 'toolgrove.task/1.0',
    id,
    domain: fakeDomain.hash,
    kind: parts.kind ?? 'do',
    split: 'train',
    seed: id,
    worlds: { agent: world.seedState },
    distractors: [],
    scenario: {
      caller: ME(0),
      persona: 'plain',
      known: { name: 'Anna Lee', email: 'anna@example.org' },
      wishes: parts.wishes,
      ordered: false,
      withheld: [],
      corrected: [],
      later: parts.wishes.length,
      insists: false,
      opening: parts.opening ?? 'Hello, I have a request.',
      phrases: {},
    },
    goal: {
      accepts: [{ digest: digestOf(parts.gold), communicate: parts.communicate ?? [] }],
      actsNeeded: parts.acts ?? [],
    },
    gold: parts.gold,
    difficulty: {},
    certificate: [],
  };
}

function digestOf(gold: readonly Step[]): ContentHash {
  const session = fakeWorld().open();
  for (const step of gold) if ('call' in step) session.call(step.call.tool, step.call.args);
  const digest = session.digest();
  return digest.ok ? digest.value : hashText('fault');
}

const dune = {
  type: 'row',
  entity: 'Loan',
  facts: [
    { path: 'member', caller: true },
    { path: 'title', value: 'Dune' },
  ],
} as const;
const emma = { ...dune, facts: [dune.facts[0], { path: 'title', value: 'Emma' }] } as const;

export const renewDune = fakeTask('renew', {
  opening: 'Please renew my loan of Dune.',
  wishes: [{ wish: 'do', tool: 'renew_loan', args: { loan_id: dune } }],
  gold: [...identify, list, call('renew_loan', { loan_id: LO(0) }), say({ act: 'close' })],
});

export const tellDue = fakeTask('tell', {
  kind: 'tell',
  wishes: [{ wish: 'tell', of: dune, entity: 'Loan', attr: 'due' }],
  communicate: [{ type: 'date', value: '2025-06-12' }],
  acts: [{ act: 'identify', caller: ME(0) }],
  gold: [...identify, list, say({ act: 'tell', values: [{ type: 'date', value: '2025-06-12' }] })],
});

export const refuseEmma = fakeTask('refuse', {
  kind: 'refuse',
  wishes: [{ wish: 'do', tool: 'renew_loan', args: { loan_id: emma } }],
  acts: [
    { act: 'identify', caller: ME(0) },
    { act: 'read', rows: [LO(1)] },
    { act: 'refuse', policy: 'renew_rules' },
  ],
  gold: [...identify, list, say({ act: 'refuse', policy: 'renew_rules' })],
});

/** Two holds, the second of which is then changed: created rows are used again. */
export const twoHolds = fakeTask('holds', {
  wishes: [
    {
      wish: 'do',
      tool: 'place_hold',
      args: { member_id: { type: 'caller' }, title: { type: 'value', value: 'Middlemarch' } },
    },
    {
      wish: 'do',
      tool: 'place_hold',
      args: { member_id: { type: 'caller' }, title: { type: 'value', value: 'Persuasion' } },
    },
    {
      wish: 'do',
      tool: 'change_hold',
      args: { hold_id: { type: 'made', wish: 1 }, status: { type: 'value', value: 'urgent' } },
    },
  ],
  gold: [
    ...identify,
    call('place_hold', { member_id: ME(0), title: 'Middlemarch' }),
    call('place_hold', { member_id: ME(0), title: 'Persuasion' }),
    call('change_hold', { hold_id: HO(2), status: 'urgent' }),
    say({ act: 'close' }),
  ],
});

export const newEmail = fakeTask('email', {
  wishes: [
    {
      wish: 'do',
      tool: 'change_email',
      args: { member_id: { type: 'caller' }, email: { type: 'value', value: 'new@example.org' } },
    },
  ],
  gold: [
    ...identify,
    say({
      act: 'propose',
      call: { tool: 'change_email', args: { member_id: ME(0), email: 'new@example.org' } },
    }),
    call('change_email', { member_id: ME(0), email: 'new@example.org' }),
    say({ act: 'close' }),
  ],
});

export const fakeTasks = [renewDune, tellDue, refuseEmma, twoHolds, newEmail];
