// What the type checker says of expressions: each case changes one piece of a right spec.
import { describe, expect, it } from 'vitest';
import { problemsWith } from './boat-hire.js';

// [piece of the spec, what stands there instead, all that the checker says]
const cases: readonly (readonly [from: string, to: string, says: readonly string[]])[] = [
  [
    'open < 2, HIRE_LIMIT',
    'opn < 2, HIRE_LIMIT',
    ["tools.hire_boat.require[0][0]: there is no 'opn' here (did you mean 'open'?)"],
  ],
  [
    'h.guest == guest and',
    'h.gest == guest and',
    ["tools.hire_boat.let.open: a Hire has no 'gest' (did you mean 'guest'?)"],
  ],
  [
    'count(Hire h where h.guest',
    'count(Hir h where h.guest',
    ["tools.hire_boat.let.open: there is no entity 'Hir' (did you mean 'Hire'?)"],
  ],
  [
    "h.status == 'open')\n    require",
    "h.status == 'opened')\n    require",
    ["tools.hire_boat.let.open: 'opened' is not one of open, closed, void (did you mean 'open'?)"],
  ],
  [
    'until > now and',
    'until > today and',
    [
      "tools.hire_boat.require[1][0]: '>' has no meaning between a datetime and a date (date(x) takes the date of a datetime; today is the date of now)",
    ],
  ],
  [
    'until <= now + 2d',
    'until <= 2d + now',
    [
      "tools.hire_boat.require[1][0]: '+' has no meaning between a duration and a datetime (write the time first)",
    ],
  ],
  ['deposit: 5000}', 'deposit: ceil(5000 / 3)}', []],
  ['hire.due < now and hire.skipper != null', 'not (hire.due >= now or hire.skipper == null)', []],
  [
    'do: [{delete: boat}]\n    return: {gone: "true"}',
    'do: [{delete: boat}]\n    return: boat',
    ["tools.drop_boat.return: the row of 'boat' may have been deleted by then"],
  ],
  [
    `"all(Boat b: count(Hire h where h.boat == b and h.status == 'open') <= 1)"`,
    `"all(Boat b: count(Hire b where b.status == 'open') <= 1)"`,
    ["invariants[1].holds: 'b' already has a meaning here (choose another name)"],
  ],
  [
    '- [open < 2, HIRE_LIMIT, The guest has two boats out.]',
    '- [open < 2, BOAT_NOT_FOUND, The guest has two boats out.]',
    ['tools.hire_boat.require[0][1]: the code BOAT_NOT_FOUND already means: that no boat has the id'],
  ],
  [
    'late: count(hire in hires where hire.due < now)',
    'late: count(hire in hires where hire.due < now and hire.due > now)',
    ["tools.land_boats.return.late: nothing can meet what follows 'where': it can never hold"],
  ],
  [
    'open: count(',
    'guest: count(',
    [
      "tools.hire_boat.let.guest: 'guest' already has a meaning here (choose another name)",
      "tools.hire_boat.require[0][0]: there is no 'open' here (a literal is written 'open')",
    ],
  ],
  [
    "open: count(Hire h where h.guest == guest and h.status == 'open')",
    'open: first(Hire h where h.guest == guest).due',
    ["tools.hire_boat.let.open: this may be null (bind it with 'let' and prove first that it is not null)"],
  ],
  [
    '- [open < 2, HIRE_LIMIT, The guest has two boats out.]',
    '- [open >= 0, HIRE_LIMIT, The guest has two boats out.]',
    [],
  ],
  [
    '- [open < 2, HIRE_LIMIT, The guest has two boats out.]',
    '- [open < 2, HIRE_LIMIT, The guest has two boats out.]\n      - [open < 3, OTHER, Never refused.]',
    ['tools.hire_boat.require[1][0]: always holds once the requirements before it do'],
  ],
  [
    '- [open < 2, HIRE_LIMIT, The guest has two boats out.]',
    '- [open < 2, HIRE_LIMIT, The guest has two boats out.]\n      - [open > 5, HIRE_LIMIT, Another message.]',
    [
      'tools.hire_boat.require[1][0]: never holds once the requirements before it do',
      'tools.hire_boat.require[1][1]: the code HIRE_LIMIT already means: The guest has two boats out.',
    ],
  ],
  [
    `"all(hire in hires: hire.status == 'open')"`,
    "hires.status == 'open'",
    ["tools.land_boats.require[0][0]: a list has no 'status' (as in all(x in …: x.status == …))"],
  ],
  [
    `"all(hire in hires: hire.status == 'open')"`,
    'hires == null',
    ['tools.land_boats.require[0][0]: this is never null: it is a list of Hire'],
  ],
  [
    `"all(hire in hires: hire.status == 'open')"`,
    "first(hires).status == 'open'",
    [
      "tools.land_boats.require[0][0]: this may be null (bind it with 'let' and prove first that it is not null)",
    ],
  ],
  [
    '"sum(hire in hires: hire.deposit)"',
    '"sum(hire in hires: hire.note)"',
    [
      "tools.land_boats.return.deposits: 'hire.note' may be null (prove it first, as in hire.note != null and …)",
    ],
  ],
  [
    '"sum(hire in hires: hire.deposit)"',
    '"min(hire in hires: hire.due) + 1"',
    [
      "tools.land_boats.return.deposits: this may be null (bind it with 'let' and prove first that it is not null)",
    ],
  ],
  [
    '"sum(hire in hires: hire.deposit)"',
    'now - now',
    ['tools.land_boats.return.deposits: a duration cannot be returned (divide it, as in x / 1d)'],
  ],
  ['"sum(hire in hires: hire.deposit)"', '1 / 0', ['tools.land_boats.return.deposits: division by zero']],
  [
    '"sum(hire in hires: hire.deposit)"',
    'count(hires) / count(hires)',
    [
      "tools.land_boats.return.deposits: '/' has no meaning between an int and an int (the divisor must be a literal)",
    ],
  ],
  [
    '"sum(hire in hires: hire.deposit)"',
    'sqrt(4)',
    ["tools.land_boats.return.deposits: there is no function 'sqrt'"],
  ],
  [
    '"sum(hire in hires: hire.deposit)"',
    'ceil(1, 2)',
    ['tools.land_boats.return.deposits: ceil takes one value, not 2'],
  ],
  [
    '"sum(hire in hires: hire.deposit)"',
    'caller',
    ["tools.land_boats.return.deposits: 'caller' has a meaning in policies only"],
  ],
  ['"sum(hire in hires: hire.deposit)"', '"max(hire in hires: hire.deposit)"', []],
  ['id: one_hire', 'id: invariant_1', ["invariants[1]: invariants[0] is called 'invariant_1' already"]],
];

describe('expressions', () => {
  it.each(cases)('%s → %s', (from, to, says) => expect(problemsWith(from, to)).toEqual(says));
});
