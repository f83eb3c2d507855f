// Laws that hold for every domain, over random rounds of calls: determinism, atomicity, purity of
// reads, invariants judged incrementally and in full, references, shapes, isolation of sessions, and
// hostile arguments refused. They ask the sandbox only; the interpreter merely proposes the calls.
import { canonicalJson, isObject, type Json, type JsonObject } from '../core/json.js';
import { deriveRng, type Seed } from '../core/rng.js';
import type { EmittedDomain } from '../emit/emitted-domain.js';
import type { Guest, GuestState, Reply, RowChange } from '../../sandbox/guest-api.js';
import type { RowChecker } from '../world/row-checker.js';
import type { ArgumentChecker } from '../world/arguments.js';
import { changesText } from './changes.js';
import type { Ground } from './draft.js';
import { hostileArgs } from './hostile-args.js';
import { planRound, type Round } from './sequence.js';
import { shrinkRound } from './shrink.js';

export const laws = [
  'determinism',
  'atomicity',
  'purity of reads',
  'incremental invariants',
  'references',
  'shapes',
  'isolation',
  'hostile arguments',
] as const;
export type Law = (typeof laws)[number];

export interface LawBreach {
  readonly id: string;
  readonly law: Law;
  readonly patch: readonly RowChange[];
  readonly calls: readonly {
    readonly tool: string;
    readonly args: JsonObject;
    readonly caller: string | null;
  }[];
  readonly what: string;
}

export interface LawsResult {
  readonly checks: Readonly<Record<Law, number>>;
  readonly breaches: readonly LawBreach[];
}

/** What the laws are judged with: two guests of the same program, for determinism. */
export interface Bench {
  readonly ground: Ground;
  readonly emitted: EmittedDomain;
  readonly guests: readonly [Guest, Guest];
  readonly arguments: ArgumentChecker;
  readonly rows: RowChecker;
}

type Checks = Record<Law, number>;

const roundsPerJob = 6;
const callsPerRound = 40;

/** Runs job `index` of the laws. */
export function runLaws(bench: Bench, seed: Seed, index: number): LawsResult {
  const checks = Object.fromEntries(laws.map((law) => [law, 0])) as Checks;
  const breaches: LawBreach[] = [];
  for (let round = 0; round < roundsPerJob; round++) {
    const rng = deriveRng(seed, 'laws', index, round);
    const fits = (tool: string, args: JsonObject): boolean => bench.arguments.problems(tool, args) === null;
    const plan = planRound(bench.ground, rng, {
      calls: callsPerRound,
      shake: round % 3 === 2 ? 30 : 0,
      fits,
    });
    const breach = judgeRound(bench, plan, checks);
    if (breach === null) continue;
    const small = shrinkRound(
      bench.ground,
      plan,
      (shorter) => judgeRound(bench, shorter)?.law === breach.law,
    );
    breaches.push({
      id: `laws/${index}/${round}`,
      law: breach.law,
      what: (judgeRound(bench, small) ?? breach).what,
      patch: small.patch,
      calls: small.calls.map(({ tool, args, caller }) => ({ tool, args, caller })),
    });
  }
  return { checks, breaches };
}

export interface Breach {
  readonly law: Law;
  readonly what: string;
}

/** The first law that a round breaks, or null. */
export function judgeRound(bench: Bench, round: Round, checks?: Checks): Breach | null {
  const [guest, twin] = bench.guests;
  const sessions = [guest.open(), twin.open()] as const;
  try {
    for (const [at, one] of [guest, twin].entries()) {
      if (round.patch.length > 0) one.patch(sessions[at] ?? 0, round.patch);
    }
    return (
      judgeCalls(bench, sessions, round, checks) ??
      judgeEnd(bench, sessions, checks) ??
      judgeFork(guest, sessions[0], round, checks)
    );
  } finally {
    guest.close(sessions[0]);
    twin.close(sessions[1]);
  }
}

function judgeCalls(
  bench: Bench,
  [session, twinSession]: readonly [number, number],
  round: Round,
  checks: Checks | undefined,
): Breach | null {
  const [guest, twin] = bench.guests;
  const effects = new Map(bench.emitted.manifest.map((tool) => [tool.name, tool.effect]));
  let before = diffText(guest, session);
  for (const [index, call] of round.calls.entries()) {
    const args = JSON.stringify(call.args);
    const reply = guest.call(session, call.tool, args);
    const answer = canonicalJson(reply);
    count(checks, 'determinism');
    if (canonicalJson(twin.call(twinSession, call.tool, args)) !== answer) {
      return { law: 'determinism', what: `${call.tool} answered differently in a second guest` };
    }
    const after = diffText(guest, session);
    const still =
      reply.type !== 'result' ? 'atomicity' : effects.get(call.tool) === 'read' ? 'purity of reads' : null;
    if (still !== null) {
      count(checks, still);
      if (after !== before) return { law: still, what: `${call.tool} (${outcome(reply)}) changed the state` };
    } else if (index % 4 === 0) {
      const broken = judgeInvariants(guest, session, checks);
      if (broken !== null) return broken;
    }
    before = after;
    const misshapen = reply.type === 'result' ? judgeShape(bench, reply.value, checks) : null;
    if (misshapen !== null) return { law: 'shapes', what: `${call.tool} returned ${misshapen}` };
    if (index % 8 === 0) {
      const taken = judgeHostile(bench, session, call.tool, call.args, before, checks);
      if (taken !== null) return taken;
    }
  }
  return null;
}

