import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/core/json.js';
import { evaluate, traceRows, type Equality, type RowSource } from '../../src/spec/evaluate.js';
import { bindParams, interpret } from '../../src/spec/interpret.js';
import type { Expr, SpecTool } from '../../src/spec/model.js';
import { stateSource } from '../../src/spec/state-source.js';
import { shop, shopState } from './small-spec.js';

const params =
  '{box_id: Box, buyer_id: Buyer, box_ids: {list: Box}, day: {type: date, optional: true}, n: {type: int, optional: true}}';
const args: JsonObject = {
  box_id: 'BO-10001',
  buyer_id: 'BU-10001',
  box_ids: ['BO-10001', 'BO-10003'],
  n: 0,
};

function probe(expr: string): { readonly tool: SpecTool; readonly value: Expr; readonly result: () => Json } {
  const domain = shop(
    `\n  probe:\n    doc: Looks.\n    params: ${params}\n    return: {value: ${JSON.stringify(expr)}}`,
  );
  const tool = domain.tools.find((one): one is SpecTool => one.kind === 'spec');
  if (tool === undefined || !('fields' in tool.returns)) throw new Error('no probe');
  const value = tool.returns.fields['value'];
  if (value === undefined) throw new Error('no value');
  const result = (): Json => {
    const { reply } = interpret(domain, shopState(), 'probe', args);
    if (reply.type === 'refusal') throw new Error(reply.code);
    return (reply.value as JsonObject)['value'] ?? null;
  };
  return { tool, value, result };
}

/** Ids of the rows that an evaluation read. */
function readBy(expr: string): readonly string[] {
  const { tool, value } = probe(expr);
  const traced = traceRows(stateSource(shopState()));
  const bound = bindParams(tool, args, stateSource(shopState()));
  if (!bound.ok) throw new Error(bound.error.code);
  evaluate(value, traced.source, bound.value);
  return [...traced.rows.keys()].sort();
}

describe('values', () => {
  test.each<[string, Json]>([
    ['now', '2025-06-02T09:00Z'],
    ['today', '2025-06-02'],
    ['now + 14d', '2025-06-16T09:00Z'],
    ['today + 36h', '2025-06-03'],
    ['today - 1min', '2025-06-01'],
    ['date(now - 10h)', '2025-06-01'],
    ['ceil((now + 25h - now) / 1d)', 2],
    ['(now - (now + 90min)) / 1h', -1.5],
    ['round(-5 / 2)', -2],
    ['ceil(-1 / 2)', 0],
    ['floor(7 / 2) * box.price', 1500],
    ['min(box.price, 300)', 300],
    ["box.status in ['sent', 'lost']", false],
    ['box in boxes', true],
    ['count(Box b)', 3],
    ['sum(Box b: b.price where b.buyer == buyer)', 800],
    ['sum(Box b: b.price where b.price > 900)', 0],
    ['min(Box b: b.price where b.price > 900)', null],
    ['max(Box b: b.shelf)', 3],
    ["first(Box b where b.status == 'sent') == null", false],
    ['first(Box b where b.price > 900) == null', true],
    ['list(Box b: b.shelf where b.price < 400)', [2, 3]],
    ['list(b in boxes: b.price where b.shelf > 1)', [200]],
    ["all(Box b: b.status != 'lost')", true],
    ['all(Box b: b.price > 200 where b.buyer == buyer)', true],
    ['exists(Box b where b.above != null and b.above.shelf == 2)', true],
    ['box.due != null and box.due < today', true],
    ['box.above == null or box.above.price > 1', true],
    ['n != null and -n == 0', true],
  ])('%s is %j', (expr, value) => {
    expect(probe(expr).result()).toEqual(value);
  });
});

describe('hints', () => {
  function hintsOf(expr: string): readonly (readonly Equality[])[] {
    const asked: (readonly Equality[])[] = [];
    const inner = stateSource(shopState());
    const source: RowSource = {
      ...inner,
      rows: (entity, equals) => {
        asked.push(equals);
        return inner.rows(entity, []); // a source may return more rows than were hinted at
      },
    };
    const { tool, value, result } = probe(expr);
    const bound = bindParams(tool, args, source);
    if (!bound.ok) throw new Error(bound.error.code);
    expect(evaluate(value, source, bound.value)).toEqual(result());
    return asked;
  }

  test('are the equalities of a where, whichever way round, with values from outside', () => {
    expect(hintsOf("count(Box b where buyer == b.buyer and b.price > 1 and b.status == 'sent')")).toEqual([
      [
        { column: 'buyer_id', value: 'BU-10001' },
        { column: 'status', value: 'sent' },
      ],
    ]);
  });

  test('are not taken from below an or, from the row itself, or from what may be null outside', () => {
    expect(hintsOf("count(Box b where b.shelf == 1 or b.status == 'sent')")).toEqual([[]]);
    expect(hintsOf('count(Box b where b.shelf == b.price)')).toEqual([[]]);
    expect(hintsOf('count(Box b where box.above != null and b.shelf == box.above.shelf)')).toEqual([[]]);
  });
});

describe('the rows that an evaluation reads', () => {
  test('are those whose columns it needs, and not those it only names', () => {
    expect(readBy('box.buyer == buyer')).toEqual(['BO-10001']);
    expect(readBy("box.buyer.name == 'x'")).toEqual(['BO-10001', 'BU-10001']);
    expect(readBy("box.status == 'lost' and buyer.name == 'x'")).toEqual(['BO-10001']);
  });

  test('of an aggregate are those that satisfy its where, with what they lead to', () => {
    expect(readBy("sum(Box b: b.price where b.buyer == buyer and b.status == 'sent')")).toEqual(['BO-10002']);
    expect(readBy('count(Box b where b.above != null and b.above.shelf == 2)')).toEqual([
      'BO-10002',
      'BO-10003',
    ]);
  });

  test('of an aggregate that finds none are those among which it looked', () => {
    expect(readBy("exists(Box b where b.buyer == buyer and b.status == 'lost')")).toEqual([
      'BO-10001',
      'BO-10002',
    ]);
    expect(readBy("exists(Box b where b.status == 'lost')")).toEqual([]);
    expect(readBy("exists(b in boxes where b.status == 'lost')")).toEqual(['BO-10001', 'BO-10003']);
  });

  test('of a condition on all are those that break it, or all when none does', () => {
    expect(readBy("all(Box b: b.status == 'packed' where b.buyer == buyer)")).toEqual(['BO-10002']);
    expect(readBy('all(Box b: b.price > 1 where b.buyer == buyer)')).toEqual(['BO-10001', 'BO-10002']);
  });
});
