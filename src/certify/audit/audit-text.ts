// The audit as a part of report.md.
import type { Audit, AuditSide } from './audit.js';
import { errorRate } from './audit.js';

/** A section of Markdown: both error rates, what was played by kind, and every exception. */
export function auditText(audit: Audit): string {
  const { tasks, nearMisses, solutions, exceptions } = audit;
  return [
    '## Grader audit',
    '',
    `Over ${tasks} tasks. A near miss differs from gold in one thing and must not be paid; an independent ` +
      'solution does what is asked in another way and must be. A near miss that was paid and yet leaves the ' +
      'rows that gold leaves, by the reference interpreter, breaks no rule and says what gold says was no ' +
      'miss: it is counted as equivalent, by why.',
    '',
    ...table(
      ['', 'Played', 'Equivalent', 'Wrong', 'Rate'],
      [
        ['Near misses paid', ...figures(nearMisses)],
        ['Independent solutions not paid', ...figures(solutions)],
      ],
    ),
    '',
    ...table(
      ['Kind', 'Played', 'Wrong'],
      [...Object.entries(nearMisses.kinds), ...Object.entries(solutions.kinds)].map(([kind, count]) => [
        kind,
        String(count.played),
        String(count.wrong),
      ]),
    ),
    '',
    ...Object.entries(nearMisses.equivalent).map(([reason, count]) => `- equivalent: ${reason}: ${count}`),
    ...(exceptions.length === 0 ? ['- exceptions: none'] : []),
    ...exceptions.map(
      ({ task, what, kind, detail, reason }) => `- ${what}: ${task}, ${kind} (${detail}): ${reason}`,
    ),
    '',
  ].join('\n');
}

function figures(side: AuditSide): readonly string[] {
  const equivalent = Object.values(side.equivalent).reduce((sum, count) => sum + count, 0);
  return [
    String(side.played),
    String(equivalent),
    String(side.wrong),
    `${(100 * errorRate(side)).toFixed(2)}%`,
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}
