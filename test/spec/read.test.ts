// Hostile and broken texts: each gives one clear line a problem, quickly, and never an exception.
import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { checkFormat } from '../../src/core/format.js';
import { readSpec } from '../../src/spec/read.js';
import { boatHire, problemsOf } from './boat-hire.js';

const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((name, index) => {
    const below = 'abcdefgh'.charAt(index);
    return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${below}`).join(', ')}]`;
  }),
].join('\n');

const hostile: readonly (readonly [what: string, text: string, says: readonly string[]])[] = [
  ['an empty file', '', ['the file is empty']],
  ['nothing but comments', '# nothing\n', ['the file is empty']],
  ['a text', 'hello', ['1 a domain spec is a mapping']],
  ['a list', '- a\n- b', ['1 a domain spec is a mapping']],
  ['two documents', 'a: 1\n---\nb: 2', ['2 the file holds more than one document']],
  ['10 MB', `a: ${'x'.repeat(10_485_760)}`, ['10.0 MB is too large: a spec has at most 2 MB']],
  ['an alias bomb', bomb, ['too many aliases']],
  ['many aliases', `- &a x\n${'- *a\n'.repeat(500)}`, ['2 500 aliases where at most 100 are allowed']],
  ['an alias to itself', 'a: &a [*a]', ['1 nested more than 40 deep']],
  ['an alias without an anchor', 'a: *b', ["1 the alias '*b' has no anchor"]],
  ['deep brackets', '['.repeat(100_000), ['1 nested more than 40 deep']],
  ['deep braces', '\n{a: '.repeat(5_000), ['42 nested more than 40 deep']],
  ['deep dashes', '- '.repeat(50_000), ['1 nested more than 40 deep']],
  [
    'deep indentation',
    Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
    ['41 nested more than 40 deep'],
  ],
  ['a tag', 'a: !!js/function "x"', ['1 Unresolved tag: tag:yaml.org,2002:js/function']],
  ['bytes', 'a: !!binary aGVsbG8=', ['1 not plain data']],
  ['a key that is a list', '? [a, b]\n: 1', ['1 a key is a plain text']],
  [
    'keys that stand twice',
    'a: 1\nb:\n  c: 1\n  c: 2\na: 2',
    ["4 the key 'c' stands here twice", "5 the key 'a' stands here twice"],
  ],
  ['an open quote', 'a: "b', ['1 Missing closing "quote']],
  ['a tab', 'a:\n\tb: 1', ['2 Tabs are not allowed as indentation']],
  ['another format', 'format: something/1.0', ["1 format: 'something/1.0' is not 'toolgrove.domain-spec'"]],
  [
    'a later version',
    'format: toolgrove.domain-spec/9.0',
    ['1 format: version 9.0 is not readable here; this program reads 1.0'],
  ],
];

describe('a hostile or broken text', () => {
  it.each(hostile)('%s', (_, text, says) => {
    const start = performance.now();
    expect(problemsOf(text)).toEqual(says);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it('with a million items costs seconds at most, and one line', () => {
    expect(problemsOf(`a: [${'1,'.repeat(900_000)}]`)).toEqual(['1 more than 200000 parts']);
  });

  it('with names of JavaScript objects is refused for each', () => {
    const text = boatHire
      .replace('  Boat:', '  __proto__: {n: 1, attrs: {}}\n  Boat:')
      .replace('      seats:', '      constructor:');
    expect(problemsOf(text).slice(0, 2)).toEqual([
      "16 entities.__proto__: '__proto__' is no good name: it means something on every JavaScript object",
      "23 entities.Boat.attrs.constructor: an attribute cannot be called 'constructor': it means something on every JavaScript object",
    ]);
    expect(Object.hasOwn(Object.prototype, 'n')).toBe(false);
  });

  it.each(['../../x', '/etc/passwd', 'a\\b', 'a/b', 'con.', 'A', ''])('with the id %j is refused', (id) => {
    const problems = problemsOf(boatHire.replace('id: boat-hire', `id: ${JSON.stringify(id)}`));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^2 id: /);
  });
});

it('keeps each problem to one line, whatever names are quoted in it', () => {
  const texts = [
    boatHire.replace('id: boat-hire', `id: "a\\nb\\e[31m"`),
    boatHire.replace('title:', `${JSON.stringify('x\n'.repeat(5000))}: 1\ntitle:`),
    boatHire.replace('on: [drop_boat]', `on: ["drop\\nboat\\u2028"]`),
  ];
  for (const line of texts.flatMap(problemsOf)) expect(line).toMatch(/^[^\p{Cc}\p{Zl}]{10,900}$/u);
  expect(texts.flatMap(problemsOf).length).toBeGreaterThanOrEqual(3);
});

it('reads a newer minor version and JSON as well as YAML', () => {
  const read = readSpec(boatHire.replace('domain-spec/1.0', 'domain-spec/1.7'));
  expect(read.ok && checkFormat(read.value.spec, 'spec').ok).toBe(true);
  expect(read.ok && readSpec(JSON.stringify(read.value.spec, null, 2))).toEqual(read);
});

it('never throws, whatever was cut out of or put into a text', () => {
  const lines = boatHire.split('\n');
  const cut = fc
    .tuple(fc.nat(lines.length), fc.nat(5), fc.string({ maxLength: 20 }))
    .map(([from, count, put]) => {
      return lines.toSpliced(from, count, put).join('\n');
    });
  fc.assert(
    fc.property(fc.oneof(fc.string(), cut), (text) => {
      const read = readSpec(text);
      expect(read.ok || read.error.length > 0).toBe(true);
    }),
    { numRuns: 200 },
  );
});
