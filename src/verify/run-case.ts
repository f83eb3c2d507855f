// Runs a procedural case in a guest and gives its verdict. What is compared is prepared once, since
// mutation testing runs the same cases hundreds of times.
import { canonicalJson } from '../core/json.js';
import type { Guest } from '../../sandbox/guest-api.js';
import type { Case, Verdict } from './case.js';
import { addChanges, changesText } from './changes.js';

export interface PreparedCase {
  readonly of: Case;
  readonly args: string;
  /** Canonical text of what must come: a value, a refusal, or a list of ids. */
  readonly answer: string;
  /** The same with keys as they come: most answers are equal to this already. */
  readonly likely: string;
  /** What the session must differ in from the seed state afterwards. */
  readonly changes: string;
}

export interface CaseResult {
  readonly verdict: Verdict;
  /** For a failure: what was expected and what came. */
  readonly expected?: string;
  readonly got?: string;
}

export function prepareCase(of: Case): PreparedCase {
  const args = of.kind === 'invariant' ? '{}' : JSON.stringify(of.args);
  if (of.kind !== 'call') {
    const ids = of.kind === 'guard' ? of.expect.violated : of.expect.broken;
    return { of, args, answer: canonicalJson([...ids].sort()), likely: '', changes: '' };
  }
  const { expect } = of;
  const told =
    expect.verdict === 'success' ? ['result', expect.value] : ['refusal', expect.code, expect.message];
  const changes = expect.verdict === 'success' ? addChanges(of.patch, expect.changes) : of.patch;
  return {
    of,
    args,
    answer: canonicalJson(told),
    likely: JSON.stringify(told),
    changes: changesText(changes),
  };
}

/** Runs the case in a session, which it resets. `tool` may name a wrong version of the tool that the case is of. */
export function runCase(guest: Guest, session: number, prepared: PreparedCase, tool?: string): CaseResult {
  const { of } = prepared;
  guest.reset(session);
  if (of.patch.length > 0) {
    const patched = guest.patch(session, of.patch);
    if (!patched.ok) return failure('the patch', patched.fault.message);
  }
  if (of.kind === 'guard') {
    const violated = guest.violatedGuards(session, tool ?? of.tool, prepared.args, of.caller);
    if (!violated.ok) return failure(prepared.answer, `fault: ${violated.fault.kind}`);
    return compare(prepared.answer, canonicalJson([...violated.value].sort()), 'success');
  }
  if (of.kind === 'invariant') return runInvariants(guest, session, prepared);
  const reply = guest.call(session, tool ?? of.tool, prepared.args);
  if (reply.type === 'fault') return failure(prepared.answer, `fault: ${reply.fault.kind}`);
  const told = reply.type === 'result' ? ['result', reply.value] : ['refusal', reply.code, reply.message];
  if (JSON.stringify(told) !== prepared.likely) {
    const got = canonicalJson(told);
    if (got !== prepared.answer) return failure(prepared.answer, got);
  }
  const diff = guest.diff(session);
  if (!diff.ok) return failure('a diff', `fault: ${diff.fault.kind}`);
  return compare(prepared.changes, changesText(diff.value), of.expect.verdict);
}

/** Both ways of judging must see it: what changed alone, and everything. */
function runInvariants(guest: Guest, session: number, prepared: PreparedCase): CaseResult {
  for (const scope of ['changed', 'all'] as const) {
    const broken = guest.brokenInvariants(session, scope);
    if (!broken.ok) return failure(prepared.answer, `fault: ${broken.fault.kind}`);
    const got = canonicalJson([...broken.value].sort());
    if (got !== prepared.answer) return failure(`${scope}: ${prepared.answer}`, `${scope}: ${got}`);
  }
  return { verdict: 'success' };
}

function compare(expected: string, got: string, verdict: Verdict): CaseResult {
  return expected === got ? { verdict } : failure(expected, got);
}

function failure(expected: string, got: string): CaseResult {
  return { verdict: 'unexpected-failure', expected, got };
}
