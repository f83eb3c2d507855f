// Tool graphs in other forms: nothing is lost on the way through graphology, and Mermaid text keeps
// its structure whatever the labels say.
import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashText } from '../../src/core/hash.js';
import { buildGraph } from '../../src/graph/build.js';
import { fromGraphology, toGraphology, toMermaid, type GraphologyJson } from '../../src/graph/serialise.js';
import { edgeKinds, type ToolGraph } from '../../src/graph/tool-graph.js';
import { domainIds, domainText, readDomain } from './read-domain.js';

const label = '"[^"`<>&\\\\]*"';
const nodeLine = new RegExp(`^  t\\d+(\\[${label}\\]|\\(\\[${label}\\]\\))$`);
const edgeLine = new RegExp(`^  (t\\d+) (-->|==>|--x|-\\.->|-\\.-o)\\|${label}\\| (t\\d+)$`);

/** The lines that do not belong into Mermaid text: a head, boxes, and arrows between boxes. */
function strayLines(text: string): readonly string[] {
  const [head, ...lines] = text.trimEnd().split('\n');
  const boxes = new Set(lines.filter((line) => nodeLine.test(line)).map((line) => /t\d+/.exec(line)?.[0]));
  const isArrow = (line: string): boolean => {
    const [, from, , to] = edgeLine.exec(line) ?? [];
    return from !== undefined && boxes.has(from) && boxes.has(to);
  };
  return [
    ...(head === 'flowchart LR' ? [] : [head ?? '']),
    ...lines.filter((line) => !nodeLine.test(line) && !isArrow(line)),
  ];
}

describe.each(domainIds)('the graph of %s', (id) => {
  const graph = buildGraph(readDomain(domainText(id)));

  it('survives graphology and its JSON', () => {
    const json = JSON.parse(JSON.stringify(toGraphology(graph).export())) as GraphologyJson;
    expect(fromGraphology(json)).toEqual({ ok: true, value: graph });
  });

  it('is Mermaid text with every edge of the kinds asked for', () => {
    const text = toMermaid(graph, edgeKinds);
    expect(strayLines(text)).toEqual([]);
    const arrows = text.split('\n').filter((line) => edgeLine.test(line)).length;
    expect(arrows).toBe(new Set(graph.edges.map(({ from, to, kind }) => `${from} ${to} ${kind}`)).size);
    expect(toMermaid(graph, ['threatens'])).not.toContain('==>');
  });
});

describe('reading graphology JSON', () => {
  const graph = buildGraph(readDomain(domainText('library')));

  it('refuses an unknown format and edges to nowhere', () => {
    const json = JSON.parse(JSON.stringify(toGraphology(graph).export())) as GraphologyJson;
    expect(
      fromGraphology({ ...json, attributes: { ...json.attributes, format: 'toolgrove.graph/2.0' } }).ok,
    ).toBe(false);
    expect(fromGraphology({ ...json, nodes: json.nodes.slice(1) }).ok).toBe(false);
  });
});

it('Mermaid text keeps its structure whatever the labels say', () => {
  assert(
    property(string({ unit: 'binary' }), string({ unit: 'grapheme' }), (tool, at) => {
      const shape = hashText('');
      const graph: ToolGraph = {
        format: '',
        domain: '',
        spec: shape,
        nodes: [{ tool, kind: 'write', params: [], shape }],
        edges: [{ from: tool, to: tool, kind: 'policy', at, via: '' }],
      };
      expect(strayLines(toMermaid(graph, ['policy']))).toEqual([]);
    }),
    { examples: [['"]; click t0 "', '--> x|"\n']] },
  );
});
