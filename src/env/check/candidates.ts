// The candidates of any actor, from the view and the observations alone, are actions that the
// environment takes: distinct, and never refused for an unknown tool or arguments of a wrong form.
import { canonicalJson } from '../../core/json.js';
import { deriveRng } from '../../core/rng.js';
import { trackCandidates } from '../candidates.js';
import { policyIds } from '../policy-ids.js';
import { playOptions, type Ground, type Verdict } from './play.js';

const triedAStep = 8;

export function* checkCandidates({ subject, plays }: Ground): Generator<Verdict> {
  for (const { task, actions } of plays) {
    const environment = subject.start(task, playOptions);
    const candidates = trackCandidates(environment.view);
    const policies = new Set(policyIds(environment.view));
    for (const [step, action] of actions.entries()) {
      if (environment.done) break;
      candidates.observe(environment.observation);
      const all = Array.from({ length: candidates.size() }, (_, index) => candidates.at(index));
      const distinct = new Set(all.map(canonicalJson)).size;
      yield all.length > 0 && distinct === all.length
        ? null
        : `${task}: ${all.length} candidates at step ${step}, of which ${distinct} differ`;
      const refusals = all.flatMap((one) =>
        'act' in one && one.act.act === 'refuse' ? [one.act.policy] : [],
      );
      yield refusals.every((policy) => policies.has(policy)) ? null : `${task}: a refusal by no rule`;
      for (const tried of deriveRng('check', 'tried', task, step).shuffle(all).slice(0, triedAStep)) {
        const fork = environment.fork();
        const { observation } = fork.step(tried);
        fork.finish();
        const misused =
          observation.type === 'refusal' && ['UNKNOWN_TOOL', 'INVALID_ARGUMENTS'].includes(observation.code);
        yield misused ? `${task}: ${canonicalJson(tried)} is refused: ${observation.message}` : null;
      }
      environment.step(action);
    }
    environment.finish();
  }
}
