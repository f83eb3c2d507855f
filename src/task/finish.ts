// From a draft to a task: rows that look alike are laid beside the state, the order of the wishes is
// looked into, the caller's conduct is drawn, gold is made by reading, and words are found that parse
// back. Only what is cheap is checked here; src/certify does the rest.
import { formats } from '../core/format.js';
import type { Rng } from '../core/rng.js';
import { policiesOn } from '../policy/belief/rules.js';
import { mentions } from '../spec/mention.js';
import { isDone } from './act-done.js';
import { drawConduct, plainConduct, type Conduct } from './conduct.js';
import { difficultyOf } from './difficulty.js';
import { drawDistractors } from './distract.js';
import { turnedDownOf, type Draft, type Errand, type TurnedDown } from './draft.js';
import { triggersOf } from './forbidden.js';
import { renumberMade, type SpokenWish } from './goal.js';
import { makeGold } from './gold.js';
import type { Ground } from './ground.js';
import { spanLattice } from './lattice.js';
import { layGround } from './lay-ground.js';
import { rowsBehind } from './questions.js';
import { parsesBack } from './parse-back.js';
import { realise } from './realise.js';
import { replayGold } from './replay.js';
import { splitOf, taskContent } from './split.js';
import type { KnownSlots } from './scenario.js';
import type { DraftFailure, TalkFailure } from './tally.js';
import type { ActNeeded, Goal, Scenario, Step, Task } from './task.js';
import type { Workshop } from './workshop.js';

/** Conducts and wordings tried for one task. */
const talksTried = 3;

export type Finished = { readonly task: Task } | { readonly reason: DraftFailure };

/** The task, or why there is none. With distractors that it cannot cope with it is made without them. */
export function finishTask(workshop: Workshop, drafted: Draft, rng: Rng): Finished {
  const { ground, wanted, tally } = workshop;
  const draft = { ...drafted, errands: numberMade(drafted.errands) };
  const counts = wanted.distractors.map((_, index) => index);
  const laid = drawDistractors(ground, draft, rng.weighted(counts, wanted.distractors), tally, rng);
  if (laid.length > 0) {
    const finished = finishOn(workshop, layGround(ground, laid), draft, rng);
    // Words that do not parse back would not do so without the distractors either.
    if ('task' in finished || finished.reason === 'parse-back') return finished;
    tally.note('distractor:changes-gold');
  }
  return finishOn(workshop, ground, draft, rng);
}

function finishOn(workshop: Workshop, ground: Ground, draft: Draft, rng: Rng): Finished {
  const { caller, chain, errands, kind } = draft;
  const lattice = spanLattice(ground, chain, caller, turnedDownOf(errands));
  if (lattice === null || lattice.digest !== chain.digest) return { reason: 'ends-elsewhere' };
  if (lattice.superfluous) return { reason: 'superfluous-step' };
  if (!lattice.steady) return { reason: 'order-decides' };
  const talk = haveTalk(workshop, ground, draft, lattice.ordered, rng);
  if (typeof talk === 'string') return { reason: talk };
  const { scenario, gold } = talk;
  const goal = goalOf(ground, draft);
  const problem = replayProblem(ground, goal, { scenario, gold, distractors: ground.laid });
  if (problem !== null) return { reason: problem };
  const difficulty = difficultyOf(ground, workshop.links, draft, scenario, gold);
  if (isOutside(workshop, kind, difficulty['complexity'] ?? 0)) return { reason: 'outside-complexity' };
  const content = taskContent(ground.domain.id, ground.world.seedState, scenario, ground.laid);
  return {
    task: {
      format: formats.task,
      id: `${ground.domain.id}-${kind}-${content.slice(0, 10)}`,
      domain: ground.world.domain.hash,
      kind,
      split: splitOf(content),
      seed: content,
      worlds: { agent: ground.world.seedState },
      distractors: ground.laid,
      scenario,
      goal,
      gold,
      difficulty,
      certificate: [],
    },
  };
}

/** What is said and what a fair agent does. */
interface Talk {
  readonly scenario: Scenario;
  readonly gold: readonly Step[];
}

/**
 * The talk with a caller whose conduct an agent can cope with and whose words can be understood. The
 * last one tried says everything at once.
 */
