// What a worker does for verification: one job of a kind. What jobs share (the domain, its guest, its
// schemas) is made once a worker and domain.
import type { JsonObject } from '../core/json.js';
import type { Domain, Tool } from '../spec/model.js';
import type { EmittedDomain } from '../emit/emitted-domain.js';
import type { Guest, GuestState } from '../../sandbox/guest-api.js';
import { createGuest } from '../../sandbox/host.js';
import { createArgumentChecker, type ArgumentChecker } from '../world/arguments.js';
import { createRowChecker } from '../world/row-checker.js';
import type { Case, GoalOutcome } from './case.js';
import { runDifferential, type DifferentialResult } from './differential.js';
import { layGround, type Ground } from './draft.js';
import { runLaws, type LawsResult } from './laws.js';
import type { Mutant } from './mutants.js';
import { runMutants, withMutants, type MutantFate, type MutantGroup } from './mutation.js';
import type { CaseFailure } from './report.js';
import { prepareCase, runCase } from './run-case.js';
import { shrinkPatch } from './shrink-case.js';
import { searchTool } from './search.js';
import { rulesOf } from './rules.js';
import { searchRule } from './search-guards.js';
import { searchInvariant } from './search-invariants.js';
import { studySurvivors, type StudyResult } from './study.js';

/** What all jobs of a verification are about. */
export interface Subject {
  readonly key: string;
  readonly domain: Domain;
  readonly emitted: EmittedDomain;
  readonly state: GuestState;
  readonly seed: string;
}

export type Work =
  | { readonly kind: 'search'; readonly of: 'tool' | 'policy' | 'invariant'; readonly name: string }
  | { readonly kind: 'differential'; readonly index: number }
  | { readonly kind: 'laws'; readonly index: number }
  | { readonly kind: 'mutants'; readonly perUnit: number }
  | { readonly kind: 'mutation'; readonly group: MutantGroup; readonly cases: readonly Case[] }
  | {
      readonly kind: 'study';
      readonly group: MutantGroup;
      readonly mutants: readonly Mutant[]; // of one unit
      readonly neighbours: readonly string[];
      readonly part: number;
      readonly calls: number;
    };

export interface SearchResult {
  readonly cases: readonly Case[];
  readonly goals: readonly GoalOutcome[];
  readonly failures: readonly CaseFailure[];
}

export interface MutantsResult {
  readonly groups: readonly MutantGroup[];
  readonly generated: number;
  readonly invalid: number;
}

/** What each kind of work gives, with the seconds it took. */
export type Done = { readonly seconds: number } & (
  | { readonly kind: 'search'; readonly result: SearchResult }
  | { readonly kind: 'differential'; readonly result: DifferentialResult }
  | { readonly kind: 'laws'; readonly result: LawsResult }
  | { readonly kind: 'mutants'; readonly result: MutantsResult }
  | { readonly kind: 'mutation'; readonly result: readonly MutantFate[] }
  | { readonly kind: 'study'; readonly result: readonly StudyResult[] }
);

export interface VerifyJob {
  readonly subject: Subject;
  readonly work: Work;
}

interface Workshop {
  readonly key: string;
  readonly ground: Ground;
  readonly arguments: ArgumentChecker;
  guest: Guest | undefined;
  mutated: { readonly group: string; readonly guest: Guest } | undefined;
}

let workshop: Workshop | undefined;

/** The entry of a worker thread. */
export async function runJob({ subject, work }: VerifyJob): Promise<Done> {
  const shop = enter(subject);
  const started = performance.now();
  const done = await perform(shop, subject, work);
  return { ...done, seconds: (performance.now() - started) / 1000 };
}

type Outcome = Done extends infer One ? (One extends Done ? Omit<One, 'seconds'> : never) : never;

