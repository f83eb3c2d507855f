// A small shop as a spec, and how the tests change it: enough entities, states and references to show
// every rule of the interpreter in a few lines.
import { readSpec } from '../../src/spec/read.js';
import { formatIssue } from '../../src/core/result.js';
import type { Domain } from '../../src/spec/model.js';
import type { State } from '../../src/spec/state.js';

const entities = `
format: toolgrove.domain-spec/1.0
id: corner-shop
title: Corner Shop
clock: 2025-06-02T09:00Z
caller: Buyer
entities:
  Buyer:
    n: 3
    find: [[name]]
    attrs:
      name: {type: string, gen: person.fullName, known: true}
      email: {type: string, unique: true, optional: true}
  Box:
    n: 4
    list: [buyer]
    search: [buyer, status]
    attrs:
      buyer: {type: ref, to: Buyer}
      price: {type: money, default: 100}
      shelf: {type: int, unique: true}
      due: {type: date, optional: true}
      above: {type: ref, to: Box, optional: true}
    states: {init: packed, events: {send: [packed, sent], lose: {from: [packed, sent], to: lost}}}
`;

const now = '2025-06-02T09:00Z';

/** The shop with these tools (YAML, indented by two), policies and invariants. */
export function shop(tools: string, policies = '[]', invariants = '[]'): Domain {
  const text = `${entities}tools:${tools}\npolicies: ${policies}\ninvariants: ${invariants}\n`;
  const read = readSpec(text);
  if (!read.ok) throw new Error(read.error.map((issue) => formatIssue(issue)).join('\n'));
  return read.value;
}

/** Two buyers and three boxes, frozen, so that a write to them would throw. */
export function shopState(): State {
  return frozen({
    now,
    tables: {
      Buyer: [
        { buyer_id: 'BU-10001', name: 'Ada Okoye', email: 'ada@example.com' },
        { buyer_id: 'BU-10002', name: 'Ben Ruiz', email: null },
      ],
      Box: [
        box('BO-10001', 'BU-10001', 500, 1, '2025-06-01', 'packed'),
        box('BO-10002', 'BU-10001', 300, 2, null, 'sent'),
        box('BO-10003', 'BU-10002', 200, 3, '2025-06-20', 'packed', 'BO-10002'),
      ],
    },
    created: { Buyer: 2, Box: 3 },
  });
}

function box(
  ...[box_id, buyer_id, price, shelf, due, status, above_id = null]: [
    string,
    string,
    number,
    number,
    string | null,
    string,
    (string | null)?,
  ]
): State['tables'][string][number] {
  return { box_id, buyer_id, price, shelf, due, above_id, status };
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}
