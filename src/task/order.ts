// Whether the steps of a chain may be done in any order: then the caller need not say one.
import type { ContentHash } from '../core/hash.js';
import { bindArgs } from './chain.js';
import type { Chain } from './chain-model.js';
import type { Ground } from './ground.js';

/** False when every other order works, breaks no rule and ends in the same state. */
export function orderMatters(ground: Ground, chain: Chain, caller: string): boolean {
  const first = chain.steps.map((_, index) => index);
  return permutations(first)
    .slice(1)
    .some((order) => reach(ground, chain, order, caller) !== chain.digest);
}

/** The digest in this order, or null when a step is refused, breaks a rule or lacks its row. */
function reach(ground: Ground, chain: Chain, order: readonly number[], caller: string): ContentHash | null {
  const session = ground.world.open();
  try {
    // Steps keep their places, so that `made` still points where it did.
    const run: (Chain['run'][number] | undefined)[] = [];
    for (const index of order) {
      const step = chain.steps[index];
      const sofar = { ...chain, run: run as Chain['run'] };
      const args = step === undefined ? null : bindArgs(ground, session, sofar, step, caller);
      if (step === undefined || args === null) return null;
      const violated = session.violatedGuards(step.tool, args, caller);
      if (!violated.ok || violated.value.length > 0) return null;
      const reply = session.call(step.tool, args);
      if (reply.type !== 'result') return null;
      run[index] = { call: { tool: step.tool, args }, result: reply.value };
    }
    const digest = session.digest();
    return digest.ok ? digest.value : null;
  } finally {
    session.close();
  }
}

/** All orders, the given one first. */
function permutations(items: readonly number[]): number[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [item, ...rest]),
  );
}
