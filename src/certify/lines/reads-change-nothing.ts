// Reads are pure: gold with random reads put in at random places ends the same, in the same state and
// with the same reward. The reads are drawn from what any actor could read there. [defect 6]
import { deriveRng, type Rng } from '../../core/rng.js';
import { trackCandidates, type Candidates } from '../../env/candidates.js';
import type { Environment } from '../../env/environment.js';
import { goldActions } from '../../env/gold.js';
import type { Action, Episode } from '../../env/protocol.js';
import type { Task } from '../../task/task.js';
import type { CertifyContext } from '../context.js';
import type { Line } from '../line.js';
import { close, faultIn, goldEpisode, open, playOn } from '../play.js';
import { toolsThat } from '../tools.js';

const plays = 3;
const mostReads = 6;
const chanceOfARead = 0.4;
const draws = 12;

export const readsChangeNothing: Line = {
  name: 'reads-change-nothing',
  run(context, task) {
    const gold = goldEpisode(context, task);
    let reads = 0;
    const episodes = Array.from({ length: plays }, (_, run) => {
      const played = playWithReads(context, task, deriveRng(task.id, 'reads', run));
      reads += played.reads;
      return played.episode;
    });
    const same = episodes.filter(
      ({ end, digest, reward }) =>
        end === gold.end && digest === gold.digest && reward.total === gold.reward.total,
    ).length;
    const fault = faultIn(episodes);
    return {
      passed: same === plays && fault === null,
      evidence: { plays, reads, ...(same === plays ? {} : { same }), ...(fault === null ? {} : { fault }) },
    };
  },
};

function playWithReads(
  context: CertifyContext,
  task: Task,
  rng: Rng,
): { readonly episode: Episode; readonly reads: number } {
  const environment = open(context, task, 'reads', { maxSteps: task.gold.length + mostReads + 20 });
  const candidates = trackCandidates(context.view);
  const tools = new Set(toolsThat(context, 'read').map(({ name }) => name));
  let reads = 0;
  candidates.observe(environment.observation);
  for (const action of goldActions(task)) {
    while (!environment.done && reads < mostReads && rng.chance(chanceOfARead)) {
      const read = drawRead(environment, candidates, tools, rng);
      if (read === null) break;
      candidates.observe(environment.step(read).observation);
      reads += 1;
    }
    if (environment.done) break;
    candidates.observe(environment.step(action).observation);
  }
  return { episode: playOn(environment, () => close), reads };
}

/** A read that works there and that no rule forbids. */
function drawRead(
  environment: Environment,
  candidates: Candidates,
  tools: ReadonlySet<string>,
  rng: Rng,
): Action | null {
  for (let draw = 0; draw < draws; draw++) {
    const action = candidates.at(rng.int(0, candidates.size() - 1));
    if (action.type !== 'call' || !tools.has(action.tool)) continue;
    const trial = environment.fork();
    const before = trial.state.violations.length;
    const { observation } = trial.step(action);
    const fine = observation.type === 'result' && trial.state.violations.length === before;
    trial.finish();
    if (fine) return action;
  }
  return null;
}
