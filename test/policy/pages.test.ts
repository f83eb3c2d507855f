// What may be believed of searches with pages, ranges and parts of texts: a set is full only once all
// of its pages are read, and only of what the filters ask.
import { describe, expect, it } from 'vitest';
import { deriveRng } from '../../src/core/rng.js';
import { must } from '../../src/core/errors.js';
import type { JsonObject } from '../../src/core/json.js';
import {
  absorb,
  absorbNothing,
  believedSource,
  forget,
  startBeliefs,
  type Beliefs,
} from '../../src/policy/belief/beliefs.js';
import { think, type Equal } from '../../src/policy/belief/need.js';
import { readFor } from '../../src/policy/belief/read-call.js';
import type { Call } from '../../src/policy/talk.js';
import { interpret } from '../../src/spec/interpret.js';
import { stateSource } from '../../src/spec/state-source.js';
import { seedState } from '../../src/world/seed.js';
import { randomArgs } from '../../src/verify/random-args.js';
import { layGround, startDraft } from '../../src/verify/draft.js';
import { flowerStallDomain } from '../spec/flower-stall.js';

const domain = flowerStallDomain();
const seeded = seedState(domain, 5);
if (!seeded.ok) throw new Error('no seed state');
const state = seeded.value;
const truth = stateSource(state);
const search = must(
  domain.tools.find(({ name }) => name === 'search_plants'),
  'the search',
);

function read(beliefs: Beliefs, call: Call): void {
  const tool = must(
    domain.tools.find(({ name }) => name === call.tool),
    call.tool,
  );
  const { reply } = interpret(domain, state, call.tool, call.args);
  if (reply.type === 'result') absorb(beliefs, tool, call.args, reply.value);
  else if (tool.kind === 'derived') absorbNothing(beliefs, tool, call.args);
}

/** The reads that it takes to know these rows, and what is known then. */
function ask(
  beliefs: Beliefs,
  equals: readonly Equal[],
): { readonly calls: readonly Call[]; readonly ids: unknown } {
  const calls: Call[] = [];
  for (let round = 0; round < 20; round++) {
    const thought = think(() => believedSource(beliefs).rows('Plant', equals));
    if (thought.known) return { calls, ids: thought.value.map((row) => row['plant_id']) };
    const call = must(readFor(beliefs, thought.need), 'a read');
    calls.push(call);
    read(beliefs, call);
  }
  throw new Error('no end to the pages');
}
const idsOf = (equals: readonly Equal[]): unknown =>
  truth
    .rows('Plant', [])
    .filter((row) => equals.every(({ column, value }) => row[column] === value))
    .map((row) => row['plant_id']);

describe('a set in pages', () => {
  it('is asked for page by page, and known when the last is read, in its order', () => {
    const { calls, ids } = ask(startBeliefs(domain), []);
    expect(calls.map(({ args }) => args)).toEqual([{}, { page: 2 }, { page: 3 }, { page: 4 }, { page: 5 }]);
    expect(ids).toEqual(idsOf([]));
  });

  it('is known whatever the order of its pages, and not before', () => {
    const beliefs = startBeliefs(domain);
    for (const page of [4, 2, 5, 1]) {
      read(beliefs, { tool: search.name, args: { page } });
      expect(think(() => believedSource(beliefs).rows('Plant', [])).known).toBe(false);
    }
    expect(ask(beliefs, []).calls).toEqual([{ tool: search.name, args: { page: 3 } }]);
    expect(ask(beliefs, []).ids).toEqual(idsOf([]));
  });

  it('is begun anew after a write, and is not made of pages of two searches', () => {
    const beliefs = startBeliefs(domain);
    for (const page of [1, 2, 3, 4]) read(beliefs, { tool: search.name, args: { page } });
    forget(beliefs, ['Plant']);
    read(beliefs, { tool: search.name, args: { page: 5 } });
    read(beliefs, { tool: search.name, args: { page: 1, price_min: 1 } });
    expect(think(() => believedSource(beliefs).rows('Plant', [])).known).toBe(false);
  });

  it('shows the rows of a page before it is full', () => {
    const beliefs = startBeliefs(domain);
    read(beliefs, { tool: search.name, args: { page: 2 } });
    const sixth = truth.rows('Plant', [])[5];
    expect(think(() => believedSource(beliefs).get('Plant', String(sixth?.['plant_id'])))).toEqual({
      known: true,
      value: sixth,
    });
  });
});

describe('a filtered read', () => {
  const [sage] = truth.rows('Plant', [{ column: 'name', value: 'Sage' }]);
  const price = Number(sage?.['price']);

  it('is narrowed by what is looked for, and answers that', () => {
    const beliefs = startBeliefs(domain);
    const equals = [
      { column: 'name', value: 'Sage' },
      { column: 'price', value: price },
    ];
    const { calls, ids } = ask(beliefs, equals);
    expect(calls).toEqual([
      { tool: search.name, args: { name_contains: 'Sage', price_min: price, price_max: price } },
    ]);
    expect(ids).toEqual([sage?.['plant_id']]);
  });

  it('answers for values in its range and texts with its part, and for no others', () => {
    const beliefs = startBeliefs(domain);
    for (const page of [1, 2, 3, 4, 5]) read(beliefs, { tool: search.name, args: { price_min: 300, page } });
    for (const page of [1, 2, 3, 4, 5])
      read(beliefs, { tool: search.name, args: { name_contains: 'ROSE', page } });
    const isKnown = (column: string, value: string | number): boolean =>
      think(() => believedSource(beliefs).rows('Plant', [{ column, value }])).known;
    expect([isKnown('price', 300), isKnown('price', 250)]).toEqual([true, false]);
    expect([isKnown('name', 'Dog Rose'), isKnown('name', 'Sage')]).toEqual([true, false]);
    expect(think(() => believedSource(beliefs).rows('Plant', [])).known).toBe(false);
  });

  it('never makes believe what is not so, whatever was read', () => {
    const ground = layGround(domain, state);
    let known = 0;
    for (let round = 0; round < 400; round++) {
      const rng = deriveRng(9, 'reads', round);
      const beliefs = startBeliefs(domain);
      for (let reads = rng.int(1, 8); reads > 0; reads--) {
        const args: JsonObject = randomArgs(search, startDraft(ground), rng, { leaveOut: 0.7 });
        // Mostly all pages of what the filters ask for.
        for (let page = 1; page <= 5; page++) {
          if (rng.chance(0.95)) read(beliefs, { tool: search.name, args: { ...args, page } });
        }
      }
      const plant = rng.pick(truth.rows('Plant', []));
      const columns = rng.shuffle(['shade', 'name', 'price', 'sown']).slice(0, rng.int(1, 4));
      const equals = columns.map((column) => ({ column, value: plant[column] ?? null }));
      const thought = think(() => believedSource(beliefs).rows('Plant', equals));
      if (!thought.known) continue;
      known++;
      expect(thought.value.map((row) => row['plant_id'])).toEqual(idsOf(equals));
    }
    expect(known).toBeGreaterThan(40);
  });
});
