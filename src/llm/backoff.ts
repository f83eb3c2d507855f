// How long to wait before a request is sent again: twice as long each time, with jitter so that many
// that failed together do not come back together. The jitter is drawn from a stream, so runs repeat.
import type { Rng } from '../core/rng.js';

const longestWait = 30_000;
/** An endpoint that says when to come back is believed so far. */
const longestAsked = 120_000;

/** Milliseconds before sending number `attempt` (from 1) again; `asked` is what the endpoint wants. */
export function backoff(attempt: number, firstWait: number, asked: number, rng: Rng): number {
  const wait = Math.min(longestWait, firstWait * 2 ** (attempt - 1)) * (0.5 + rng.next() / 2);
  return Math.max(wait, Math.min(longestAsked, asked));
}
