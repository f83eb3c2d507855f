import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hashJson } from '../../src/core/hash.js';
import { minutesBetween } from '../../src/core/time.js';
import { readSpec } from '../../src/spec/read.js';
import { brokenInvariants } from '../../src/spec/interpret.js';
import type { Domain } from '../../src/spec/model.js';
import type { Row, State } from '../../src/spec/state.js';
import { seedState, type SeedOptions } from '../../src/world/seed.js';

const domains = ['library', 'veterinary-clinic', 'card-desk', 'equipment-rental'].map((id) =>
  domainOf(readFileSync(new URL(`../../domains/${id}.yaml`, import.meta.url), 'utf8')),
);

function domainOf(text: string): Domain {
  const read = readSpec(text);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

function seeded(domain: Domain, seed: number | string, options?: SeedOptions): State {
  const state = seedState(domain, seed, options);
  if (!state.ok) throw new Error(JSON.stringify(state.error));
  return state.value;
}

function rows(state: State, entity: string): readonly Row[] {
  return state.tables[entity] ?? [];
}

/** A club whose members rent boats, with changes to its attributes, invariants and sizes. */
function club({ boat = '', invariants = '[]', policies = '[]', boats = 14, rentals = 8 } = {}): Domain {
  return domainOf(
    `
format: toolgrove.domain-spec/1.0
id: club
title: Boat Club
clock: 2025-06-02T09:00Z
caller: Member
entities:
  Member:
    n: 10
    find: [[email], [name]]
    attrs:
      name: {type: string, gen: person.fullName, known: true}
      email: {type: string, gen: internet.email, unique: true, known: true}
  Boat:
    n: ${boats}
    attrs:
      berth: {type: int, gen: 'int:1..40', unique: true}
      ${boat}
    states: {init: moored, events: {leave: [moored, out], come: [out, moored], inspect: [[moored, out], ashore], sink: [[moored, out], sunk]}}
  Rental:
    n: ${rentals}
    attrs:
      member: {type: ref, to: Member}
      boat: {type: ref, to: Boat, distinct: true, init_event: leave}
      started: {type: datetime, gen: 'date:-9d..1d'}
      due: {type: datetime, gen: 'date:-9d..9d'}
      deposit: {type: money, gen: 'int:0..10000/500'}
    states: {init: running, weights: {running: 3, ended: 1}, events: {end: [running, ended]}}
  Inspection:
    n: 3
    attrs:
      boat: {type: ref, to: Boat, distinct: true, init_event: inspect}
  Damage:
    n: 6
    attrs:
      rental: {type: ref, to: Rental}
      member: {type: ref, to: Member}
tools:
  end_rental:
    doc: End a rental.
    params: {rental_id: Rental}
    do: [{fire: rental.end}, {fire: rental.boat.come}]
    return: rental
policies: ${policies}
invariants: ${invariants}
`.replace('[[moored, out], sunk]', '{from: [moored, out], to: sunk}'),
  );
}

describe.each(domains)('the seed state of $id', (domain) => {
  const states = [1, 2, 3, 'four'].map((seed) => seeded(domain, seed));

  test('satisfies every invariant', () => {
    expect(states.map((state) => brokenInvariants(domain, state))).toEqual([[], [], [], []]);
  });

  test('is the same for the same seed, and another for another', () => {
    expect(JSON.stringify(seeded(domain, 1))).toBe(JSON.stringify(states[0]));
    expect(new Set(states.map((state) => hashJson(state))).size).toBe(states.length);
  });

  test('has at least the rows that the spec asks for, with columns in order and ids in order of creation', () => {
    for (const entity of domain.entities) {
      for (const state of states) {
        const found = rows(state, entity.name);
        expect(found.length).toBeGreaterThanOrEqual(entity.n - 3);
        expect(state.created[entity.name]).toBeGreaterThanOrEqual(found.length);
        const columns = entity.columns.map(({ column }) => column);
        expect(found.filter((row) => Object.keys(row).join() !== columns.join())).toEqual([]);
      }
    }
  });

  test('refers only to rows that are there, and repeats no unique value', () => {
    for (const state of states) {
      for (const entity of domain.entities) {
        for (const { column, type, unique } of entity.columns) {
          const values = rows(state, entity.name).flatMap((row) => row[column] ?? []);
          const target = domain.entities.find(({ name }) => type.kind === 'row' && name === type.entity);
          const ids = target && new Set(rows(state, target.name).map((row) => row[target.key]));
          expect(values.filter((id) => ids?.has(id) === false)).toEqual([]);
          expect(new Set(values).size).toBe(unique ? values.length : new Set(values).size);
        }
      }
    }
  });

  test('has no address that mail could reach', () => {
    const mails = JSON.stringify(states).match(/[\w.+-]+@[\w.-]+/g) ?? [];
    expect(mails.length).toBeGreaterThan(50);
    expect(mails.filter((mail) => !/@([\w-]+\.)?example(\.(com|org|net))?$/.test(mail))).toEqual([]);
  });

  test('shows traces of use that no drawn row has', () => {
    const drawn = seeded(domain, 1, { calls: 0 });
    const changed = domain.entities.flatMap(({ name }) => {
      const before = new Set(rows(drawn, name).map((row) => JSON.stringify(row)));
      return rows(seeded(domain, 1), name).filter((row) => !before.has(JSON.stringify(row)));
    });
    expect(changed.length).toBeGreaterThan(20);
  });

  test('can be many times as large', () => {
    const large = seeded(domain, 1, { scale: 8 });
    expect(brokenInvariants(domain, large)).toEqual([]);
    const size = JSON.stringify(large).length / JSON.stringify(states[0]).length;
    expect(size).toBeGreaterThan(7);
    expect(size).toBeLessThan(11);
  });
});

describe('drawn rows', () => {
  test('give a person an address in their own name', () => {
    const members = rows(seeded(club(), 5, { calls: 0 }), 'Member');
    const agree = members.filter(({ name, email }) => {
      const family = String(name).split(' ').at(-1)?.normalize('NFD').toLowerCase().slice(0, 1) ?? '';
      return /^[a-z]/.test(family) ? String(email).split('@')[0]?.includes(family) : true;
    });
    expect(agree).toHaveLength(members.length);
    expect(new Set(members.map(({ name }) => name)).size).toBe(members.length);
  });

  test('begin before they end, where names say so', () => {
    for (const seed of [1, 2, 3, 4]) {
      const reversed = rows(seeded(club(), seed), 'Rental').filter(
        ({ started, due }) => minutesBetween(String(started), String(due)) < 0,
      );
      expect(reversed).toEqual([]);
    }
  });

  test('fire the events of the rows they refer to, each row once', () => {
    const state = seeded(club(), 3, { calls: 0 });
    const running = rows(state, 'Rental').filter(({ status }) => status === 'running');
    const out = rows(state, 'Boat').filter(({ status }) => status === 'out');
    expect(new Set(running.map(({ boat_id }) => boat_id))).toEqual(
      new Set(out.map(({ boat_id }) => boat_id)),
    );
    const boats = rows(state, 'Rental').map(({ boat_id }) => boat_id);
    expect(new Set(boats).size).toBe(boats.length);
  });

  test('agree with what they refer to', () => {
    const state = seeded(club(), 3);
    const memberOf = new Map(rows(state, 'Rental').map((row) => [row['rental_id'], row['member_id']]));
    const damages = rows(state, 'Damage');
    expect(damages.map(({ member_id }) => member_id)).toEqual(
      damages.map(({ rental_id }) => memberOf.get(rental_id ?? '')),
    );
  });

  test('are drawn again where they break an invariant', () => {
    const domain = club({
      invariants: `
  - "all(Member m: sum(Rental r: r.deposit where r.member == m) <= 9000)"
  - "all(Rental r: r.status == 'ended' or r.due >= now)"
  - "all(Boat b: b.status != 'out' or exists(Rental r where r.boat == b and r.status == 'running'))"
  - "exists(Rental r where r.deposit == 4500)"`,
    });
    for (let seed = 0; seed < 10; seed++) expect(brokenInvariants(domain, seeded(domain, seed))).toEqual([]);
  });
});

describe('ageing', () => {
  const ended = (state: State): readonly Row[] =>
    rows(state, 'Rental').filter(({ status }) => status === 'ended');

  test('makes no call that breaks an invariant, even if the tools allow it', () => {
    const domain = club({ invariants: `["all(Rental r: r.status == 'running' or r.deposit <= 3000)"]` });
    const seeds = [1, 2, 3, 4, 5, 6];
    const states = seeds.map((seed) => seeded(domain, seed));
    expect(states.map((state) => brokenInvariants(domain, state))).toEqual(seeds.map(() => []));
    const fresh = seeds.map((seed) => ended(seeded(domain, seed, { calls: 0 })).length);
    expect(states.some((state, at) => ended(state).length > (fresh[at] ?? 0))).toBe(true);
  });

  test('makes no call that a policy forbids', () => {
    const policies = `[{id: small, kind: guard, on: [end_rental], require: rental.deposit < 5000, text: Small deposits only.}]`;
    let total = 0;
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const before = new Set(
        ended(seeded(club({ policies }), seed, { calls: 0 })).map((row) => row['rental_id']),
      );
      const made = ended(seeded(club({ policies }), seed)).filter(
        (row) => !before.has(row['rental_id'] ?? ''),
      );
      total += made.length;
      expect(made.filter(({ deposit }) => Number(deposit) >= 5000)).toEqual([]);
    }
    expect(total).toBeGreaterThan(0);
  });
});