function haveTalk(
  { tally }: Workshop,
  ground: Ground,
  { kind, caller, known, chain, errands }: Draft,
  ordered: boolean,
  rng: Rng,
): Talk | TalkFailure {
  const wishes = errands.map(({ spoken }) => spoken);
  let failure: TalkFailure = 'parse-back';
  for (let attempt = 1; attempt <= talksTried; attempt++) {
    const conduct =
      attempt < talksTried
        ? drawConduct(ground, kind, caller, wishes, ordered, rng)
        : plainConduct(wishes.length, ordered);
    const gold = makeGold(ground, { caller, known, chain, errands, conduct });
    if (typeof gold === 'string') failure = gold;
    else {
      const scenario = scenarioOf(ground, caller, known, wishes, conduct, rng);
      if (parsesBack(ground.domain, ground.source, scenario)) return { scenario, gold };
      failure = 'parse-back';
    }
    tally.note(`talk:${failure}`);
  }
  return failure;
}

function scenarioOf(
  ground: Ground,
  caller: string,
  known: KnownSlots,
  wishes: readonly SpokenWish[],
  conduct: Conduct,
  rng: Rng,
): Scenario {
  const { firsts: _, ...kept } = conduct;
  const words = realise(ground, wishes, conduct, rng);
  return { caller, known, wishes: wishes.map(({ wish }) => wish), ...kept, ...words };
}

/** What has to come about, and what has to be done and read on the way there. */
function goalOf(ground: Ground, { caller, chain, errands }: Draft): Goal {
  const questions = errands.flatMap((errand) => (errand.end === 'told' ? [errand.question] : []));
  const turnedDown = turnedDownOf(errands);
  const identify: ActNeeded[] = turnedDown.some((one) => asksWho(ground, one))
    ? [{ act: 'identify', caller }]
    : [];
  // Who has not read the row that holds the value has guessed: half of all guesses at a flag are right.
  const rows = [
    ...questions.flatMap((question) => rowsBehind(ground, question).slice(-1)),
    ...turnedDown.flatMap((one) => triggersOf(ground, one, caller)),
  ];
  const read: ActNeeded[] = rows.length > 0 ? [{ act: 'read', rows: [...new Set(rows)].toSorted() }] : [];
  const named = turnedDown.map(({ end, rule }): ActNeeded => ({
    act: end === 'handed-over' ? 'transfer' : 'refuse',
    policy: rule.id,
  }));
  const communicate = questions.map(({ value }) => value);
  return {
    accepts: [{ digest: chain.digest, communicate }],
    actsNeeded: [...identify, ...read, ...named],
  };
}

/** Whether who calls has to be known before it is turned down: the tool asks for that, or the rule hangs on it. */
function asksWho({ domain }: Ground, one: TurnedDown): boolean {
  if (one.end !== 'concealed') return policiesOn(domain, 'verify', one.call.tool).length > 0;
  const verifies = domain.policies.some(({ kind }) => kind === 'verify');
  return verifies && Object.values(one.rule.unless ?? {}).some((unless) => mentions(unless, 'caller'));
}

/** Why gold, played under the monitor, does not do what the goal asks for. */
function replayProblem(
  ground: Ground,
  goal: Goal,
  task: Parameters<typeof replayGold>[1],
): DraftFailure | null {
  const replay = replayGold(ground.world, task);
  if (replay === null || goal.accepts[0]?.digest !== replay.digest) return 'gold-does-not-replay';
  if (replay.violations.length > 0) return 'gold-violates';
  return goal.actsNeeded.every((act) => isDone(replay.talk, act)) ? null : 'gold-lacks-an-act';
}

/** Whether a task that writes misses the range that was asked for. */
function isOutside({ wanted: { complexity: range } }: Workshop, kind: Task['kind'], found: number): boolean {
  return 'least' in range && kind === 'do' && (found < range.least || found > range.most);
}

/** Rows that wishes make, by the number of the wish and no longer of the step. */
function numberMade(errands: readonly Errand[]): readonly Errand[] {
  const places = errands.flatMap(({ end }, index) => (end === 'done' ? [index] : []));
  return errands.map((errand) => ({ ...errand, spoken: renumberMade(errand.spoken, places) }));
}
