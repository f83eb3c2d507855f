// Line items in words: proposals are read back as they were made, and counts are said as people say them.
import { describe, expect, it } from 'vitest';
import { deriveRng } from '../../src/core/rng.js';
import { emitDomain } from '../../src/emit/emit.js';
import { sayCount } from '../../src/language/count-words.js';
import type { Manner } from '../../src/language/manner.js';
import { readText } from '../../src/language/read-agent.js';
import { recoverArgument } from '../../src/language/recover-answer.js';
import { realiseAgent } from '../../src/language/realise-agent.js';
import type { AgentAct, Wish } from '../../src/policy/talk.js';
import { openGround } from '../../src/task/ground.js';
import { layGround, startDraft } from '../../src/verify/draft.js';
import { randomArgs } from '../../src/verify/random-args.js';
import { seedState } from '../../src/world/seed.js';
import { must } from '../../src/core/errors.js';
import { flowerStallDomain } from '../spec/flower-stall.js';
import { openDomain, openWorld } from '../task/interpreted-world.js';

const domain = flowerStallDomain();
const emitted = emitDomain(domain);
const read = (text: string): readonly AgentAct[] => readText(text, { domain: emitted, seen: [], wishes: [] });

describe('a proposal with line items', () => {
  it('is read back as it was made', () => {
    const seeded = seedState(domain, 5);
    if (!seeded.ok) throw new Error('no seed state');
    const draft = startDraft(layGround(domain, seeded.value));
    const tool = must(
      domain.tools.find(({ name }) => name === 'fill_basket'),
      'the tool',
    );
    for (let round = 0; round < 100; round++) {
      const args = randomArgs(tool, draft, deriveRng(1, 'lines', round));
      const act: AgentAct = { act: 'propose', call: { tool: tool.name, args } };
      expect(read(realiseAgent(act, { domain: emitted }))).toEqual([act]);
    }
  });

  it('may be made in other words', () => {
    const text = (lines: string): string => `Shall I fill the basket with buyer BU-10000, lines ${lines}?`;
    const of = (lines: string): unknown => {
      const [act] = read(text(lines));
      return act?.act === 'propose' ? act.call.args['lines'] : undefined;
    };
    const rose = { plant_id: 'PL-10001', quantity: 2 };
    expect(of('(plant id PL-10001, quantity 2)')).toEqual([rose]);
    expect(of('(plant id PL-10001, quantity 2) and (plant id PL-10002)')).toEqual([
      rose,
      { plant_id: 'PL-10002' },
    ]);
  });
});

const manner: Manner = {
  today: '2025-06-02T09:00Z',
  date: 'day month',
  near: 'whole',
  clock: '24',
  money: 'cents',
  counts: 'words',
  quotes: 'curly',
  contracts: false,
};

describe('a count', () => {
  it.each([
    [1, 'the angle grinder', 'one angle grinder'],
    [2, 'the cement mixer', 'two cement mixers'],
    [3, 'a battery', 'three batteries'],
    [14, 'the hedge trimmer', '14 hedge trimmers'],
    [2, 'the ladder with hooks', 'two ladders with hooks'],
    [2, 'my old drill', '2 x my old drill'],
  ])('of %i and %s is %s', (count, thing, words) => {
    expect(sayCount(count, thing, manner)).toBe(words);
  });

  it('is said in digits by those who write so', () => {
    expect(sayCount(2, 'the cement mixer', { ...manner, counts: 'digits' })).toBe('2 cement mixers');
  });
});

describe('a listing of machines', () => {
  const rental = openDomain('equipment-rental');
  const { source } = openGround(rental, openWorld(rental, 7));
  const linesOf = (text: string, tool: string, caller: string | null = null): unknown => {
    const wish: Wish = { wish: 'do', tool, args: {} };
    return recoverArgument({ domain: rental, caller, source }, wish, 'lines', text);
  };
  const model = (name: string, quantity: number): unknown => ({
    type: 'record',
    fields: {
      quantity: { type: 'value', value: quantity },
      model_id: { type: 'row', entity: 'Model', facts: [{ path: 'name', value: name }] },
    },
  });

  it.each<[string, Readonly<Record<string, number>>]>([
    ['two cement mixers and one angle grinder', { 'cement mixer': 2, 'angle grinder': 1 }],
    [
      'One more thing: 3 floor saws, one scaffold tower and 2 dehumidifiers, please',
      { 'floor saw': 3, 'scaffold tower': 1, dehumidifier: 2 },
    ],
  ])('is read from %j', (text, counts) => {
    const items = Object.entries(counts).map(([name, quantity]) => model(name, quantity));
    expect(linesOf(text, 'quote_hire')).toEqual({ type: 'list', items });
  });

  it.each(['a few of those', 'two or three'])('is not read from %j', (text) => {
    expect(linesOf(text, 'quote_hire')).toBeNull();
  });

  it('has what else is said of a line in brackets', () => {
    const hire = must(
      source.rows('Hire', []).find(({ status }) => status === 'on_hire'),
      'a hire',
    );
    const unit = source.get('Unit', String(hire['unit_id']));
    const text = `machine ${String(unit?.['fleet_number'])} (litres short: 12 and condition: dirty)`;
    expect(linesOf(text, 'end_hires', String(hire['customer_id']))).toMatchObject({
      items: [
        {
          fields: {
            hire_id: {
              facts: [
                { path: 'customer', caller: true },
                { path: 'unit.fleet_number', value: unit?.['fleet_number'] },
              ],
            },
            condition: { value: 'dirty' },
            litres_short: { value: 12 },
          },
        },
      ],
    });
  });
});
