// Decision tables: what the checker says of wrong ones, its proofs against every case one by one, and
// which row counts.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectIssues } from '../../src/spec/issues.js';
import { fitsCell } from '../../src/spec/table-cell.js';
import { proveTable } from '../../src/spec/table-proof.js';
import { possibleRows, rowFor } from '../../src/spec/table-rows.js';
import type { Expr } from '../../src/spec/model.js';
import type { Atom, Cell, Table } from '../../src/spec/table-model.js';
import { boatHireDomain, problemsWith } from './boat-hire.js';

// [piece of the spec, what stands there instead, all that the checker says]
const cases: readonly (readonly [from: string, to: string, says: readonly string[]])[] = [
  ["[motor_boat, '> 5', false", "[motor_boat, '> 4', false", []],
  [
    "      - ['*', '*', '*', 9000]\n",
    '',
    [
      "tables.day_rate.rows: no row fits class sailing_boat, seats 0, crewed true (a last row of '*' takes what is left)",
    ],
  ],
  [
    "[sailing_boat, '3..5', '*', 6500]",
    "[canoe, '3..5', '*', 6500]",
    ['tables.day_rate.rows[2]: never reached: the rows before it take all its cases'],
  ],
  ["'3..5'", "'5..3'", ['tables.day_rate.rows[2][1]: 5 is above 3']],
  [
    "[motor_boat, '>= 7000', true]",
    "[moter_boat, '=> 7000', 1]",
    [
      "tables.needs_licence.rows[0][0]: 'moter_boat' is not one of canoe, sailing_boat, motor_boat (did you mean 'motor_boat'?)",
      "tables.needs_licence.rows[0][1]: '=> 7000' where money is wanted (write 500, '<= 500', '> 500' or '501..2000')",
      "tables.needs_licence.rows[0][2]: '1' where true or false is wanted",
    ],
  ],
  [
    '[canoe, true, sailing_boat]',
    '[canoe, sailing_boat]',
    ['tables.swap.rows[0]: 2 cells where 3 are wanted: class, calm, what comes out'],
  ],
  [
    '[canoe, true, sailing_boat]',
    '[[canoe, canoe], true, [sailing_boat, canoe]]',
    [
      "tables.swap.rows[0][0][1]: 'canoe' stands here twice",
      'tables.swap.rows[0][2]: one value is wanted here: what comes out',
    ],
  ],
  [
    'gives: {attr: Boat.class}',
    'gives: {attr: Boat.name}',
    ['tables.swap.gives.attr: a table is about enums, whole numbers, money and true or false, not a string'],
  ],
  [
    'by: {class: {attr: Boat.class}, calm',
    'by: {class: {attr: Boat.clas}, calm',
    ["tables.swap.by.class.attr: a Boat has no 'clas' (did you mean 'class'?)"],
  ],
  [
    '  swap:\n',
    '  round:\n',
    ["tables.round: a table cannot be called 'round': it is a function of the expression language"],
  ],
  [
    '  swap:\n',
    '  delete:\n',
    ["tables.delete: a table cannot be called 'delete': it is a word of TypeScript"],
  ],
  ['  swap:\n', '  hire_boat:\n', ["tools.hire_boat: there is a table 'hire_boat' already"]],
  [
    'day_rate(boat.class, 3, skipper != null)',
    'day_rate(boat.class, 3)',
    ['policies[6].require: for hire_boat: day_rate takes 3 values (class, seats, crewed), not 2'],
  ],
  [
    'day_rate(boat.class, 3, skipper != null)',
    'day_rat(boat.class, 3, skipper != null)',
    ["policies[6].require: for hire_boat: there is no function 'day_rat' (did you mean 'day_rate'?)"],
  ],
  [
    'day_rate(boat.class, 3, skipper != null)',
    "day_rate('raft', 3 / 2, skipper)",
    [
      "policies[6].require: for hire_boat: 'raft' is not one of canoe, sailing_boat, motor_boat",
      'policies[6].require: for hire_boat: this is a fraction where an int is wanted (make it whole with ceil, floor or round)',
      'policies[6].require: for hire_boat: this is a Guest or null where true or false is wanted',
    ],
  ],
  // What comes out is one of the values of the rows that the literals leave.
  [
    'day_rate(boat.class, 3, skipper != null) < 9000',
    'day_rate(boat.class, 3, skipper != null) < 13000',
    ['policies[6].require: for hire_boat: always holds: every call complies with it'],
  ],
  [
    'day_rate(boat.class, 3, skipper != null) < 9000',
    "day_rate('canoe', boat.seats, skipper != null) > 1500",
    ['policies[6].require: for hire_boat: never holds: no call complies with it'],
  ],
  // Of a table whose form is wrong nothing more is said.
  [
    'gives: money\n',
    'gives: mony\n',
    ["tables.day_rate.gives: 'mony' is not one of bool, int, money (did you mean 'money'?)"],
  ],
];

