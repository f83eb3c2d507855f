// Which end states are one outcome to a fair reader.
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../src/certify/outcome.js';
import type { RowChange } from '../../sandbox/guest-api.js';
import type { ColumnSchema, StateSchema } from '../../src/emit/emitted-domain.js';

const column = (name: string, more: Partial<ColumnSchema> = {}): ColumnSchema => ({
  column: name,
  role: 'value',
  match: 'hard',
  schema: { type: 'string' },
  ...more,
});

const schema: StateSchema = {
  caller: 'Client',
  tables: [
    {
      entity: 'Job',
      table: 'jobs',
      key: 'job_id',
      ids: { prefix: 'JO', scale: 7, shift: 0 },
      columns: [
        column('job_id', { role: 'key' }),
        column('bike_id', { role: 'reference', to: 'Bike' }),
        column('status', { role: 'status', schema: { type: 'string', enum: ['open', 'done'] } }),
        column('fee', { schema: { type: 'integer' } }),
        column('opened', { schema: { type: 'string', format: 'date' } }),
        column('note', { schema: { type: ['string', 'null'] } }),
        column('seen', { match: 'exempt' }),
      ],
    },
  ],
};
const books = { now: '2025-06-02T09:00Z', texts: new Set(['by the window']) };
const row = {
  job_id: 'JO-1',
  bike_id: 'BI-1',
  status: 'open',
  fee: 40,
  opened: '2025-06-02',
  note: 'desk',
  seen: 'a',
};

const created = (changes: object): RowChange[] => [
  { entity: 'Job', id: 'JO-1', before: null, after: { ...row, ...changes } },
];
const changed = (changes: object): RowChange[] => [
  { entity: 'Job', id: 'JO-1', before: row, after: { ...row, ...changes } },
];
const same = (left: RowChange[], right: RowChange[]): boolean =>
  outcomeOf(schema, left, books) === outcomeOf(schema, right, books);

describe('a row that was created', () => {
  it.each([
    ['its id', { job_id: 'JO-2' }],
    ['a word of the tool', { note: 'by phone' }],
    ['no word at all', { note: null }],
    ['a column that never counts', { seen: 'b' }],
  ])('may differ in %s', (_, changes) => {
    expect(same(created({}), created(changes))).toBe(true);
  });

  it.each([
    ['what it refers to', { bike_id: 'BI-2' }],
    ['its state', { status: 'done' }],
    ['a number', { fee: 41 }],
    ['a date other than today', { opened: '2025-06-03' }],
    ['a word that the user gave', { note: 'by the window' }],
  ])('may not differ in %s', (_, changes) => {
    expect(same(created({}), created(changes))).toBe(false);
  });
});

describe('a row that was there', () => {
  it.each([
    ['a word', { note: 'by phone' }],
    ['today', { opened: '2025-06-01' }],
    ['a number', { fee: 41 }],
  ])('may not differ in %s', (_, changes) => {
    expect(same(changed({ status: 'done' }), changed({ status: 'done', ...changes }))).toBe(false);
  });

  it('counts as left alone when it is as it was, or differs where nothing counts', () => {
    expect(same([], changed({ seen: 'b' }))).toBe(true);
    expect(same([], changed({ fee: 41 }))).toBe(false);
  });
});

it('a row too many is another outcome', () => {
  expect(same(created({}), [...created({}), ...created({ job_id: 'JO-2' })])).toBe(false);
});
