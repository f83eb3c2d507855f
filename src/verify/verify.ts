// Verification of an emitted domain: search procedural cases and run them, judge the laws, compare
// with the interpreter, kill mutants, study the survivors, and let the gate decide. The work is cut
// into jobs whose number and random streams do not depend on how many workers there are.
import { Bug } from '../core/errors.js';
import { formats } from '../core/format.js';
import { hashJson } from '../core/hash.js';
import type { OnProgress } from '../core/progress.js';
import type { Seed } from '../core/rng.js';
import { buildGraph } from '../graph/build.js';
import type { Domain } from '../spec/model.js';
import type { EmittedDomain } from '../emit/emitted-domain.js';
import type { GuestState } from '../../sandbox/guest-api.js';
import { openPool, type Pool } from '../../sandbox/pool.js';
import type { Case } from './case.js';
import { coverageOf, fraction, policyGoals } from './coverage.js';
import { judge } from './gate.js';
import { addDifferential, addLaws, addMutation, addProcedures, type Survived } from './merge.js';
import type { Mutant } from './mutants.js';
import type { MutantGroup } from './mutation.js';
import type { Level, ValidationReport } from './report.js';
import { joinParts, studyCallsPerPart, studyParts } from './study.js';
import { rulesOf } from './rules.js';
import { concerns } from './table-mutants.js';
import { tableGoals } from './table-row-goals.js';
import type { Done, SearchResult, Subject, VerifyJob, Work } from './verify-job.js';

