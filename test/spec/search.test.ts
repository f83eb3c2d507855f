// Searches with ranges, parts of texts and pages: what the checker says of wrong ones, and what they
// give, against looking at every row.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { must } from '../../src/core/errors.js';
import { isObject, type Json, type JsonObject } from '../../src/core/json.js';
import { interpret } from '../../src/spec/interpret.js';
import { seedState } from '../../src/world/seed.js';
import { flowerStallDomain, problemsAt } from './flower-stall.js';

const by = 'entities.Plant.search.by';
const contains = '{attr: name, by: contains}';
const range = '{attr: price, by: range}';

// [piece of the spec, what stands there instead, what the checker says]
const cases: readonly (readonly [from: string, to: string, says: string])[] = [
  [contains, '{attr: name, by: part}', `${by}[1].by: 'part' is not one of range, contains`],
  [contains, '{attr: shade, by: contains}', `${by}[1].by: only a text contains others, and 'shade' is none`],
  [
    range,
    '{attr: shade, by: range}',
    `${by}[2].by: only numbers and times have a range, and 'shade' is neither`,
  ],
  [range, '{attr: prce, by: range}', `${by}[2].attr: a Plant has no 'prce' (did you mean 'price'?)`],
  [range, `${range}, ${range}`, `${by}[3]: 'price' stands here twice`],
  ['by: [shade', 'by: [shade, shade', `${by}[1]: 'shade' stands here twice`],
  ['page: 5', 'page: 0', 'entities.Plant.search.page: 0 is below 1'],
  ['page: 5', 'page: 51', 'entities.Plant.search.page: 51 is above 50'],
];

describe('what is wrong with a search', () => {
  it.each(cases)('%s → %s', (from, to, says) => {
    expect(problemsAt([from, to])).toEqual([says]);
  });

  it('is a name that two filters would have, or that the page has', () => {
    const named = (name: string): readonly [string, string] => [
      '      shade: {',
      `      ${name}: {type: int}\n      shade: {`,
    ];
    expect(problemsAt(named('price_min'), [range, `price_min, ${range}`])).toEqual([
      `${by}[3]: two filters would both be called 'price_min'`,
    ]);
    expect(problemsAt(named('page'), ['by: [shade', 'by: [page, shade'])).toEqual([
      `${by}[0]: 'page' is which page is wanted`,
    ]);
    expect(problemsAt(named('page'), ['by: [shade', 'by: [page, shade'], ['      page: 5\n', ''])).toEqual(
      [],
    );
  });
});

const domain = flowerStallDomain();
const seeded = seedState(domain, 5);
if (!seeded.ok) throw new Error('no seed state');
const state = seeded.value;
const plants = must(state.tables['Plant'], 'the plants');

function search(args: JsonObject): JsonObject {
  const { reply } = interpret(domain, state, 'search_plants', args);
  if (reply.type !== 'result' || !isObject(reply.value)) throw new Error(JSON.stringify(reply));
  return reply.value;
}

describe('a search', () => {
  const tool = must(
    domain.tools.find(({ name }) => name === 'search_plants'),
    'the tool',
  );

  it('takes a bound for each end of a range, a part of a text, and a page', () => {
    expect(tool.params.map(({ name, optional }) => `${name}${optional ? '?' : ''}`)).toEqual([
      'shade?',
      'name_contains?',
      'price_min?',
      'price_max?',
      'sown_from?',
      'sown_until?',
      'page?',
    ]);
  });

  it('gives the rows that pass every filter, in the order in which they were made, page by page', () => {
    const some = <T extends Json>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
      fc.option(of, { nil: undefined, freq: 1 });
    const prices = fc.constantFrom(...plants.map(({ price }) => Number(price)));
    const days = fc.constantFrom(...plants.flatMap(({ sown }) => (typeof sown === 'string' ? [sown] : [])));
    const part = fc
      .tuple(fc.constantFrom(...plants), fc.nat(8), fc.integer({ min: 1, max: 6 }), fc.boolean())
      .map(([row, at, length, upper]) => {
        const text = String(row['name']).slice(at, at + length) || 'e';
        return upper ? text.toUpperCase() : text.toLowerCase();
      });
    const filters = fc.record({
      shade: some(fc.constantFrom('sun', 'half', 'full')),
      name_contains: some(part),
      price_min: some(prices),
      price_max: some(prices),
      sown_from: some(days),
      sown_until: some(days),
    });
    let found = 0;
    fc.assert(
      fc.property(filters, (given) => {
        const args = Object.fromEntries(
          Object.entries(given).filter(([, value]) => value !== undefined),
        ) as JsonObject;
        const { name_contains: text, price_min, price_max, sown_from, sown_until, shade } = given;
        const expected = plants.filter(
          ({ name, price, sown, shade: its }) =>
            (shade === undefined || shade === its) &&
            (text === undefined || String(name).toLowerCase().includes(text.toLowerCase())) &&
            (price_min === undefined || Number(price) >= price_min) &&
            (price_max === undefined || Number(price) <= price_max) &&
            (sown_from === undefined || (sown !== null && String(sown) >= sown_from)) &&
            (sown_until === undefined || (sown !== null && String(sown) <= sown_until)),
        );
        const pages = Math.max(1, Math.ceil(expected.length / 5));
        const read = Array.from({ length: pages }, (_, at) => search({ ...args, page: at + 1 }));
        expect(read.flatMap(({ items }) => items as Json[])).toEqual(expected);
        for (const [at, page] of read.entries()) {
          expect(page).toMatchObject({ page: at + 1, total: expected.length });
        }
        expect(search(args)).toEqual(read[0]);
        found += expected.length;
      }),
      { numRuns: 150 },
    );
    expect(found).toBeGreaterThan(200);
  });

  it('says how many pages there are, and gives none behind the last', () => {
    expect(search({})).toMatchObject({ page: 1, pages: 5, total: 23 });
    expect(search({ page: 5 })['items']).toHaveLength(3);
    expect(search({ page: 6 })).toEqual({ items: [], page: 6, pages: 5, total: 23 });
    expect(search({ price_min: 100_000 })).toMatchObject({ items: [], page: 1, total: 0 });
  });

  it('finds nothing in a range for a value that is not there', () => {
    const unsown = plants.filter(({ sown }) => sown === null);
    expect(unsown.length).toBeGreaterThan(0);
    const { total } = search({ sown_from: '2000-01-01' });
    expect(total).toBe(plants.length - unsown.length);
  });
});
