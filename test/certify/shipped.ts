// A domain that is shipped, in a sandbox, with tasks that are composed and not certified yet.
import { readFileSync } from 'node:fs';
import { openContext, type CertifyContext } from '../../src/certify/context.js';
import { emitDomain } from '../../src/emit/emit.js';
import { buildGraph } from '../../src/graph/build.js';
import { readSpec } from '../../src/spec/read.js';
import { composeTasks } from '../../src/task/compose.js';
import type { ComposeOptions } from '../../src/task/options.js';
import type { Task } from '../../src/task/task.js';
import { loadWorld } from '../../src/world/load.js';
import { seedState } from '../../src/world/seed.js';

export interface Shipped {
  readonly context: CertifyContext;
  readonly drafts: readonly Task[];
}

export async function openShipped(
  id: string,
  seed: number,
  count: number,
  options: ComposeOptions = {},
): Promise<Shipped> {
  const read = readSpec(readFileSync(new URL(`../../domains/${id}.yaml`, import.meta.url), 'utf8'));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const state = seedState(read.value, seed);
  if (!state.ok) throw new Error(JSON.stringify(state.error));
  const world = await loadWorld(emitDomain(read.value), state.value);
  const { tasks } = composeTasks(read.value, world, buildGraph(read.value), seed, count, options);
  return { context: openContext(read.value, world), drafts: tasks };
}
