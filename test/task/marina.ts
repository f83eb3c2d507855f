// A marina as a spec, small enough to see through: boats that are moored and taken out, keys that are
// made for a boat, and flags that have nothing to do with either.
import { formatIssue } from '../../src/core/result.js';
import type { Domain } from '../../src/spec/model.js';
import { readSpec } from '../../src/spec/read.js';

const text = `
format: toolgrove.domain-spec/1.0
id: marina
title: Marina
clock: 2025-06-02T09:00Z
caller: Owner
entities:
  Owner:
    n: 12
    find: [[name]]
    attrs:
      name: {type: string, gen: person.fullName, unique: true, known: true}
  Boat:
    n: 16
    list: [owner]
    attrs:
      owner: {type: ref, to: Owner}
      name: {type: string, gen: 'pick:Alma|Bora|Cato|Dina|Elsa|Fram|Gaia|Hera|Iris|Juno|Kaia|Luna|Mira|Nora|Odin|Pia', unique: true, known: true}
      meters: {type: int, gen: 'int:4..14', known: true}
    states: {init: out, events: {moor: [out, moored], take_out: [moored, out]}}
  Key:
    n: 6
    list: [boat]
    attrs:
      boat: {type: ref, to: Boat}
      colour: {type: enum, of: [red, blue, green], known: true}
    states: {init: valid, events: {block: [valid, blocked]}}
  Flag:
    n: 30
    search: [height]
    attrs:
      height: {type: int, gen: 'int:1..99', unique: true, known: true}
    states: {init: down, events: {raise: [down, up]}}
tools:
  moor_boat:
    doc: Moor a boat.
    params: {boat_id: Boat}
    do: [{fire: boat.moor}]
    return: boat
  make_key:
    doc: Make a key to a moored boat.
    params: {boat_id: Boat, colour: {attr: Key.colour}}
    require: [[boat.status == 'moored', NOT_MOORED, The boat is not moored.]]
    do: [{create: Key, as: key, with: {boat: boat, colour: colour}}]
    return: key
  block_key:
    doc: Block a key.
    params: {key_id: Key}
    do: [{fire: key.block}]
    return: key
  raise_flag:
    doc: Raise a flag.
    params: {flag_id: Flag}
    do: [{fire: flag.raise}]
    return: flag
policies:
  - {id: identify, kind: verify, before: write, by: Owner, text: Find the owner by name first.}
  - {id: own_boats, kind: guard, on: [moor_boat, make_key], require: subject == caller, text: Only for the owner's own boats.}
  - {id: large, kind: guard, on: [moor_boat], require: boat.meters < 13, text: Nothing of 13 meters or more is moored.}
  - {id: few_keys, kind: guard, on: [make_key], require: 'count(Key k where k.boat == boat) < 2', text: Two keys a boat at most.}
invariants:
  - {id: positive, holds: 'all(Boat b: b.meters > 0)'}
`;

/** The marina. */
export function openMarina(): Domain {
  const read = readSpec(text);
  if (!read.ok) throw new Error(read.error.map((issue) => formatIssue(issue)).join('\n'));
  return read.value;
}
