// Laws that hold for every domain, over random rounds of calls: determinism, atomicity, purity of
// reads, invariants judged incrementally and in full, references, shapes, isolation of sessions, and
// hostile arguments refused. They ask the sandbox only; the interpreter merely proposes the calls.
import { canonicalJson, type JsonObject } from '../core/json.js';
import { deriveRng, type Rng, type Seed } from '../core/rng.js';
import type { Guest, Reply, RowChange } from '../../sandbox/guest-api.js';
import { changesText } from './changes.js';
import { startDraft } from './draft.js';
import { hostileArgs } from './hostile-args.js';
import { count, laws, type Bench, type Breach, type Checks, type Law } from './law.js';
import { judgeReferences, judgeRows, judgeShape } from './law-shapes.js';
import { planRound, shake, type Round } from './sequence.js';
import { shrinkRound } from './shrink.js';

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

const roundsPerJob = 6;
const callsPerRound = 40;
const patchesPerRound = 12;

/** Runs job `index` of the laws. */
export function runLaws(bench: Bench, seed: Seed, index: number): LawsResult {
  const checks = Object.fromEntries(laws.map((law) => [law, 0])) as Checks;
  const breaches: LawBreach[] = [];
  for (let round = 0; round < roundsPerJob; round++) {
    const rng = deriveRng(seed, 'laws', index, round);
    const fits = (tool: string, args: JsonObject): boolean => bench.arguments.problems(tool, args) === null;
    const few = fewChanges(bench, rng, checks);
    const plan =
      few ?? planRound(bench.ground, rng, { calls: callsPerRound, shake: round % 2 === 0 ? 0 : 40, fits });
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

/** One or two changed rows at a time, where a forgotten dependency of an invariant shows; a round of them when one does. */
function fewChanges({ ground, guests: [guest] }: Bench, rng: Rng, checks: Checks): Round | null {
  for (let index = 0; index < patchesPerRound; index++) {
    const draft = startDraft(ground);
    shake(draft, rng.derive('few', index), 1 + (index % 2));
    const patch = draft.patch();
    const session = guest.open();
    guest.patch(session, patch);
    const breach = judgeInvariants(guest, session, checks);
    guest.close(session);
    if (breach !== null) return { patch, start: draft.state(), calls: [] };
  }
  return null;
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
      judgeInvariants(guest, sessions[0], checks) ??
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
