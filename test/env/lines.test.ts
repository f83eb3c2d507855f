// Line items and pages as candidates: what a call can be given of what was seen, and which page is next.
import { describe, expect, it } from 'vitest';
import { canonicalJson, type Json, type JsonObject } from '../../src/core/json.js';
import { must } from '../../src/core/errors.js';
import { emitDomain } from '../../src/emit/emit.js';
import { callBound, candidates } from '../../src/env/candidates.js';
import { viewOf } from '../../src/env/environment.js';
import { absent, listsOfLines } from '../../src/env/line-values.js';
import type { Action, Observation } from '../../src/env/protocol.js';
import { itemKey, lineItemOf } from '../../src/spec/line-item.js';
import type { UserAct } from '../../src/policy/talk.js';
import { createArgumentChecker } from '../../src/world/arguments.js';
import { flowerStallDomain } from '../spec/flower-stall.js';

const domain = flowerStallDomain();
const view = viewOf(emitDomain(domain));
const checker = createArgumentChecker(view.manifest);
const calls = (actions: readonly Action[], tool: string): readonly JsonObject[] =>
  actions.flatMap((action) => (action.type === 'call' && action.tool === tool ? [action.args] : []));
const plant = (number: number): JsonObject => ({ plant_id: `PL-1000${number}`, name: `Plant ${number}` });
const shown = (items: readonly Json[], page = 1, pages = 1): Observation => ({
  type: 'result',
  tool: 'search_plants',
  value: { items, page, pages, total: items.length },
});
const buyer: Observation = {
  type: 'result',
  tool: 'find_buyer_by_email',
  value: { buyer_id: 'BU-10000', email: 'a@example.org' },
};
const request: UserAct = {
  act: 'request',
  wishes: [
    {
      wish: 'do',
      tool: 'fill_basket',
      args: {
        buyer_id: { type: 'caller' },
        lines: {
          type: 'list',
          items: [
            {
              type: 'record',
              fields: {
                plant_id: { type: 'row', entity: 'Plant', facts: [{ path: 'name', value: 'Plant 3' }] },
                quantity: { type: 'value', value: 4 },
              },
            },
          ],
        },
      },
    },
  ],
};
const asked: Observation = { type: 'user', text: 'Four of plant 3, please.', acts: [request] };

describe('the candidates of a call with line items', () => {
  const param = must(domain.tools.find(({ name }) => name === 'fill_basket')?.params[1], 'the lines');
  const line = must(lineItemOf(param), 'a line');
  const all = calls(candidates(view, [asked, buyer, shown([plant(1), plant(2), plant(3)])]), 'fill_basket');
  const lists = all.map((args) => args['lines'] as readonly Json[]);

  it('hold the lines that were asked for, and lists of several', () => {
    const wanted = { buyer_id: 'BU-10000', lines: [{ plant_id: 'PL-10003', quantity: 4 }] };
    expect(all.map((args) => canonicalJson(args))).toContain(canonicalJson(wanted));
    expect(new Set(lists.map(({ length }) => length))).toEqual(new Set([1, 2, 3]));
    expect(all.length).toBeLessThanOrEqual(callBound);
  });

  it('are of a form that the tool takes, and name no rows twice in a list', () => {
    const problems = all.map((args) => checker.problems('fill_basket', args)).filter((one) => one !== null);
    expect(problems).toEqual([]);
    for (const items of lists) {
      expect(new Set(items.map((item) => itemKey(line, item))).size).toBe(items.length);
    }
  });

  it('are none before a row was seen', () => {
    expect(calls(candidates(view, [asked, buyer]), 'fill_basket')).toEqual([]);
  });
});

describe('lists of lines', () => {
  const fields = [
    { name: 'quantity', isId: false, values: [absent, 1, 2] as const },
    { name: 'plant_id', isId: true, values: ['PL-1', 'PL-2', 'PL-3'] },
  ];

  it('are all there are within the bounds, each once', () => {
    const lists = listsOfLines(fields, { least: 0, most: 3, bound: 1000 });
    const sizes = [0, 1, 2, 3].map((size) => lists.filter(({ length }) => length === size).length);
    expect(sizes).toEqual([1, 9, 27, 27]);
    expect(new Set(lists.map((list) => canonicalJson(list))).size).toBe(lists.length);
  });

  it('leave room for longer ones where there are too many', () => {
    const lists = listsOfLines(fields, { least: 1, most: 3, bound: 12 });
    expect(lists).toHaveLength(12);
    expect(lists.map(({ length }) => length)).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3]);
    expect(lists[0]).toEqual([{ plant_id: 'PL-1' }]);
  });
});

describe('the candidates of a search with pages', () => {
  const pagesOf = (history: readonly Observation[]): readonly Json[] =>
    calls(candidates(view, history), 'search_plants').flatMap(({ page }) => page ?? []);

  it('hold the next page once a result says that there is one', () => {
    expect(pagesOf([])).not.toContain(8);
    expect(pagesOf([shown([plant(1)], 7, 8)])).toContain(8);
    expect(pagesOf([shown([plant(1)], 8, 8)])).not.toContain(9);
  });
});
