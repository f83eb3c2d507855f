// Random streams derived by hashed paths: derive(seed, 'clinic', 'task', 7). Never seed + i, where
// neighbouring seeds would share items. The generator is pure-rand's xoroshiro128+.
import { createHash } from 'node:crypto';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

export type Seed = number | string;

export interface Rng {
  /** A float in [0, 1). */
  next(): number;
  /** An integer in [low, high], both included. */
  int(low: number, high: number): number;
  chance(probability: number): boolean;
  /** One item; throws on an empty list. */
  pick<T>(items: readonly T[]): T;
  /** One item, with probability proportional to its weight. */
  weighted<T>(items: readonly T[], weights: readonly number[]): T;
  /** A shuffled copy. */
  shuffle<T>(items: readonly T[]): T[];
  /** A stream of its own, which depends on the path alone and not on what was drawn here. */
  derive(...path: readonly Seed[]): Rng;
}

/** The stream of a seed and a path; 7 and '7' are one seed. */
export function deriveRng(seed: Seed, ...path: readonly Seed[]): Rng {
  return new Stream([String(seed), ...path]);
}

class Stream implements Rng {
  readonly #path: readonly Seed[];
  readonly #generator: RandomGenerator;

  constructor(path: readonly Seed[]) {
    this.#path = path;
    const digest = createHash('sha256').update(JSON.stringify(path)).digest();
    this.#generator = xoroshiro128plusFromState([0, 4, 8, 12].map((at) => digest.readInt32LE(at)));
  }

  next(): number {
    return (this.#generator.next() >>> 0) / 2 ** 32;
  }

  int(low: number, high: number): number {
    return uniformInt(this.#generator, low, high);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('pick from an empty list');
    return items[this.int(0, items.length - 1)] as T;
  }

  weighted<T>(items: readonly T[], weights: readonly number[]): T {
    if (items.length === 0) throw new RangeError('pick from an empty list');
    let left = this.next() * weights.reduce((sum, weight) => sum + weight, 0);
    for (const [index, item] of items.entries()) {
      left -= weights[index] ?? 0;
      if (left < 0) return item;
    }
    return items[items.length - 1] as T;
  }

  shuffle<T>(items: readonly T[]): T[] {
    const copy = [...items];
    for (let last = copy.length - 1; last > 0; last--) {
      const other = this.int(0, last);
      [copy[last], copy[other]] = [copy[other] as T, copy[last] as T];
    }
    return copy;
  }

  derive(...path: readonly Seed[]): Rng {
    return new Stream([...this.#path, ...path]);
  }
}
