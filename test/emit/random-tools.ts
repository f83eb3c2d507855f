// Random tools over the boat hire, as many as the checker accepts: expressions of every kind, and
// statements that write the rows under each other's feet.
import { parse } from 'yaml';
import type { Rng } from '../../src/core/rng.js';
import { checkSpec } from '../../src/spec/check.js';
import type { Domain } from '../../src/spec/model.js';
import { boatHire } from '../spec/boat-hire.js';
import { randomText } from '../spec/random-text.js';

type Spec = Readonly<Record<string, unknown>>;

const { format, id, title, clock, caller, entities, tables } = parse(boatHire) as Record<string, unknown>;

export function randomTools(count: number, rng: Rng): Domain {
  const search = randomSearch(rng.derive('search'));
  const tools: Record<string, Spec> = {};
  for (let at = 0; Object.keys(tools).length < count && at < count * 60; at++) {
    const tool = randomTool(rng);
    if (checked({ try_it: tool }, search) !== undefined) tools[`try_${Object.keys(tools).length}`] = tool;
  }
  const domain = checked(tools, search);
  if (domain === undefined) throw new Error('tools that are right one by one are wrong together');
  return domain;
}

/** A domain of random tools, and random filters of a search, that the checker accepts. */
function checked(tools: Readonly<Record<string, Spec>>, search: unknown): Domain | undefined {
  const { Boat, ...others } = entities as Readonly<Record<string, Spec>>;
  const changed = { ...others, Boat: { ...Boat, search } };
  const result = checkSpec({
    format,
    id,
    title,
    clock,
    caller,
    entities: changed,
    tables,
    tools,
    policies: [],
    invariants: [],
  });
  return result.ok ? result.value : undefined;
}

function randomSearch(rng: Rng): unknown {
  const filters = rng
    .shuffle<unknown>([
      'class',
      'status',
      'seats',
      { attr: 'seats', by: 'range' },
      { attr: 'serviced', by: 'range' },
      { attr: 'name', by: 'contains' },
    ])
    .slice(0, rng.int(2, 6));
  return rng.chance(0.2) ? filters : { by: filters, page: rng.int(1, 4) };
}

function randomTool(rng: Rng): Spec {
  const writes = rng.chance(0.7);
  const proven = rng.pick([['skipper != null'], ['hire.skipper != null'], ['guest.sponsor != null'], [], []]);
  const tests = [...proven, ...(rng.chance(0.4) ? [randomText(rng)] : [])];
  return {
    doc: 'Try.',
    params: {
      hire_id: 'Hire',
      guest_id: 'Guest',
      boat_id: 'Boat',
      skipper_id: { ref: 'Guest', optional: true },
      hire_ids: { list: 'Hire', max_items: 3 },
      n: { type: 'int', min: -1, max: 5, ...(rng.chance(0.3) ? { default: 2 } : {}) },
      lines: { list: randomLine(rng), max_items: 3, ...(rng.chance(0.15) ? { optional: true } : {}) },
    },
    let: {
      last: rng.pick([
        'first(Guest x where x.sponsor == null and n > 0)',
        'hire.skipper',
        'hire.boat',
        randomText(rng),
      ]),
      ...(rng.chance(0.5)
        ? { some: rng.pick(['list(Hire x where x.guest == guest)', randomText(rng)]) }
        : {}),
    },
    require: tests.map((test, at) => [test, `CODE_${at}`, 'It does not hold.']),
    ...(writes ? { do: statements(rng, 2) } : {}),
    return: Object.fromEntries(
      ['a', 'b', 'c'].map((name) => [
        name,
        rng.pick([
          'hire',
          'guest',
          'skipper',
          'hires',
          'last',
          'hire.skipper',
          'boat.status',
          'list(x in lines: x.boat)',
          'sum(x in lines: x.boat.seats * x.seats)',
          randomText(rng),
        ]),
      ]),
    ),
  };
}

