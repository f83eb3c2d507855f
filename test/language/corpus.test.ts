// The development corpus, whole: messages of agents in many styles, and the acts they mean.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { corpusLines, isRight } from '../../bench/corpus.js';
import { emitDomain } from '../../src/emit/emit.js';
import { readText } from '../../src/language/read-agent.js';
import { openDomain } from '../task/interpreted-world.js';

const folder = new URL('corpus/development/', import.meta.url);
const files = readdirSync(folder).map((name) => ({
  name,
  lines: corpusLines(readFileSync(new URL(name, folder), 'utf8')),
}));

it.each(files)('reads at least 95% of $name', ({ lines }) => {
  const [{ domain: id } = { domain: '' }] = lines;
  const domain = emitDomain(openDomain(id));
  const misread = lines.flatMap((line) => {
    const { seen = [], wishes = [] } = line.context;
    const heard = readText(line.text, { domain, seen: [seen], wishes });
    return isRight(line, heard)
      ? []
      : [`${line.id} ${line.text}\n  means ${JSON.stringify(line.acts)}\n  heard ${JSON.stringify(heard)}`];
  });
  console.log(`${id}: ${lines.length - misread.length} of ${lines.length} read\n${misread.join('\n')}`);
  expect(misread.length).toBeLessThanOrEqual(0.05 * lines.length);
});

it('holds enough of each style, and no id twice', () => {
  const lines = files.flatMap((file) => file.lines);
  const styles = new Map<string, number>();
  for (const { style } of lines) styles.set(style, (styles.get(style) ?? 0) + 1);
  expect(lines.length).toBeGreaterThanOrEqual(320);
  expect([...styles.keys()].sort()).toEqual([
    'chatty',
    'distractor',
    'formal',
    'markdown',
    'multi',
    'nonnative',
    'script',
    'terse',
  ]);
  expect(Math.min(...styles.values())).toBeGreaterThanOrEqual(20);
  expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
});
