// How complex tasks that write become. A task grows until c(H) of the tools that it needs reaches a
// target; one to five writes. Without a wish for certain complexities the targets are such that so
// many writes come about as the shares say: what n writes of this domain come to is learnt from those
// that were grown, and the number that is furthest behind its share is aimed at.
import type { Rng } from '../core/rng.js';

/** A range of c(H), drawn from evenly, or shares of tasks by their number of writes, from one on. */
export type Complexity =
  | { readonly least: number; readonly most: number }
  | { readonly writes: readonly number[] };

/** Grows until it is so complex, or has so many writes. */
export interface Target {
  readonly complexity: number;
  readonly writes: number;
}

/** More writes than this nobody asks for in one talk. */
const mostWrites = 5;

/** As in τ²-bench's retail tasks (60, 23, 15, 5, 1 of 104 that write), with a larger share of long ones. */
export const defaultComplexity: Complexity = { writes: [35, 30, 20, 10, 5] };

export interface Sizes {
  /** What the next task aims at. */
  next(rng: Rng): Target;
  /** What a task of so many writes at most aims at. */
  upTo(writes: number): Target;
  /** Learns what so many writes came to. */
  measured(writes: number, complexity: number): void;
  /** Counts a task that was made. */
  made(writes: number): void;
}

export function openSizes(wanted: Complexity): Sizes {
  const sums = Array.from({ length: mostWrites + 1 }, () => ({ total: 0, count: 0 }));
  const counts = Array.from({ length: mostWrites + 1 }, () => 0);
  let all = 0;

  /** What so many writes come to; from those of fewer where none were seen yet. */
  const level = (writes: number): number => {
    for (let known = writes; known > 0; known--) {
      const { total, count } = sums[known] ?? { total: 0, count: 0 };
      if (count > 0) return (total / count) * (writes / known);
    }
    return 0;
  };
  /** Halfway from what one write less comes to. */
  const aim = (writes: number): Target => ({
    complexity: writes <= 1 ? 0 : (level(writes - 1) + level(writes)) / 2,
    writes: mostWrites,
  });
  const furthestBehind = (shares: readonly number[], rng: Rng): number => {
    const whole = shares.reduce((sum, share) => sum + share, 0);
    const lags = shares.map(
      (share, at) => (share / whole) * (all + 1) - (counts[at + 1] ?? 0) + rng.next() * 0.01,
    );
    return 1 + lags.indexOf(Math.max(...lags.filter((_, at) => (shares[at] ?? 0) > 0)));
  };
  return {
    next: (rng) =>
      'writes' in wanted
        ? aim(furthestBehind(wanted.writes.slice(0, mostWrites), rng))
        : { complexity: wanted.least + rng.next() * (wanted.most - wanted.least), writes: mostWrites },
    upTo: (writes) => ({ ...aim(writes), writes }),
    measured(writes, complexity) {
      const sum = sums[writes];
      if (sum === undefined) return;
      sum.total += complexity;
      sum.count += 1;
    },
    made(writes) {
      counts[writes] = (counts[writes] ?? 0) + 1;
      all += 1;
    },
  };
}