function judgeEnd(
  bench: Bench,
  sessions: readonly [number, number],
  checks: Checks | undefined,
): Breach | null {
  const [guest, twin] = bench.guests;
  const state = guest.state(sessions[0]);
  const other = twin.state(sessions[1]);
  if (!state.ok || !other.ok) return { law: 'determinism', what: 'a state could not be read' };
  count(checks, 'determinism');
  if (JSON.stringify(state.value) !== JSON.stringify(other.value)) {
    return { law: 'determinism', what: 'two guests ended in different states' };
  }
  return (
    judgeInvariants(guest, sessions[0], checks) ??
    judgeReferences(bench, state.value, checks) ??
    judgeRows(bench, state.value, checks)
  );
}

function judgeInvariants(guest: Guest, session: number, checks: Checks | undefined): Breach | null {
  count(checks, 'incremental invariants');
  const changed = guest.brokenInvariants(session, 'changed');
  const all = guest.brokenInvariants(session, 'all');
  const text = (answer: typeof all): string =>
    answer.ok ? [...answer.value].sort().join(' ') : answer.fault.kind;
  if (text(changed) === text(all)) return null;
  return {
    law: 'incremental invariants',
    what: `judged on changes: '${text(changed)}', on everything: '${text(all)}'`,
  };
}

function judgeReferences(bench: Bench, state: GuestState, checks: Checks | undefined): Breach | null {
  const ids = new Map(
    bench.emitted.stateSchema.tables.map((table) => [
      table.entity,
      new Set((state.tables[table.entity] ?? []).map((row) => row[table.key])),
    ]),
  );
  for (const table of bench.emitted.stateSchema.tables) {
    for (const { column, to } of table.columns) {
      if (to === undefined) continue;
      for (const row of state.tables[table.entity] ?? []) {
        const id = row[column] ?? null;
        count(checks, 'references');
        if (id === null || ids.get(to)?.has(id)) continue;
        return {
          law: 'references',
          what: `${String(row[table.key])}.${column} names ${String(id)}, which is gone`,
        };
      }
    }
  }
  return null;
}

function judgeRows(bench: Bench, state: GuestState, checks: Checks | undefined): Breach | null {
  for (const [entity, rows] of Object.entries(state.tables)) {
    for (const row of rows) {
      count(checks, 'shapes');
      const problem = bench.rows(entity, row);
      if (problem !== null) return { law: 'shapes', what: problem };
    }
  }
  return null;
}

/** Every row inside a result fits its columns. A row is an object that begins with the key of an entity. */
function judgeShape(bench: Bench, value: Json, checks: Checks | undefined): string | null {
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) {
      const problem = judgeShape(bench, item, checks);
      if (problem !== null) return problem;
    }
    return null;
  }
  if (!isObject(value)) return null;
  const columns = Object.keys(value);
  const table = bench.emitted.stateSchema.tables.find(
    (one) => columns[0] === one.key && columns.length === one.columns.length,
  );
  if (table === undefined) {
    for (const field of Object.values(value)) {
      const problem = judgeShape(bench, field, checks);
      if (problem !== null) return problem;
    }
    return null;
  }
  count(checks, 'shapes');
  return bench.rows(table.entity, value as GuestState['tables'][string][number]);
}

function judgeFork(guest: Guest, session: number, round: Round, checks: Checks | undefined): Breach | null {
  const before = diffText(guest, session);
  const fork = guest.fork(session);
  for (const { tool, args } of round.calls.slice(0, 10)) guest.call(fork, tool, JSON.stringify(args));
  guest.reset(fork);
  const fresh = diffText(guest, fork);
  guest.close(fork);
  count(checks, 'isolation');
  if (fresh !== '') return { law: 'isolation', what: 'a reset session differs from the seed state' };
  if (diffText(guest, session) === before) return null;
  return { law: 'isolation', what: 'calls in a fork changed the session it came from' };
}

/** The argument check refuses them; should one pass it, the guest must not take it for good. */
function judgeHostile(
  bench: Bench,
  session: number,
  tool: string,
  args: JsonObject,
  before: string,
  checks: Checks | undefined,
): Breach | null {
  const manifest = bench.emitted.manifest.find((one) => one.name === tool);
  if (manifest === undefined) return null;
  for (const hostile of hostileArgs(manifest, args)) {
    count(checks, 'hostile arguments');
    if (bench.arguments.problems(tool, hostile.args) === null) {
      return { law: 'hostile arguments', what: `${tool} takes ${hostile.what}` };
    }
  }
  for (const name of ['__proto__', 'constructor', 'toString', `${tool}\u0000`]) {
    count(checks, 'hostile arguments');
    if (bench.arguments.knows(name)) return { law: 'hostile arguments', what: `there is a tool '${name}'` };
    if (bench.guests[0].call(session, name, '{}').type === 'result') {
      return { law: 'hostile arguments', what: `the guest ran '${name}'` };
    }
  }
  if (diffText(bench.guests[0], session) === before) return null;
  return { law: 'hostile arguments', what: 'an unknown tool changed the state' };
}

function diffText(guest: Guest, session: number): string {
  const diff = guest.diff(session);
  return diff.ok ? changesText(diff.value) : `fault: ${diff.fault.kind}`;
}

function outcome(reply: Reply): string {
  return reply.type === 'refusal' ? reply.code : reply.type;
}

function count(checks: Checks | undefined, law: Law): void {
  if (checks !== undefined) checks[law]++;
}
