// The agent that picks uniformly among the candidates any actor gets: the floor under every other.
import { deriveRng } from '../../src/core/rng.js';
import { trackCandidates, type Candidates } from '../../src/env/candidates.js';
import type { Agent, AgentSession } from '../../src/env/protocol.js';

export function randomValidAgent(): Agent {
  return { name: 'random', start: (view, seed) => session(trackCandidates(view), seed, 0) };
}

function session(candidates: Candidates, seed: string, drawn: number): AgentSession {
  let turn = drawn;
  let size = 0;
  return {
    act(observation) {
      candidates.observe(observation);
      size = candidates.size();
      // A stream a turn, so that a fork goes on as this one would.
      const rng = deriveRng(seed, 'random', turn);
      turn += 1;
      return candidates.at(rng.int(0, size - 1));
    },
    chosenFrom: () => size,
    fork: () => session(candidates.fork(), seed, turn),
  };
}
