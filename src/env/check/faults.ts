// What breaks is a fault: classified, kept on the episode, and never scored. A break that passes is
// tried again and leaves the episode as it would have been.
import type { Fault } from '../../core/errors.js';
import type { Episode } from '../protocol.js';
import { playOptions, playOut, type Ground, type Verdict } from './play.js';

const boundaries: readonly Fault['boundary'][] = ['sandbox', 'agent', 'model', 'transport'];
/** Ways into the world at which it is broken, from the first on. */
const waysTried = 24;

export function* checkFaults({ subject, plays }: Ground): Generator<Verdict> {
  const { startBroken } = subject;
  for (const { task, actions } of plays) {
    for (const boundary of boundaries) {
      const fault: Fault = { boundary, kind: 'planted', message: 'planted by a check' };
      const environment = subject.start(task, playOptions);
      for (const action of actions.slice(0, 2)) if (!environment.done) environment.step(action);
      if (environment.done) continue;
      environment.interrupt(fault);
      const { done, terminated, truncated } = environment;
      yield done && truncated && !terminated ? null : `${task}: a fault does not truncate the talk`;
      yield* judge(environment.finish(), boundary, fault.kind);
    }
  }
  if (startBroken === undefined) return;
  for (const { id, actions } of subject.tasks) {
    const whole = playOut(subject.start(id, playOptions), actions);
    for (let way = 0; way < waysTried; way++) {
      const healed = playOut(
        startBroken(id, playOptions, (nth) => nth === way),
        actions,
      );
      // What is broken before the talk has begun cannot be tried again from inside it.
      const opened = healed.opening.type !== 'fault';
      yield !opened || (healed.end === whole.end && healed.digest === whole.digest)
        ? null
        : `${id}: ends ${healed.end} after a break that passed, not ${whole.end}`;
      const broken = playOut(
        startBroken(id, playOptions, (nth) => nth >= way),
        actions,
      );
      if (broken.faults.length > 0) yield* judge(broken, 'sandbox', 'planted');
    }
  }
}

function* judge(
  { task, end, faults, reward }: Episode,
  boundary: Fault['boundary'],
  kind: string,
): Generator<Verdict> {
  yield end === 'fault' ? null : `${task}: ends ${end} although it broke`;
  const last = faults.at(-1);
  yield last?.boundary === boundary && last.kind === kind ? null : `${task}: the fault is not kept as it was`;
  const scored = Object.keys(reward.parts).length > 0 || reward.total !== (boundary === 'agent' ? 0 : null);
  yield scored ? `${task}: a fault of the boundary ${boundary} is scored` : null;
}
