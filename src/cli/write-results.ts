// A results file, whole or not at all.
import type { Evaluation } from '../bench/evaluate.js';
import { resultLines } from '../bench/results.js';
import { writeFileWhole } from '../pipeline/write-folder.js';

export async function writeResults(path: string | undefined, evaluation: Evaluation): Promise<void> {
  if (path === undefined) return;
  await writeFileWhole(path, [...resultLines(evaluation)].map((line) => `${line}\n`).join(''));
}
