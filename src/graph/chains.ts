// Ways through the tool graph: how many reads it takes until a tool's ids are at hand, and which
// writes make way for which.
import { edgesOf, type ToolGraph, type ToolNode } from './tool-graph.js';

/**
 * For each tool, how many reads have to come before it, one after the other, until all its required
 * ids can be filled from results; 0 for a tool that needs none, null where reads alone cannot do it.
 */
export function supplyDepths(graph: ToolGraph): ReadonlyMap<string, number | null> {
  const reads = new Set(graph.nodes.filter(({ kind }) => kind !== 'write').map(({ tool }) => tool));
  const suppliers = new Map<string, string[]>();
  for (const { from, to, at } of edgesOf(graph, 'supplies')) {
    if (reads.has(from)) suppliers.set(`${to} ${at}`, [...(suppliers.get(`${to} ${at}`) ?? []), from]);
  }
  const depths = new Map<string, number>();
  const depthOf = ({ tool, params }: ToolNode): number => {
    const ids = params.filter(({ entity, optional }) => entity !== undefined && !optional);
    const fills = ids.map(({ name }) =>
      Math.min(...(suppliers.get(`${tool} ${name}`) ?? []).map((from) => depths.get(from) ?? Infinity)),
    );
    return fills.length === 0 ? 0 : 1 + Math.max(...fills);
  };
  // Each pass settles the tools one read further away.
  for (let changed = true; changed;) {
    changed = false;
    for (const node of graph.nodes) {
      const depth = depthOf(node);
      if (depth < (depths.get(node.tool) ?? Infinity)) {
        depths.set(node.tool, depth);
        changed = true;
      }
    }
  }
  return new Map(graph.nodes.map(({ tool }) => [tool, depths.get(tool) ?? null]));
}

/** Sequences of 2 to `longest` different writes in which each brings about a state that the next asks for. */
export function enablingChains(graph: ToolGraph, longest: number): readonly (readonly string[])[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edgesOf(graph, 'enables')) {
    const known = next.get(from) ?? [];
    if (!known.includes(to)) next.set(from, [...known, to]);
  }
  const writes = new Set(graph.nodes.filter(({ kind }) => kind === 'write').map(({ tool }) => tool));
  const chains: (readonly string[])[] = [];
  const extend = (chain: readonly string[], last: string): void => {
    if (chain.length > 1) chains.push(chain);
    if (chain.length >= longest) return;
    for (const to of next.get(last) ?? []) {
      if (writes.has(to) && !chain.includes(to)) extend([...chain, to], to);
    }
  };
  for (const tool of [...writes].sort()) extend([tool], tool);
  return chains;
}
