// Name-free shapes of tools: Weisfeiler–Lehman refinement (Shervashidze et al., JMLR 2011) over the
// parts of a domain. After round k the hash of a part stands for all that it reaches in k steps.
// Two rounds take a tool to its parameters, statements and rules, and from there to the kinds of
// columns and rows that these touch. With one, what a rule looks at would not count; with three, all
// columns of an entity come in, and then even a `get` has a shape that no other domain has.
import { hashJson, hashText, type ContentHash } from '../core/hash.js';
import type { Domain } from '../spec/model.js';
import { shapeNodes, type ShapeNode } from './shape-node.js';

/** The rounds of refinement at which shapes are compared. */
export const shapeRounds = 2;

/** The shape of each tool, in the domain's order. */
export function toolShapes(domain: Domain, rounds: number = shapeRounds): readonly ContentHash[] {
  const hash = refinement();
  return shapeNodes(domain).tools.map((tool) => hash(tool, rounds));
}

/** The shape of a whole domain: of all its tools and entities together. */
export function domainShape(domain: Domain, rounds: number = shapeRounds): ContentHash {
  const hash = refinement();
  const { tools, entities } = shapeNodes(domain);
  return hashJson([...tools, ...entities].map((part) => hash(part, rounds)).sort());
}

/**
 * The share of the smaller domain's tools whose shape the other domain has too, each of its tools
 * being counted once: 1 for a domain and itself, however its parts are called.
 */
export function shapeOverlap(one: readonly ContentHash[], other: readonly ContentHash[]): number {
  const left = new Map<ContentHash, number>();
  for (const shape of other) left.set(shape, (left.get(shape) ?? 0) + 1);
  let common = 0;
  for (const shape of one) {
    const count = left.get(shape) ?? 0;
    if (count > 0) common++;
    left.set(shape, count - 1);
  }
  const smaller = Math.min(one.length, other.length);
  return smaller === 0 ? 0 : common / smaller;
}

/** Hashes parts after some rounds, remembering what it has hashed; parts may point in circles. */
function refinement(): (part: ShapeNode, rounds: number) => ContentHash {
  const known = new Map<ShapeNode, ContentHash[]>();
  function hash(part: ShapeNode, rounds: number): ContentHash {
    const found = known.get(part)?.[rounds];
    if (found !== undefined) return found;
    const own =
      rounds === 0
        ? hashText(part.label)
        : hashJson([
            hash(part, rounds - 1),
            part.links.map(([role, to]) => `${role} ${hash(to, rounds - 1)}`).sort(),
          ]);
    const hashes = known.get(part) ?? [];
    hashes[rounds] = own;
    known.set(part, hashes);
    return own;
  }
  return hash;
}
