// What the checker says of statements, and what it knows before and after them.
import { describe, expect, it } from 'vitest';
import { problemsWith } from './boat-hire.js';

// [piece of the spec, what stands there instead, all that the checker says]
const cases: readonly (readonly [from: string, to: string, says: readonly string[]])[] = [
  [
    'deposit: 5000}',
    'deposit: 5000 / 3}',
    [
      'tools.hire_boat.do[1].with.deposit: this is a fraction where money is wanted (make it whole with ceil, floor or round)',
    ],
  ],
  [
    'deposit: 5000}',
    'deposit: open * deposit}',
    ["tools.hire_boat.do[1].with.deposit: there is no 'deposit' here (a literal is written 'deposit')"],
  ],
  [
    'deposit: 5000}',
    'depositt: 5000}',
    [
      "tools.hire_boat.do[1].with.depositt: a Hire has no 'depositt' (did you mean 'deposit'?)",
      "tools.hire_boat.do[1].with: a new Hire needs 'deposit'",
    ],
  ],
  [
    'skipper: skipper, due',
    'skipper: boat, due',
    ['tools.hire_boat.do[1].with.skipper: this is a Boat where a Guest or null is wanted'],
  ],
  [
    'guest: guest, boat',
    'guest: guest.sponsor, boat',
    [
      'tools.hire_boat.do[1].with.guest: this may be null where a Guest is wanted (prove first that it is not null)',
    ],
  ],
  [
    'due: until, deposit',
    'due: null, deposit',
    ['tools.hire_boat.do[1].with.due: null where a datetime is wanted'],
  ],
  [
    'fire: boat.leave',
    'fire: boat.leve',
    ["tools.hire_boat.do[0].fire: a Boat has no event 'leve' (did you mean 'leave'?)"],
  ],
  ['fire: boat.leave', 'fire: guest.leave', ['tools.hire_boat.do[0].fire: a Guest has no events']],
  [
    'fire: boat.leave',
    'fire: leave',
    ["tools.hire_boat.do[0].fire: 'leave' is not of the form path.event, as in loan.close"],
  ],
  [
    'hire.due: hire.due + hours * 1h',
    `hire.status: "'closed'"`,
    [
      `tools.extend_hire.do[0].set["hire.status"]: a status is not set: it changes by events (as in '- fire: loan.close')`,
    ],
  ],
  [
    'hire.due: hire.due + hours * 1h',
    `hire.id: "'x'"`,
    ['tools.extend_hire.do[0].set["hire.id"]: an id cannot be set'],
  ],
  [
    'hire.due: hire.due + hours * 1h',
    'hire.due: hire.due + hours',
    [`tools.extend_hire.do[0].set["hire.due"]: '+' has no meaning between a datetime and an int`],
  ],
  [
    'hire.due: hire.due + hours * 1h',
    `hire.skipper.phone: "'1'"`,
    [
      `tools.extend_hire.do[0].set["hire.skipper.phone"]: 'hire.skipper' may be null (prove it first, as in hire.skipper != null and …)`,
    ],
  ],
  [
    'hire.due < now and hire.skipper != null',
    'hire.due < now or hire.skipper != null',
    [
      `tools.land_boats.do[0].do[2].then[0].set["hire.skipper.phone"]: 'hire.skipper' may be null (prove it first, as in hire.skipper != null and …)`,
    ],
  ],
  [
    `then: [{set: {hire.skipper.phone: "'555-0000'"}}]`,
    `then: [{set: {hire.skipper: null}}, {set: {hire.skipper.phone: "'555-0000'"}}]`,
    [
      `tools.land_boats.do[0].do[2].then[1].set["hire.skipper.phone"]: 'hire.skipper' may be null (prove it first, as in hire.skipper != null and …)`,
    ],
  ],
  [
    `then: [{set: {hire.skipper.phone: "'555-0000'"}}]`,
    `then: [{set: {hire.skipper: hire.guest}}, {set: {hire.skipper.phone: "'555-0000'"}}]`,
    [],
  ],
  [
    `hire.skipper.phone: "'555-0000'"`,
    'hires.due: now',
    [
      'tools.land_boats.do[0].do[2].then[0].set["hires.due"]: a row is wanted here, and this is a list of Hire',
    ],
  ],
  [
    'do: [{delete: boat}]',
    'do: [{delete: boat.name}]',
    ['tools.drop_boat.do[0].delete: a row is wanted here, and this is a string'],
  ],
  [
    '- set: {hire.due',
    '- sett: {hire.due',
    ["tools.extend_hire.do[0]: one of fire, set, create, delete, if, each is missing (did you mean 'set'?)"],
  ],
  [
    '- fire: hire.close\n          - fire: hire.boat.land',
    '- fire: hire.close\n          - fire: hire.boat.land\n          - delete: hire\n          - fire: hire.void',
    [
      "tools.land_boats.do[0].do[3].fire: the row of 'hire' may have been deleted by then",
      "tools.land_boats.do[0].do[4].if: the row of 'hire' may have been deleted by then",
      `tools.land_boats.do[0].do[4].then[0].set["hire.skipper.phone"]: the row of 'hire' may have been deleted by then`,
      "tools.land_boats.return.late: the row of 'hires' may have been deleted by then",
      "tools.land_boats.return.deposits: the row of 'hires' may have been deleted by then",
    ],
  ],
  [
    '- fire: hire.close\n          - fire: hire.boat.land\n          - if: hire.due < now and hire.skipper != null\n            then: [{set: {hire.skipper.phone: "\'555-0000\'"}}]\n    return:\n      late: count(hire in hires where hire.due < now)\n      deposits: "sum(hire in hires: hire.deposit)"',
    '- fire: hire.close\n          - fire: hire.boat.land\n          - delete: hire\n    return:\n      late: count(Hire h)',
    [],
  ],
  [
    '- each: hire in hires\n        do:',
    '- each: hire in hires where hire.skipper != null\n        do:\n          - set: {hire.skipper.phone: "\'1\'"}\n          - set: {hire.skipper: null}',
    [
      `tools.land_boats.do[0].do[0].set["hire.skipper.phone"]: 'hire.skipper' may be null (prove it first, as in hire.skipper != null and …)`,
    ],
  ],
  [
    '- each: hire in hires\n        do:',
    '- each: hire in hires where hire.skipper != null\n        do:\n          - set: {hire.skipper.phone: "\'1\'"}',
    [],
  ],
  [
    '- each: hire in hires\n        do:',
    '- each: Hire h where h.skipper == null\n        do: [{set: {h.skipper: h.guest}}]\n      - each: hire in hires where hire.due > now and hire.due < now\n        do:',
    ["tools.land_boats.do[1].each: what follows 'where' never holds"],
  ],
];

describe('statements', () => {
  it.each(cases)('%s → %s', (from, to, says) => expect(problemsWith(from, to)).toEqual(says));
});