describe('a state that cannot be', () => {
  test('names the attribute whose unique values do not suffice', () => {
    const domain = club({
      boat: "name: {type: string, gen: 'null; moored => pick:Kite|Gull', optional: true, unique: true}",
    });
    expect(seedState(domain, 1)).toMatchObject({
      ok: false,
      error: [{ path: 'entities.Boat.attrs.name', message: expect.stringContaining('unique') as string }],
    });
  });

  test('names the reference for which no row is left', () => {
    const domain = club();
    const entities = domain.entities.map((entity) => (entity.name === 'Boat' ? { ...entity, n: 4 } : entity));
    const state = seedState({ ...domain, entities }, 1);
    expect(state.ok ? {} : state.error[0]).toMatchObject({
      path: 'entities.Rental.attrs.boat',
      message: expect.stringContaining("'leave'") as string,
    });
  });

  test('names the invariants that no drawn rows satisfy', () => {
    const domain = club({
      invariants: `["all(Rental r: r.deposit > 20000)", "all(Boat b: b.berth > 0)", {id: fleet, holds: "count(Boat b) == 1"}]`,
    });
    const state = seedState(domain, 1);
    expect(state.ok ? [] : state.error.map(({ path }) => path)).toEqual(['invariants[0]', 'invariants[2]']);
    expect(state.ok ? '' : state.error[1]?.message).toContain("'fleet'");
  });
});
