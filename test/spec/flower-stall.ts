// A small domain with line items, pages and filters: orders of plants, each in a pot or none.
import { readSpec } from '../../src/spec/read.js';
import { formatIssue } from '../../src/core/result.js';
import type { Domain } from '../../src/spec/model.js';
import { problemsOf } from './boat-hire.js';

const flowerStall = `
format: toolgrove.domain-spec/1.0
id: flower-stall
title: Market Square Flower Stall
clock: 2025-06-02T09:00Z
caller: Buyer
entities:
  Buyer:
    n: 6
    find: [[email]]
    attrs:
      email: {type: string, gen: internet.email, unique: true, known: true}
  Plant:
    n: 23
    search:
      by: [shade, {attr: name, by: contains}, {attr: price, by: range}, {attr: sown, by: range}]
      page: 5
    attrs:
      name:
        type: string
        unique: true
        known: true
        gen: >-
          pick:Red Rose|White Rose|Dog Rose|Lavender|Sage|Mint|Apple Mint|Thyme|Lemon Thyme|Ivy|Fern|Tree Fern|
          Tulip|Parrot Tulip|Daisy|Oxeye Daisy|Lily|Foxglove|Iris|Flag Iris|Poppy|Blue Poppy|Peony
      shade: {type: enum, of: [sun, half, full], known: true}
      price: {type: money, gen: "int:100..900/50", min: 1}
      stock: {type: int, gen: "int:2..9", min: 0}
      sown: {type: date, gen: "date:-90d..-10d", optional: true}
  Pot:
    n: 4
    attrs:
      price: {type: money, gen: "int:50..300/50", min: 0}
  Basket:
    n: 5
    list: [buyer]
    attrs:
      buyer: {type: ref, to: Buyer}
      fee: {type: money, default: 0}
      wrapped: {type: bool, default: false}
    states: {init: open, events: {send: [open, sent]}}
  Item:
    n: 9
    list: [basket]
    attrs:
      basket: {type: ref, to: Basket}
      plant: {type: ref, to: Plant}
      pot: {type: ref, to: Pot, optional: true}
      quantity: {type: int, gen: "int:1..3", min: 1}
tools:
  fill_basket:
    doc: Put plants into a new basket.
    params:
      buyer_id: Buyer
      lines:
        list: {plant: Plant, pot: {ref: Pot, optional: true}, quantity: {type: int, min: 1, max: 4, default: 1}}
        max_items: 4
      wrap: {type: bool, default: false}
    require:
      - ["all(line in lines: line.plant.stock >= line.quantity)", OUT_OF_STOCK, There are not so many.]
      - ["sum(line in lines: line.quantity) <= 8", TOO_MANY, A basket holds eight plants.]
    do:
      - create: Basket
        as: basket
        with: {buyer: buyer, fee: "sum(line in lines: line.plant.price * line.quantity)", wrapped: wrap}
      - each: line in lines
        do:
          - set: {line.plant.stock: line.plant.stock - line.quantity}
          - {create: Item, with: {basket: basket, plant: line.plant, pot: line.pot, quantity: line.quantity}}
          - if: line.pot != null
            then: [{set: {basket.fee: basket.fee + line.pot.price}}]
    return: {basket: basket, first: "min(line in lines: line.plant.stock)"}
policies:
  - {id: verify, kind: verify, before: write, by: Buyer, text: Identify the buyer.}
  - {id: own, kind: guard, on: [fill_basket], require: buyer == caller, text: Only for the buyer.}
  - id: shady
    kind: guard
    on: [fill_basket]
    require: "not exists(line in lines where line.plant.shade == 'full' and line.quantity > 2)"
    text: Two plants for full shade at most.
invariants:
  - "all(Plant p: p.stock >= 0)"
`;

export function flowerStallDomain(): Domain {
  const read = readSpec(flowerStall);
  if (!read.ok) throw new Error(read.error.map((issue) => formatIssue(issue)).join('\n'));
  return read.value;
}

/** What the checker says, without lines, when pieces of the spec are replaced by others. */
export function problemsAt(...pieces: readonly (readonly [from: string, to: string])[]): readonly string[] {
  const text = pieces.reduce((sofar, [from, to]) => {
    if (!sofar.includes(from)) throw new Error(`the spec has no '${from}'`);
    return sofar.replace(from, () => to);
  }, flowerStall);
  return problemsOf(text).map((line) => line.replace(/^\d+ /, ''));
}
