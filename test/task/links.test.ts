import { expect, test } from 'vitest';
import type { ContentHash } from '../../src/core/hash.js';
import type { EdgeKind, ToolGraph } from '../../src/graph/tool-graph.js';
import { breadthFirst, complexityOf, followers, openLinks, threatsOn } from '../../src/task/links.js';

/** `a` enables `b`, which gives data to the read `r`, which supplies `c`; `d` threatens `a`, a policy links `e`. */
const links = openLinks(
  graphOf(
    ['a', 'b', 'c', 'd', 'e'],
    [
      ['a', 'enables', 'b'],
      ['a', 'data', 'b'],
      ['b', 'data', 'r'],
      ['r', 'supplies', 'c'],
      ['d', 'threatens', 'a'],
      ['a', 'policy', 'e'],
      ['a', 'supplies', 'a'],
    ],
  ),
);

function graphOf(
  writes: readonly string[],
  edges: readonly (readonly [string, EdgeKind, string])[],
): ToolGraph {
  const hash = '' as ContentHash;
  return {
    format: 'test',
    domain: 'test',
    spec: hash,
    nodes: [...writes, 'r'].map((tool) => ({
      tool,
      kind: tool === 'r' ? 'get' : 'write',
      params: [],
      shape: hash,
    })),
    edges: edges.map(([from, kind, to], index) => ({ from, to, kind, at: String(index), via: '' })),
  };
}

test('what a write leads to is found breadth first, through reads, and never by a threat or a policy', () => {
  expect(followers(links, 'a')).toEqual(['b']);
  expect(breadthFirst(links, ['a'])).toEqual([['b'], ['c']]);
  expect(breadthFirst(links, ['b'])).toEqual([['c']]);
  expect(breadthFirst(links, ['d'])).toEqual([]);
});

test('c(H) counts tools and linked pairs, each pair once and none with itself', () => {
  expect(complexityOf(links, new Set(['a', 'b', 'r']))).toEqual({ tools: 3, edges: 2, complexity: 4 / 50 });
  expect(complexityOf(links, new Set(['a', 'd', 'e']))).toEqual({ tools: 3, edges: 2, complexity: 4 / 50 });
  expect(complexityOf(links, new Set(['c']))).toEqual({ tools: 1, edges: 0, complexity: 1 / 50 });
});

test('a threat counts where the call that threatens comes first', () => {
  expect(threatsOn(links, ['d', 'a', 'a'])).toBe(2);
  expect(threatsOn(links, ['a', 'd'])).toBe(0);
});
