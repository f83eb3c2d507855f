// Gold: the steps of a fair agent from the caller's first words to the end of the talk. It finds out
// who calls, asks for what is withheld, finds all that is meant before anything changes, and settles
// one wish after the other; later wishes come up once it has said that the earlier ones are settled.
import { must } from '../core/errors.js';
import type { Session } from '../world/world.js';
import { follow } from '../policy/belief/path.js';
import type { Chain } from './chain-model.js';
import {
  carryOut,
  identifyCaller,
  isTired,
  openClerk,
  readRow,
  recovers,
  ruleAgainst,
  say,
  work,
  type Clerk,
} from './clerk.js';
import type { Conduct } from './conduct.js';
import type { Errand, Question, TurnedDown } from './draft.js';
import { triggersOf } from './forbidden.js';
import { entityNamed, type Ground } from './ground.js';
import { handOver } from './replay.js';
import type { KnownSlots } from './scenario.js';
import type { GoldFailure } from './tally.js';
import type { Step } from './task.js';

/** A talk to be had. */
export interface Talk {
  readonly caller: string;
  readonly known: KnownSlots;
  readonly chain: Chain;
  readonly errands: readonly Errand[];
  readonly conduct: Conduct;
}

/** The steps, or why an agent that reads does not come to that end. */
export function makeGold(ground: Ground, talk: Talk): readonly Step[] | GoldFailure {
  const session = ground.open();
  try {
    const clerk = openClerk(ground, session, talk.caller);
    const failure = talkThrough(clerk, talk);
    if (failure !== null) return isTired(clerk) ? 'too-long' : failure;
    return endsAt(session, talk.chain.digest) ? clerk.steps : 'ends-elsewhere';
  } finally {
    session.close();
  }
}

function endsAt(session: Session, wanted: Chain['digest']): boolean {
  const digest = session.digest();
  return digest.ok && digest.value === wanted;
}

function talkThrough(clerk: Clerk, talk: Talk): GoldFailure | null {
  const { errands, conduct } = talk;
  if (!identifyCaller(clerk, talk.known)) return 'caller-not-found';
  const progress = { done: 0, refused: 0 };
  for (const [from, to] of [
    [0, conduct.later],
    [conduct.later, errands.length],
  ] as const) {
    if (from >= to) continue;
    if (from > 0) say(clerk, { act: 'close' });
    const failure = understand(clerk, talk, from, to) ?? settleAll(clerk, talk, from, to, progress);
    if (failure !== null) return failure;
  }
  // Told or turned down the last thing they wanted, callers leave of themselves.
  if (errands.at(-1)?.end === 'done') say(clerk, { act: 'close' });
  return null;
}

/** Asks for what is withheld and finds what is meant. */
function understand(
  clerk: Clerk,
  { errands, chain, conduct }: Talk,
  from: number,
  to: number,
): GoldFailure | null {
  const slots = conduct.withheld
    .filter(({ wish }) => wish >= from && wish < to)
    .map(({ wish, arg }) => slotFor(clerk.ground, errands[wish], arg));
  if (slots.length > 0) say(clerk, { act: 'ask', slots: [...new Set(slots)] });
  let step = errands.slice(0, from).filter(({ end }) => end === 'done').length;
  for (const errand of errands.slice(from, to)) {
    const { wish } = errand.spoken;
    const call = errand.end === 'done' ? chain.run[step++]?.call : 'call' in errand ? errand.call : undefined;
    const found =
      wish.wish === 'do'
        ? Object.entries(wish.args).every(([name, reference]) => recovers(clerk, reference, call?.args[name]))
        : errand.end === 'told' && recovers(clerk, wish.of, errand.question.id);
    if (!found) return 'not-recoverable';
  }
  return null;
}

/** What an agent asks for to be told the argument: the parameter, or the row asked about by its entity. */
function slotFor(ground: Ground, errand: Errand | undefined, arg: string): string {
  const wish = errand?.spoken.wish;
  return wish?.wish === 'tell' ? entityNamed(ground, wish.entity).snake : arg;
}

function settleAll(
  clerk: Clerk,
  talk: Talk,
  from: number,
  to: number,
  progress: { done: number; refused: number },
): GoldFailure | null {
  for (const errand of talk.errands.slice(from, to)) {
    let failure: GoldFailure | null;
    if (errand.end === 'told') failure = tell(clerk, errand.question);
    else if (errand.end === 'done') failure = perform(clerk, talk.chain, progress.done++);
    else failure = turnDown(clerk, errand, talk.conduct.insists && progress.refused++ === 0);
    if (failure !== null) return failure;
  }
  return null;
}

function perform(clerk: Clerk, chain: Chain, step: number): GoldFailure | null {
  const { call } = must(chain.run[step], `step ${step}`);
  const rule = ruleAgainst(clerk, call);
  if (rule === null) return 'rule-not-knowable';
  if (rule !== 'none') return 'other-rule';
  return carryOut(clerk, call) ? null : 'refused';
}

function tell(clerk: Clerk, { entity, id, attr, value }: Question): GoldFailure | null {
  const read = work(clerk, (source) => follow(clerk.ground.domain, source, entity, id, attr));
  if (read?.value !== value.value) return 'not-readable';
  say(clerk, { act: 'tell', values: [value] });
  return null;
}

/** Reads what triggers the rule, then names it; twice for a caller who does not take it at once. */
function turnDown(clerk: Clerk, { end, call, rule }: TurnedDown, insists: boolean): GoldFailure | null {
  const against = ruleAgainst(clerk, call);
  if (against === null) return 'rule-not-knowable';
  if (against === 'none' || against.id !== rule.id) return 'other-rule';
  for (const id of triggersOf(clerk.ground, rule, call, clerk.caller)) readRow(clerk, id);
  if (end === 'handed-over') {
    const args = { policy: rule.id, summary: rule.text };
    clerk.steps.push({ by: 'agent', call: { tool: handOver, args } });
    return null;
  }
  say(clerk, { act: 'refuse', policy: rule.id });
  if (insists) say(clerk, { act: 'refuse', policy: rule.id });
  return null;
}
