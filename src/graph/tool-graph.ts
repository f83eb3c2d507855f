// The tool dependency graph as plain JSON: which tool can feed, allow, hinder or concern which other,
// and why. Everything in it is derived from the checked domain; nothing is guessed from names.
import type { ContentHash } from '../core/hash.js';

/**
 * What an edge from A to B means.
 * - supplies: a result of A carries an id that fills a parameter of B
 * - enables, threatens: A brings about, or takes away, a state of rows that B asks for
 * - data: A writes what B reads
 * - policy: A changes what a rule on B looks at, or a rule wants A before B
 */
export type EdgeKind = 'supplies' | 'enables' | 'threatens' | 'data' | 'policy';

export const edgeKinds: readonly EdgeKind[] = ['supplies', 'enables', 'threatens', 'data', 'policy'];

/** A tool in the graph. */
export interface ToolNode {
  readonly tool: string;
  readonly kind: 'get' | 'find' | 'list' | 'search' | 'compute' | 'write';
  readonly params: readonly ToolNodeParam[];
  /** Name-free hash of the tool's shape (structure.ts). */
  readonly shape: ContentHash;
}

/** A parameter of a node, or a row of its line items (`lines.model_id`); `entity` stands when it takes ids. */
interface ToolNodeParam {
  readonly name: string;
  readonly optional: boolean;
  readonly entity?: string;
}

/** One reason why two tools belong together. `at` names it for programs, `via` for people. */
export interface ToolEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  /** A parameter (supplies), `Entity.status=state` (enables, threatens), columns (data) or a policy's id. */
  readonly at: string;
  readonly via: string;
}

export interface ToolGraph {
  readonly format: string;
  readonly domain: string;
  readonly spec: ContentHash;
  /** In the domain's order of tools. */
  readonly nodes: readonly ToolNode[];
  /** Sorted by from, to, kind, at; no two share all four. */
  readonly edges: readonly ToolEdge[];
}

/** The edges of some kinds. */
export function edgesOf(graph: ToolGraph, ...kinds: readonly EdgeKind[]): readonly ToolEdge[] {
  return graph.edges.filter(({ kind }) => kinds.includes(kind));
}
