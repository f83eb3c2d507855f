// toolgrove check-env: whether the environment keeps its promises on the tasks of folders or of a
// benchmark file, a line a check.
import { Command } from 'commander';
import { selectSplit, type BenchmarkDomain, type Split } from '../bench/record.js';
import { BadInput } from '../core/errors.js';
import { checkEnvironment, type CheckFinding } from '../env/check-env.js';
import { checkedWorld } from '../env/check/checked-world.js';
import { loadWorld } from '../world/load.js';
import { readSource } from './eval.js';
import { DidNotHold } from './exit.js';
import { count, forceOption, splitOption } from './options.js';
import type { Run } from './run.js';
import { formatTable } from './terminal.js';

interface CheckOptions {
  readonly benchmark?: string;
  readonly split: Split;
  readonly tasks: number;
  readonly force: boolean;
}

export function checkEnvVerb({ terminal, signal }: Run): Command {
  return new Command('check-env')
    .description('check what every environment promises; exit 1 when a check does not hold')
    .argument('[folders...]', "domains' folders, or folders of domains")
    .option('--benchmark <file>', 'benchmark JSONL, instead of folders')
    .addOption(splitOption('all'))
    .option('--tasks <n>', 'tasks a domain, spread over all of it', count(1, 10_000), 20)
    .addOption(forceOption())
    .action(async (paths: string[], options: CheckOptions) => {
      const domains = await readSource(paths, options.benchmark, options.force);
      const results: { readonly domain: string; readonly findings: readonly CheckFinding[] }[] = [];
      for (const [done, domain] of domains.entries()) {
        const { id } = domain.emitted;
        terminal.onProgress({ subject: id, phase: 'check', done, total: domains.length });
        results.push({ domain: id, findings: await check(domain, options) });
        // Let Ctrl-C through between one domain and the next.
        await new Promise(setImmediate);
        signal.throwIfAborted();
      }
      const rows = results.flatMap(({ domain, findings }) =>
        findings.map(({ check, cases, problem }) => [
          domain,
          check,
          problem === null ? 'holds' : 'FAILS',
          cases.toLocaleString('en'),
        ]),
      );
      terminal.print(formatTable(['domain', 'check', 'result', 'cases'], rows));
      const failed = results.flatMap(({ domain, findings }) =>
        findings.flatMap(({ check, problem }) =>
          problem === null ? [] : [`${domain} ${check}: ${problem}`],
        ),
      );
      for (const line of failed) terminal.note(line);
      terminal.json({ domains: results });
      if (failed.length > 0) throw new DidNotHold();
    });
}

async function check(
  { emitted, state, tasks }: BenchmarkDomain,
  options: CheckOptions,
): Promise<readonly CheckFinding[]> {
  const all = selectSplit(tasks, options.split);
  if (all.length === 0)
    throw new BadInput([{ path: emitted.id, message: `no tasks in split '${options.split}'` }]);
  const every = Math.max(1, all.length / options.tasks);
  const chosen = all.filter((_, at) => Math.floor(at / every) !== Math.floor((at - 1) / every));
  const world = await loadWorld(emitted, state);
  try {
    return checkEnvironment(checkedWorld(world, chosen));
  } finally {
    world.dispose();
  }
}
