// What an agent makes of rules that settle arguments and keep values back.
import { expect, it } from 'vitest';
import { must } from '../../src/core/errors.js';
import { believedSource, startBeliefs } from '../../src/policy/belief/beliefs.js';
import { think } from '../../src/policy/belief/need.js';
import {
  complies,
  computedParams,
  computeValue,
  concealedBy,
  rulesOn,
  withComputed,
} from '../../src/policy/belief/rules.js';
import { readSpec } from '../../src/spec/read.js';
import { stateSource } from '../../src/spec/state-source.js';
import { seedState } from '../../src/world/seed.js';
import { boatHire } from '../spec/boat-hire.js';

const read = readSpec(
  boatHire.replace(
    'policies:\n',
    `policies:
  - {id: time, kind: compute, on: [extend_hire], param: hours, value: "min(hire.boat.seats, 24)", text: As many as seats.}
  - {id: others, kind: conceal, of: [Hire.deposit], unless: subject == caller, text: Only their own.}
  - {id: never, kind: conceal, of: [Hire.note], text: Never.}
`,
  ),
);
if (!read.ok) throw new Error(JSON.stringify(read.error));
const domain = read.value;
const seeded = seedState(domain, 7);
if (!seeded.ok) throw new Error('no seed state');
const source = stateSource(seeded.value);
const tool = must(
  domain.tools.find(({ name }) => name === 'extend_hire'),
  'the tool',
);
const hire = must(seeded.value.tables['Hire']?.[0], 'a hire');
const [id, owner] = [String(hire['hire_id']), String(hire['guest_id'])];
const seats = source.get('Boat', String(hire['boat_id']))?.['seats'];

it('an argument that a rule settles is filled in from it, and complies', () => {
  const policy = must(computedParams(domain, 'extend_hire').get('hours'), 'the policy');
  expect(computedParams(domain, 'hire_boat').size).toBe(0);
  expect(computeValue(policy, tool, { hire_id: id }, owner, source)).toBe(seats);
  const args = withComputed(domain, tool, { hire_id: id }, owner, source);
  expect(args).toEqual({ hire_id: id, hours: seats });
  expect(withComputed(domain, tool, { hire_id: 'HI-00000' }, owner, source)).toBeNull();
  const [rule] = rulesOn(domain, 'extend_hire');
  const judged = (hours: unknown): boolean =>
    complies(must(rule, 'a rule'), tool, { hire_id: id, hours: Number(hours) }, owner, source);
  expect([judged(seats), judged(Number(seats) + 1)]).toEqual([true, false]);
});

it('cannot be worked out before the rows are read that it rests on', () => {
  const thought = think(() =>
    withComputed(domain, tool, { hire_id: id }, owner, believedSource(startBeliefs(domain))),
  );
  expect(thought).toEqual({ known: false, need: { entity: 'Hire', id } });
});

it('what must not be told is known by the rule against it, for whom it is not', () => {
  const row = { entity: 'Hire', id };
  expect(concealedBy(domain, row, 'deposit', owner, source)).toBeNull();
  expect(concealedBy(domain, row, 'deposit', null, source)).toBe('others');
  expect(concealedBy(domain, row, 'note', owner, source)).toBe('never');
  expect(concealedBy(domain, row, 'due', null, source)).toBeNull();
});
