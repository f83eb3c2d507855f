// An evaluation that goes on where an earlier one stopped, by the results file that it left.
import { existsSync, statSync } from 'node:fs';
import { playsOf } from '../bench/plays.js';
import type { BenchmarkDomain, Split } from '../bench/record.js';
import { readResults } from '../bench/results.js';
import { BadInput } from '../core/errors.js';
import type { Issue } from '../core/result.js';
import type { Episode } from '../env/protocol.js';
import { readText } from './read-text.js';

export interface ResumeOptions {
  readonly agent: string;
  readonly split: Split;
  readonly seed: string;
  readonly runs: number;
  readonly out?: string;
  readonly resume: boolean;
}

/** The episodes to go on from; none without --resume, or where there is no file yet. */
export function readDone(domains: readonly BenchmarkDomain[], options: ResumeOptions): readonly Episode[] {
  const { out, split, runs } = options;
  if (!options.resume) return [];
  if (out === undefined)
    throw new BadInput([{ path: '--resume', message: 'needs --out, the file to go on with' }]);
  if (!existsSync(out) || statSync(out).size === 0) return [];
  const read = readResults(readText(out));
  if (!read.ok) throw new BadInput(read.error, out);
  const issues = (['agent', 'split', 'seed'] as const).flatMap((field): Issue[] =>
    read.value[field] === options[field]
      ? []
      : [
          {
            path: field,
            line: 1,
            message: `is '${read.value[field]}', and '${options[field]}' was asked for`,
          },
        ],
  );
  if (read.value.runs > runs) {
    issues.push({ path: 'runs', line: 1, message: `is ${read.value.runs}, and only ${runs} were asked for` });
  }
  const known = new Set(playsOf(domains, split, 1).map(({ task }) => task.id));
  for (const [at, { task }] of read.value.episodes.entries()) {
    const line = read.value.lines[at] ?? 0;
    if (!known.has(task))
      issues.push({ path: 'task', line, message: `'${task}' is not among the tasks given` });
  }
  if (issues.length > 0) throw new BadInput(issues, out);
  return read.value.episodes;
}
