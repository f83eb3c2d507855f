// Shrinks the patch of a failing procedural case.
import type { Guest, RowChange } from '../../sandbox/guest-api.js';
import type { Case } from './case.js';
import { compareRound } from './differential.js';
import type { Ground } from './draft.js';
import { replan, type Round } from './sequence.js';
import { shrinkRound } from './shrink.js';

/** Of a failing case's patch, what is needed to fail: another outcome than the interpreter's on the smaller state. */
export function shrinkPatch(ground: Ground, guest: Guest, one: Case): readonly RowChange[] {
  const calls = one.kind === 'invariant' ? [] : [{ tool: one.tool, args: one.args, caller: callerOf(one) }];
  const round = replan(ground, one.patch, calls);
  const fails = (shorter: Round): boolean =>
    shorter.calls.length === calls.length && compareRound(ground, guest, shorter) !== null;
  return round === null || !fails(round) ? one.patch : shrinkRound(ground, round, fails).patch;
}

function callerOf(one: Case): string | null {
  return one.kind === 'guard' ? one.caller : null;
}
