// A chain of writes in the making. Each step is tried on a fork: the tool has to accept it, it has to
// change something, break no rule and take nothing back. Then it is said as the caller would say it
// and done by a clerk who reads, so that a step joins only if its inputs can be had from what is there:
// rows of the caller, rows that earlier steps made, and what reads show.
import { canonicalJson } from '../core/json.js';
import type { Rng } from '../core/rng.js';
import type { Call } from '../policy/talk.js';
import { digestChanges } from '../world/digest.js';
import type { Session } from '../world/world.js';
import type { RowChange } from '../../sandbox/guest-api.js';
import { must } from '../core/errors.js';
import type { ContentHash } from '../core/hash.js';
import { bindArgs, canPrecede, madeRows, namedRows } from './chain.js';
import { emptyChain, type Chain, type ChainStep } from './chain-model.js';
import { carryOut, identifyCaller, isTired, openClerk, recovers, ruleAgainst, type Clerk } from './clerk.js';
import { wishForStep, type SpokenWish } from './goal.js';
import type { Ground } from './ground.js';
import { sampleArgs } from './sample-call.js';
import type { KnownSlots } from './scenario.js';
import { undoesEarlier } from './sense.js';
import type { StepFailure, Tally } from './tally.js';
import type { Usage } from './use.js';

export interface Growth {
  readonly ground: Ground;
  readonly caller: string;
  readonly known: KnownSlots;
  readonly clerk: Clerk;
  chain: Chain;
  /** What asks for the steps, one wish a step. */
  readonly wishes: SpokenWish[];
  /** c(H) of the tools used so far. */
  complexity: number;
  /** What differs from the start. */
  changes: readonly RowChange[];
  /** Tools and rows of finished chains, which further ones have to leave alone. */
  readonly claimed: { readonly tools: Set<string>; readonly rows: Set<string> };
  /** Where each finished chain ends among the steps. */
  readonly ends: number[];
}

const attemptsAStep = 8;

export function openGrowth(ground: Ground, caller: string, known: KnownSlots): Growth {
  return {
    ground,
    caller,
    known,
    clerk: openClerk(ground, ground.open(), caller),
    chain: emptyChain(ground.digest),
    wishes: [],
    complexity: 0,
    changes: [],
    claimed: { tools: new Set(), rows: new Set() },
    ends: [],
  };
}

/** Adds a step of the tool, trying arguments until some work; null, or why the last did not. */
export function addStep(
  growth: Growth,
  usage: Usage,
  tally: Tally,
  toolName: string,
  rng: Rng,
): StepFailure | null {
  const { ground, chain, caller } = growth;
  const tool = must(ground.tools.get(toolName), `tool ${toolName}`);
  const begin = beginOf(growth);
  const own = chain.run.slice(begin);
  const options = {
    usage,
    made: madeRows(ground, chain.run).filter(({ step }) => step >= begin),
    named: namedRows(
      ground,
      own.map(({ call }) => call),
    ),
    avoid: growth.claimed.rows,
    foreign: 0,
  };
  let failure: StepFailure | null = 'no-arguments';
  const tried = new Set<string>();
  for (let attempt = 0; attempt < attemptsAStep && failure !== null; attempt++) {
    const args = sampleArgs(ground, tool, caller, rng, options);
    const text = canonicalJson(args);
    if (tried.has(text)) continue;
    tried.add(text);
    failure = args === null ? 'no-arguments' : takeStep(growth, { tool: toolName, args }, rng);
    if (failure !== null) tally.note(`step:${failure}`);
    if (failure === 'no-arguments' || failure === 'fault' || failure === 'too-long') break;
  }
  return failure;
}

/** Takes one step; null, or why it cannot be taken, and then the growth is as it was but for what was read. */
export function takeStep(growth: Growth, step: ChainStep, rng: Rng): StepFailure | null {
  const { ground, caller, chain, clerk } = growth;
  const args = bindArgs(ground, chain.run, step);
  if (args === null) return 'no-arguments';
  const call: Call = { tool: step.tool, args };
  if (chain.run.some((earlier) => canonicalJson(earlier.call) === canonicalJson(call))) return 'repeats';
  const violated = clerk.session.violatedGuards(step.tool, args, caller);
  if (!violated.ok) return 'fault';
  if (violated.value.length > 0 || !canPrecede(ground, chain.run, call)) return 'breaks-policy';
  const tried = tryOut(growth, clerk.session.fork(), call);
  if (typeof tried === 'string') return tried;
  const wish = wishForStep(ground, caller, step, rng);
  if (wish === null) return 'not-describable';
  if (clerk.steps.length === 0 && !identifyCaller(clerk, growth.known)) return 'not-recoverable';
  const before = clerk.steps.length;
  const failure = work(clerk, wish, call);
  if (failure !== null) {
    const tired = isTired(clerk);
    clerk.steps.splice(before);
    return tired ? 'too-long' : failure;
  }
  growth.chain = {
    steps: [...chain.steps, step],
    run: [...chain.run, { call, result: tried.result }],
    digest: tried.digest,
  };
  growth.wishes.push(wish);
  growth.changes = tried.changes;
  return null;
}

/** Where the chain that is growing begins among the steps. */
export function beginOf({ ends }: Growth): number {
  return ends.at(-1) ?? 0;
}

/** Ends the chain that is growing: what it used is not for the next one. */
export function endChain(growth: Growth): void {
  const { ground, caller, chain, claimed } = growth;
  const calls = chain.run.slice(beginOf(growth)).map(({ call }) => call);
  for (const { tool } of calls) claimed.tools.add(tool);
  for (const { id } of namedRows(ground, calls)) if (id !== caller) claimed.rows.add(id);
  for (const { id } of growth.changes) claimed.rows.add(id);
  growth.ends.push(chain.steps.length);
}

interface Tried {
  readonly result: Chain['run'][number]['result'];
  readonly changes: readonly RowChange[];
  readonly digest: ContentHash;
}

function tryOut(growth: Growth, trial: Session, call: Call): Tried | StepFailure {
  const { ground, chain, claimed, changes: before } = growth;
  try {
    const reply = trial.call(call.tool, call.args);
    if (reply.type !== 'result') return reply.type === 'fault' ? 'fault' : 'refused';
    const diff = trial.diff();
    if (!diff.ok) return 'fault';
    const changes = diff.value;
    const digest = digestChanges(ground.world.domain.stateSchema, changes);
    if (digest === chain.digest) return 'no-effect';
    if (undoesEarlier(ground, before, changes)) return 'undoes';
    if (changedSince(before, changes).some((id) => claimed.rows.has(id))) return 'shares-row';
    return { result: reply.value, changes, digest };
  } finally {
    trial.close();
  }
}

/** Ids of the rows that changed between two lists of changes. */
function changedSince(before: readonly RowChange[], after: readonly RowChange[]): readonly string[] {
  const known = new Map(before.map((change) => [change.id, canonicalJson(change.after)]));
  return after.filter((change) => known.get(change.id) !== canonicalJson(change.after)).map(({ id }) => id);
}

/** The clerk finds what the wish means, judges the rules, and makes the call. */
function work(clerk: Clerk, { wish }: SpokenWish, call: Call): StepFailure | null {
  const references = wish.wish === 'do' ? Object.entries(wish.args) : [];
  if (!references.every(([name, reference]) => recovers(clerk, reference, call.args[name]))) {
    return 'not-recoverable';
  }
  const rule = ruleAgainst(clerk, call);
  if (rule === null) return 'rule-not-knowable';
  if (rule !== 'none') return 'breaks-policy';
  return carryOut(clerk, call) ? null : 'refused';
}
