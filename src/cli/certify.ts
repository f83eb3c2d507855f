// toolgrove certify: what certificates say, and whether they are what their lines find now.
import { Command } from 'commander';
import type { BenchmarkDomain } from '../bench/record.js';
import { recheckTasks } from '../certify/certify-tasks.js';
import { lines } from '../certify/lines.js';
import type { LineDifference, Recheck } from '../certify/recheck.js';
import { openPool } from '../../sandbox/pool.js';
import { canonicalJson } from '../core/json.js';
import type { CertificateLine } from '../task/task.js';
import { auditVerb, requireTasks } from './certify-audit.js';
import { readSource } from './eval.js';
import { DidNotHold } from './exit.js';
import { forceOption, workersOption } from './options.js';
import type { Run } from './run.js';
import { formatTable } from './terminal.js';

interface CertifyOptions {
  readonly recheck: boolean;
  readonly benchmark?: string;
  readonly workers: number;
  readonly force: boolean;
}

export function certifyVerb(run: Run): Command {
  return new Command('certify')
    .description('show the certificates of tasks; --recheck runs every line again, exit 1 when one differs')
    .argument('[folders...]', "domains' folders, or folders of domains")
    .option('--recheck', 'run every line of every task again and compare', false)
    .option('--benchmark <file>', 'benchmark JSONL, instead of folders')
    .addOption(workersOption())
    .addOption(forceOption())
    .addCommand(auditVerb(run))
    .action(async (paths: string[], options: CertifyOptions) => {
      const domains = await readSource(paths, options.benchmark, options.force);
      requireTasks(domains);
      if (options.recheck) await recheck(domains, options, run);
      else show(domains, run);
    });
}

function show(domains: readonly BenchmarkDomain[], { terminal }: Run): void {
  const certificates = domains.flatMap(({ tasks }) => tasks.map(({ certificate }) => certificate));
  const found = lineNames(certificates).map((line) => lineFigures(line, certificates));
  terminal.print(
    formatTable(
      ['line', 'tasks', 'passed', 'searched', 'capped'],
      found.map(({ line, tasks, passed, searched, capped }) => [
        line,
        String(tasks),
        String(passed),
        searched === 0 ? '' : String(searched),
        searched === 0 ? '' : String(capped),
      ]),
    ),
  );
  terminal.json({ tasks: certificates.length, lines: found });
}

async function recheck(
  domains: readonly BenchmarkDomain[],
  { workers }: CertifyOptions,
  { terminal, signal }: Run,
): Promise<void> {
  const pool = openPool({ workers, signal });
  const checked: Recheck[] = [];
  try {
    for (const domain of domains) {
      const { tasks, emitted } = domain;
      const onDone = (done: number): void =>
        terminal.onProgress({ subject: emitted.id, phase: 'recheck', done, total: tasks.length });
      checked.push(...(await recheckTasks(pool, domain, tasks, onDone)));
    }
  } finally {
    await pool.close();
  }
  const certificates = checked.map(({ certificate }) => certificate);
  const differing = checked.filter(({ differences }) => differences.length > 0);
  const found = lineNames([...certificates, ...differing.map(missingLines)]).map((line) => ({
    ...lineFigures(line, certificates),
    differ: differing.filter(({ differences }) => differences.some((one) => one.line === line)).length,
  }));
  terminal.print(
    formatTable(
      ['line', 'tasks', 'passed', 'differ', 'searched', 'capped'],
      found.map(({ line, tasks, passed, differ, searched, capped }) => [
        line,
        String(tasks),
        String(passed),
        String(differ),
        searched === 0 ? '' : String(searched),
        searched === 0 ? '' : String(capped),
      ]),
    ),
  );
  terminal.print(
    differing.length === 0
      ? `\nall ${checked.length} certificates are what their lines find`
      : `\n${differing.length} of ${checked.length} certificates differ`,
  );
  terminal.json({
    tasks: checked.length,
    lines: found,
    differing: differing.map(({ task, differences }) => ({ task, differences })),
  });
  for (const { task, differences } of differing) {
    for (const difference of differences) terminal.note(`${task} ${describe(difference)}`);
  }
  if (differing.length > 0) throw new DidNotHold();
}

/** Lines that a file has and that no line of ours is called. */
function missingLines({ differences }: Recheck): readonly CertificateLine[] {
  return differences.flatMap(({ file, now }) => (now === null && file !== null ? [file] : []));
}

/** The names of lines, ours first and in their order. */
function lineNames(certificates: readonly (readonly CertificateLine[])[]): readonly string[] {
  const there = new Set(certificates.flat().map(({ line }) => line));
  const ours = lines.map(({ name }) => name).filter((name) => there.has(name));
  return [...new Set([...ours, ...there])];
}

interface LineFigures {
  readonly line: string;
  readonly tasks: number;
  readonly passed: number;
  /** Calls made by searches, and tasks whose search was cut off. */
  readonly searched: number;
  readonly capped: number;
}

function lineFigures(line: string, certificates: readonly (readonly CertificateLine[])[]): LineFigures {
  const mine = certificates.flatMap((certificate) => certificate.filter((one) => one.line === line));
  return {
    line,
    tasks: mine.length,
    passed: mine.filter(({ passed }) => passed).length,
    searched: mine.reduce((total, { evidence }) => total + Number(evidence['searched'] ?? 0), 0),
    capped: mine.filter(({ evidence }) => evidence['capped'] === true).length,
  };
}

function describe({ line, file, now }: LineDifference): string {
  const spell = (one: CertificateLine | null): string =>
    one === null ? 'no such line' : `${one.passed ? 'passed' : 'failed'} ${canonicalJson(one.evidence)}`;
  return `${line}: the file says ${spell(file)}; found ${spell(now)}`;
}
