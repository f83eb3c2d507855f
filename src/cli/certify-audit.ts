// toolgrove certify audit: how often the grader is wrong, on near misses and on independent solutions.
import { Command } from 'commander';
import type { BenchmarkDomain } from '../bench/record.js';
import { auditTasks } from '../certify/certify-tasks.js';
import { errorRate, holdsAudit, sumAudits, type Audit, type AuditSide } from '../certify/audit/audit.js';
import { openPool } from '../../sandbox/pool.js';
import { BadInput } from '../core/errors.js';
import { readSource } from './eval.js';
import { DidNotHold } from './exit.js';
import { forceOption, workersOption } from './options.js';
import type { Run } from './run.js';
import { formatTable, percent } from './terminal.js';

interface AuditOptions {
  readonly benchmark?: string;
  readonly workers: number;
  readonly force: boolean;
}

interface DomainAudit {
  readonly id: string;
  readonly audit: Audit;
}

export function auditVerb({ terminal, signal }: Run): Command {
  return new Command('audit')
    .description('play near misses and independent solutions; exit 1 when the grader errs too often')
    .argument('[folders...]', "domains' folders, or folders of domains")
    .option('--benchmark <file>', 'benchmark JSONL, instead of folders')
    .addOption(workersOption())
    .addOption(forceOption())
    .action(async (paths: string[], { benchmark, workers, force }: AuditOptions) => {
      const domains = await readSource(paths, benchmark, force);
      requireTasks(domains);
      const pool = openPool({ workers, signal });
      const audits: DomainAudit[] = [];
      try {
        for (const domain of domains) {
          const { tasks, emitted } = domain;
          const onDone = (done: number): void =>
            terminal.onProgress({ subject: emitted.id, phase: 'audit', done, total: tasks.length });
          audits.push({ id: emitted.id, audit: sumAudits(await auditTasks(pool, domain, tasks, onDone)) });
        }
      } finally {
        await pool.close();
      }
      terminal.print(formatAudits(audits));
      for (const { audit } of audits) terminal.print(`\n${formatKinds(audit)}`);
      terminal.json({ domains: audits });
      for (const { audit } of audits) {
        for (const { task, what, kind, detail, reason } of audit.exceptions) {
          terminal.note(`${what}: ${task}, ${kind} (${detail}): ${reason}`);
        }
      }
      if (!audits.every(({ audit }) => holdsAudit(audit))) throw new DidNotHold();
    });
}

/** Says that there is nothing to do before it is done. */
export function requireTasks(domains: readonly BenchmarkDomain[]): void {
  if (domains.every(({ tasks }) => tasks.length === 0)) {
    throw new BadInput([{ path: '', message: 'there are no tasks' }]);
  }
}

function formatAudits(audits: readonly DomainAudit[]): string {
  return formatTable(
    ['domain', 'tasks', 'near misses', 'equivalent', 'accepted', 'rate', 'solutions', 'rejected', 'rate'],
    audits.map(({ id, audit: { tasks, nearMisses, solutions } }) => [
      id,
      String(tasks),
      String(nearMisses.played),
      String(Object.values(nearMisses.equivalent).reduce((sum, count) => sum + count, 0)),
      ...wrong(nearMisses),
      String(solutions.played),
      ...wrong(solutions),
    ]),
  );
}

function wrong(side: AuditSide): readonly string[] {
  return [String(side.wrong), percent(errorRate(side), 2)];
}

function formatKinds({ nearMisses, solutions }: Audit): string {
  return formatTable(
    ['kind', 'played', 'wrong'],
    [...Object.entries(nearMisses.kinds), ...Object.entries(solutions.kinds)].map(([kind, count]) => [
      kind,
      String(count.played),
      String(count.wrong),
    ]),
  );
}