/** A line item that randomText knows: at times with a value that makes it differ, at times of rows alone. */
function randomLine(rng: Rng): Spec {
  const guest = rng.chance(0.5) ? { guest: { ref: 'Guest', optional: true } } : {};
  const values = { seats: { type: 'int', min: 0, max: 4 }, note: { type: 'string', optional: true } };
  return { boat: 'Boat', ...guest, ...(rng.chance(0.85) ? values : {}) };
}

function statements(rng: Rng, depth: number): readonly Spec[] {
  return Array.from({ length: rng.int(1, 3) }, () => statement(rng, depth));
}

function statement(rng: Rng, depth: number): Spec {
  const guest = rng.pick([
    'guest',
    'skipper',
    'hire.guest',
    'other.guest',
    'hire.skipper',
    'guest.sponsor',
    'hire.guest.sponsor',
    'line.guest',
  ]);
  const hire = rng.pick(['hire', 'hire', 'other', 'made']);
  const boat = rng.pick(['boat', 'hire.boat', 'other.boat', 'line.boat', 'line.boat']);
  const choices: (() => Spec)[] = [
    () => ({ fire: `${hire}.${rng.pick(['close', 'void'])}` }),
    () => ({ fire: `${boat}.${rng.pick(['leave', 'land', 'retire'])}` }),
    () => ({ set: { [`${guest}.phone`]: `${guest}.name`, [`${hire}.note`]: `${guest}.email` } }),
    () => ({ set: { [`${hire}.skipper`]: rng.pick(['null', 'guest', 'skipper', guest]) } }),
    () => ({ set: { [`${guest}.sponsor`]: rng.pick(['null', 'hire.guest', 'hire.skipper', 'guest']) } }),
    () => ({
      set: { [`${hire}.guest`]: guest, [`${guest}.email`]: rng.pick(['guest.name', `${guest}.email`]) },
    }),
    () => ({ set: { [`${hire}.boat`]: boat, [`${hire}.deposit`]: `${hire}.deposit + boat.seats` } }),
    () => ({ set: { [`${boat}.seats`]: `${boat}.seats + 1`, 'boat.seats': randomText(rng) } }),
    () => ({ set: { [`${hire}.due`]: randomText(rng), 'hire.deposit': 'sum(Hire x: x.deposit)' } }),
    () => ({ set: { [`${boat}.seats`]: 'line.seats', 'line.boat.name': 'line.note' } }),
    () => ({ delete: rng.pick(['hire', 'boat', 'skipper', 'other', 'made', 'line.boat', 'line.guest']) }),
    () => ({
      create: 'Hire',
      ...(rng.chance(0.6) ? { as: 'made' } : {}),
      with: {
        guest,
        boat,
        due: 'now + 1d',
        deposit: rng.pick(['1', 'n', 'count(Hire x)']),
        skipper: rng.pick(['null', 'skipper']),
      },
    }),
  ];
  if (depth > 0) {
    const test = rng.pick([
      `${guest} != null`,
      `${guest} == null`,
      "hire.status == 'open'",
      'n > 2',
      'lines != null',
      'line.guest != null and line.note != null',
      randomText(rng),
    ]);
    const each = rng.pick([
      'other in hires',
      `other in hires where other.status == 'open'`,
      'Hire other where other.guest == guest',
      "Hire other where other.boat == boat and other.status == 'open'",
      'other in list(Hire x where x.due > now)',
      'line in lines',
      'line in lines',
      "line in lines where line.boat.status == 'moored' and line.seats > 0",
      'line in lines where line.guest != null',
    ]);
    choices.push(
      () => ({ if: test, then: statements(rng, depth - 1), else: statements(rng, depth - 1) }),
      () => ({ if: test, then: statements(rng, depth - 1) }),
      () => ({ each, do: statements(rng, depth - 1) }),
      () => ({ each, do: statements(rng, depth - 1) }),
    );
  }
  return rng.pick(choices)();
}