async function perform(shop: Workshop, subject: Subject, work: Work): Promise<Outcome> {
  const { ground } = shop;
  const fits = (tool: string, args: JsonObject): boolean => shop.arguments.problems(tool, args) === null;
  switch (work.kind) {
    case 'search': {
      const found = search(ground, subject, work.of, work.name, fits);
      return { kind: 'search', result: { ...found, failures: await judge(shop, subject, found.cases) } };
    }
    case 'differential': {
      const guest = await guestOf(shop, subject);
      return { kind: 'differential', result: runDifferential(ground, guest, subject.seed, work.index, fits) };
    }
    case 'laws': {
      const twin = await createGuest({ modules: subject.emitted.compiled }, subject.state);
      const guests = [await guestOf(shop, subject), twin] as const;
      const rows = createRowChecker(subject.emitted.stateSchema);
      const bench = { ground, emitted: subject.emitted, guests, arguments: shop.arguments, rows };
      const result = runLaws(bench, subject.seed, work.index);
      twin.dispose();
      return { kind: 'laws', result };
    }
    case 'mutants': {
      // The compiler is heavy: only this job loads it.
      const { makeMutants } = await import('./make-mutants.js');
      return { kind: 'mutants', result: makeMutants(subject.domain, subject.emitted, work.perUnit) };
    }
    case 'mutation': {
      const guest = await mutatedGuest(shop, subject, work.group);
      return { kind: 'mutation', result: runMutants(guest, work.group, work.cases) };
    }
    default: {
      const group = { ...work.group, mutants: work.mutants };
      const guest = await mutatedGuest(shop, subject, group);
      const { mutants, neighbours, part, calls } = work;
      return {
        kind: 'study',
        result: studySurvivors(ground, guest, mutants, neighbours, subject.seed, part, calls),
      };
    }
  }
}

type Found = Pick<SearchResult, 'cases' | 'goals'>;

function search(
  ground: Ground,
  { seed }: Subject,
  of: 'tool' | 'policy' | 'invariant',
  name: string,
  fits: (tool: string, args: JsonObject) => boolean,
): Found {
  const { domain } = ground;
  if (of === 'tool') {
    const tool = domain.tools.find((one): one is Tool => one.name === name);
    return tool === undefined ? { cases: [], goals: [] } : searchTool(ground, tool, seed, fits);
  }
  const policies = domain.policies.filter(({ id }) => of === 'policy' && id === name);
  const rules = policies.flatMap((policy) => rulesOf(domain, policy));
  const invariants = domain.invariants.filter(({ id }) => of === 'invariant' && id === name);
  const parts: readonly Found[] = [
    ...rules.map((rule) => searchRule(ground, rule, seed, fits)),
    ...invariants.map((one) => searchInvariant(ground, one, seed)),
  ];
  return { cases: parts.flatMap(({ cases }) => cases), goals: parts.flatMap(({ goals }) => goals) };
}

/** Failures whose patch is shrunk; a tool that is all wrong has dozens. */
const shrunk = 5;

async function judge(shop: Workshop, subject: Subject, cases: readonly Case[]): Promise<CaseFailure[]> {
  const guest = await guestOf(shop, subject);
  const session = guest.open();
  const failures: CaseFailure[] = [];
  for (const one of cases) {
    const result = runCase(guest, session, prepareCase(one));
    if (result.verdict !== 'unexpected-failure') continue;
    const enough = failures.length < shrunk ? shrinkPatch(shop.ground, guest, one) : one.patch;
    failures.push({ ...result, case: one, enough });
  }
  guest.close(session);
  return failures;
}

function enter(subject: Subject): Workshop {
  if (workshop?.key === subject.key) return workshop;
  workshop?.guest?.dispose();
  workshop?.mutated?.guest.dispose();
  workshop = {
    key: subject.key,
    ground: layGround(subject.domain, subject.state),
    arguments: createArgumentChecker(subject.emitted.manifest),
    guest: undefined,
    mutated: undefined,
  };
  return workshop;
}

async function guestOf(shop: Workshop, { emitted, state }: Subject): Promise<Guest> {
  return (shop.guest ??= await createGuest({ modules: emitted.compiled }, state));
}

async function mutatedGuest(shop: Workshop, { emitted, state }: Subject, group: MutantGroup): Promise<Guest> {
  const name = group.mutants.map(({ id }) => id).join(' ');
  if (shop.mutated?.group === name) return shop.mutated.guest;
  shop.mutated?.guest.dispose();
  const guest = await createGuest({ modules: withMutants(emitted.compiled, group) }, state, { fuel: 40 });
  shop.mutated = { group: name, guest };
  return guest;
}
