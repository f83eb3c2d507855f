import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idScheme } from '../../src/core/id.js';
import type { ColumnSchema, StateSchema } from '../../src/emit/emitted-domain.js';
import { digestChanges } from '../../src/world/digest.js';
import type { GuestRow, RowChange } from '../../sandbox/guest-api.js';

const column = (name: string, match: ColumnSchema['match'], to?: string): ColumnSchema => ({
  column: name,
  role: to === undefined ? (name === 'node_id' ? 'key' : 'value') : 'reference',
  ...(to === undefined ? {} : { to }),
  match,
  schema: {},
});
const schema: StateSchema = {
  caller: 'Node',
  tables: [
    {
      entity: 'Node',
      table: 'nodes',
      key: 'node_id',
      ids: idScheme('graph', 'Node', 'NO'),
      columns: [
        column('node_id', 'hard'),
        column('code', 'hard'),
        column('words', 'semantic'),
        column('note', 'exempt'),
        column('next_id', 'hard', 'Node'),
      ],
    },
  ],
};
const row = (id: string, values: GuestRow = {}): GuestRow => ({
  node_id: id,
  code: 'a',
  words: 'some words',
  note: '',
  next_id: null,
  ...values,
});
const created = (id: string, values: GuestRow = {}): RowChange => ({
  entity: 'Node',
  id,
  before: null,
  after: row(id, values),
});
const changed = (values: GuestRow): RowChange => ({
  entity: 'Node',
  id: 'NO-1',
  before: row('NO-1'),
  after: row('NO-1', values),
});
const digest = (...changes: readonly RowChange[]): string => digestChanges(schema, changes);

describe('the digest of an end state', () => {
  test('compares a column as its match policy says', () => {
    expect(digest(changed({ note: 'anything' }))).toBe(digest());
    expect(digest(changed({ words: ' Some\tWORDS ' }))).toBe(digest());
    expect(digest(changed({ words: 'some-words' }))).not.toBe(digest());
    expect(digest(changed({ code: 'A' }))).not.toBe(digest());
  });

  test('does not take one punctuation for another: a.b@example.com is not a_b@example.com', () => {
    const said = ['a.b@example.com', 'a_b@example.com', 'ab@example.com', 'C', 'C++', '+'];
    expect(new Set(said.map((words) => digest(changed({ words })))).size).toBe(said.length);
  });

  test('tells a row that is gone, or made and gone again, from one that is there', () => {
    const gone = { ...changed({}), after: null };
    expect(digest(gone)).not.toBe(digest());
    expect(digest({ ...created('NO-9'), after: null })).toBe(digest());
    expect(digest(created('NO-9'))).not.toBe(digest());
  });

  test('counts created rows by what they say, whatever their ids and order', () => {
    const graphs = fc.array(fc.record({ code: fc.constantFrom('a', 'b'), next: fc.nat(5) }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(graphs, fc.infiniteStream(fc.nat()), (nodes, keys) => {
        const made = (order: readonly number[]): RowChange[] => {
          const id = (at: number): string => `NO-${50 + order.indexOf(at)}`;
          return order.map((at) => {
            const { code = 'a', next = 0 } = nodes[at] ?? {};
            return created(id(at), { code, next_id: next < nodes.length ? id(next) : null });
          });
        };
        const order = nodes.map((_, at) => at);
        const ranks = new Map(order.map((at) => [at, keys.next().value ?? 0]));
        const other = order.toSorted((left, right) => (ranks.get(left) ?? 0) - (ranks.get(right) ?? 0));
        expect(digest(...made(other))).toBe(digest(...made(order)));
      }),
    );
  });

  test('sees which created row another one refers to', () => {
    const [first, second] = [created('NO-50', { code: 'x' }), created('NO-51', { code: 'y' })];
    const to = (id: string): RowChange => created('NO-52', { next_id: id });
    expect(digest(first, second, to('NO-50'))).not.toBe(digest(first, second, to('NO-51')));
    expect(digest(first, to('NO-50'))).not.toBe(digest(first, to('NO-1')));
  });
});
