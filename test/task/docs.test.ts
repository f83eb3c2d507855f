import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { buildGraph } from '../../src/graph/build.js';
import { composeTasks } from '../../src/task/compose.js';
import { openWorld } from './interpreted-world.js';
import { openMarina } from './marina.js';

test('docs/tasks.md says what each feature of difficulty counts, and of no other', () => {
  const domain = openMarina();
  const { tasks } = composeTasks(domain, openWorld(domain, 1), buildGraph(domain), 1, 1);
  const text = readFileSync(new URL('../../docs/tasks.md', import.meta.url), 'utf8');
  const [, section = ''] = text.split('## Difficulty');
  const rows = (section.split('## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| `'));
  const documented = rows.flatMap((row) =>
    [...(row.split(' | ')[0] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name),
  );
  expect(new Set(documented)).toEqual(new Set(Object.keys(tasks[0]?.difficulty ?? {})));
  expect(new Set(documented).size).toBe(documented.length);
});
