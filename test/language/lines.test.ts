// Line items in words: proposals are read back as they were made, and counts are said as people say them.
import { describe, expect, it } from 'vitest';
import { deriveRng } from '../../src/core/rng.js';
import { emitDomain } from '../../src/emit/emit.js';
import { sayCount } from '../../src/language/count-words.js';
import { readText } from '../../src/language/read-agent.js';
import { realiseAgent } from '../../src/language/realise-agent.js';
import type { AgentAct } from '../../src/policy/talk.js';
import { layGround, startDraft } from '../../src/verify/draft.js';
import { randomArgs } from '../../src/verify/random-args.js';
import { seedState } from '../../src/world/seed.js';
import { must } from '../../src/core/errors.js';
import { flowerStallDomain } from '../spec/flower-stall.js';

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

describe('a count', () => {
  it.each([
    [1, 'the angle grinder', 'one angle grinder'],
    [2, 'the cement mixer', 'two cement mixers'],
    [3, 'a battery', 'three batteries'],
    [12, 'the hedge trimmer', '12 hedge trimmers'],
    [2, 'the ladder with hooks', 'two ladders with hooks'],
    [2, 'my old drill', '2 x my old drill'],
  ])('of %i and %s is %s', (count, thing, words) => {
    expect(sayCount(count, thing)).toBe(words);
  });
});
