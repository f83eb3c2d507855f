// Every domain of the repository, so that laws of composing hold of those to come as well.
import { readdirSync } from 'node:fs';
import { deriveRng } from '../../src/core/rng.js';
import { buildGraph } from '../../src/graph/build.js';
import type { Domain } from '../../src/spec/model.js';
import { wantedBy, type ComposeOptions } from '../../src/task/options.js';
import { openWorkshop, type Workshop } from '../../src/task/workshop.js';
import type { World } from '../../src/world/world.js';
import type { Rng } from '../../src/core/rng.js';

export const domainIds: readonly string[] = readdirSync(new URL('../../domains/', import.meta.url))
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.slice(0, -'.yaml'.length))
  .sort();

export function workshopOf(domain: Domain, world: World, options: ComposeOptions = {}): Workshop {
  return openWorkshop(domain, world, buildGraph(domain), wantedBy(options));
}

export function streams(count: number, name: string): readonly Rng[] {
  return Array.from({ length: count }, (_, index) => deriveRng('test', name, index));
}
