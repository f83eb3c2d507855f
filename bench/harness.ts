// Measuring: medians of processor time over repeated runs, and ratios from runs that alternate with
// what they are compared with, so that a busy machine changes neither much.
import { availableParallelism, cpus, totalmem } from 'node:os';

export interface BenchRow {
  readonly what: string;
  readonly median: number;
  readonly unit: string;
  readonly runs: number;
  /** What it was counted over, where it is no median. */
  readonly of?: string;
  /** What `ratio` compares with; null for none. */
  readonly against: string | null;
  /** How many times slower than that. */
  readonly ratio: number | null;
}

export interface Bench {
  readonly name: string;
  readonly machine: string;
  readonly rows: readonly BenchRow[];
}

/** A benchmark: `report` hears of each row as it is done; some take files. */
export type BenchRun = (report: (row: BenchRow) => void, files: readonly string[]) => Promise<void>;

/** Work that is timed: it does `operations` of something. */
export interface Work {
  readonly operations: number;
  readonly run: () => void;
}

const leastMs = 40;

/** Microseconds of processor time that an operation takes, in one run. */
function sample(work: Work): number {
  const started = process.cpuUsage();
  for (let rounds = 1; ; rounds++) {
    work.run();
    const { user, system } = process.cpuUsage(started);
    if (user + system > leastMs * 1000) return (user + system) / (rounds * work.operations);
  }
}

/** Median microseconds an operation of each work takes, over alternating runs; eight more come first to warm up. */
export function measure(works: readonly Work[], runs: number): readonly number[] {
  const samples = works.map((): number[] => []);
  for (let run = -8; run < runs; run++) {
    works.forEach((work, at) => {
      const value = sample(work);
      if (run >= 0) samples[at]?.push(value);
    });
  }
  return samples.map(median);
}

/** Microseconds as operations per second. */
export function perSecond(micros: number): number {
  return 1e6 / micros;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length >> 1;
  const [high = 0, low = high] = [sorted[middle], sorted[sorted.length % 2 === 0 ? middle - 1 : middle]];
  return (low + high) / 2;
}

/** `AMD EPYC …, 2 cores, 8 GiB, linux x64, Node 20.20.2`. */
export function machineLine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  const system = `${process.platform} ${process.arch}`;
  return `${model}, ${availableParallelism()} cores, ${memory}, ${system}, Node ${process.versions.node}`;
}
