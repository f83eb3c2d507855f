// Tasks in groups: by kind, and by each measured feature of difficulty. A feature of few values has a
// group a value; one of many is cut where a quarter of the tasks lies on either side.
import type { Task } from '../task/task.js';

/** Features that are reported, where tasks have them. */
const features = ['writes', 'reads', 'steps', 'complexity'] as const;

const fewValues = 6;

/** Names of the groups of each task, by task id; the groups in order. */
export interface Grouping {
  readonly names: readonly string[];
  readonly of: ReadonlyMap<string, string>;
}

export function groupByKind(tasks: readonly Task[]): Grouping {
  const of = new Map(tasks.map(({ id, kind }) => [id, kind]));
  return { names: [...new Set(of.values())].sort(), of };
}

/** A grouping for each feature that every task has. */
export function groupByDifficulty(tasks: readonly Task[]): Readonly<Record<string, Grouping>> {
  const present = features.filter(
    (feature) => tasks.length > 0 && tasks.every(({ difficulty }) => difficulty[feature] !== undefined),
  );
  return Object.fromEntries(
    present.map((feature) => {
      const valueOf = ({ difficulty }: Task): number => difficulty[feature] ?? 0;
      const bins = binsOf(tasks.map(valueOf));
      const binOf = (value: number): Bin | undefined => bins.find(({ high }) => value <= high);
      const of = new Map(tasks.map((task) => [task.id, nameOf(binOf(valueOf(task)))]));
      return [feature, { names: bins.map(nameOf), of }];
    }),
  );
}

interface Bin {
  readonly low: number;
  readonly high: number;
}

function binsOf(values: readonly number[]): readonly Bin[] {
  const sorted = values.toSorted((left, right) => left - right);
  const distinct = [...new Set(sorted)];
  if (distinct.length <= fewValues) return distinct.map((value) => ({ low: value, high: value }));
  const quarters = [1, 2, 3, 4].map((nth) => sorted[Math.ceil((nth * sorted.length) / 4) - 1] ?? 0);
  const highs = [...new Set(quarters)];
  return highs.map((high, at) => {
    const under = highs[at - 1] ?? Number.NEGATIVE_INFINITY;
    return { low: distinct.find((value) => value > under) ?? high, high };
  });
}

function nameOf(bin: Bin | undefined): string {
  if (bin === undefined) return '';
  const [low, high] = [bin.low, bin.high].map((bound) => String(Math.round(bound * 1000) / 1000));
  return low === high ? (low ?? '') : `${low}–${high}`;
}
