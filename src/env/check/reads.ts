// Reads are pure: however many are made between the steps, the same end is reached and paid the same.
import { deriveRng } from '../../core/rng.js';
import { trackCandidates } from '../candidates.js';
import type { Environment } from '../environment.js';
import type { Action } from '../protocol.js';
import { playAlone, playOptions, type Ground, type Verdict } from './play.js';

const readsAStep = 2;

export function* checkReads(ground: Ground): Generator<Verdict> {
  for (const { id, actions } of ground.subject.tasks) {
    const alone = playAlone(ground, { task: id, actions });
    // Reads make a talk longer, and no talk may be cut short by that.
    const maxSteps = (readsAStep + 1) * actions.length + 1;
    const environment = ground.subject.start(id, { ...playOptions, maxSteps });
    const draw = readsOf(environment, id);
    for (const action of actions) {
      for (const read of draw()) if (!environment.done) environment.step(read);
      if (!environment.done) environment.step(action);
    }
    const episode = environment.finish();
    yield episode.digest === alone.digest ? null : `${id}: reads changed the state`;
    yield episode.end === alone.end
      ? null
      : `${id}: with reads between it ends ${episode.end}, not ${alone.end}`;
    yield episode.reward.total === alone.reward.total
      ? null
      : `${id}: with reads between it pays ${String(episode.reward.total)}, not ${String(alone.reward.total)}`;
  }
}

/** Draws reads that make sense here, some more each time it is asked. */
function readsOf(environment: Environment, task: string): () => readonly Action[] {
  const reads = new Set(
    environment.view.manifest.filter(({ effect }) => effect === 'read').map(({ name }) => name),
  );
  const candidates = trackCandidates(environment.view);
  const rng = deriveRng('check', 'reads', task);
  return () => {
    candidates.observe(environment.observation);
    const all = Array.from({ length: candidates.size() }, (_, index) => candidates.at(index));
    const possible = all.filter((action) => action.type === 'call' && reads.has(action.tool));
    return rng.shuffle(possible).slice(0, readsAStep);
  };
}
