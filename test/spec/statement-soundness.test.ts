// What the checker promises of statements: a tool that it accepts runs, or is refused, on any rows:
// no null where a value must be, no row that a `delete` took away.
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { deriveRng, type Rng } from '../../src/core/rng.js';
import { checkSpec } from '../../src/spec/check.js';
import { interpret } from '../../src/spec/interpret.js';
import { seedState } from '../../src/world/seed.js';
import { boatHire, boatHireDomain } from './boat-hire.js';
import type { Domain } from '../../src/spec/model.js';

type Statement = Readonly<Record<string, unknown>>;

const seeded = seedState(boatHireDomain(), 7);
if (!seeded.ok) throw new Error('no seed state');
const state = seeded.value;
const plain = parse(boatHire) as Record<string, unknown>;

// References that are null at times, what proves them, what needs them and what spoils the proof.
const nullable = [
  'hire.skipper',
  'skipper',
  'guest.sponsor',
  'hire.guest.sponsor',
  'last',
  'other.skipper',
  'line.guest',
  'line.guest.sponsor',
];

function statements(rng: Rng, depth: number): readonly Statement[] {
  return Array.from({ length: rng.int(1, 3) }, () => statement(rng, depth));
}

function statement(rng: Rng, depth: number): Statement {
  const path = rng.pick(nullable);
  const hire = rng.pick(['hire', 'hire', 'other', 'made']);
  const choices: (() => Statement)[] = [
    () => ({ fire: `${hire}.${rng.pick(['close', 'void'])}` }),
    () => ({ fire: `${hire}.boat.${rng.pick(['leave', 'land'])}` }),
    () => ({ set: { [`${path}.phone`]: `${path}.name` } }),
    () => ({ set: { 'hire.skipper': rng.pick(['null', 'guest', 'skipper', 'guest.sponsor']) } }),
    () => ({
      set: {
        'guest.sponsor': rng.pick(['null', 'hire.guest', 'hire.skipper']),
        [`${hire}.note`]: `${path}.name`,
      },
    }),
    () => ({ delete: rng.pick(['hire', 'boat', 'skipper', 'other', 'made', 'line.boat', 'line.guest']) }),
    () => ({ fire: `line.boat.${rng.pick(['leave', 'land'])}` }),
    () => ({
      create: 'Hire',
      ...(rng.chance(0.5) ? { as: 'made' } : {}),
      with: { guest: rng.pick(['guest', path]), boat: 'boat', due: 'now', deposit: 1 },
    }),
  ];
  if (depth > 0) {
    const test = rng.pick([
      `${path} != null`,
      `${path} == null`,
      `${path} != null and hire.due > now`,
      `${path} == null or n > 2`,
    ]);
    choices.push(
      () => ({ if: test, then: statements(rng, depth - 1), else: statements(rng, depth - 1) }),
      () => ({
        if: `${path} != null`,
        then: [{ set: { [`${path}.phone`]: `${path}.name` } }, ...statements(rng, depth - 1)],
      }),
      () => ({
        each: rng.pick([
          'other in hires',
          `other in hires where ${path} != null`,
          'Hire other where other.guest == guest',
          'line in lines',
          'line in lines where line.guest != null and line.seats > 1',
        ]),
        do: statements(rng, depth - 1),
      }),
    );
  }
  if (depth > 0 && rng.chance(0.5)) return spoiled(rng);
  return rng.pick(choices)();
}

