// The tool graph as the composer walks it: what a tool leads to, which writes come next after some
// others, breadth first, and how complex a set of tools is. c(H) is ScaleEnv's (arXiv 2602.06820).
import type { EdgeKind, ToolGraph } from '../graph/tool-graph.js';

export interface Links {
  readonly writes: ReadonlySet<string>;
  /** Tools that a tool supplies, enables or gives data to, in the order of the graph. */
  readonly next: ReadonlyMap<string, readonly string[]>;
  /** Tools that a tool has any edge to, and those whose way it bars. */
  readonly linked: ReadonlyMap<string, ReadonlySet<string>>;
  readonly threatens: ReadonlyMap<string, ReadonlySet<string>>;
}

const leading = new Set<EdgeKind>(['supplies', 'enables', 'data']);

export function openLinks(graph: ToolGraph): Links {
  const next = new Map<string, Set<string>>();
  const linked = new Map<string, Set<string>>();
  const threatens = new Map<string, Set<string>>();
  const add = (to: Map<string, Set<string>>, from: string, tool: string): void => {
    const known = to.get(from);
    if (known === undefined) to.set(from, new Set([tool]));
    else known.add(tool);
  };
  for (const { from, to, kind } of graph.edges) {
    if (from === to) continue;
    add(linked, from, to);
    if (leading.has(kind)) add(next, from, to);
    if (kind === 'threatens') add(threatens, from, to);
  }
  return {
    writes: new Set(graph.nodes.filter(({ kind }) => kind === 'write').map(({ tool }) => tool)),
    next: new Map([...next].map(([from, tools]) => [from, [...tools]])),
    linked,
    threatens,
  };
}

/** Writes that a write leads to at once. */
export function followers({ writes, next }: Links, tool: string): readonly string[] {
  return (next.get(tool) ?? []).filter((to) => writes.has(to));
}

/** Writes that some tools lead to, also through reads: those one edge away, then those two, and so on. */
export function breadthFirst({ writes, next }: Links, from: readonly string[]): readonly string[][] {
  const known = new Set(from);
  const layers: string[][] = [];
  for (let front: readonly string[] = [...known]; front.length > 0;) {
    const reached = new Set<string>();
    for (const tool of front) for (const to of next.get(tool) ?? []) if (!known.has(to)) reached.add(to);
    for (const tool of reached) known.add(tool);
    layers.push([...reached].filter((tool) => writes.has(tool)));
    front = [...reached];
  }
  return layers.filter((layer) => layer.length > 0);
}

/** How many tools, how many ordered pairs of them are linked, and c(H) = (|V| + 0.5·|E|) / 50. */
export interface Measure {
  readonly tools: number;
  readonly edges: number;
  readonly complexity: number;
}

export function complexityOf(links: Links, tools: ReadonlySet<string>): Measure {
  let edges = 0;
  for (const from of tools) {
    const to = links.linked.get(from);
    if (to !== undefined) for (const tool of tools) if (to.has(tool)) edges += 1;
  }
  return { tools: tools.size, edges, complexity: (tools.size + 0.5 * edges) / 50 };
}

/** How many pairs of calls there are of which the earlier one can bar the way of the later. */
export function threatsOn({ threatens }: Links, calls: readonly string[]): number {
  return calls.reduce(
    (total, tool, index) =>
      total + calls.slice(index + 1).filter((later) => threatens.get(tool)?.has(later) === true).length,
    0,
  );
}
