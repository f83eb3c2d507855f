// A small domain with tasks, made without its proof: what benchmark and results files are tested on.
import { readFileSync } from 'node:fs';
import type { BenchmarkDomain } from '../../src/bench/record.js';
import { emitDomain } from '../../src/emit/emit.js';
import { runJob } from '../../src/pipeline/compose-job.js';
import { readSpec } from '../../src/spec/read.js';
import { seedState } from '../../src/world/seed.js';
import { smallSpec } from '../cli/toolgrove.js';

export async function makeBenchmarkDomain(count: number): Promise<BenchmarkDomain> {
  const read = readSpec(readFileSync(smallSpec, 'utf8'));
  if (!read.ok) throw new Error('the spec is not right');
  const state = seedState(read.value, '7');
  if (!state.ok) throw new Error('the spec has no seed state');
  const base = { domain: read.value, emitted: emitDomain(read.value), state: state.value };
  const { tasks } = await runJob({ ...base, seed: '7', from: 0, count });
  return { ...base, tasks };
}
