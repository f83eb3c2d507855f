// Differential testing: the emitted code in the sandbox against the interpreter, call for call, on
// value, refusal code, message, resulting state, violated guards and broken invariants. Jobs are of
// a fixed size and draw from streams named by their number: the worker count changes nothing.
import { canonicalJson, type JsonObject } from '../core/json.js';
import { deriveRng, type Seed } from '../core/rng.js';
import { Bug } from '../core/errors.js';
import { brokenInvariants, concealing, violatedGuards } from '../spec/interpret.js';
import { stateSource } from '../spec/state-source.js';
import type { Guest, RowChange } from '../../sandbox/guest-api.js';
import { changesText, diffStates } from './changes.js';
import type { Ground } from './draft.js';
import { planRound, type PlannedCall, type Round } from './sequence.js';
import { shrinkRound } from './shrink.js';

const callsPerJob = 250;
const callsPerRound = 25;

export interface Mismatch {
  readonly id: string;
  readonly what: 'answer' | 'state' | 'guards' | 'invariants' | 'fault';
  readonly patch: readonly RowChange[];
  readonly calls: readonly {
    readonly tool: string;
    readonly args: JsonObject;
    readonly caller: string | null;
  }[];
  readonly expected: string;
  readonly got: string;
}

export interface DifferentialResult {
  readonly calls: number;
  readonly succeeded: number;
  readonly guards: number;
  readonly invariants: number;
  readonly mismatches: readonly Mismatch[];
}

/** Runs job `index`: rounds of calls, half of them on shaken states. */
export function runDifferential(
  ground: Ground,
  guest: Guest,
  seed: Seed,
  index: number,
  fits: (tool: string, args: JsonObject) => boolean,
): DifferentialResult {
  const total = { calls: 0, succeeded: 0, guards: 0, invariants: 0 };
  const mismatches: Mismatch[] = [];
  for (let round = 0; round < callsPerJob / callsPerRound; round++) {
    const rng = deriveRng(seed, 'differential', index, round);
    const plan = planRound(ground, rng, { calls: callsPerRound, shake: round % 2 === 0 ? 0 : 40, fits });
    const found = compareRound(ground, guest, plan, total);
    if (found === null) continue;
    const small = shrinkRound(ground, plan, (shorter) => compareRound(ground, guest, shorter) !== null);
    const shown = compareRound(ground, guest, small) ?? found;
    mismatches.push({
      id: `differential/${index}/${round}`,
      ...shown,
      patch: small.patch,
      calls: plain(small),
    });
  }
  return { ...total, mismatches };
}

type Difference = Pick<Mismatch, 'what' | 'expected' | 'got'>;
type Counts = { -readonly [Key in Exclude<keyof DifferentialResult, 'mismatches'>]: number };

/** The first difference in a round, or null. */
export function compareRound(ground: Ground, guest: Guest, round: Round, counts?: Counts): Difference | null {
  const session = guest.open();
  try {
    if (round.patch.length > 0) {
      const patched = guest.patch(session, round.patch);
      if (!patched.ok) return { what: 'fault', expected: 'a patched state', got: patched.fault.message };
    }
    for (const [index, call] of round.calls.entries()) {
      const found =
        compareGuards(ground, guest, session, call, counts) ??
        compareConcealed(ground, guest, session, call) ??
        compareCall(ground, guest, session, call, counts);
      if (found !== null) return found;
      const last = index === round.calls.length - 1;
      if (last || (call.after !== call.before && index % 5 === 0)) {
        const broken = compareInvariants(ground, guest, session, call, last ? 'all' : 'changed', counts);
        if (broken !== null) return broken;
      }
    }
    return null;
  } finally {
    guest.close(session);
  }
}

function compareCall(
  ground: Ground,
  guest: Guest,
  session: number,
  call: PlannedCall,
  counts: Counts | undefined,
): Difference | null {
  if (counts !== undefined) counts.calls++;
  const reply = guest.call(session, call.tool, JSON.stringify(call.args));
  if (reply.type === 'fault') {
    return { what: 'fault', expected: canonicalJson(call.reply), got: `fault: ${reply.fault.kind}` };
  }
  if (counts !== undefined && reply.type === 'result') counts.succeeded++;
  if (JSON.stringify(call.reply) !== JSON.stringify(reply)) {
    // The order of keys does not count.
    const [expected, got] = [canonicalJson(call.reply), canonicalJson(reply)];
    if (expected !== got) return { what: 'answer', expected, got };
  }
  const diff = guest.diff(session);
  if (!diff.ok) return { what: 'fault', expected: 'a diff', got: diff.fault.message };
  const wanted = changesText(diffStates(ground.keys, ground.state, call.after));
  const found = changesText(diff.value);
  return wanted === found ? null : { what: 'state', expected: wanted, got: found };
}

function compareGuards(
  ground: Ground,
  guest: Guest,
  session: number,
  call: PlannedCall,
  counts: Counts | undefined,
): Difference | null {
  const expected = guarded(() =>
    violatedGuards(ground.domain, call.tool, call.args, call.caller, stateSource(call.before)),
  );
  if (expected === null) return null;
  if (counts !== undefined) counts.guards++;
  const answer = guest.violatedGuards(session, call.tool, JSON.stringify(call.args), call.caller);
  return compareIds('guards', expected, answer);
}

/** What is concealed of the rows that the call names. */
function compareConcealed(
  ground: Ground,
  guest: Guest,
  session: number,
  { tool, args, caller, before }: PlannedCall,
): Difference | null {
  const { domain, keys } = ground;
  if (!domain.policies.some((policy) => policy.kind === 'conceal' && policy.unless !== undefined))
    return null;
  const source = stateSource(before);
  for (const { name, type } of domain.tools.find((one) => one.name === tool)?.params ?? []) {
    const id = args[name];
    if (type.kind !== 'row' || typeof id !== 'string') continue;
    const expected = guarded(() => concealing(domain, type.entity, id, caller, source));
    if (expected === null) continue;
    const row = JSON.stringify({ [keys.get(type.entity) ?? '']: id });
    const found = compareIds('guards', expected, guest.violatedGuards(session, type.entity, row, caller));
    if (found !== null) return found;
  }
  return null;
}

function compareInvariants(
  ground: Ground,
  guest: Guest,
  session: number,
  call: PlannedCall,
  scope: 'changed' | 'all',
  counts: Counts | undefined,
): Difference | null {
  const expected = guarded(() => brokenInvariants(ground.domain, call.after));
  if (expected === null) return null;
  if (counts !== undefined) counts.invariants++;
  const first = compareIds('invariants', expected, guest.brokenInvariants(session, 'changed'));
  if (first !== null || scope === 'changed') return first;
  return compareIds('invariants', expected, guest.brokenInvariants(session, 'all'));
}

function compareIds(
  what: 'guards' | 'invariants',
  expected: readonly string[],
  answer: ReturnType<Guest['brokenInvariants']>,
): Difference | null {
  if (!answer.ok) return { what, expected: expected.join(' '), got: `fault: ${answer.fault.kind}` };
  const [wanted, got] = [[...expected].sort().join(' '), [...answer.value].sort().join(' ')];
  return wanted === got ? null : { what, expected: wanted, got };
}

/** Null where a shaken state gives the condition no meaning (a proven value that the shaking made null). */
function guarded<T>(run: () => T): T | null {
  try {
    return run();
  } catch (error) {
    if (error instanceof Bug) return null;
    throw error;
  }
}

function plain(round: Round): Mismatch['calls'] {
  return round.calls.map(({ tool, args, caller }) => ({ tool, args, caller }));
}
