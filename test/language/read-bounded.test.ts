// No message keeps the reader long: its patterns repeat nothing without a bound, and looking for phrases
// takes as many looks as the message has words, times a constant.
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, it } from 'vitest';
import * as cues from '../../src/language/hear/cues.js';
import { phraseAt, type Phrases } from '../../src/language/hear/phrase.js';
import { plainText, tokensOf, type Token } from '../../src/language/hear/token.js';

const folder = new URL('../../src/language/hear/', import.meta.url);
const files = readdirSync(folder).map((name) => new URL(name, folder));

/** The regular expressions of a file: literals, and raw strings from which they are made. */
function patternsIn(file: URL): string[] {
  const source = ts.createSourceFile(file.pathname, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text);
    if (ts.isTaggedTemplateExpression(node)) found.push(node.template.getText());
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

it('repeats nothing without a bound', () => {
  const unbounded = files.flatMap((file) =>
    patternsIn(file).filter((pattern) => {
      const bare = pattern.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '');
      return /[*+]|\{\d+,\}/.test(bare);
    }),
  );
  expect(unbounded).toEqual([]);
  expect(files.flatMap(patternsIn).length).toBeGreaterThan(30);
});

const all: readonly Phrases[] = Object.values(cues);
const words = [...new Set(all.flatMap(({ byWord }) => [...byWord.keys()]))];

/** Looks at tokens for each word, over all phrases. */
const mostLooks = 55;

/** How often tokens are looked at while all phrases are looked for. */
function looksAt(text: string): number {
  let looks = 0;
  const tokens = new Proxy(tokensOf(plainText(text)), {
    get(target: Token[], key, receiver): unknown {
      if (typeof key === 'string' && /^\d+$/.test(key)) looks += 1;
      return Reflect.get(target, key, receiver);
    },
  });
  const { length } = tokens;
  for (const phrases of all) {
    // From every place, as if no phrase stood there.
    for (let at = 0; at < length; at++) phraseAt(phrases, tokens, at, length);
  }
  return looks;
}

it('looks at a message in proportion to its length', () => {
  // A word over and over begins many phrases and ends none.
  const most = Math.max(
    ...words.flatMap((word) =>
      ['', 'not', 'i', 'you', 'can'].map((other) => {
        const text = Array.from({ length: 50 }, () => `${word} ${other}`.trim()).join(' ');
        return looksAt(text) / text.split(' ').length;
      }),
    ),
  );
  expect(most).toBeLessThan(mostLooks);
});
