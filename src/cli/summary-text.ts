// The figures of evaluations as tables: one row an agent; of a single agent also where it is good, how
// its talks ended and what it broke.
import type { GroupFigures, Summary } from '../bench/summarise.js';
import { formatTable, percent } from './terminal.js';

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
      range(summary.interval),
      String(summary.policyViolations),
      String(summary.wrongWrites),
      String(summary.faults),
      summary.meanSteps.toFixed(1),
      summary.meanCandidates === 0 ? '' : summary.meanCandidates.toFixed(0),
      summary.pace.stepsPerSecond.toFixed(0),
    ]),
  );
}

/** What else there is to say of one agent; the lines that would say nothing are left out. */
export function formatDetails(summary: Summary): string {
  const { passK, neverSolved, excluded, usage, pace } = summary;
  const groups = [
    ...Object.entries(summary.byKind).map(([kind, figures]) => [`kind ${kind}`, figures] as const),
    ...Object.entries(summary.byDifficulty).flatMap(([feature, bins]) =>
      bins.map((figures) => [`${feature} ${figures.values}`, figures] as const),
    ),
  ];
  const passes = Object.entries(passK);
  const shown = neverSolved.slice(0, mostShown).join(', ');
  const more = neverSolved.length > mostShown ? ', …' : '';
  const lines = [
    formatTable(['tasks of', 'tasks', 'success', 'interval', 'violations', 'wrong writes'], groups.map(row)),
    '',
    counted('ends', summary.ends),
    counted('violations', summary.byPolicy),
    counted('faults', summary.byFault),
    excluded === 0 ? '' : `excluded: ${excluded} episodes that broke outside the agent`,
    passes.length < 2 ? '' : passes.map(([k, share]) => `pass^${k} ${percent(share)}`).join(' · '),
    neverSolved.length === 0
      ? ''
      : `never solved: ${neverSolved.length} of ${summary.tasks} tasks (${shown}${more})`,
    usage === undefined
      ? ''
      : `asked: ${number(usage.requests)} requests (${number(usage.retries)} of them again), ` +
        `${number(usage.promptTokens)} prompt and ${number(usage.completionTokens)} completion tokens` +
        (pace.requestsPerSecond === undefined ? '' : `, ${pace.requestsPerSecond.toFixed(1)} requests/s`),
  ];
  return lines.filter((line, at) => line !== '' || at === 1).join('\n');
}

const mostShown = 5;

function row([name, figures]: readonly [string, GroupFigures]): readonly string[] {
  return [
    name,
    String(figures.tasks),
    percent(figures.success),
    range(figures.interval),
    String(figures.policyViolations),
    String(figures.wrongWrites),
  ];
}

function counted(what: string, counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).map(([name, count]) => `${name} ${number(count)}`);
  return parts.length === 0 ? '' : `${what}: ${parts.join(' · ')}`;
}

function range(interval: readonly [number, number]): string {
  return interval.map((bound) => percent(bound)).join('–');
}

function number(count: number): string {
  return count.toLocaleString('en');
}
