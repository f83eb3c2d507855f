// From a draft to a task: rows that look alike are laid beside the state, the order of the wishes is
// looked into, the caller's conduct is drawn, gold is made by reading, and the words are found. Only
// what is cheap is checked here; src/certify does the rest.
import { formats } from '../core/format.js';
import { Bug } from '../core/errors.js';
import type { Rng } from '../core/rng.js';
import { policiesOn } from '../policy/belief/rules.js';
import { isDone } from './act-done.js';
import { plainConduct, type Conduct } from './conduct.js';
import { difficultyOf } from './difficulty.js';
import { drawDistractors } from './distract.js';
import type { Draft, Errand } from './draft.js';
import { triggersOf } from './forbidden.js';
import { renumberMade } from './goal.js';
import { makeGold } from './gold.js';
import type { Ground } from './ground.js';
import { spanLattice } from './lattice.js';
import { layGround } from './lay-ground.js';
import { rowsBehind } from './questions.js';
import { realise } from './realise.js';
import { replayGold } from './replay.js';
import { splitOf, taskContent } from './split.js';
import type { DraftFailure } from './tally.js';
import type { ActNeeded, Goal, Scenario, Step, Task } from './task.js';
import type { Workshop } from './workshop.js';

export type Finished = { readonly task: Task } | { readonly reason: DraftFailure };

/** The task, or why there is none. With distractors that an agent cannot cope with it is made without them. */
export function finishTask(workshop: Workshop, drafted: Draft, rng: Rng): Finished {
  const { ground, wanted, tally } = workshop;
  const draft = { ...drafted, errands: numberMade(drafted.errands) };
  const counts = wanted.distractors.map((_, index) => index);
  const laid = drawDistractors(ground, draft, rng.weighted(counts, wanted.distractors), tally, rng);
  for (const rows of laid.length === 0 ? [laid] : [laid, []]) {
    const solved = solve(layGround(ground, rows), draft);
    if (!('reason' in solved)) return assemble(workshop, draft, solved, rng);
    if (rows.length === 0) return solved;
    tally.note('distractor:changes-gold');
  }
  throw new Bug('a draft that was neither solved nor turned down');
}

/** What the task is on its ground. */
interface Solved {
  readonly ground: Ground;
  readonly conduct: Conduct;
  readonly gold: readonly Step[];
}

function solve(ground: Ground, draft: Draft): Solved | { readonly reason: DraftFailure } {
  const { caller, known, chain, errands } = draft;
  const turnedDown = errands.flatMap((errand) => ('rule' in errand ? [errand] : []));
  const lattice = spanLattice(ground, chain, caller, turnedDown);
  if (lattice === null || lattice.digest !== chain.digest) return { reason: 'ends-elsewhere' };
  if (lattice.superfluous) return { reason: 'superfluous-step' };
  if (!lattice.steady) return { reason: 'order-decides' };
  const conduct = plainConduct(errands.length, lattice.ordered);
  const gold = makeGold(ground, { caller, known, chain, errands, conduct });
  return typeof gold === 'string' ? { reason: gold } : { ground, conduct, gold };
}

function assemble(workshop: Workshop, draft: Draft, { ground, conduct, gold }: Solved, rng: Rng): Finished {
  const { caller, known, errands, kind } = draft;
  const wishes = errands.map(({ spoken }) => spoken);
  const opening = realise(ground, wishes, conduct.ordered, rng);
  const scenario: Scenario = {
    caller,
    known,
    wishes: wishes.map(({ wish }) => wish),
    ...conduct,
    ...(opening.reason === undefined ? {} : { reason: opening.reason }),
    opening: opening.text,
    phrases: {},
  };
  const goal = goalOf(ground, draft);
  const problem = replayProblem(ground, goal, { scenario, gold, distractors: ground.laid });
  if (problem !== null) return { reason: problem };
  const difficulty = difficultyOf(ground, workshop.links, draft, conduct, gold);
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

/** What has to come about, and what has to be done and read on the way there. */
function goalOf(ground: Ground, { caller, chain, errands }: Draft): Goal {
  const questions = errands.flatMap((errand) => (errand.end === 'told' ? [errand.question] : []));
  const turnedDown = errands.flatMap((errand) => ('rule' in errand ? [errand] : []));
  const verified = turnedDown.some(({ call }) => policiesOn(ground.domain, 'verify', call.tool).length > 0);
  const identify: ActNeeded[] = verified ? [{ act: 'identify', caller }] : [];
  // Who has not read the row that holds the value has guessed: half of all guesses at a flag are right.
  const rows = [
    ...questions.flatMap((question) => rowsBehind(ground, question).slice(-1)),
    ...turnedDown.flatMap(({ rule, call }) => triggersOf(ground, rule, call, caller)),
  ];
  const read: ActNeeded[] = rows.length > 0 ? [{ act: 'read', rows: [...new Set(rows)].toSorted() }] : [];
  const named = turnedDown.map(({ end, rule }): ActNeeded => ({
    act: end === 'refused' ? 'refuse' : 'transfer',
    policy: rule.id,
  }));
  const communicate = questions.map(({ value }) => value);
  return {
    accepts: [{ digest: chain.digest, communicate }],
    actsNeeded: [...identify, ...read, ...named],
  };
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
