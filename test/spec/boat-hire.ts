// A boat hire as a spec, right in every part, and how the tests change it: each replaces one piece
// of the text and looks at what the checker says.
import { formatIssue } from '../../src/core/result.js';
import { readSpec } from '../../src/spec/read.js';
import type { Domain } from '../../src/spec/model.js';

export const boatHire = `format: toolgrove.domain-spec/1.0
id: boat-hire
title: Lakeside Boat Hire
agent: booking desk assistant
clock: 2025-06-02T09:00Z
caller: Guest
entities:
  Guest:
    n: 12
    find: [[email], [name, phone]]
    attrs:
      name: {type: string, gen: person.fullName, known: true}
      email: {type: string, gen: internet.email, unique: true, known: true}
      phone: {type: string, gen: "pattern:555-####", known: true}
      sponsor: {type: ref, to: Guest, optional: true}
  Boat:
    n: 8
    search: [class, status]
    attrs:
      name: {type: string, gen: "pattern:Boat ##", unique: true, known: true}
      class: {type: enum, of: [canoe, sailing_boat, motor_boat], weights: [3, 2, 1], known: true}
      seats: {type: int, gen: "int:1..8"}
      serviced: {type: date, gen: "date:-60d..-1d", nullable: true}
    states:
      init: moored
      events: {leave: [moored, out], land: [out, moored], retire: [moored, retired]}
  Hire:
    n: 6
    list: [guest]
    attrs:
      guest: {type: ref, to: Guest}
      boat: {type: ref, to: Boat, distinct: true, init_event: leave}
      skipper: {type: ref, to: Guest, optional: true}
      due: {type: datetime, gen: "date:-1d..2d"}
      deposit: {type: money, gen: "int:2000..9000/500"}
      note: {type: text, optional: true}
    states: {init: open, events: {close: [open, closed], void: {from: [open], to: void}}}
tables:
  day_rate:
    doc: What a boat costs a day.
    by: {class: {attr: Boat.class}, seats: {type: int}, crewed: {type: bool}}
    gives: money
    rows:
      - [canoe, '*', '*', 1500]
      - [[sailing_boat, motor_boat], '<= 2', false, 4000]
      - [sailing_boat, '3..5', '*', 6500]
      - ['*', [1, 4], true, 7000]
      - [motor_boat, '> 5', false, 12000]
      - ['*', '*', '*', 9000]
  needs_licence:
    doc: Whether a licence is asked for.
    by: {class: {attr: Boat.class}, price: {type: money}}
    gives: bool
    rows:
      - [motor_boat, '>= 7000', true]
      - ['*', '*', false]
  swap:
    doc: What is offered instead.
    by: {class: {attr: Boat.class}, calm: {type: bool}}
    gives: {attr: Boat.class}
    rows:
      - [canoe, true, sailing_boat]
      - [canoe, false, motor_boat]
      - ['*', '*', canoe]
tools:
  hire_boat:
    doc: Hire out a boat until a given time.
    params:
      guest_id: Guest
      boat_id: Boat
      until: {type: datetime}
      skipper_id: {ref: Guest, optional: true}
    let:
      open: count(Hire h where h.guest == guest and h.status == 'open')
    require:
      - [open < 2, HIRE_LIMIT, The guest has two boats out.]
      - [until > now and until <= now + 2d, BAD_TIME, Boats are hired for two days at most.]
    do:
      - fire: boat.leave
      - create: Hire
        as: hire
        with: {guest: guest, boat: boat, skipper: skipper, due: until, deposit: 5000}
    return: hire
  extend_hire:
    doc: Give a guest more time.
    params: {hire_id: Hire, hours: {type: int, min: 1, max: 24}}
    require:
      - [hire.status == 'open', HIRE_NOT_OPEN, The hire is not open.]
    do:
      - set: {hire.due: hire.due + hours * 1h, hire.note: "'extended'"}
    return: hire
  land_boats:
    doc: Take back several boats and close their hires.
    params: {hire_ids: {list: Hire, max_items: 5}}
    require:
      - ["all(hire in hires: hire.status == 'open')", HIRE_NOT_OPEN, One of the hires is not open.]
    do:
      - each: hire in hires
        do:
          - fire: hire.close
          - fire: hire.boat.land
          - if: hire.due < now and hire.skipper != null
            then: [{set: {hire.skipper.phone: "'555-0000'"}}]
    return:
      late: count(hire in hires where hire.due < now)
      deposits: "sum(hire in hires: hire.deposit)"
  drop_boat:
    doc: Take a boat out of the books.
    params: {boat_id: Boat}
    do: [{delete: boat}]
    return: {gone: "true"}
policies:
  - {id: verify, kind: verify, before: write, by: Guest, text: Identify the guest first.}
  - {id: own, kind: guard, on: [extend_hire], require: subject == caller, text: Only the guest's own hires.}
  - {id: seats, kind: guard, on: [hire_boat], require: "boat.class != 'motor_boat' or boat.seats <= 6", text: No large motor boats.}
  - {id: sure, kind: confirm, on: [drop_boat], text: Ask before a boat is dropped.}
  - {id: look, kind: precede, on: [drop_boat], first: get_boat, text: Look at the boat first.}
  - {id: many, kind: escalate, on: [land_boats], when: count(hires) > 3, text: Hand over large parties.}
  - {id: dear, kind: guard, on: [hire_boat], require: "day_rate(boat.class, 3, skipper != null) < 9000", text: No dear boats.}
invariants:
  - "all(Hire h: h.status != 'open' or h.boat.status == 'out')"
  - {id: one_hire, holds: "all(Boat b: count(Hire h where h.boat == b and h.status == 'open') <= 1)"}
say:
  tools:
    hire_boat: {ask: ["I'd like {boat} until {until}"], because: [the weather is fine], offer: ["book {boat} until {until}"]}
  entities:
    Boat: ["the {class} {name}"]
    Hire: ["my hire of {boat.name}"]
  tell:
    Hire.due: ["when is {hire} due back?"]
  values: {motor_boat: motor boat}
  questions: {until: until when do you need it}
  answers: {Hire.due: "it is due back at {value}"}
  refusals: {seats: that boat is too large}
`;

/** All that the checker says of a text, one line a problem; empty when it is right. */
export function problemsOf(text: string): readonly string[] {
  const read = readSpec(text);
  return read.ok ? [] : read.error.map((issue) => formatIssue(issue));
}

/** The boat hire with one piece replaced by another. */
function changed(from: string, to: string): string {
  if (!boatHire.includes(from)) throw new Error(`the spec has no '${from}'`);
  return boatHire.replace(from, () => to);
}

/** What the checker says, without lines, when one piece is replaced. */
export function problemsWith(from: string, to: string): readonly string[] {
  return problemsOf(changed(from, to)).map((line) => line.replace(/^\d+ /, ''));
}

export function boatHireDomain(): Domain {
  const read = readSpec(boatHire);
  if (!read.ok) throw new Error(read.error.map((issue) => formatIssue(issue)).join('\n'));
  return read.value;
}
