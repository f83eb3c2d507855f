// Shrinks a failing round to few calls and few patched rows: drop one, see whether it still fails,
// until nothing can go. The plan is made anew by the interpreter after each cut.
import type { Ground } from './draft.js';
import { replan, type Round } from './sequence.js';

/** The shortest round found that still fails. `fails` must be deterministic. */
export function shrinkRound(ground: Ground, round: Round, fails: (round: Round) => boolean): Round {
  let best = cutTail(ground, round, fails);
  for (let changed = true; changed;) {
    changed = false;
    for (let index = best.calls.length - 1; index >= 0; index--) {
      const shorter = replan(
        ground,
        best.patch,
        best.calls.filter((_, at) => at !== index),
      );
      if (shorter === null || !fails(shorter)) continue;
      best = shorter;
      changed = true;
    }
    for (let index = best.patch.length - 1; index >= 0; index--) {
      const smaller = replan(
        ground,
        best.patch.filter((_, at) => at !== index),
        best.calls,
      );
      if (smaller === null || !fails(smaller)) continue;
      best = smaller;
      changed = true;
    }
  }
  return best;
}

/** The shortest beginning that fails. */
function cutTail(ground: Ground, round: Round, fails: (round: Round) => boolean): Round {
  for (let length = 1; length < round.calls.length; length++) {
    const beginning = replan(ground, round.patch, round.calls.slice(0, length));
    if (beginning !== null && fails(beginning)) return beginning;
  }
  return round;
}
