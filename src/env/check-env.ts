// Whether an environment keeps what is promised of every one of them, in the manner of Gymnasium's
// environment checker: for ours and for anything else with the same interface. Each check plays whole
// episodes, on a way through the task and at random, and stops at the first case that does not hold.
import { checkCandidates } from './check/candidates.js';
import { checkEnds, checkFinish } from './check/ends.js';
import { checkFaults } from './check/faults.js';
import { checkForkApart, checkForkSame } from './check/forks.js';
import { checkMalformed } from './check/malformed.js';
import { drawPlays, type CheckedEnvironment, type Ground, type Verdict } from './check/play.js';
import { checkReads } from './check/reads.js';
import { checkReward } from './check/reward.js';
import { checkDeterminism, checkIndependence } from './check/same.js';
import { checkSchema } from './check/schema.js';

/** Every check, in the order in which they run. */
const checks = {
  schema: checkSchema,
  determinism: checkDeterminism,
  independence: checkIndependence,
  'fork-same': checkForkSame,
  'fork-apart': checkForkApart,
  'reads-are-pure': checkReads,
  reward: checkReward,
  ends: checkEnds,
  finish: checkFinish,
  malformed: checkMalformed,
  faults: checkFaults,
  candidates: checkCandidates,
} as const satisfies Readonly<Record<string, (ground: Ground) => Iterable<Verdict>>>;

export type CheckName = keyof typeof checks;

export const checkNames = Object.keys(checks) as readonly CheckName[];

export interface CheckFinding {
  readonly check: CheckName;
  /** Cases that held before the first that did not. */
  readonly cases: number;
  /** The first that did not hold; null when all did. */
  readonly problem: string | null;
}

/** Runs the checks, all of them by default. One that found no case to judge has not held. */
export function checkEnvironment(
  subject: CheckedEnvironment,
  names: readonly CheckName[] = checkNames,
): readonly CheckFinding[] {
  let ground: Ground | string;
  try {
    ground = { subject, plays: drawPlays(subject) };
  } catch (error) {
    ground = `could not be played at all: ${textOf(error)}`;
  }
  return names.map((check) =>
    typeof ground === 'string' ? { check, cases: 0, problem: ground } : { check, ...run(check, ground) },
  );
}

function run(check: CheckName, ground: Ground): Omit<CheckFinding, 'check'> {
  let cases = 0;
  try {
    for (const problem of checks[check](ground)) {
      if (problem !== null) return { cases, problem };
      cases += 1;
    }
  } catch (error) {
    return { cases, problem: `threw: ${textOf(error)}` };
  }
  return { cases, problem: cases === 0 ? 'nothing to judge' : null };
}

function textOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
