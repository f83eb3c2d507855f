// From the text of a spec to an admitted domain on all cores, by phase. The study of surviving
// mutants is apart, as are tasks and their audit. Wall seconds, since the work is on many threads;
// the ratio is against the same work on one worker.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateDomain } from '../src/pipeline/generate.js';
import { readSpec } from '../src/spec/read.js';
import { median, type BenchRun } from './harness.js';

const runs = 3;
const taskCount = 100;
const specs = ['library', 'veterinary-clinic'];
const apart = new Set(['study of survivors', 'compose and certify', 'audit']);

/** The benchmark `pipeline`. */
export const benchPipeline: BenchRun = async (report) => {
  const out = await mkdtemp(join(tmpdir(), 'toolgrove-bench-'));
  try {
    for (const name of specs) {
      const url = new URL(`../../domains/${name}.yaml`, import.meta.url);
      const text = readFileSync(fileURLToPath(url), 'utf8');
      const cores = availableParallelism();
      const wide = await repeat(text, out, cores);
      const narrow = await repeat(text, out, 1);
      const phases = Object.keys(wide[0] ?? {});
      const row = (what: string, names: readonly string[]): void => {
        const seconds = (samples: readonly Phases[]): number =>
          median(samples.map((sample) => names.reduce((total, phase) => total + (sample[phase] ?? 0), 0)));
        const value = seconds(wide);
        report({
          what: `${name}, ${what}`,
          median: value,
          unit: 's',
          runs,
          against: `${cores} workers → 1`,
          ratio: value === 0 ? null : value / seconds(narrow),
        });
      };
      row(
        'spec to admitted',
        phases.filter((phase) => !apart.has(phase)),
      );
      for (const phase of phases) row(phase, [phase]);
    }
  } finally {
    await rm(out, { recursive: true, force: true });
  }
};

type Phases = Readonly<Record<string, number>>;

async function repeat(text: string, out: string, workers: number): Promise<readonly Phases[]> {
  const samples: Phases[] = [];
  for (let run = 0; run < runs; run++) {
    const domain = readSpec(text);
    if (!domain.ok) throw new Error('the spec is not right');
    const made = await generateDomain(domain.value, {
      seed: '7',
      tasks: taskCount,
      out,
      workers,
      level: 'full',
    });
    if (!made.ok || !made.value.admitted) throw new Error('the domain was not admitted');
    samples.push(made.value.phases);
  }
  return samples;
}
