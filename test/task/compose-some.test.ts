// Composing in domains that lack something.
import { expect, test } from 'vitest';
import { isObject, type Json } from '../../src/core/json.js';
import { isRealTime } from '../../src/core/time.js';
import { buildGraph } from '../../src/graph/build.js';
import { checkSpec } from '../../src/spec/check.js';
import { composeTasks, openComposer } from '../../src/task/compose.js';
import { openDomain, openWorld } from './interpreted-world.js';

test('what a caller says in words is what the request says in facts', () => {
  const domain = openDomain('library');
  const { tasks } = composeTasks(domain, openWorld(domain, 7), buildGraph(domain), 7, 60);
  for (const { id, scenario } of tasks) {
    const texts = textsIn(scenario.wishes);
    const words = [scenario.opening, ...Object.values(scenario.phrases)].join('\n');
    const isSaid = (text: string): boolean =>
      words.includes(text) || words.includes(domain.say.values[text] ?? text.replaceAll('_', ' '));
    expect([id, ...texts.filter((text) => !isSaid(text))]).toEqual([id]);
  }
});

/** Texts that are values, but for dates, which are said in other forms. */
function textsIn(value: Json): string[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(textsIn);
  if (!isObject(value)) return [];
  const own = value['value'];
  const text = typeof own === 'string' && !isRealTime(own) ? [own] : [];
  return [...text, ...Object.values(value).flatMap(textsIn)];
}

test('a domain without phrases makes tasks of every kind in plain words', () => {
  const { say: _, ...spec } = openDomain('library').spec;
  const checked = checkSpec(spec);
  if (!checked.ok) throw new Error('not a domain');
  const domain = checked.value;
  const { tasks } = composeTasks(domain, openWorld(domain, 7), buildGraph(domain), 7, 40);
  expect(tasks.length).toBe(40);
  expect(new Set(tasks.map(({ kind }) => kind)).size).toBe(5);
});

test('a domain without cases of a kind makes none, and one without tasks ends the stream', () => {
  const { spec } = openDomain('library');
  const checked = checkSpec({ ...spec, policies: [], say: { ...spec.say, refusals: {} } });
  if (!checked.ok) throw new Error(JSON.stringify(checked.error));
  const domain = checked.value;
  const { tasks } = composeTasks(domain, openWorld(domain, 7), buildGraph(domain), 7, 20);
  expect(new Set(tasks.map(({ kind }) => kind))).toEqual(new Set(['do', 'tell']));
  const composer = openComposer(domain, openWorld(domain, 7), buildGraph(domain), 7, {
    shares: { refuse: 1 },
  });
  expect(composer.next()).toBe(null);
});
