// How often tools, rules and callers were used, so that the next task takes what was used least.
import type { Rng } from '../core/rng.js';

export interface Usage {
  readonly uses: Map<string, number>;
  readonly failures: Map<string, number>;
}

export function startUsage(): Usage {
  return { uses: new Map(), failures: new Map() };
}

export function noteUse(usage: Usage, names: readonly string[]): void {
  for (const name of names) usage.uses.set(name, (usage.uses.get(name) ?? 0) + 1);
}

export function noteFailure(usage: Usage, name: string): void {
  usage.failures.set(name, (usage.failures.get(name) ?? 0) + 1);
}

/** What was used least; failed attempts count a little, so that the impossible is not tried for ever. */
export function pickLeastUsed(usage: Usage, names: readonly string[], rng: Rng): string {
  const cost = (name: string): number =>
    (usage.uses.get(name) ?? 0) + (usage.failures.get(name) ?? 0) * 0.3 + rng.next() * 1.5;
  const costs = names.map((name) => ({ name, cost: cost(name) }));
  return costs.reduce((least, next) => (next.cost < least.cost ? next : least)).name;
}
