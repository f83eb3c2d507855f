// How episodes end: terminated or truncated and never both, cut exactly at the limit; and how they are
// finished: once, whatever comes after.
import type { Environment } from '../environment.js';
import type { Episode } from '../protocol.js';
import { bytesOf, compareBytes, playOptions, type Ground, type Play, type Verdict } from './play.js';

const terminal: ReadonlySet<Episode['end']> = new Set(['solved', 'failed', 'gave-up']);

export function* checkEnds(ground: Ground): Generator<Verdict> {
  for (const play of ground.plays) {
    const whole = ground.subject.start(play.task, playOptions);
    yield* walk(whole, play);
    yield* judge(whole, play);
    for (const maxSteps of [1, Math.max(1, play.actions.length - 1)]) {
      const limited = ground.subject.start(play.task, { ...playOptions, maxSteps });
      yield* walk(limited, play);
      const { steps, end } = limited.finish();
      yield steps.length <= maxSteps
        ? null
        : `${play.task}: ${steps.length} steps, with a limit of ${maxSteps}`;
      const cut = steps.length === maxSteps && !terminal.has(end);
      yield cut === limited.truncated ? null : `${play.task}: cut at its limit, and yet not truncated`;
      yield* judge(limited, play);
    }
  }
}

/** Plays, and asks at every step whether what is said of the end fits together. */
function* walk(environment: Environment, { task, actions }: Play): Generator<Verdict> {
  for (const action of actions) {
    if (environment.done) break;
    const said = environment.step(action);
    const fits =
      said.done === (said.terminated || said.truncated) &&
      !(said.terminated && said.truncated) &&
      said.done === environment.done &&
      said.terminated === environment.terminated &&
      said.truncated === environment.truncated;
    yield fits ? null : `${task}: done, terminated and truncated do not agree`;
    yield JSON.stringify(said.observation) === JSON.stringify(environment.observation)
      ? null
      : `${task}: the observation of a step is not the one that stands`;
  }
}

function* judge(environment: Environment, { task }: Play): Generator<Verdict> {
  const { terminated } = environment;
  const { end } = environment.finish();
  yield terminated === terminal.has(end)
    ? null
    : `${task}: it is ${terminated ? '' : 'not '}terminated, and its end is ${end}`;
}

export function* checkFinish(ground: Ground): Generator<Verdict> {
  for (const play of ground.plays) {
    const environment = ground.subject.start(play.task, playOptions);
    for (const action of play.actions) {
      if (environment.done) break;
      environment.step(action);
    }
    if (environment.done) yield refusesStep(environment, play, 'done');
    const first = bytesOf(environment.finish());
    yield compareBytes(`${play.task} finished twice`, first, bytesOf(environment.finish()));
    yield refusesStep(environment, play, 'finished');
    yield compareBytes(`${play.task} finished again`, first, bytesOf(environment.finish()));
  }
}

/** A step after the end is a bug of the caller and must not pass for one of the episode. */
function refusesStep(environment: Environment, { task, actions }: Play, when: string): Verdict {
  try {
    environment.step(actions[0] ?? { type: 'say', text: 'Hello?' });
  } catch {
    return null;
  }
  return `${task}: takes a step although it is ${when}`;
}