export interface VerifyOptions {
  readonly seed: Seed;
  readonly level: Level;
  readonly workers: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

/** The report, what it rests on, and how long it took. Timings never enter a generated file. */
export interface Verification {
  readonly report: ValidationReport;
  /** The procedural cases, in the order of tools, policies and invariants. */
  readonly procedures: readonly Case[];
  readonly seconds: Seconds;
}

/** Seconds of wall time; the study of survivors is apart from `total`. */
interface Seconds {
  readonly total: number;
  readonly study: number;
  /** Seconds of work, over all workers, by phase. */
  readonly phases: Readonly<Record<string, number>>;
}

/** How much of the work each level does. */
const scale = {
  full: { differential: 24, laws: 6, perUnit: Number.MAX_SAFE_INTEGER, study: studyCallsPerPart },
  sampled: { differential: 4, laws: 2, perUnit: 6, study: 400 },
} as const;

/** Verifies a domain and judges it. The same arguments give the same report, whatever `workers` is. */
export async function verifyDomain(
  domain: Domain,
  emitted: EmittedDomain,
  state: GuestState,
  options: VerifyOptions,
): Promise<Verification> {
  const { workers, signal } = options;
  const pool = openPool({ workers, ...(signal && { signal }) });
  try {
    return await verifyIn(pool, domain, emitted, state, options);
  } finally {
    await pool.close();
  }
}

async function verifyIn(
  pool: Pool,
  domain: Domain,
  emitted: EmittedDomain,
  state: GuestState,
  options: VerifyOptions,
): Promise<Verification> {
  const { level } = options;
  const seed = String(options.seed);
  const subject: Subject = {
    key: `${emitted.hash} ${hashJson(state)} ${seed}`,
    domain,
    emitted,
    state,
    seed,
  };
  const size = scale[level];
  const phases: Record<string, number> = {};
  const perform = async (phase: string, work: readonly Work[]): Promise<readonly Done[]> => {
    const done = await runWork(pool, subject, phase, work, options);
    for (const one of done) phases[one.kind] = (phases[one.kind] ?? 0) + one.seconds;
    return done;
  };
  const started = performance.now();

  const first = await perform('test', [
    { kind: 'mutants', perUnit: size.perUnit },
    ...searches(domain),
    ...Array.from({ length: size.differential }, (_, index): Work => ({ kind: 'differential', index })),
    ...Array.from({ length: size.laws }, (_, index): Work => ({ kind: 'laws', index })),
  ]);
  const found = first.filter((one) => one.kind === 'search').map(({ result }) => result);
  const cases = found.flatMap((one) => one.cases);
  const made = only(first.filter((one) => one.kind === 'mutants')).result;

  const tried = await perform(
    'mutate',
    made.groups.map((group): Work => ({ kind: 'mutation', group, cases: casesFor(group, cases) })),
  );
  const fates = tried.filter((one) => one.kind === 'mutation').flatMap(({ result }) => result);
  const total = (performance.now() - started) / 1000;

  const survivors = survivorsOf(
    made.groups,
    new Set(fates.filter((one) => one.killedBy === null).map(({ id }) => id)),
  );
  const neighbours = neighboursOf(domain);
  const studied = await perform(
    'study survivors',
    survivors.flatMap(({ group, mutants }) =>
      Array.from({ length: studyParts }, (_, part): Work => ({
        kind: 'study',
        group,
        mutants,
        neighbours: neighbours.get(mutants[0]?.unit.at(-1) ?? '') ?? [],
        part,
        calls: size.study,
      })),
    ),
  );
  const studies = studied.filter((one) => one.kind === 'study').flatMap(({ result }) => result);
  const seconds = { total, study: (performance.now() - started) / 1000 - total, phases };

  const report = makeReport(subject, level, found, first, {
    mutants: made.groups.flatMap(({ mutants }) => mutants),
    generated: made.generated,
    invalid: made.invalid,
    survivors: survivors
      .flatMap(({ mutants }) => mutants)
      .map((mutant): Survived => ({
        mutant,
        study: joinParts(studies.filter(({ id }) => id === mutant.id)),
      })),
  });
  return { report, procedures: cases, seconds };
}

function makeReport(
  subject: Subject,
  level: Level,
  found: readonly SearchResult[],
  done: readonly Done[],
  mutation: Parameters<typeof addMutation>[0],
): ValidationReport {
  const { domain, emitted, state, seed } = subject;
  const goals = found.flatMap((one) => one.goals);
  const overall = [...policyGoals(domain.policies, goals), ...tableGoals(domain, goals)];
  const coverage = coverageOf([...goals, ...overall]);
  const measures = {
    level,
    procedures: addProcedures(found),
    laws: addLaws(done.filter((one) => one.kind === 'laws').map(({ result }) => result)),
    differential: addDifferential(
      done.filter((one) => one.kind === 'differential').map(({ result }) => result),
    ),
    mutation: addMutation(mutation),
    completeness: fraction(coverage.required),
    coverage,
  };
  const reasons = judge(measures);
  return {
    format: formats.report,
    domain: domain.id,
    emitted: emitted.hash,
    state: hashJson(state),
    seed,
    admitted: reasons.length === 0,
    reasons,
    size: {
      entities: domain.entities.length,
      tools: domain.tools.length,
      policies: domain.policies.length,
      invariants: domain.invariants.length,
    },
    ...measures,
  };
}

async function runWork(
  pool: Pool,
  subject: Subject,
  phase: string,
  work: readonly Work[],
  { signal, onProgress }: VerifyOptions,
): Promise<readonly Done[]> {
  signal?.throwIfAborted();
  const jobs = work.map((one): VerifyJob => ({ subject, work: one }));
  const answers = await pool.run<VerifyJob, Done>(new URL('./verify-job.js', import.meta.url), jobs, (done) =>
    onProgress?.({ subject: subject.domain.id, phase, done, total: jobs.length }),
  );
  return answers.map((answer) => {
    if (!answer.ok) throw new Bug(`a worker was lost: ${answer.fault.message}`);
    return answer.value;
  });
}

function searches(domain: Domain): Work[] {
  const rules = domain.policies.filter((policy) => rulesOf(domain, policy).length > 0);
  return [
    ...domain.tools.map(({ name }): Work => ({ kind: 'search', of: 'tool', name })),
    ...rules.map(({ id }): Work => ({ kind: 'search', of: 'policy', name: id })),
    ...domain.invariants.map(({ id }): Work => ({ kind: 'search', of: 'invariant', name: id })),
  ];
}

/** The cases of the units that a group mutates. */
function casesFor(group: MutantGroup, cases: readonly Case[]): readonly Case[] {
  const units = new Set(group.mutants.map(({ unit }) => unit.join('/')));
  const tools = new Set([...units].map((unit) => unit.split('/').pop() ?? ''));
  const asking = [...tools].flatMap((table) => group.askers?.[table] ?? []);
  if (asking.length > 0) return cases.filter((one) => asking.some((each) => concerns(one, each)));
  return cases.filter((one) => {
    if (one.kind === 'invariant') return [...units].some((unit) => unit.startsWith('invariants/'));
    return tools.has(one.tool) && (one.kind === 'call') === (group.file === 'tools.ts');
  });
}

/** Survivors by unit: those of one unit share a stream of calls. */
function survivorsOf(
  groups: readonly MutantGroup[],
  alive: ReadonlySet<string>,
): { readonly group: MutantGroup; readonly mutants: readonly Mutant[] }[] {
  return groups.flatMap((group) => {
    const byUnit = new Map<string, Mutant[]>();
    for (const mutant of group.mutants) {
      if (!alive.has(mutant.id)) continue;
      const unit = mutant.unit.join('/');
      byUnit.set(unit, [...(byUnit.get(unit) ?? []), mutant]);
    }
    return [...byUnit.values()].map((mutants) => ({ group, mutants }));
  });
}

function neighboursOf(domain: Domain): ReadonlyMap<string, readonly string[]> {
  const near = new Map<string, Set<string>>();
  for (const { from, to } of buildGraph(domain).edges) {
    near.set(from, (near.get(from) ?? new Set()).add(to));
    near.set(to, (near.get(to) ?? new Set()).add(from));
  }
  return new Map([...near].map(([tool, others]) => [tool, [...others].sort()]));
}

function only<T>(items: readonly T[]): T {
  const [first] = items;
  if (first === undefined || items.length > 1) throw new Bug(`${items.length} results where one was due`);
  return first;
}
