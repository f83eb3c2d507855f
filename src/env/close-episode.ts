// The end of an episode: its state is digested and graded, and what it earned worked out.
import { formats } from '../core/format.js';
import { hashText, type ContentHash } from '../core/hash.js';
import { noQuestion } from '../policy/told.js';
import type { Session } from '../world/world.js';
import { grade } from './grade.js';
import type { Episode, EpisodeEnd } from './protocol.js';
import { rewardOf, rewardOfFault } from './reward.js';
import { retry, type EpisodeState, type Setting } from './turn.js';

/** The episode as it ends here. One whose state cannot be read is one that broke. */
export function closeEpisode(setting: Setting, session: Session, state: EpisodeState): Episode {
  const { task, agent, run, opening } = setting;
  const read = state.over === 'fault' ? null : retry(setting, state, () => session.digest());
  const faults = read?.state.faults ?? state.faults;
  return {
    format: formats.episode,
    task: task.id,
    agent,
    run,
    opening,
    steps: state.steps,
    ...(read?.ok === true
      ? judge(setting, state, read.value)
      : {
          end: 'fault',
          reward: rewardOfFault(faults.at(-1), setting.reward),
          digest: hashText('fault'),
        }),
    told: state.talk.told,
    violations: state.violations,
    wrongWrites: state.wrongWrites,
    faults,
  };
}

function judge(
  { task, prepared, reward }: Setting,
  state: EpisodeState,
  digest: ContentHash,
): Pick<Episode, 'end' | 'reward' | 'digest'> {
  const violations = state.violations.length;
  const question = prepared?.question ?? noQuestion;
  const graded = grade(task.goal, digest, state.talk, question, violations, state.over === 'ended');
  return {
    end: endOf(state, graded.solved),
    reward: rewardOf({ ...graded, ...state, violations }, reward),
    digest,
  };
}

function endOf({ over }: EpisodeState, solved: boolean): EpisodeEnd {
  if (over === 'ended') return solved ? 'solved' : 'failed';
  return over ?? 'turn-limit';
}