describe('a table', () => {
  it.each(cases)('%s → %s', (from, to, says) => expect(problemsWith(from, to)).toEqual(says));
});

const zones = ['near', 'far', 'isles'];
const every: readonly (readonly Atom[])[] = zones.flatMap((zone) =>
  [-1, 0, 1, 2, 3, 4, 5].flatMap((grams) => [true, false].map((fast) => [zone, grams, fast])),
);

const any = fc.constant<Cell>({ kind: 'any' });
const bound = fc.integer({ min: 0, max: 4 });
const zoneCell = fc.oneof(
  any,
  fc.subarray(zones, { minLength: 1 }).map((of): Cell => ({ kind: 'values', of })),
);
const fastCell = fc.oneof(
  any,
  fc.boolean().map((value): Cell => ({ kind: 'values', of: [value] })),
);
const gramsCell = fc.oneof(
  any,
  fc.uniqueArray(bound, { minLength: 1, maxLength: 3 }).map((of): Cell => ({ kind: 'values', of })),
  fc.record({ kind: fc.constant('limit' as const), op: fc.constantFrom('<', '<=', '>', '>='), value: bound }),
  fc
    .tuple(bound, bound)
    .map(([one, other]): Cell => ({ kind: 'range', from: Math.min(one, other), to: Math.max(one, other) })),
);
const tables = fc
  .array(fc.tuple(zoneCell, gramsCell, fastCell), { minLength: 1, maxLength: 7 })
  .map((rows): Table => ({
    name: 'postage',
    doc: 'Postage.',
    inputs: [
      { name: 'zone', type: { kind: 'enum', of: zones } },
      { name: 'grams', type: { kind: 'int' } },
      { name: 'fast', type: { kind: 'bool' } },
    ],
    gives: { kind: 'int' },
    rows: rows.map((cells, gives) => ({ cells, gives })),
  }));

function firstOf({ rows }: Table, values: readonly Atom[]): number {
  return rows.findIndex(({ cells }) => cells.every((cell, at) => fitsCell(cell, values[at] ?? '')));
}

describe('the proof of a table', () => {
  it('finds a gap and the rows never reached, exactly where looking at every case does', () => {
    const seen = { whole: 0, gaps: 0, dead: 0 };
    fc.assert(
      fc.property(tables, (table) => {
        const { report, issues } = collectIssues();
        proveTable(table, report);
        const hit = new Set(every.map((values) => firstOf(table, values)));
        const dead = [...table.rows.keys()].filter((row) => !hit.has(row)).map((row) => `rows[${row}]`);
        const said = issues.map(({ path }) => path);
        expect(said.filter((path) => path !== 'rows')).toEqual(dead);
        expect(said.includes('rows')).toBe(hit.has(-1));
        if (said.length === 0) seen.whole++;
        if (hit.has(-1)) seen.gaps++;
        if (dead.length > 0) seen.dead++;
      }),
      { numRuns: 2000, seed: 5 },
    );
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(50);
  });

  it('says of a call no row impossible that counts for some values', () => {
    fc.assert(
      fc.property(
        tables,
        fc.constantFrom(...every),
        fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
        (table, values, open) => {
          const row = firstOf(table, values);
          if (row < 0) return;
          const args = table.inputs.map(({ name, type }, at): Expr =>
            open[at] === true
              ? { kind: 'variable', name, type }
              : { kind: 'literal', value: values[at] ?? null, type },
          );
          expect(rowFor(table, values)).toBe(row);
          expect(possibleRows({ kind: 'table', table, args, type: table.gives })).toContain(row);
        },
      ),
      { numRuns: 1000, seed: 5 },
    );
  });

  it('gives up on a table of too many cases, and says so', () => {
    const numbers = Array.from({ length: 6 }, (_, at) => ({
      name: `n${at}`,
      type: { kind: 'int' } as const,
    }));
    const rows = Array.from({ length: 90 }, (_, gives) => ({
      cells: numbers.map((_input, at): Cell => ({ kind: 'limit', op: '>', value: (gives * (at + 7)) % 89 })),
      gives,
    }));
    const { report, issues } = collectIssues();
    proveTable({ name: 'huge', doc: 'Huge.', inputs: numbers, gives: { kind: 'int' }, rows }, report);
    expect(issues.map(({ message }) => message)).toEqual([
      'has too many cases to look at: make it of fewer inputs or rows',
    ]);
  });
});

it('is kept in the normalised spec, which gives the same table again', () => {
  const { tables: made, spec } = boatHireDomain();
  expect(Object.keys(spec.tables ?? {})).toEqual(made.map(({ name }) => name));
});
