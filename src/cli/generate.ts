// toolgrove generate: specs → proven domains with tasks, a folder each.
import { Command } from 'commander';
import { BadInput } from '../core/errors.js';
import { formatIssue, type Issue } from '../core/result.js';
import { generateDomain, type GenerateOptions } from '../pipeline/generate.js';
import { checkFolderPlace } from '../pipeline/place.js';
import type { DomainSummary } from '../pipeline/summary.js';
import type { Domain } from '../spec/model.js';
import { readSpec } from '../spec/read.js';
import { DidNotHold } from './exit.js';
import type { Run } from './run.js';
import { count, levelOption, replaceOption, workersOption } from './options.js';
import { readText } from './read-text.js';
import { formatTable, percent } from './terminal.js';

type Settings = Omit<GenerateOptions, 'onProgress' | 'signal'>;

export function generateVerb(run: Run): Command {
  return new Command('generate')
    .description(
      'grow domains from specs: emit tools, prove them, compose tasks; exit 1 when one is rejected',
    )
    .argument('<specs...>', 'domain specs (YAML or JSON)')
    .option('--tasks <n>', 'tasks a domain', count(0, 10_000), 100)
    .option('--out <folder>', 'where domains go, a folder each', 'generated')
    .addOption(workersOption())
    .addOption(levelOption())
    .addOption(replaceOption())
    .action(async (specs: string[], options: Settings) => {
      const domains = await generateAll(specs, options, run);
      run.terminal.print(formatDomains(domains));
      run.terminal.json({ domains });
      for (const { path, reasons } of domains)
        for (const reason of reasons) run.terminal.note(`${path}: ${reason}`);
      if (domains.some(({ admitted }) => !admitted)) throw new DidNotHold();
    });
}

/** Generates each spec; what is wrong with any of them, or with its place, is said before any work. */
export async function generateAll(
  paths: readonly string[],
  options: Settings,
  { terminal, signal }: Run,
): Promise<readonly DomainSummary[]> {
  const specs = readSpecs(paths);
  const taken = specs.flatMap(({ domain }) =>
    checkFolderPlace(options.out, domain.id, options.force === true),
  );
  if (taken.length > 0) throw new BadInput(taken);
  const domains: DomainSummary[] = [];
  for (const { path, domain } of specs) {
    const made = await generateDomain(domain, { ...options, onProgress: terminal.onProgress, signal });
    if (!made.ok) throw new BadInput(made.error, path);
    domains.push(made.value);
  }
  return domains;
}

function readSpecs(paths: readonly string[]): readonly { readonly path: string; readonly domain: Domain }[] {
  const issues: Issue[] = [];
  const specs = new Map<string, { readonly path: string; readonly domain: Domain }>();
  for (const path of paths) {
    const read = readSpec(readText(path));
    if (!read.ok) {
      issues.push(...read.error.map((issue) => ({ path: '', message: formatIssue(issue, path) })));
      continue;
    }
    const { id } = read.value;
    const other = specs.get(id);
    if (other === undefined) specs.set(id, { path, domain: read.value });
    else issues.push({ path, message: `its id '${id}' is also the id of ${other.path}` });
  }
  if (issues.length > 0) throw new BadInput(issues);
  return [...specs.values()];
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
