// How a pool sees that a worker hangs in native code, which no fuel limit can stop: a counter in
// shared memory that is odd while the guest runs. The pool kills a worker whose counter stays odd
// and does not move.

let counter: Int32Array | null = null;
let slot = 0;

/** Where this thread counts from now on; null for nowhere. */
export function beatInto(counters: Int32Array | null, at: number): void {
  counter = counters;
  slot = at;
}

/** Called on the way into the guest and on the way out. */
export function beat(): void {
  if (counter !== null) Atomics.add(counter, slot, 1);
}
