// What the checks play: for each task the given way through it, the same cut short, and random ways
// drawn from the candidates that any actor gets.
import { deriveRng } from '../../core/rng.js';
import { trackCandidates } from '../candidates.js';
import type { Environment, EpisodeOptions } from '../environment.js';
import type { Action, Episode } from '../protocol.js';

/** An environment to check: tasks with a way through each, and how an episode is opened. */
export interface CheckedEnvironment {
  readonly tasks: readonly CheckedTask[];
  readonly start: (task: string, options: EpisodeOptions) => Environment;
  /** The same in a world whose ways in break where `breaks` says so, counted from 0; where one can make it break. */
  readonly startBroken?: (
    task: string,
    options: EpisodeOptions,
    breaks: (way: number) => boolean,
  ) => Environment;
}

export interface CheckedTask {
  readonly id: string;
  readonly actions: readonly Action[];
}

/** Actions on one task, taken until they or the episode end. */
export interface Play {
  readonly task: string;
  readonly actions: readonly Action[];
}

/** Null for a case that held, else what was wrong. */
export type Verdict = string | null;

export interface Ground {
  readonly subject: CheckedEnvironment;
  readonly plays: readonly Play[];
}

/** Every play is opened alike, so that equal actions have to give equal bytes. */
export const playOptions: EpisodeOptions = { seed: 'check', run: 0, agent: 'check' };

const randomPlays = 2;
const randomSteps = 14;

export function drawPlays(subject: CheckedEnvironment): readonly Play[] {
  return subject.tasks.flatMap(({ id, actions }) => [
    { task: id, actions },
    { task: id, actions: actions.slice(0, Math.ceil(actions.length / 2)) },
    ...Array.from({ length: randomPlays }, (_, nth) => drawPlay(subject, id, nth)),
  ]);
}

/** A random play, which ends the talk only by its last actions: most candidates that end it come late. */
function drawPlay(subject: CheckedEnvironment, task: string, nth: number): Play {
  const rng = deriveRng('check', task, nth);
  const environment = subject.start(task, playOptions);
  const candidates = trackCandidates(environment.view);
  const actions: Action[] = [];
  while (!environment.done && actions.length < randomSteps) {
    candidates.observe(environment.observation);
    const size = candidates.size();
    const drawn = candidates.at(rng.int(0, size - 1));
    // Nine in ten words are drawn again as calls, which reach further.
    const action = drawn.type === 'say' && rng.chance(0.9) ? candidates.at(rng.int(0, size - 1)) : drawn;
    actions.push(action);
    environment.step(action);
  }
  environment.finish();
  return { task, actions };
}

/** Takes the actions, and grades where they end. */
export function playOut(environment: Environment, actions: readonly Action[]): Episode {
  for (const action of actions) {
    if (environment.done) break;
    environment.step(action);
  }
  return environment.finish();
}

/** The play by itself, from the opening to the grade. */
export function playAlone({ subject }: Ground, { task, actions }: Play): Episode {
  return playOut(subject.start(task, playOptions), actions);
}

export function bytesOf(episode: Episode): string {
  return JSON.stringify(episode);
}

/** Null when both are the same bytes, else where they part. */
export function compareBytes(what: string, left: string, right: string): Verdict {
  if (left === right) return null;
  let at = 0;
  while (left[at] === right[at]) at += 1;
  const part = (text: string): string => text.slice(Math.max(0, at - 30), at + 30);
  return `${what}: …${part(left)}… is not …${part(right)}…`;
}
