// Figures of a tool graph.
import { stronglyConnectedComponents } from 'graphology-components';
import { directedDensity } from 'graphology-metrics/graph/density.js';
import { enablingChains, supplyDepths } from './chains.js';
import { toGraphology } from './serialise.js';
import { edgeKinds, edgesOf, type EdgeKind, type ToolGraph } from './tool-graph.js';

/** What is counted of a tool graph. */
export interface GraphMetrics {
  readonly tools: number;
  readonly reads: number;
  readonly writes: number;
  readonly edges: number;
  readonly edgesByKind: Readonly<Record<EdgeKind, number>>;
  /** Linked pairs of tools, of all ordered pairs. */
  readonly density: number;
  /** Sizes of the strongly connected components of more than one tool, largest first. */
  readonly cycles: readonly number[];
  /** The same among writes that enable one another. */
  readonly enablingCycles: readonly number[];
  /** Reads that have to come first, at most and on average over the tools that need an id. */
  readonly deepestSupply: number;
  readonly meanSupplyDepth: number;
  /** Tools whose ids no read supplies. */
  readonly unsupplied: readonly string[];
  /** Writes in a row in which each enables the next, by how many they are. */
  readonly enablingChains: Readonly<Record<string, number>>;
  /** Different shapes of tools. */
  readonly shapes: number;
}

const longestChain = 3;

/** Measures a tool graph. */
export function measureGraph(graph: ToolGraph): GraphMetrics {
  const writes = graph.nodes.filter(({ kind }) => kind === 'write').length;
  const depths = supplyDepths(graph);
  const waiting = [...depths.values()].filter((depth) => depth !== null && depth > 0) as number[];
  const chains = enablingChains(graph, longestChain);
  const pairs = new Set(
    graph.edges.filter(({ from, to }) => from !== to).map(({ from, to }) => `${from} ${to}`),
  );
  const lengths = Array.from({ length: longestChain - 1 }, (_, index) => index + 2);
  return {
    tools: graph.nodes.length,
    reads: graph.nodes.length - writes,
    writes,
    edges: graph.edges.length,
    edgesByKind: Object.fromEntries(edgeKinds.map((kind) => [kind, edgesOf(graph, kind).length])) as Record<
      EdgeKind,
      number
    >,
    density: graph.nodes.length < 2 ? 0 : round(directedDensity(graph.nodes.length, pairs.size)),
    cycles: cyclesOf(graph, edgeKinds),
    enablingCycles: cyclesOf(graph, ['enables']),
    deepestSupply: Math.max(0, ...waiting),
    meanSupplyDepth:
      waiting.length === 0 ? 0 : round(waiting.reduce((sum, depth) => sum + depth, 0) / waiting.length),
    unsupplied: [...depths].filter(([, depth]) => depth === null).map(([tool]) => tool),
    enablingChains: Object.fromEntries(
      lengths.map((length) => [String(length), chains.filter((chain) => chain.length === length).length]),
    ),
    shapes: new Set(graph.nodes.map(({ shape }) => shape)).size,
  };
}

function cyclesOf(graph: ToolGraph, kinds: readonly EdgeKind[]): readonly number[] {
  return stronglyConnectedComponents(toGraphology(graph, kinds))
    .map(({ length }) => length)
    .filter((size) => size > 1)
    .sort((left, right) => right - left);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
