// A small domain for the tests of verification: people hire bikes by the day. It has a machine, a
// branch, an aggregate, dates, money, a list, guards and invariants, so that every check has a target.
import { must } from '../../src/core/errors.js';
import { compileModules } from '../../src/emit/compile.js';
import { emitDomain } from '../../src/emit/emit.js';
import type { EmittedDomain } from '../../src/emit/emitted-domain.js';
import type { Domain } from '../../src/spec/model.js';
import { readSpec } from '../../src/spec/read.js';
import { seedState } from '../../src/world/seed.js';
import { layGround, type Ground } from '../../src/verify/draft.js';
import { createArgumentChecker } from '../../src/world/arguments.js';
import type { JsonObject } from '../../src/core/json.js';
import type { GuestState } from '../../sandbox/guest-api.js';

const text = `
format: toolgrove.domain-spec/1.0
id: kiosk
title: Riverside Bike Kiosk
clock: 2025-06-02T09:00Z
caller: Rider
entities:
  Rider:
    n: 12
    find: [[email]]
    attrs:
      name: { type: string, gen: person.fullName, known: true }
      email: { type: string, gen: internet.email, unique: true, known: true }
      owes: { type: money, gen: "int:0..4000/50", min: 0 }
  Bike:
    n: 16
    search: [size, status]
    attrs:
      size: { type: enum, of: [small, medium, large] }
    states: { init: free, events: { take: [free, out], bring: [out, free], repair: [free, shop] } }
  Hire:
    n: 8
    list: [rider]
    attrs:
      rider: { type: ref, to: Rider }
      bike: { type: ref, to: Bike, distinct: true, init_event: take }
      due: { type: datetime, gen: "date:-6d..6d" }
    states: { init: running, events: { close: [running, closed] } }
tools:
  start_hire:
    doc: Hire out a bike for some days.
    params: { rider_id: Rider, bike_id: Bike, days: { type: int, min: 1, max: 14 } }
    require:
      - ["count(Hire h where h.rider == rider and h.status == 'running') < 2", HIRE_LIMIT, The rider already has two bikes.]
    do:
      - fire: bike.take
      - { create: Hire, as: hire, with: { rider: rider, bike: bike, due: now + 1d * days } }
    return: hire
  end_hire:
    doc: Take back a bike. A late one costs 5.00 a day.
    params: { hire_id: Hire }
    do:
      - fire: hire.close
      - fire: hire.bike.bring
      - if: hire.due < now
        then: [{ set: { hire.rider.owes: hire.rider.owes + ceil((now - hire.due) / 1d) * 500 } }]
    return: hire
  pay:
    doc: Take a payment towards what a rider owes.
    params: { rider_id: Rider, amount: { type: money, min: 1, max: 100000 } }
    require:
      - [amount <= rider.owes, TOO_MUCH, The rider does not owe that much.]
    do: [{ set: { rider.owes: rider.owes - amount } }]
    return: rider
  send_to_repair:
    doc: Send free bikes to the workshop.
    params: { bike_ids: { list: Bike } }
    do: [{ each: b in bikes, do: [{ fire: b.repair }] }]
    return: bikes
  change_email:
    doc: Change a rider's email address.
    params: { rider_id: Rider, email: { attr: Rider.email } }
    do: [{ set: { rider.email: email } }]
    return: rider
policies:
  - { id: verify, kind: verify, before: write, by: Rider, text: Identify the rider by email first. }
  - { id: own, kind: guard, on: [end_hire, pay], require: subject == caller, text: Act only for the identified rider. }
  - { id: debt, kind: guard, on: [start_hire], require: rider.owes < 2000, text: Nothing is hired out to riders who owe 20.00 or more. }
  - { id: big, kind: escalate, on: [pay], when: amount > 10000, text: Payments over 100.00 go to the office. }
invariants:
  - { id: hire_has_its_bike, holds: "all(Hire h: h.status != 'running' or h.bike.status == 'out')" }
  - { id: two_at_most, holds: "all(Rider r: count(Hire h where h.rider == r and h.status == 'running') <= 2)" }
`;

export interface Subject {
  readonly domain: Domain;
  readonly emitted: EmittedDomain;
  readonly state: GuestState;
  readonly ground: Ground;
  readonly fits: (tool: string, args: JsonObject) => boolean;
}

/** The kiosk, emitted and seeded. */
export function kiosk(): Subject {
  const spec = readSpec(text);
  if (!spec.ok) throw new Error(JSON.stringify(spec.error, null, 1));
  return subjectOf(spec.value);
}

export function subjectOf(domain: Domain): Subject {
  const seeded = seedState(domain, 7);
  if (!seeded.ok) throw new Error(JSON.stringify(seeded.error, null, 1));
  const emitted = emitDomain(domain);
  const checker = createArgumentChecker(emitted.manifest);
  return {
    domain,
    emitted,
    state: seeded.value,
    ground: layGround(domain, seeded.value),
    fits: (tool, args) => checker.problems(tool, args) === null,
  };
}

/** The emitted domain with a text in one of its files replaced; throws when it is not there. */
export function broken(
  emitted: EmittedDomain,
  file: string,
  from: string | RegExp,
  to: string,
): EmittedDomain {
  const before = must(emitted.files[file], file);
  const after = before.replace(from, to);
  if (after === before) throw new Error(`nothing to break: ${String(from)} is not in ${file}\n${before}`);
  const files = { ...emitted.files, [file]: after };
  return { ...emitted, files, compiled: compileModules(files) };
}
