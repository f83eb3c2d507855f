// What the checker says of entities, parameters, policies and phrases.
import { describe, expect, it } from 'vitest';
import { problemsWith } from './boat-hire.js';

// [piece of the spec, what stands there instead, all that the checker says]
const cases: readonly (readonly [from: string, to: string, says: readonly string[]])[] = [
  [
    'subject == caller',
    'subjct == caller',
    ["policies[1].require: for extend_hire: there is no 'subjct' here (did you mean 'subject'?)"],
  ],
  [
    'on: [extend_hire], require: subject',
    'on: [extend_hire, land_boats, hire_boat, drop_boat], require: subject',
    [
      "policies[1].require: for land_boats, drop_boat: 'subject' has no meaning: nothing here leads to a Guest",
    ],
  ],
  [
    'on: [extend_hire], require: subject == caller',
    'on: [get_guest], require: guest == caller',
    ["policies[1]: 'caller' is asked for get_guest, which no verify policy covers"],
  ],
  [
    "boat.class != 'motor_boat' or",
    "boat.class != 'moter_boat' or",
    [
      "policies[2].require: for hire_boat: 'moter_boat' is not one of canoe, sailing_boat, motor_boat (did you mean 'motor_boat'?)",
    ],
  ],
  [
    'boat.seats <= 6"',
    'boat.seats <= 6 and boat.seats > 9"',
    ['policies[2].require: for hire_boat: a part of this condition never holds'],
  ],
  [
    'first: get_boat',
    'first: get_bot',
    ["policies[4].first: there is no tool 'get_bot' (did you mean 'get_boat'?)"],
  ],
  [
    'before: write',
    'before: [hire_bot]',
    ["policies[0].before[0]: there is no tool 'hire_bot' (did you mean 'hire_boat'?)"],
  ],
  ['by: Guest', 'by: Boat', ['policies[0].by: the caller is a Guest, not a Boat']],
  [
    'by: Guest, text',
    'by: Guest, with: [[phone]], text',
    ['policies[0].with[0]: Guest is not found by [phone] (by [email] or [name, phone])'],
  ],
  [
    '{motor_boat: motor boat}',
    '{moter_boat: motor boat}',
    ["say.values.moter_boat: no enum has a 'moter_boat' (did you mean 'motor_boat'?)"],
  ],
  [
    '{until: until when do',
    '{untl: until when do',
    ["say.questions.untl: no tool takes a 'untl' (did you mean 'until'?)"],
  ],
  ['{seats: that', '{seat: that', ["say.refusals.seat: there is no policy 'seat' (did you mean 'seats'?)"]],
  [
    'Hire.due: "it is due back at {value}"',
    'Hire.du: "it is due back at {valu}"',
    [
      `say.answers["Hire.du"]: a Hire has no 'du' (did you mean 'due'?)`,
      `say.answers["Hire.du"]: {valu} stands for nothing; slots here: value (did you mean 'value'?)`,
      'say.answers["Hire.du"]: {value} is missing',
    ],
  ],
  [
    'the {class} {name}',
    'the {clas} {boat.name} {',
    [
      'say.entities.Boat[0]: a brace has no partner',
      "say.entities.Boat[0]: a Boat has no 'clas' (did you mean 'class'?)",
      "say.entities.Boat[0]: a Boat has no 'boat'",
    ],
  ],
  [
    'of {boat.name}',
    'of {skipper.name} {boat}',
    [
      "say.entities.Hire[0]: 'hire.skipper' may be null (prove it first, as in hire.skipper != null and …)",
      'say.entities.Hire[0]: {boat} is a Boat: a phrase needs one of its values',
    ],
  ],
  [
    "I'd like {boat} until {until}",
    "I'd like {boats}",
    [
      "say.tools.hire_boat.ask[0]: {boats} stands for nothing; slots here: guest, boat, until, skipper (did you mean 'boat'?)",
    ],
  ],
  ['Hire.due: [', 'Hire.du: [', [`say.tell["Hire.du"]: a Hire has no 'du' (did you mean 'due'?)`]],
  [
    'hire_boat: {ask',
    'hire_boats: {ask',
    ["say.tools.hire_boats: there is no tool 'hire_boats' (did you mean 'hire_boat'?)"],
  ],
  ['caller: Guest', 'caller: Guests', ["caller: there is no entity 'Guests' (did you mean 'Guest'?)"]],
  [
    'boat: {type: ref, to: Boat, distinct: true, init_event: leave}',
    'boat: {type: ref, to: Boat, distinct: true, init_event: depart}',
    ["entities.Hire.attrs.boat.init_event: a Boat has no event 'depart'"],
  ],
  [
    'skipper: {type: ref, to: Guest',
    'skipper: {type: ref, to: Gest',
    ["entities.Hire.attrs.skipper.to: there is no entity 'Gest' (did you mean 'Guest'?)"],
  ],
  [
    'search: [class, status]',
    'search: [clas, status]',
    ["entities.Boat.search[0]: a Boat has no 'clas' (did you mean 'class'?)"],
  ],
  [
    'list: [guest]',
    'list: [guest, due]',
    ["entities.Hire.list[1]: 'due' is no reference (search filters by values)"],
  ],
  [
    'find: [[email], [name, phone]]',
    'find: [[emial]]',
    ["entities.Guest.find[0][0]: a Guest has no 'emial' (did you mean 'email'?)"],
  ],
  [
    'class: {type: enum, of: [canoe, sailing_boat, motor_boat]',
    'class: {type: enum',
    ["entities.Boat.attrs.class: an enum needs its members: 'of: [a, b]'"],
  ],
  ['weights: [3, 2, 1]', 'weights: [3, 2]', ['entities.Boat.attrs.class.weights: 2 weights for 3 members']],
  [
    'n: 8',
    'n: 800',
    ['entities.Boat.attrs.name.unique: 800 rows cannot all differ: the generator has 100 values'],
  ],
  [
    'gen: "int:1..8"',
    'gen: "int:8"',
    ["entities.Boat.attrs.seats.gen: 'int:8' is not like int:0..100 or int:0..100/5"],
  ],
  [
    'retire: [moored, retired]',
    'retire: [mored, retired]',
    [
      "entities.Boat.states.events.retire: the state 'mored' has no way in (did you mean 'moored'?)",
      "entities.Boat.states.events.retire: this never fires: no state that it starts from is reached from 'moored'",
    ],
  ],
  [
    'init: moored',
    'init: morred',
    ["entities.Boat.states.init: no event starts from the first state 'morred' (did you mean 'moored'?)"],
  ],
  [
    'hours: {type: int',
    'hours: {type: integer',
    [
      "tools.extend_hire.params.hours.type: 'integer' is not one of string, text, int, money, bool, date, datetime, enum",
    ],
  ],
  [
    'hours: {type: int, min: 1, max: 24}',
    'hours: {typ: int, min: 1, max: 24}',
    ["tools.extend_hire.params.hours: one of type, ref, attr, enum, list is missing (did you mean 'type'?)"],
  ],
  [
    'params: {hire_id: Hire, hours',
    'params: {hire: Hire, hours',
    [
      "tools.extend_hire.params.hire: ids are passed here: the name must end in '_id' (did you mean 'hire_id'?)",
    ],
  ],
  [
    'params: {boat_id: Boat}\n    do',
    'params: {boat_id: Baot}\n    do',
    ["tools.drop_boat.params.boat_id: there is no entity 'Baot' (did you mean 'Boat'?)"],
  ],
  [
    'params: {boat_id: Boat}\n    do',
    'params: {now: {type: int}, boat_id: Boat}\n    do',
    [
      "tools.drop_boat.params.now: a parameter cannot be called 'now': 'now' is a word of the expression language",
    ],
  ],
  [
    'doc: Give a guest more time.',
    'docs: Give a guest more time.',
    [
      "tools.extend_hire: 'doc' is missing",
      "tools.extend_hire.docs: unknown key 'docs' (did you mean 'doc'?)",
    ],
  ],
  [
    'kind: confirm',
    'kind: confrim',
    [
      "policies[3].kind: 'confrim' is not one of verify, guard, confirm, precede, escalate, compute, conceal (did you mean 'confirm'?)",
    ],
  ],
  [
    'kind: confirm, on',
    'kind: confirm, when: x, on',
    ["policies[3].when: unknown key 'when' (known here: id, kind, on, text)"],
  ],
  [
    'hire_boat:\n    doc',
    'delete:\n    doc',
    [
      "tools.delete: a tool cannot be called 'delete': it is a word of TypeScript",
      "policies[2].on[0]: there is no tool 'hire_boat'",
      "policies[6].on[0]: there is no tool 'hire_boat'",
      "say.tools.hire_boat: there is no tool 'hire_boat'",
    ],
  ],
  [
    '  Hire:\n    n: 6',
    '  Constructor:\n    n: 1\n    attrs: {constructor: {type: int}, id: {type: int}}\n  Hire:\n    n: 6',
    [
      "entities.Constructor: an entity cannot be called 'Constructor': 'constructor' means something on every JavaScript object",
      "entities.Constructor.attrs.constructor: an attribute cannot be called 'constructor': it means something on every JavaScript object",
      "entities.Constructor.attrs.id: an attribute cannot be called 'id': it is the key",
    ],
  ],
  [
    'clock: 2025-06-02T09:00Z',
    'clock: 2025-02-30T09:00Z',
    ["clock: '2025-02-30T09:00Z' is no moment; write it as 2025-06-02T09:00Z"],
  ],
  [
    'id: boat-hire',
    'id: ../../boat-hire',
    ["id: '../../boat-hire' is no good name: it is written in lower case, words joined by dashes"],
  ],
  ['max_items: 5', 'max_items: 50', ['tools.land_boats.params.hire_ids.max_items: 50 is above 20']],
  [
    'phone: {type: string, gen: "pattern:555-####", known: true}',
    'phone: {type: string, pattern: "^(5+)+$", known: true, gen: "pattern:5555"}',
    ['entities.Guest.attrs.phone.pattern: a repetition inside a repetition can take forever to match'],
  ],
  [
    '{type: datetime}',
    '{type: datetime, of: [a]}',
    ['tools.hire_boat.params.until.of: only an enum has members, not a datetime'],
  ],
  [
    `require: "boat.class != 'motor_boat' or boat.seats <= 6"`,
    'require: boat.seats < 3 and boat.seats > 5',
    ['policies[2].require: for hire_boat: never holds: no call complies with it'],
  ],
  [
    `require: "boat.class != 'motor_boat' or boat.seats <= 6"`,
    'require: until > now',
    [
      'policies[2].require: for hire_boat: always holds: every call that the tool does not refuse itself complies with it',
    ],
  ],
  [
    `require: "boat.class != 'motor_boat' or boat.seats <= 6"`,
    'require: boat.seats > 2 or boat.seats <= 2',
    ['policies[2].require: for hire_boat: always holds: every call complies with it'],
  ],
  [
    'when: count(hires) > 3',
    'when: count(hires) < 0',
    ['policies[5].when: for land_boats: never holds: no call meets it'],
  ],
  [
    'seats: {type: int, gen: "int:1..8"}',
    'seats: {type: int, gen: "int:1..8", default: "many"}',
    ['entities.Boat.attrs.seats.default: this is a string where an int is wanted'],
  ],
  [
    'seats: {type: int, gen: "int:1..8"}',
    'seats: {type: int, gen: "int:1..8", pattern: "("}',
    [
      'entities.Boat.attrs.seats.pattern: only a string has a pattern, not int',
      "entities.Boat.attrs.seats.pattern: '(' is no regular expression",
    ],
  ],
  [
    'seats: {type: int, gen: "int:1..8"}',
    'status: {type: int, gen: "int:1..8"}',
    [
      "entities.Boat.attrs.status: an attribute cannot be called 'status': it is the state",
      "policies[2].require: for hire_boat: a Boat has no 'seats' (did you mean 'status'?)",
    ],
  ],
  [
    'seats: {type: int, gen: "int:1..8"}',
    'boat_id: {type: int, gen: "int:1..8"}',
    [
      "entities.Boat.attrs.boat_id: 'boat_id' and 'id' of Boat would both be the column 'boat_id'",
      "policies[2].require: for hire_boat: a Boat has no 'seats' (did you mean 'status'?)",
    ],
  ],
  [
    'extend_hire:\n    doc',
    'get_hire:\n    doc',
    [
      "tools.get_hire: there is a tool 'get_hire' already, which the entity brings by itself",
      "policies[1].on[0]: there is no tool 'extend_hire'",
    ],
  ],
  ['{id: own, kind', '{id: verify, kind', ["policies[1].id: policies[0] is called 'verify' already"]],
  [
    '    n: 8\n',
    '    n: 8\n    plural: Guests\n',
    ["entities.Boat: Guest and Boat would share the table 'guests' (give one a plural)"],
  ],
  [
    'phone: {type: string, gen: "pattern:555-####", known: true}',
    'phone: {type: string, gen: "pattern:555-####"}',
    ["policies[0]: a caller cannot say 'phone', by which Guest is found (mark the attribute 'known: true')"],
  ],
  ['first: get_boat', 'first: drop_boat', ['policies[4].first: drop_boat cannot come before itself']],
  [
    'seats: {type: int, gen: "int:1..8"}',
    'seats: {type: int, min: 1, max: 8, default: 9}',
    ['entities.Boat.attrs.seats.default: 9 is above max 8'],
  ],
  [
    'name: {type: string, gen: "pattern:Boat ##", unique: true, known: true}',
    'name: {type: string, gen: "pattern:Boat ##", unique: true, known: true, default: Boat 7}',
    ['entities.Boat.attrs.name.default: a default is shared, and this attribute is unique'],
  ],
];

describe('the rest of a spec', () => {
  it.each(cases)('%s → %s', (from, to, says) => expect(problemsWith(from, to)).toEqual(says));
});
