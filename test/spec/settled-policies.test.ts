// Policies that settle an argument (compute) or keep values from the user (conceal): what the checker
// says of wrong ones, and what they mean.
import { describe, expect, it } from 'vitest';
import { computedValue, concealing, violatedGuards } from '../../src/spec/interpret.js';
import type { Policy } from '../../src/spec/model.js';
import { readSpec } from '../../src/spec/read.js';
import { stateSource } from '../../src/spec/state-source.js';
import { seedState } from '../../src/world/seed.js';
import { must } from '../../src/core/errors.js';
import { boatHire, problemsWith } from './boat-hire.js';

const before = 'policies:\n';

// [a policy at the beginning, all that the checker says]
const cases: readonly (readonly [policy: string, says: readonly string[]])[] = [
  ['{id: time, kind: compute, on: [extend_hire], param: hours, value: 3, text: Three.}', []],
  [
    '{id: time, kind: compute, on: [extend_hire], param: hour, value: 3, text: Three.}',
    ["policies[0].param: for extend_hire: there is no parameter 'hour' (did you mean 'hours'?)"],
  ],
  [
    '{id: time, kind: compute, on: [extend_hire], param: hours, value: hours + 1, text: More.}',
    ["policies[0].value: for extend_hire: 'hours' is what is computed here"],
  ],
  [
    '{id: time, kind: compute, on: [extend_hire], param: hours, value: (hire.due - now) / 1h, text: Half.}',
    [
      'policies[0].value: for extend_hire: this is a fraction where an int is wanted (make it whole with ceil, floor or round)',
    ],
  ],
  [
    '{id: time, kind: compute, on: [extend_hire], param: hours, value: hire.boat.seats + caller.seats, text: Half.}',
    ["policies[0].value: for extend_hire: a Guest has no 'seats'"],
  ],
  [
    '{id: who, kind: compute, on: [hire_boat], param: skipper_id, value: caller, text: Oneself.}',
    ["policies[0].param: for hire_boat: 'skipper_id' may be left out, so that nobody has to compute it"],
  ],
  [
    '{id: who, kind: compute, on: [land_boats], param: hire_ids, value: 3, text: Oneself.}',
    ["policies[0].param: for land_boats: 'hire_ids' is a list of Hire: only a plain value is computed"],
  ],
  [
    '{id: who, kind: compute, on: [find_guest_by_email], param: email, value: caller.email, text: Oneself.}',
    ["policies[0]: 'caller' is asked for find_guest_by_email, which no verify policy covers"],
  ],
  [
    '{id: time, kind: compute, on: [extend_hire], param: hours, value: 3, text: A.}\n' +
      '  - {id: again, kind: compute, on: [extend_hire], param: hours, value: 4, text: B.}',
    ["policies[1].param: 'hours' of extend_hire is computed by 'time' already"],
  ],
  [
    '{id: a, kind: compute, on: [find_guest_by_name_and_phone], param: name, value: phone, text: A.}\n' +
      '  - {id: b, kind: compute, on: [find_guest_by_name_and_phone], param: phone, value: "\'x\'", text: B.}',
    ["policies[0].value: 'phone' of find_guest_by_name_and_phone is computed itself, by 'b'"],
  ],
  ['{id: hush, kind: conceal, of: [Hire.note, Guest.phone], unless: subject == caller, text: Hush.}', []],
  ['{id: hush, kind: conceal, of: [Hire.status, Boat.seats], text: Hush.}', []],
  [
    '{id: hush, kind: conceal, of: [Hire.notes, Guest.id, Hir.note, Boat.seats, Boat.seats], text: Hush.}',
    [
      "policies[0].of[0]: a Hire has no 'notes' (did you mean 'note'?)",
      'policies[0].of[1]: an id cannot be concealed: it is what rows are called',
      "policies[0].of[2]: there is no entity 'Hir' (did you mean 'Hire'?)",
      "policies[0].of[4]: 'Boat.seats' stands here twice",
    ],
  ],
  [
    '{id: hush, kind: conceal, of: [Boat.seats, Hire.note], unless: subject == caller, text: Hush.}',
    ["policies[0].unless: for Boat: 'subject' has no meaning: nothing here leads to a Guest"],
  ],
  [
    '{id: hush, kind: conceal, of: [Hire.note], unless: "hire.due > now or hire.due <= now", text: Hush.}',
    ['policies[0].unless: for Hire: always holds: nothing is concealed'],
  ],
  [
    '{id: hush, kind: conceal, of: [Hire.note], unless: "boat.seats > 3", text: Hush.}',
    ["policies[0].unless: for Hire: there is no 'boat' here (a literal is written 'boat')"],
  ],
  [
    '{id: hush, kind: conceal, on: [get_boat], of: [Boat.seats], text: Hush.}',
    ["policies[0].on: unknown key 'on' (did you mean 'of'?)"],
  ],
];

