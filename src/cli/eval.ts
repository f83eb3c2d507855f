// toolgrove eval: an agent plays tasks, of folders or of a benchmark file.
import { Command, Option } from 'commander';
import { agentNames, checkAgent, isFamily } from '../bench/agents.js';
import { evaluate, evaluateFamily, type EvaluateOptions, type Evaluation } from '../bench/evaluate.js';
import { readBenchmark, selectSplit, type BenchmarkDomain, type Split } from '../bench/record.js';
import { BadInput } from '../core/errors.js';
import { readDomainFolders } from '../pipeline/find-folders.js';
import { checkLoads } from '../pipeline/loads.js';
import { checkFilePlace } from '../pipeline/place.js';
import { addChatOptions, checkChatOptions, evalChat, type ChatOptions } from './eval-chat.js';
import { DidNotHold } from './exit.js';
import { count, forceOption, splitOption, workersOption } from './options.js';
import { readText } from './read-text.js';
import { readDone } from './resume.js';
import type { Run } from './run.js';
import { formatDetails, formatSummaries } from './summary-text.js';
import { percent } from './terminal.js';
import { writeResults } from './write-results.js';

interface EvalOptions extends ChatOptions {
  readonly agent: string;
  readonly benchmark?: string;
  readonly split: Split;
  readonly runs: number;
  readonly seed: string;
  readonly workers: number;
  readonly force: boolean;
  readonly out?: string;
  readonly resume: boolean;
}

export function evalVerb(run: Run): Command {
  const { terminal, signal } = run;
  const command = new Command('eval')
    .description('play an agent over tasks and sum up')
    .argument('[folders...]', "domains' folders, or folders of domains")
    .addOption(
      new Option(
        '--agent <agent>',
        `${agentNames.join(', ')}, chat (a model behind an endpoint); yes, refuse and transfer play all their variants and report the best, refuse:<policy> plays one`,
      ).default('oracle'),
    )
    .option('--benchmark <file>', 'benchmark JSONL, instead of folders')
    .addOption(splitOption('all'))
    .option('--runs <n>', 'episodes a task', count(1, 1000), 1)
    .addOption(workersOption())
    .addOption(forceOption())
    .option('--out <file>', 'write whole trajectories as results JSONL')
    .option('--resume', 'go on with the file of --out: what it judges is not played again', false)
    .action(async (paths: string[], options: EvalOptions) => {
      const domains = await readSource(paths, options.benchmark, options.force);
      requirePlace(options.out, 'results');
      requireTasks(domains, options.split);
      requireAgent(domains, options);
      const settings: EvaluateOptions = { ...options, onProgress: terminal.onProgress, signal };
      if (isFamily(options.agent)) {
        if (options.resume)
          throw new BadInput([{ path: '--resume', message: 'goes on with one agent, not a family' }]);
        const { best, each } = await evaluateFamily(domains, settings);
        await writeResults(options.out, best);
        terminal.print(formatSummaries(each));
        terminal.print(`best: ${best.summary.agent} with ${percent(best.summary.success)}`);
        terminal.json({ ...best.summary, each });
      } else if (options.agent === 'chat') {
        const evaluation = await evalChat(domains, options, run);
        report(evaluation, run);
        if (!evaluation.whole) {
          const { length } = evaluation.episodes;
          terminal.note(`stopped: ${length} episodes are finished; --resume goes on with them`);
        } else if (evaluation.summary.excluded === evaluation.episodes.length) {
          terminal.note('no episode could be judged');
          throw new DidNotHold();
        }
      } else {
        const evaluation = await evaluate(domains, { ...settings, done: readDone(domains, options) });
        await writeResults(options.out, evaluation);
        report(evaluation, run);
      }
      if (options.out !== undefined) terminal.print(`trajectories: ${options.out}`);
    });
  return addChatOptions(command);
}

function report({ summary }: Evaluation, { terminal }: Run): void {
  terminal.print(`${formatSummaries([summary])}\n\n${formatDetails(summary)}`);
  terminal.json(summary);
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

function requireAgent(domains: readonly BenchmarkDomain[], { agent, ...options }: EvalOptions): void {
  const wrong = checkChatOptions(agent, options);
  if (wrong.length > 0) throw new BadInput(wrong);
  if (agent === 'chat') return;
  const problem = checkAgent(
    agent,
    domains.map(({ emitted }) => emitted),
  );
  if (problem !== null) throw new BadInput([problem]);
}
