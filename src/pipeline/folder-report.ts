// report.md: what verification found, which attempts became no tasks and why, and how far the grader
// of those that did can be trusted.
import { auditText } from '../certify/audit/audit-text.js';
import { reportText } from '../verify/report-text.js';
import type { DomainFolder } from './folder.js';

/** The report of a folder as Markdown. */
export function folderReport(folder: Omit<DomainFolder, 'reportText'>): string {
  const { report, emitted, audit } = folder;
  const parts = [
    reportText(report, emitted),
    ...(audit === null ? [] : [tasksText(folder), auditText(audit)]),
  ];
  return parts.join('\n');
}

function tasksText({ tasks, rejected }: Pick<DomainFolder, 'tasks' | 'rejected'>): string {
  const searches = tasks.filter(({ certificate }) =>
    certificate.some(({ evidence }) => evidence['capped'] === true),
  );
  const accepted = tasks.filter(({ goal }) => goal.accepts.length > 1);
  return [
    '## Tasks',
    '',
    `${tasks.length} tasks published, each with a certificate of which every line passed. ${accepted.length} of ` +
      `them accept more than one end. Searches cut off at their bound: in ${searches.length} tasks.`,
    '',
    '| Why an attempt became no task | Times |',
    '| --- | --- |',
    ...Object.entries(rejected).map(([reason, count]) => `| ${reason} | ${count} |`),
    '',
  ].join('\n');
}
