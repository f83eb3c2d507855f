// report.md: what verification found, for a person. No timings: they are not the domain's.
import type { EmittedDomain } from '../emit/emitted-domain.js';
import { fraction } from './coverage.js';
import { describeLevel, percent, thresholds } from './gate.js';
import type { LawBreach } from './laws.js';
import type { Mismatch } from './differential.js';
import type { CaseFailure, Coverage, Survivor, ValidationReport } from './report.js';

/** The report as Markdown. */
export function reportText(report: ValidationReport, emitted: Pick<EmittedDomain, 'title' | 'id'>): string {
  const sections = [
    heading(report, emitted.title),
    verdict(report),
    measures(report),
    failures(report),
    mutants(report),
    survivors(report.mutation.survivors),
    missing(report),
    replay(),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function heading(report: ValidationReport, title: string): string {
  const { entities, tools, policies, invariants } = report.size;
  return [
    `# ${title}: ${report.admitted ? 'admitted' : 'not admitted'}`,
    '',
    `${entities} entities, ${tools} tools, ${policies} policies, ${invariants} invariants · ` +
      `seed ${report.seed} · level ${describeLevel(report.level)}`,
    '',
    `Emitted code \`${report.emitted}\` on seed state \`${report.state}\`.`,
  ].join('\n');
}

function verdict({ admitted, reasons }: ValidationReport): string {
  if (admitted) return 'Every check below held.';
  return ['What speaks against it:', '', ...reasons.map((reason) => `- ${reason}`)].join('\n');
}

function measures(report: ValidationReport): string {
  const { procedures, laws, differential, mutation, coverage } = report;
  const checks = Object.values(laws.checks).reduce((sum, count) => sum + count, 0);
  const rows = [
    [
      'Procedural cases',
      `${procedures.verdicts.success} succeed, ${procedures.verdicts['anticipated-rejection']} are refused as declared, ` +
        `${procedures.verdicts['unexpected-failure']} fail`,
      '0 fail',
    ],
    [
      'Differential',
      `${number(differential.calls)} calls (${number(differential.succeeded)} succeed), ` +
        `${number(differential.guards)} guard and ${number(differential.invariants)} invariant judgements, ` +
        `${differential.mismatches} mismatches`,
      `0 in ${number(thresholds.differentialCalls)} or more`,
    ],
    ['Laws', `${number(checks)} checks, ${laws.breaches.length} breaches`, '0 breaches'],
    [
      'Mutation',
      `${mutation.killed} of ${mutation.total} mutants caught by the procedural cases alone: ${percent(mutation.score)}`,
      `at least ${percent(thresholds.mutation)}`,
    ],
    ['Completeness', `${share(coverage.required)} required goals reached`, 'all'],
    ['Boundaries', `${share(coverage.boundaries)} reached`, '–'],
    ['Small wrong specs', `${share(coverage.variants)} told apart`, '–'],
  ];
  const lawRows = Object.entries(laws.checks).map(([law, count]) => [law, number(count)]);
  return [
    table(['Check', 'Found', 'Asked for'], rows),
    '',
    '## Laws',
    '',
    table(['Law', 'Checks'], lawRows),
  ].join('\n');
}

function failures({ procedures, laws, differential }: ValidationReport): string {
  const parts = [
    ...procedures.failures.map(describeFailure),
    ...laws.breaches.map(describeBreach),
    ...differential.first.map(describeMismatch),
  ];
  return parts.length === 0 ? '' : ['## Failures, shrunk', ...parts].join('\n\n');
}

function describeFailure({ case: one, enough, expected, got }: CaseFailure): string {
  const call =
    one.kind === 'invariant' ? 'the invariants' : `\`${one.tool}\` ${code(JSON.stringify(one.args))}`;
  return [
    `### Case ${one.id}`,
    '',
    `${call} on the seed state with ${one.patch.length} changed rows, of which ${enough.length} are needed to fail:`,
    '',
    ...enough.map(({ entity, id, after }) => `- ${entity} ${id}: ${code(JSON.stringify(after))}`),
    '',
    `- expected: ${code(expected ?? '')}`,
    `- got: ${code(got ?? '')}`,
    `- replay: ${command(one.id)}`,
  ].join('\n');
}

function describeBreach({ id, law, what, calls, patch }: LawBreach): string {
  return [
    `### Law of ${law}: ${what}`,
    '',
    ...callList(calls, patch.length),
    `- replay: ${command(id)}`,
  ].join('\n');
}

function describeMismatch({ id, what, expected, got, calls, patch }: Mismatch): string {
  return [
    `### ${what} differs from the interpreter's`,
    '',
    ...callList(calls, patch.length),
    `- interpreter: ${code(expected)}`,
    `- emitted code: ${code(got)}`,
    `- replay: ${command(id)}`,
  ].join('\n');
}

function callList(calls: Mismatch['calls'], patched: number): string[] {
  return [
    `On the seed state with ${patched} changed rows:`,
    '',
    ...calls.map(({ tool, args, caller }, index) => {
      const by = caller === null ? '' : ` (caller ${caller})`;
      return `${index + 1}. \`${tool}\` ${code(JSON.stringify(args))}${by}`;
    }),
    '',
  ];
}

function mutants({ mutation }: ValidationReport): string {
  const rows = Object.entries(mutation.byOperator).map(([operator, { killed, survived }]) => [
    operator,
    String(killed),
    String(survived),
  ]);
  if (rows.length === 0) return '';
  return [
    '## Mutants',
    '',
    `${number(mutation.generated)} small wrong versions of tools.ts and guards.ts. ${mutation.invalid} do not ` +
      `type-check or change nothing; ${mutation.equivalent} survivors showed no difference in a study and are not counted.`,
    '',
    table(['Operator', 'Caught', 'Survived'], rows),
  ].join('\n');
}

function survivors(found: readonly Survivor[]): string {
  if (found.length === 0) return '';
  const parts = found.map(({ unit, operator, diff, study }) => {
    const outcome = study.equivalent
      ? study.proven === true
        ? `the same in each of ${number(study.calls)} cases, which are all there are: equivalent`
        : `no difference in ${number(study.calls)} calls: counts as equivalent`
      : `differs: ${cut(study.difference ?? '')}`;
    return [`**${unit}** (${operator}) ${outcome}`, '', '```diff', diff, '```'].join('\n');
  });
  return ['## Survivors', ...parts].join('\n\n');
}

function missing({ coverage }: ValidationReport): string {
  const parts = [
    ['Required', coverage.required],
    ['Boundaries', coverage.boundaries],
    ['Small wrong specs that no case tells apart', coverage.variants],
  ] as const;
  const shown = parts.filter(([, part]) => part.missing.length > 0);
  if (shown.length === 0) return '';
  return [
    '## Not reached',
    ...shown.map(([name, part]) => `${name}:\n\n${part.missing.map((goal) => `- ${goal}`).join('\n')}`),
  ].join('\n\n');
}

function replay(): string {
  return [
    '## Replay',
    '',
    `Every line of procedures.jsonl runs on its own: ${command('<id>')} with the folder that holds this report.`,
  ].join('\n');
}

function command(id: string): string {
  return `\`toolgrove verify <folder> --case '${id}'\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function share(coverage: Coverage): string {
  return `${coverage.reached} of ${coverage.total} (${percent(fraction(coverage))})`;
}

function number(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

function code(text: string): string {
  return `\`${cut(text).replaceAll('`', "'")}\``;
}

function cut(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