// A proof, something that may spoil it, and a use: one after the other, or in the turns of a loop.
function spoiled(rng: Rng): Statement {
  const [path, spoils] = rng.pick([
    ['hire.skipper', ['hire.skipper', 'other.skipper', 'hire.guest']],
    ['guest.sponsor', ['guest.sponsor', 'hire.guest.sponsor', 'hire.skipper']],
  ] as const);
  const use = { set: { [`${path}.phone`]: `${path}.name` } };
  const spoil = rng.pick<Statement>([
    { set: { [rng.pick(spoils)]: 'null' } },
    { set: { [rng.pick(spoils)]: 'guest' } },
    { if: 'n > 2', then: [{ set: { [path]: 'null' } }], else: [{ set: { [path]: 'hire.guest' } }] },
    { delete: rng.pick(['hire', 'skipper', 'other']) },
  ]);
  return rng.pick<Statement>([
    { if: `${path} != null`, then: [spoil, use] },
    { if: `${path} != null`, then: [{ each: 'other in hires', do: [use, spoil] }] },
    { if: `${path} != null`, then: [{ each: 'other in hires', do: [spoil] }, use] },
    {
      each: 'hire2 in hires where hire2.skipper != null',
      do: [{ set: { 'hire2.skipper.phone': 'guest.name' } }, spoil],
    },
    { each: 'other in hires', do: [{ set: { 'hire.due': 'now' } }, { delete: rng.pick(['hire', 'other']) }] },
  ]);
}

function toolOf(rng: Rng): Statement {
  return {
    doc: 'Try.',
    params: {
      hire_id: 'Hire',
      guest_id: 'Guest',
      boat_id: 'Boat',
      skipper_id: { ref: 'Guest', optional: true },
      hire_ids: { list: 'Hire' },
      n: { type: 'int' },
      lines: { list: { boat: 'Boat', guest: { ref: 'Guest', optional: true }, seats: { type: 'int' } } },
    },
    let: { last: 'first(Guest x where x.sponsor == null and n > 0)' },
    require: rng.chance(0.5)
      ? [[`${rng.pick(nullable.slice(0, 5))} != null`, 'NOTHING_THERE', 'Nothing is there.']]
      : [],
    do: statements(rng, 2),
    return: rng.pick([
      'count(Hire x)',
      'hire',
      'boat.name',
      'count(x in hires where x.due > now)',
      'sum(x in lines: x.boat.seats * x.seats)',
      'count(lines)',
      `${rng.pick(nullable)}.name`,
    ]),
  };
}

function withTool(tool: Statement): Domain | undefined {
  const { format, id, title, clock, caller, entities } = plain;
  const checked = checkSpec({
    format,
    id,
    title,
    clock,
    caller,
    entities,
    tools: { try_it: tool },
    policies: [],
    invariants: [],
  });
  return checked.ok ? checked.value : undefined;
}

it('accepts tools that never need what is not there', () => {
  const rng = deriveRng(5, 'tools');
  const ids = (entity: string, key: string): readonly string[] =>
    (state.tables[entity] ?? []).map((row) => String(row[key]));
  const broken: string[] = [];
  const replies = { result: 0, refusal: 0 };
  let accepted = 0;
  for (let run = 0; run < 1200; run++) {
    const tool = toolOf(rng);
    const domain = withTool(tool);
    if (domain === undefined) continue;
    accepted++;
    for (let call = 0; call < 6; call++) {
      const args = {
        hire_id: rng.pick(ids('Hire', 'hire_id')),
        guest_id: rng.pick(ids('Guest', 'guest_id')),
        boat_id: rng.pick(ids('Boat', 'boat_id')),
        hire_ids: rng.shuffle(ids('Hire', 'hire_id')).slice(0, 3),
        n: rng.int(0, 4),
        lines: rng
          .shuffle(ids('Boat', 'boat_id'))
          .slice(0, 3)
          .map((boat) => ({
            boat_id: boat,
            seats: rng.int(0, 3),
            ...(rng.chance(0.5) ? { guest_id: rng.pick(ids('Guest', 'guest_id')) } : {}),
          })),
        ...(rng.chance(0.5) ? { skipper_id: rng.pick(ids('Guest', 'guest_id')) } : {}),
      };
      try {
        replies[interpret(domain, state, 'try_it', args).reply.type]++;
      } catch (error) {
        broken.push(`${JSON.stringify(tool)}: ${String(error)}`);
      }
    }
  }
  expect(broken).toEqual([]);
  expect(accepted).toBeGreaterThan(40);
  expect(Math.min(replies.result, replies.refusal)).toBeGreaterThan(100);
});
