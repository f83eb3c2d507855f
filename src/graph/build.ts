// Builds the tool graph of a domain: nodes are its tools, edges are derived from what they do.
import { formats } from '../core/format.js';
import { hashJson } from '../core/hash.js';
import { idSlots } from '../spec/id-slots.js';
import type { Domain, Tool } from '../spec/model.js';
import { edgesBetween } from './edges.js';
import { footprintOf } from './footprint.js';
import { toolShapes } from './structure.js';
import { edgeKinds, type ToolEdge, type ToolGraph, type ToolNode } from './tool-graph.js';

/** The tool graph of a domain. */
export function buildGraph(domain: Domain): ToolGraph {
  const shapes = toolShapes(domain);
  const footprints = domain.tools.map((tool) => footprintOf(domain, tool));
  return {
    format: formats.graph,
    domain: domain.id,
    spec: hashJson(domain.spec),
    nodes: domain.tools.map((tool, index): ToolNode => ({
      ...describe(tool),
      shape: shapes[index] ?? hashJson(null),
    })),
    edges: [...edgesBetween(domain, footprints)].sort(byEnds),
  };
}

function describe(tool: Tool): Omit<ToolNode, 'shape'> {
  return {
    tool: tool.name,
    kind: tool.kind === 'derived' ? tool.read : tool.effect === 'write' ? 'write' : 'compute',
    params: tool.params.flatMap((param): ToolNode['params'] => {
      const slots = idSlots(param).map(({ name, entity, optional }) => ({ name, entity, optional }));
      const itself = { name: param.name, optional: param.optional };
      return slots.some(({ name }) => name === param.name) ? slots : [itself, ...slots];
    }),
  };
}

function byEnds(left: ToolEdge, right: ToolEdge): number {
  const rank = ({ kind }: ToolEdge): number => edgeKinds.indexOf(kind);
  return (
    compare(left.from, right.from) ||
    compare(left.to, right.to) ||
    rank(left) - rank(right) ||
    compare(left.at, right.at)
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
