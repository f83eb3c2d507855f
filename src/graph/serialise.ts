// A tool graph in other forms: graphology's MultiDirectedGraph and its JSON, and Mermaid text.
import { MultiDirectedGraph } from 'graphology';
import type { SerializedGraph } from 'graphology-types';
import { checkFormat } from '../core/format.js';
import type { ContentHash } from '../core/hash.js';
import { fail, ok, type Result } from '../core/result.js';
import {
  edgeKinds,
  edgesOf,
  type EdgeKind,
  type ToolEdge,
  type ToolGraph,
  type ToolNode,
} from './tool-graph.js';

type NodeAttributes = Omit<ToolNode, 'tool'>;
type EdgeAttributes = Pick<ToolEdge, 'kind' | 'at' | 'via'>;
interface GraphAttributes {
  format: string;
  domain: string;
  spec: ContentHash;
  [name: string]: unknown;
}

/** A tool graph in graphology: nodes by tool name, edges by `from to kind at`. */
export type GraphologyToolGraph = MultiDirectedGraph<NodeAttributes, EdgeAttributes, GraphAttributes>;
export type GraphologyJson = SerializedGraph<NodeAttributes, EdgeAttributes, GraphAttributes>;

/** The tool graph in graphology, with the edges of all kinds or of some. */
export function toGraphology(graph: ToolGraph, kinds: readonly EdgeKind[] = edgeKinds): GraphologyToolGraph {
  const { format, domain, spec } = graph;
  const made: GraphologyToolGraph = new MultiDirectedGraph();
  made.replaceAttributes({ format, domain, spec });
  for (const { tool, ...attributes } of graph.nodes) made.addNode(tool, attributes);
  for (const { from, to, kind, at, via } of edgesOf(graph, ...kinds)) {
    made.addEdgeWithKey(`${from} ${to} ${kind} ${at}`, from, to, { kind, at, via });
  }
  return made;
}

/** The tool graph that graphology's JSON of it holds. */
export function fromGraphology(json: GraphologyJson): Result<ToolGraph> {
  const { format, domain, spec } = json.attributes;
  const known = checkFormat({ format }, 'graph');
  if (!known.ok) return known;
  const nodes: ToolNode[] = json.nodes.flatMap(({ key, attributes }) =>
    attributes === undefined ? [] : [{ tool: key, ...attributes }],
  );
  const edges: ToolEdge[] = json.edges.flatMap(({ source, target, attributes }) =>
    attributes === undefined ? [] : [{ from: source, to: target, ...attributes }],
  );
  const tools = new Set(nodes.map(({ tool }) => tool));
  const issues = edges
    .flatMap(({ from, to }) => [from, to])
    .filter((tool) => !tools.has(tool))
    .map((tool) => ({ path: 'edges', message: `no node '${tool}'` }));
  if (issues.length > 0) return fail(issues);
  return ok({ format, domain, spec, nodes, edges });
}

const arrows: Readonly<Record<EdgeKind, string>> = {
  supplies: '-->',
  enables: '==>',
  threatens: '--x',
  data: '-.->',
  policy: '-.-o',
};

/**
 * Mermaid text of the graph. Edges of one kind between the same two tools become one arrow. The kinds
 * left out by default would pass the 500 arrows that Mermaid draws unless it is told otherwise.
 */
export function toMermaid(graph: ToolGraph, kinds: readonly EdgeKind[] = ['enables', 'threatens']): string {
  const ids = new Map(graph.nodes.map(({ tool }, index) => [tool, `t${index}`]));
  const arrowsBetween = new Map<string, { edge: ToolEdge; labels: string[] }>();
  for (const edge of edgesOf(graph, ...kinds)) {
    const key = `${edge.from} ${edge.to} ${edge.kind}`;
    const found = arrowsBetween.get(key) ?? { edge, labels: [] };
    found.labels.push(edge.at);
    arrowsBetween.set(key, found);
  }
  const drawn = [...arrowsBetween.values()];
  const used = new Set(drawn.flatMap(({ edge }) => [edge.from, edge.to]));
  const shown = graph.nodes.filter(({ tool }) => used.has(tool));
  return [
    'flowchart LR',
    ...shown.map(({ tool, kind }) => {
      const label = `"${escapeLabel(tool)}"`;
      return `  ${ids.get(tool)}${kind === 'write' ? `[${label}]` : `([${label}])`}`;
    }),
    ...drawn.map(({ edge: { from, to, kind }, labels }) => {
      const text = escapeLabel(`${kind}: ${labels.join('; ')}`);
      return `  ${ids.get(from)} ${arrows[kind]}|"${text}"| ${ids.get(to)}`;
    }),
    '',
  ].join('\n');
}

// Inside a quoted label only these end it or start markup; Mermaid reads #code; as a character.
function escapeLabel(text: string): string {
  return text.replaceAll(/[#"`<>&\\\n\r]/g, (character) => `#${character.codePointAt(0)};`);
}
