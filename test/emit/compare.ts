// Emitted code against the interpreter, on random states, in plain V8.
import { deriveRng } from '../../src/core/rng.js';
import { emitDomain } from '../../src/emit/emit.js';
import type { Domain } from '../../src/spec/model.js';
import { createPlainGuest } from '../../sandbox/plain.js';
import { firstDifference, randomState, startTally, type Tally } from './random-domain.js';

/**
 * From each of so many states a session of so many calls, and a short one of each tool alone: what one
 * write breaks is easily hidden by others. Throws at the first difference.
 */
export async function compare(domain: Domain, states: number, calls: number): Promise<Tally> {
  const program = { modules: emitDomain(domain).compiled };
  const tally = startTally();
  const alone = domain.tools.filter(({ effect }) => effect === 'write').map((tool) => [tool]);
  for (let seed = 0; seed < states; seed++) {
    const rng = deriveRng('agree', domain.id, seed);
    const state = randomState(domain, rng.derive('state'));
    const guest = await createPlainGuest(program, state);
    for (const [at, tools] of [domain.tools, ...alone].entries()) {
      const stream = rng.derive('calls', at);
      const difference = firstDifference(domain, guest, state, at === 0 ? calls : 2, stream, tally, tools);
      if (difference !== undefined) throw new Error(`state ${seed}: ${difference}`);
    }
    guest.dispose();
  }
  return tally;
}
