// toolgrove verify: proves generated domains again, or replays one case of them.
import { Command } from 'commander';
import { BadInput } from '../core/errors.js';
import { readDomainFolders } from '../pipeline/find-folders.js';
import type { DomainFolder } from '../pipeline/folder.js';
import { summariseDomain, type DomainSummary } from '../pipeline/summary.js';
import { replayCase } from '../verify/replay.js';
import { reportText } from '../verify/report-text.js';
import type { Level } from '../verify/report.js';
import { verifyDomain } from '../verify/verify.js';
import { DidNotHold } from './exit.js';
import { formatDomains } from './generate.js';
import type { Run } from './run.js';
import { forceOption, levelOption, seedOption, workersOption } from './options.js';

interface VerifyOptions {
  readonly level: Level;
  readonly workers: number;
  readonly force: boolean;
  readonly case?: string;
  readonly seed?: string;
}

export function verifyVerb(run: Run): Command {
  return new Command('verify')
    .description('prove generated domains again; exit 1 when one is not admitted')
    .argument('<folders...>', "domains' folders, or folders of domains")
    .addOption(levelOption())
    .addOption(workersOption())
    .addOption(forceOption())
    .addOption(seedOption("other random streams than under the folder's own seed"))
    .option('--case <id>', 'replay one procedural case, mismatch or breach')
    .action(async (paths: string[], options: VerifyOptions) => {
      const folders = await readDomainFolders(paths, options.force);
      if (options.case !== undefined) return replay(folders, options.case, run);
      const domains: DomainSummary[] = [];
      for (const folder of folders) domains.push(await prove(folder, options, run));
      run.terminal.print(formatDomains(domains));
      run.terminal.json({ domains });
      if (domains.some(({ admitted }) => !admitted)) throw new DidNotHold();
    });
}

/** Verifies under the seed of the folder unless another was given. */
async function prove(
  folder: DomainFolder & { readonly path: string },
  { level, workers, seed = folder.seed }: VerifyOptions,
  { terminal, signal }: Run,
): Promise<DomainSummary> {
  const { domain, emitted, state } = folder;
  const { onProgress } = terminal;
  const { report, seconds } = await verifyDomain(domain, emitted, state, {
    seed,
    level,
    workers,
    onProgress,
    signal,
  });
  terminal.print(reportText(report, emitted));
  return summariseDomain(
    folder.path,
    report,
    { ...folder, seed },
    { verify: seconds.total, study: seconds.study },
  );
}

async function replay(folders: readonly DomainFolder[], id: string, { terminal }: Run): Promise<void> {
  for (const folder of folders) {
    const replayed = await replayCase(folder, id);
    if (replayed === null) continue;
    for (const line of replayed.lines) terminal.print(line);
    terminal.json(replayed);
    if (!replayed.held) throw new DidNotHold();
    return;
  }
  throw new BadInput([{ path: '--case', message: `there is no case '${id}'` }]);
}