describe('a policy', () => {
  it.each(cases)('%s', (policy, says) => {
    expect(problemsWith(before, `${before}  - ${policy}\n`)).toEqual(says);
  });

  it('cannot conceal what a tool shows without its row', () => {
    const bare = '    return: {gone: "true", seats: chairs}\n  look:';
    const spec = boatHire
      .replace(
        '    params: {boat_id: Boat}\n    do:',
        '    params: {boat_id: Boat}\n    let: {chairs: boat.seats}\n    do:',
      )
      .replace(
        '    return: {gone: "true"}\n',
        `${bare}\n    doc: Look.\n    params: {boat_id: Boat}\n    return: boat\n`,
      )
      .replace(before, `${before}  - {id: hush, kind: conceal, of: [Boat.seats], text: Hush.}\n`);
    const read = readSpec(spec);
    expect(read.ok ? [] : read.error.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'policies[0].of[0]: drop_boat returns it outside its Boat',
    ]);
  });
});

describe('in a seed state', () => {
  const text = boatHire.replace(
    before,
    `${before}  - {id: time, kind: compute, on: [extend_hire], param: hours, value: "min(hire.boat.seats, 24)", text: As many as seats.}
  - {id: hush, kind: conceal, of: [Hire.deposit, Guest.phone], unless: subject == caller, text: Only their own.}
  - {id: never, kind: conceal, of: [Hire.note], text: Never.}\n`,
  );
  const read = readSpec(text);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const domain = read.value;
  const seeded = seedState(domain, 7);
  if (!seeded.ok) throw new Error('no seed state');
  const source = stateSource(seeded.value);
  const hire = must(
    seeded.value.tables['Hire']?.find(({ status }) => status === 'open'),
    'an open hire',
  );
  const [id, owner] = [String(hire['hire_id']), String(hire['guest_id'])];
  const other = String(seeded.value.tables['Guest']?.find((row) => row['guest_id'] !== owner)?.['guest_id']);
  const seats = Number(source.get('Boat', String(hire['boat_id']))?.['seats']);

  it('a computed argument complies where it is the value, whoever calls', () => {
    const violated = (hours: number): readonly string[] =>
      violatedGuards(domain, 'extend_hire', { hire_id: id, hours }, owner, source);
    expect(violated(seats)).toEqual([]);
    expect(violated(seats + 1)).toEqual(['time']);
    expect(violatedGuards(domain, 'extend_hire', { hire_id: 'HI-00000', hours: 1 }, owner, source)).toEqual(
      [],
    );
  });

  it('the value comes out with or without the argument, and not without the row', () => {
    const policy = domain.policies.find(
      (one): one is Extract<Policy, { kind: 'compute' }> => one.kind === 'compute',
    );
    const tool = must(
      domain.tools.find(({ name }) => name === 'extend_hire'),
      'the tool',
    );
    const value = must(policy?.value['extend_hire'], 'a value');
    expect(computedValue(value, tool, { hire_id: id }, null, source)).toBe(seats);
    expect(computedValue(value, tool, { hire_id: id, hours: 1 }, null, source)).toBe(seats);
    expect(computedValue(value, tool, { hire_id: 'HI-00000' }, null, source)).toBeUndefined();
  });

  it('an exception is for whom it is: not for others, and not for nobody', () => {
    const concealed = (entity: string, row: string, caller: string | null): readonly string[] =>
      concealing(domain, entity, row, caller, source);
    expect(concealed('Hire', id, owner)).toEqual([]);
    expect(concealed('Hire', id, other)).toEqual(['hush']);
    expect(concealed('Hire', id, null)).toEqual(['hush']);
    expect(concealed('Guest', owner, owner)).toEqual([]);
    expect(concealed('Guest', owner, other)).toEqual(['hush']);
    expect(concealed('Hire', 'HI-00000', other)).toEqual([]);
    expect(concealed('Boat', String(hire['boat_id']), other)).toEqual([]);
  });
});
