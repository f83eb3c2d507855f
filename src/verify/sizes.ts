// How many items an aggregate takes in: none, one, or several, which `first` and a count tell apart.
import { chosen, type Aggregate } from './aggregate-items.js';
import { admit, dismiss } from './force.js';
import type { Site } from './site.js';

export const sizes = ['none', 'one', 'several'] as const;

/** Where among the sizes the aggregate stands here. */
export function sizeAt(site: Site, node: Aggregate): number {
  return Math.min(2, chosen(site, node).length);
}

/** Lets items in, or turns them away, until the aggregate is of that size. */
export function resize(site: Site, node: Aggregate, wanted: number): void {
  for (let round = 0; round < 4 && sizeAt(site, node) < wanted; round++) admit(site, node);
  for (const item of chosen(site, node).slice(wanted === 2 ? 99 : wanted)) dismiss(site, node, item);
}
