// The reward: parts within their bounds, and one total that is their sum under the weights.
import type { Episode } from '../protocol.js';
import { totalOf } from '../reward.js';
import { playAlone, playOptions, playOut, type Ground, type Verdict } from './play.js';

const yesOrNo = (value: number): boolean => value === 0 || value === 1;
const share = (value: number): boolean => value >= 0 && value <= 1;

const bounds: Readonly<Record<string, (value: number) => boolean>> = {
  outcome: yesOrNo,
  state: yesOrNo,
  told: yesOrNo,
  acts: yesOrNo,
  policy: yesOrNo,
  ended: yesOrNo,
  violations: (value) => Number.isInteger(value) && value >= 0,
  progress: (value) => value >= -1 && value <= 1,
  repetition: share,
  format: share,
};

/** Two of them, so that a total which ignores its weights is seen. */
const weights = { outcome: 0.5, progress: 0.25, policy: 0.125, violations: -0.125, format: -0.5 };

export function* checkReward(ground: Ground): Generator<Verdict> {
  for (const play of ground.plays) {
    const plain = playAlone(ground, play);
    yield* judge(plain);
    yield plain.reward.total === (plain.end === 'solved' ? 1 : 0)
      ? null
      : `${plain.task}: ${plain.end} pays ${String(plain.reward.total)} under the usual weights`;
    const environment = ground.subject.start(play.task, { ...playOptions, reward: weights });
    const told: number[] = [];
    for (const action of play.actions) if (!environment.done) told.push(environment.step(action).progress);
    const weighed = playOut(environment, []);
    yield* judge(weighed);
    yield JSON.stringify(weighed.reward.weights) === JSON.stringify(weights)
      ? null
      : `${play.task}: the weights asked for are not those of the episode`;
    yield told.every((progress, step) => weighed.steps[step]?.progress === progress)
      ? null
      : `${play.task}: the progress of a step is another in the episode`;
  }
}

function* judge({ task, end, reward, steps, violations }: Episode): Generator<Verdict> {
  const { parts, total, weights } = reward;
  for (const [part, within] of Object.entries(bounds)) {
    const value = parts[part];
    yield value !== undefined && within(value) ? null : `${task}: the part '${part}' is ${String(value)}`;
  }
  const facts = ['state', 'told', 'acts', 'policy', 'ended'];
  const solved = end === 'solved';
  yield facts.every((fact) => parts[fact] === 1) === solved && (parts['outcome'] === 1) === solved
    ? null
    : `${task}: the parts do not agree with its end, ${end}`;
  yield parts['violations'] === violations.length && (parts['policy'] === 1) === (violations.length === 0)
    ? null
    : `${task}: the violations are not those counted`;
  const progress = steps.reduce((sum, step) => sum + step.progress, 0);
  yield isNear(progress, parts['progress']) ? null : `${task}: the progress of its steps is not the part`;
  yield isNear(totalOf(parts, weights), total) ? null : `${task}: the total is not the sum of the parts`;
}

function isNear(left: number, right: number | null | undefined): boolean {
  return typeof right === 'number' && Math.abs(left - right) < 1e-9;
}
