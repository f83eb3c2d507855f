// Tasks that want something done: a chain of one to three writes that enable or feed each other,
// run as code, then said as wishes, then solved again by reading.
import type { ContentHash } from '../core/hash.js';
import type { Rng } from '../core/rng.js';
import type { JsonObject } from '../core/json.js';
import { must } from '../core/errors.js';
import type { Call } from '../policy/talk.js';
import type { Session } from '../world/world.js';
import { plainConduct } from './conduct.js';
import type { Chain } from './chain-model.js';
import { extendChain, type StepFailure } from './chain.js';
import { rejected, type Drafted } from './draft.js';
import { wishForStep, type SpokenWish } from './goal.js';
import { carryOut, identifyCaller, openClerk, recovers, ruleAgainst, say } from './gold.js';
import type { Ground } from './ground.js';
import { runSubsets } from './minimal.js';
import { orderMatters } from './order.js';
import { pickCaller } from './sample-call.js';
import { undoesEarlier } from './sense.js';
import { knownOf, type KnownSlots } from './scenario.js';
import type { Step } from './task.js';
import { pickLeastUsed, type Usage } from './use.js';

/** Which writes go well after a write: those that it enables or gives data to. */
export type Followers = ReadonlyMap<string, readonly string[]>;

const callersTried = 16;
const attemptsAStep = 10;

export function draftDo(
  ground: Ground,
  followers: Followers,
  usage: Usage,
  tool: string,
  seedDigest: ContentHash,
  rng: Rng,
): Drafted {
  const session = ground.world.open();
  try {
    const started = startChain(ground, session, usage, tool, seedDigest, rng);
    if ('reason' in started) return rejected(started.reason);
    const { caller } = started;
    const chain = lengthen(ground, session, started.chain, caller, followers, usage, rng);
    const wishes = chain.steps.map((step) => wishForStep(ground, caller, step, rng));
    if (!wishes.every((wish) => wish !== null)) return rejected('not-describable');
    const known = knownOf(ground, caller, rng);
    const gold = goldFor(ground, caller, known, wishes, chain);
    if (typeof gold === 'string') return rejected(gold);
    return {
      draft: {
        kind: 'do',
        caller,
        known,
        wishes,
        gold,
        goal: { accepts: [{ digest: chain.digest, communicate: [] }], actsNeeded: [] },
        conduct: plainConduct(wishes.length, orderMatters(ground, chain, caller)),
        subsets: runSubsets(ground, chain, seedDigest, caller),
        used: [caller, ...chain.steps.map((step) => step.tool)],
      },
    };
  } finally {
    session.close();
  }
}

/** A first step for some caller: the owner of a row that the tool can take. */
function startChain(
  ground: Ground,
  session: Session,
  usage: Usage,
  tool: string,
  digest: ContentHash,
  rng: Rng,
): { readonly chain: Chain; readonly caller: string } | { readonly reason: string } {
  let failure: StepFailure = 'no-arguments';
  for (let attempt = 0; attempt < callersTried; attempt++) {
    const caller = pickCaller(ground, must(ground.tools.get(tool), tool), usage, rng);
    const empty: Chain = { steps: [], run: [], digest };
    const chain = extendChain(ground, session, empty, tool, caller, attemptsAStep, rng);
    if (typeof chain !== 'string') return { chain, caller };
    failure = chain;
    session.reset();
  }
  return { reason: `first-step-${failure}` };
}

/** Up to two steps more, each a write that goes well after the ones before where there is one. */
function lengthen(
  ground: Ground,
  session: Session,
  start: Chain,
  caller: string,
  followers: Followers,
  usage: Usage,
  rng: Rng,
): Chain {
  const writes = ground.domain.tools.filter((tool) => tool.effect === 'write').map((tool) => tool.name);
  const wanted = rng.weighted([1, 2, 3], [45, 35, 20]);
  let chain = start;
  for (let attempt = 0; attempt < 6 && chain.steps.length < wanted; attempt++) {
    const near = [...new Set(chain.steps.flatMap((step) => followers.get(step.tool) ?? []))];
    const pool = near.length > 0 && rng.chance(0.75) ? near : writes;
    const trial = session.fork();
    const tool = pickLeastUsed(usage, pool, rng);
    const longer = extendChain(ground, trial, chain, tool, caller, attemptsAStep, rng);
    const [before, after] = [session.diff(), trial.diff()];
    trial.close();
    if (typeof longer === 'string' || !before.ok || !after.ok) continue;
    if (undoesEarlier(ground, before.value, after.value)) continue;
    // The step is taken again in the chain's own session, which the trials have not touched.
    const last = longer.run.at(-1)?.call;
    if (last === undefined || session.call(last.tool, last.args).type !== 'result') continue;
    chain = longer;
  }
  return chain;
}

/** The steps of a fair agent, or why a fair agent cannot do it. */
function goldFor(
  ground: Ground,
  caller: string,
  known: KnownSlots,
  wishes: readonly SpokenWish[],
  chain: Chain,
): readonly Step[] | string {
  const session = ground.world.open();
  try {
    const clerk = openClerk(ground, session, caller);
    if (!identifyCaller(clerk, known)) return 'caller-not-found';
    for (const [index, { wish }] of wishes.entries()) {
      const args: JsonObject = chain.run[index]?.call.args ?? {};
      const references = wish.wish === 'do' ? Object.entries(wish.args) : [];
      if (!references.every(([name, reference]) => recovers(clerk, reference, args[name]))) {
        return 'not-recoverable';
      }
    }
    for (const { call } of chain.run) {
      const problem = perform(clerk, call);
      if (problem !== null) return problem;
    }
    say(clerk, { act: 'close' });
    const digest = session.digest();
    return digest.ok && digest.value === chain.digest ? clerk.steps : 'gold-ends-elsewhere';
  } finally {
    session.close();
  }
}

function perform(clerk: ReturnType<typeof openClerk>, call: Call): string | null {
  const rule = ruleAgainst(clerk, call);
  if (rule === null) return 'rule-not-knowable';
  if (rule !== 'none') return 'breaks-policy';
  return carryOut(clerk, call) ? null : 'gold-refused';
}
