// toolgrove generate: specs → proven domains with tasks, a folder each.
import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { BadInput } from '../core/errors.js';
import { generateDomain, type GenerateOptions } from '../pipeline/generate.js';
import type { DomainSummary } from '../pipeline/summary.js';
import { DidNotHold } from './exit.js';
import type { Run } from './run.js';
import { count, levelOption, workersOption } from './options.js';
import { formatTable, percent } from './terminal.js';

type Settings = Omit<GenerateOptions, 'onProgress' | 'signal'>;

export function generateVerb(run: Run): Command {
  return new Command('generate')
    .description('grow domains from specs: emit tools, prove them, compose tasks')
    .argument('<specs...>', 'domain specs (YAML or JSON)')
    .option('--tasks <n>', 'tasks a domain', count(0, 10_000), 100)
    .option('--out <folder>', 'where domains go', 'generated')
    .addOption(workersOption())
    .addOption(levelOption())
    .action(async (specs: string[], options: Settings) => {
      const domains = await generateAll(specs, options, run);
      run.terminal.print(formatDomains(domains));
      run.terminal.json({ domains });
      for (const { path, reasons } of domains)
        for (const reason of reasons) run.terminal.note(`${path}: ${reason}`);
      if (domains.some(({ admitted }) => !admitted)) throw new DidNotHold();
    });
}

/** Generates each spec; bad input of any of them is found before anything is written. */
export async function generateAll(
  paths: readonly string[],
  options: Settings,
  { terminal, signal }: Run,
): Promise<readonly DomainSummary[]> {
  const sources = await Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(path, 'utf8') })),
  );
  const domains: DomainSummary[] = [];
  for (const { path, text } of sources) {
    const made = await generateDomain(text, { ...options, onProgress: terminal.onProgress, signal });
    if (!made.ok) throw new BadInput(made.error, path);
    domains.push(made.value);
  }
  return domains;
}

export function formatDomains(domains: readonly DomainSummary[]): string {
  return formatTable(
    [
      'domain',
      'admitted',
      'entities',
      'tools',
      'policies',
      'calls compared',
      'mismatches',
      'mutants caught',
      'complete',
      'tasks',
      'seconds',
    ],
    domains.map((domain) => [
      domain.id,
      domain.admitted ? 'yes' : 'no',
      String(domain.entities),
      String(domain.tools),
      String(domain.policies),
      domain.differential.calls.toLocaleString('en'),
      String(domain.differential.mismatches),
      percent(domain.mutation.score),
      percent(domain.completeness),
      String(domain.tasks.published),
      domain.seconds.toFixed(1),
    ]),
  );
}
