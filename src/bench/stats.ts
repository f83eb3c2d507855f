// Figures of an evaluation: pass^k (τ-bench, arXiv 2406.12045, eq. 1) and an interval for success.

/** c successes of n runs of one task. */
export interface TaskRuns {
  readonly n: number;
  readonly c: number;
}

/** pass^k: the chance that k runs of a task all succeed, C(c,k)/C(n,k), as a mean over tasks. Needs k ≤ n. */
export function passK(tasks: readonly TaskRuns[], k: number): number {
  const counted = tasks.filter((task) => task.n >= k);
  if (counted.length === 0) return Number.NaN;
  return mean(counted.map(({ n, c }) => choose(c, k) / choose(n, k)));
}

/** pass^1 … pass^4, as far as every task has that many runs. */
export function passKs(tasks: readonly TaskRuns[]): Record<string, number> {
  const runs = Math.min(4, ...tasks.map((task) => task.n));
  if (tasks.length === 0) return {};
  return Object.fromEntries(Array.from({ length: runs }, (_, k) => [String(k + 1), passK(tasks, k + 1)]));
}

/**
 * Wilson's 95% interval for the mean success. Runs of one task are not independent, so the number
 * of tasks counts, not the number of runs: wider than the truth, never narrower.
 */
export function wilson(success: number, tasks: number): readonly [number, number] {
  if (tasks === 0) return [0, 1];
  const z = 1.959964;
  const centre = success + z ** 2 / (2 * tasks);
  const spread = z * Math.sqrt((success * (1 - success)) / tasks + z ** 2 / (4 * tasks ** 2));
  const scale = 1 + z ** 2 / tasks;
  return [clean((centre - spread) / scale), clean((centre + spread) / scale)];
}

/** Into [0, 1], without the last digits in which floating point errs. */
function clean(bound: number): number {
  return Math.min(1, Math.max(0, Math.round(bound * 1e12) / 1e12));
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((total, value) => total + value, 0) / values.length;
}

function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 0; i < k; i++) ways = (ways * (n - i)) / (i + 1);
  return Math.max(0, ways);
}
