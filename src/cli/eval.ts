// toolgrove eval: an agent plays tasks, of folders or of a benchmark file.
import { Command, Option } from 'commander';
import { agentNames, checkAgent, isFamily } from '../bench/agents.js';
import {
  evaluate,
  evaluateFamily,
  type EvaluateOptions,
  type Evaluation,
  type Summary,
} from '../bench/evaluate.js';
import { readBenchmark, selectSplit, type BenchmarkDomain, type Split } from '../bench/record.js';
import { resultLines } from '../bench/results.js';
import { BadInput } from '../core/errors.js';
import { readDomainFolders } from '../pipeline/find-folders.js';
import { checkLoads } from '../pipeline/loads.js';
import { checkFilePlace } from '../pipeline/place.js';
import { writeFileWhole } from '../pipeline/write-folder.js';
import type { Run } from './run.js';
import { count, forceOption, splitOption, workersOption } from './options.js';
import { readText } from './read-text.js';
import { formatTable, percent } from './terminal.js';

interface EvalOptions {
  readonly agent: string;
  readonly benchmark?: string;
  readonly split: Split;
  readonly runs: number;
  readonly seed: string;
  readonly workers: number;
  readonly force: boolean;
  readonly out?: string;
}

export function evalVerb({ terminal, signal }: Run): Command {
  return new Command('eval')
    .description('play an agent over tasks and sum up')
    .argument('[folders...]', "domains' folders, or folders of domains")
    .addOption(
      new Option(
        '--agent <agent>',
        `${agentNames.join(', ')}; refuse and transfer play all their variants and report the best, refuse:<policy> plays one`,
      ).default('oracle'),
    )
    .option('--benchmark <file>', 'benchmark JSONL, instead of folders')
    .addOption(splitOption('all'))
    .option('--runs <n>', 'episodes a task', count(1, 1000), 1)
    .addOption(workersOption())
    .addOption(forceOption())
    .option('--out <file>', 'write whole trajectories as results JSONL')
    .action(async (paths: string[], options: EvalOptions) => {
      const domains = await readSource(paths, options.benchmark, options.force);
      requirePlace(options.out, 'results');
      requireTasks(domains, options.split);
      requireAgent(domains, options.agent);
      const settings: EvaluateOptions = { ...options, onProgress: terminal.onProgress, signal };
      if (isFamily(options.agent)) {
        const { best, each } = await evaluateFamily(domains, settings);
        await writeResults(options.out, best);
        terminal.print(formatSummaries(each));
        terminal.print(`best: ${best.summary.agent} with ${percent(best.summary.success)}`);
        terminal.json({ ...best.summary, each });
      } else {
        const evaluation = await evaluate(domains, settings);
        await writeResults(options.out, evaluation);
        terminal.print(formatSummaries([evaluation.summary]));
        terminal.json(evaluation.summary);
      }
      if (options.out !== undefined) terminal.print(`trajectories: ${options.out}`);
    });
}

/** The domains and tasks of folders or of a benchmark file. */
export async function readSource(
  paths: readonly string[],
  benchmark: string | undefined,
  force: boolean,
): Promise<readonly BenchmarkDomain[]> {
  if (benchmark === undefined) {
    if (paths.length === 0)
      throw new BadInput([{ path: '', message: 'name a folder, or a file with --benchmark' }]);
    return readDomainFolders(paths, force);
  }
  if (paths.length > 0)
    throw new BadInput([{ path: '', message: 'folders and --benchmark exclude each other' }]);
  const read = readBenchmark(readText(benchmark));
  if (!read.ok) throw new BadInput(read.error, benchmark);
  for (const { emitted, state } of read.value) {
    const problem = await checkLoads(emitted, state);
    if (problem !== null) throw new BadInput([{ path: emitted.id, message: problem }], benchmark);
  }
  return read.value;
}

export function formatSummaries(summaries: readonly Summary[]): string {
  return formatTable(
    [
      'agent',
      'tasks',
      'episodes',
      'success',
      'interval',
      'violations',
      'wrong writes',
      'faults',
      'steps',
      'candidates',
      'steps/s',
    ],
    summaries.map((summary) => [
      summary.agent,
      String(summary.tasks),
      String(summary.episodes),
      percent(summary.success),
      summary.interval.map((bound) => percent(bound)).join('–'),
      String(summary.policyViolations),
      String(summary.wrongWrites),
      String(summary.faults),
      summary.meanSteps.toFixed(1),
      summary.meanCandidates === 0 ? '' : summary.meanCandidates.toFixed(0),
      summary.stepsPerSecond.toFixed(0),
    ]),
  );
}

/** Says before the work that a file cannot go where it should. */
export function requirePlace(path: string | undefined, format: 'benchmark' | 'results'): void {
  const taken = path === undefined ? [] : checkFilePlace(path, format);
  if (taken.length > 0) throw new BadInput(taken);
}

function requireTasks(domains: readonly BenchmarkDomain[], split: Split): void {
  if (domains.every(({ tasks }) => selectSplit(tasks, split).length === 0)) {
    throw new BadInput([{ path: '', message: `no tasks in split '${split}'` }]);
  }
}

function requireAgent(domains: readonly BenchmarkDomain[], agent: string): void {
  const problem = checkAgent(
    agent,
    domains.map(({ emitted }) => emitted),
  );
  if (problem !== null) throw new BadInput([problem]);
}

async function writeResults(path: string | undefined, evaluation: Evaluation): Promise<void> {
  if (path === undefined) return;
  await writeFileWhole(path, [...resultLines(evaluation)].map((line) => `${line}\n`).join(''));
}
