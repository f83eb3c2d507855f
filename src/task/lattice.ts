// A chain's steps, every set of them run in order: whether all are needed, whether their order counts,
// and whether what is forbidden stays so. The state of a set comes from that of the set without its
// last step, so each set costs one call. Where every step of a set can come last and the end is the
// same, so is the end of every order (by induction over the sets).
import type { ContentHash } from '../core/hash.js';
import { digestChanges } from '../world/digest.js';
import type { Session } from '../world/world.js';
import { bindArgs } from './chain.js';
import type { Chain, RunStep } from './chain-model.js';
import type { TurnedDown } from './draft.js';
import { breaksOnly, worksOn } from './forbidden.js';
import type { Ground } from './ground.js';

export interface Lattice {
  /** After all steps. */
  readonly digest: ContentHash;
  /** A proper subset of the steps ends in the same state. */
  readonly superfluous: boolean;
  /** Some other order is refused, breaks a rule or ends elsewhere. */
  readonly ordered: boolean;
  /** What is forbidden is so after any of the steps, by the same rule alone. */
  readonly steady: boolean;
}

/** The state after the steps of a set, in the order of the chain. */
interface Point {
  readonly session: Session;
  readonly run: readonly (RunStep | undefined)[];
  readonly digest: ContentHash;
  /** No step of the set was refused, lost its row or broke a rule. */
  readonly clean: boolean;
}

/** Null when the chain as a whole does not run (any more). */
export function spanLattice(
  ground: Ground,
  chain: Chain,
  caller: string,
  forbidden: readonly TurnedDown[],
): Lattice | null {
  const points: Point[] = [{ session: ground.open(), run: [], digest: ground.digest, clean: true }];
  try {
    const sets = 2 ** chain.steps.length;
    for (let set = 1; set < sets; set++) {
      const last = 31 - Math.clz32(set);
      const before = points[set ^ (1 << last)];
      const point = before === undefined ? null : after(ground, chain, before, last, caller);
      if (point === null) return null;
      points.push(point);
    }
    const whole = points[sets - 1];
    if (whole === undefined || !whole.clean) return null;
    const start = points[0];
    return {
      digest: whole.digest,
      superfluous: points.slice(0, -1).some((point) => point.digest === whole.digest),
      ordered: !commutes(ground, chain, points, caller),
      steady: forbidden.every(
        ({ call, rule }) =>
          points.every((point) => !point.clean || breaksOnly(point.session, call, caller, rule)) &&
          [start, whole].every((point) => point !== undefined && worksOn(point.session, call)),
      ),
    };
  } finally {
    for (const { session } of points) session.close();
  }
}

/** Takes one more step on a fork; a step that is refused or has lost its row is passed over. Null for a fault. */
function after(ground: Ground, chain: Chain, before: Point, index: number, caller: string): Point | null {
  const step = chain.steps[index];
  const session = before.session.fork();
  const stay: Point = { ...before, session, clean: false };
  const args = step === undefined ? null : bindArgs(ground, before.run, step);
  if (step === undefined || args === null) return stay;
  const violated = session.violatedGuards(step.tool, args, caller);
  const reply = session.call(step.tool, args);
  if (reply.type === 'refusal') return stay;
  const diff = reply.type === 'fault' || !violated.ok ? null : session.diff();
  if (reply.type === 'fault' || !violated.ok || diff === null || !diff.ok) {
    session.close();
    return null;
  }
  const run = [...before.run];
  run[index] = { call: { tool: step.tool, args }, result: reply.value };
  return {
    session,
    run,
    digest: digestChanges(ground.world.domain.stateSchema, diff.value),
    clean: before.clean && violated.value.length === 0,
  };
}

/** Whether every step of every set may come last, with the same end. */
function commutes(ground: Ground, chain: Chain, points: readonly Point[], caller: string): boolean {
  return points.every((point, set) => {
    if (!point.clean) return false;
    const last = set === 0 ? -1 : 31 - Math.clz32(set);
    return chain.steps.every((_, index) => {
      if (index === last || (set & (1 << index)) === 0) return true;
      const before = points[set ^ (1 << index)];
      const other = before === undefined ? null : after(ground, chain, before, index, caller);
      other?.session.close();
      return other !== null && other.clean && other.digest === point.digest;
    });
  });
}
