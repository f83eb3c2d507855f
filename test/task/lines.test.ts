// Line items in tasks: what is drawn for them, and how a caller asks for them.
import { expect, test } from 'vitest';
import { deriveRng } from '../../src/core/rng.js';
import { must } from '../../src/core/errors.js';
import { isObject, type Json } from '../../src/core/json.js';
import type { Manner } from '../../src/language/manner.js';
import { itemKey, lineItemOf } from '../../src/spec/line-item.js';
import { wishForStep } from '../../src/task/goal.js';
import { openGround } from '../../src/task/ground.js';
import { sampleArgs } from '../../src/task/sample-call.js';
import { startUsage } from '../../src/task/use.js';
import { createArgumentChecker } from '../../src/world/arguments.js';
import { emitDomain } from '../../src/emit/emit.js';
import { openDomain, openWorld } from './interpreted-world.js';

const domain = openDomain('equipment-rental');
const ground = openGround(domain, openWorld(domain, 7));
const caller = must((ground.ids.get('Customer') ?? [])[0], 'a caller');
const manner: Manner = {
  today: domain.clock,
  date: 'day month',
  near: 'whole',
  clock: '24',
  money: 'cents',
  counts: 'words',
  quotes: 'curly',
  contracts: false,
};
const idOf = (name: string): string =>
  String(ground.source.rows('Model', [{ column: 'name', value: name }])[0]?.['model_id']);
const tool = (name: string): (typeof domain.tools)[number] =>
  must(
    domain.tools.find((one) => one.name === name),
    name,
  );

function said(
  lines: readonly Json[],
  of: string,
  by: string = caller,
): readonly [reference: unknown, words: string] {
  const step = { tool: of, args: { lines: { value: lines } } };
  const spoken = wishForStep(ground, by, step, deriveRng(1, 'words'))?.spoken['lines'];
  return [spoken?.reference, spoken?.say(manner) ?? ''];
}

test('machines are asked for by number and name, and the reference says the same', () => {
  const lines = [
    { model_id: idOf('cement mixer'), quantity: 2 },
    { model_id: idOf('angle grinder'), quantity: 1 },
  ];
  const [reference, words] = said(lines, 'add_to_reservation');
  expect(words).toBe('two cement mixers and one angle grinder');
  const record = (name: string, quantity: number): unknown => ({
    type: 'record',
    fields: {
      model_id: { type: 'row', entity: 'Model', facts: [{ path: 'name', value: name }] },
      quantity: { type: 'value', value: quantity },
    },
  });
  expect(reference).toEqual({ type: 'list', items: [record('cement mixer', 2), record('angle grinder', 1)] });
});

test('what a line says beside its row stands in brackets, and what it leaves out does not', () => {
  const hire = must(
    ground.source.rows('Hire', []).find((row) => row['status'] === 'on_hire'),
    'a hire',
  );
  const lines = [{ hire_id: hire['hire_id'] ?? null, condition: 'dirty' }];
  const [, words] = said(lines, 'end_hires', String(hire['customer_id']));
  expect(words).toMatch(/^(the|my) .*\(.*dirty\)$/);
  expect(words).not.toContain('litres');
});

test('drawn lines fit the tool, and no two of a call name the same rows', () => {
  const { manifest } = emitDomain(domain);
  const checker = createArgumentChecker(manifest);
  const sizes = new Set<number>();
  const options = { usage: startUsage(), made: [], named: [], avoid: new Set<string>(), foreign: 0 };
  for (const name of ['reserve_machines', 'add_to_reservation', 'end_hires']) {
    const param = must(
      tool(name).params.find((one) => one.name === 'lines'),
      'the lines',
    );
    const line = must(lineItemOf(param), 'a line');
    for (let round = 0; round < 40; round++) {
      const rng = deriveRng(2, name, round);
      const args = sampleArgs(ground, tool(name), caller, rng, options);
      const lines = args?.['lines'];
      if (lines === undefined || !('value' in lines) || !Array.isArray(lines.value)) continue;
      const items = lines.value as readonly Json[];
      sizes.add(items.length);
      expect(new Set(items.map((item) => itemKey(line, item))).size).toBe(items.length);
      expect(items.every(isObject)).toBe(true);
      expect(checker.problems(name, { lines: items }) ?? '').not.toContain('lines');
    }
  }
  expect(sizes).toEqual(new Set([1, 2, 3]));
});
