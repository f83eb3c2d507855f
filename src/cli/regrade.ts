// toolgrove regrade: saved trajectories scored again, without playing.
import { Command } from 'commander';
import { readResults } from '../bench/results.js';
import { regrade, type GradeChange } from '../bench/regrade.js';
import { BadInput } from '../core/errors.js';
import { readSource, requirePlace } from './eval.js';
import { forceOption } from './options.js';
import { readText } from './read-text.js';
import type { Run } from './run.js';
import { formatDetails, formatSummaries } from './summary-text.js';
import { writeResults } from './write-results.js';

interface RegradeOptions {
  readonly benchmark?: string;
  readonly out?: string;
  readonly force: boolean;
}

export function regradeVerb({ terminal }: Run): Command {
  return new Command('regrade')
    .description('score saved trajectories again without playing, and list what changed')
    .argument('<results>', 'results JSONL of eval')
    .argument('[folders...]', "domains' folders that the tasks are from", ['generated'])
    .option('--benchmark <file>', 'benchmark JSONL, instead of folders')
    .option('--out <file>', 'write the results as they are graded now')
    .addOption(forceOption())
    .action(async (file: string, paths: string[], options: RegradeOptions) => {
      requirePlace(options.out, 'results');
      const results = readResults(readText(file));
      if (!results.ok) throw new BadInput(results.error, file);
      const domains = await readSource(
        options.benchmark === undefined ? paths : [],
        options.benchmark,
        options.force,
      );
      const regraded = await regrade(domains, results.value);
      if (!regraded.ok) throw new BadInput(regraded.error, file);
      const { changes, summary } = regraded.value;
      await writeResults(options.out, regraded.value);
      terminal.print(`${formatSummaries([summary])}\n\n${formatDetails(summary)}\n`);
      for (const change of changes) terminal.print(describe(change));
      terminal.print(`${changes.length} of ${summary.episodes} grades changed`);
      if (options.out !== undefined) terminal.print(`results: ${options.out}`);
      const { pace: _, ...figures } = summary;
      terminal.json({ summary: figures, changes });
    });
}

/** `line 4 library-do-2a61 run 0: solved → failed; policy 1 → 0; violates own_records@6`. */
function describe({ line, task, run, end, parts, policies }: GradeChange): string {
  const ends = end[0] === end[1] ? end[0] : `${end[0]} → ${end[1]}`;
  const values = Object.entries(parts).map(([part, moved]) => `${part} ${moved.map(short).join(' → ')}`);
  const [before, after] = policies.map((list) => (list.length === 0 ? 'nothing' : list.join(', ')));
  const broken = before === after ? [] : [`violates ${after ?? ''} (before: ${before ?? ''})`];
  return `line ${line} ${task} run ${run}: ${[ends, ...values, ...broken].join('; ')}`;
}

function short(value: number | null): string {
  return value === null ? 'none' : String(Math.round(value * 1000) / 1000);
}
