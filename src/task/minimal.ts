// Whether all of a chain is needed: no proper subset of its writes, in order, may reach its end state.
import type { ContentHash } from '../core/hash.js';
import type { Ground } from './ground.js';
import { bindArgs } from './chain.js';
import type { Chain } from './chain-model.js';

/** How many proper subsets were run, and how many of them reached the end state. */
export interface Subsets {
  readonly run: number;
  readonly reaching: number;
}

/** Runs every proper subset of the chain's steps. */
export function runSubsets(ground: Ground, chain: Chain, seedDigest: ContentHash, caller: string): Subsets {
  const count = chain.steps.length;
  const ends = Array.from({ length: 2 ** count - 1 }, (_, kept) =>
    reach(ground, chain, kept, seedDigest, caller),
  );
  return { run: ends.length, reaching: ends.filter((digest) => digest === chain.digest).length };
}

/** The digest after the steps whose bit is set; refused steps and those that lost their row are passed over. */
function reach(
  ground: Ground,
  chain: Chain,
  kept: number,
  seedDigest: ContentHash,
  caller: string,
): ContentHash | null {
  if (kept === 0) return seedDigest;
  const session = ground.world.open();
  try {
    // Steps keep their places, so that `made` still points where it did.
    const run: (Chain['run'][number] | undefined)[] = [];
    for (const [index, step] of chain.steps.entries()) {
      if ((kept & (1 << index)) === 0) continue;
      const sofar = { ...chain, run: run as Chain['run'] };
      const args = bindArgs(ground, session, sofar, step, caller);
      if (args === null) continue;
      const reply = session.call(step.tool, args);
      if (reply.type === 'fault') return null;
      if (reply.type === 'result') run[index] = { call: { tool: step.tool, args }, result: reply.value };
    }
    const digest = session.digest();
    return digest.ok ? digest.value : null;
  } finally {
    session.close();
  }
}
