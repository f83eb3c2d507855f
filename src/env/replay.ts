// An episode graded again without being played: its calls go through the world and the policies, and
// what was said is taken as it was understood then. The user is not asked again, so a goal or a policy
// that has changed since shows in the grade alone.
import { canonicalJson } from '../core/json.js';
import { hearAgent, hearUser, startTalk } from '../policy/monitor.js';
import type { Task } from '../task/task.js';
import type { Session, World } from '../world/world.js';
import { advance } from './advance.js';
import { closeEpisode } from './close-episode.js';
import { openEpisode } from './environment.js';
import type { Episode, EpisodeStep } from './protocol.js';
import { takeCall, type EpisodeState, type Setting, type Turn } from './turn.js';

/** What of a stored episode does not fit the world any more; null for the opening. */
interface Misfit {
  readonly step: number | null;
  readonly why: string;
}

export type Replayed =
  | { readonly ok: true; readonly episode: Episode }
  | { readonly ok: false; readonly misfit: Misfit };

/** Grades an episode of the task again. One that broke stays as it is: there is nothing to grade. */
export function replayEpisode(world: World, task: Task, episode: Episode): Replayed {
  if (episode.end === 'fault') return { ok: true, episode };
  const { opening } = episode;
  if (opening.type !== 'user') return misfit(null, 'it does not open with the user');
  const { agent, run } = episode;
  const options = { agent, run, reward: episode.reward.weights, maxSteps: Number.POSITIVE_INFINITY };
  const opened = openEpisode(world, task, options);
  const { session } = opened;
  const setting: Setting = { ...opened.setting, opening };
  try {
    if (opened.state.over === 'fault') return misfit(null, 'the world breaks on the way of gold');
    let state: EpisodeState = {
      ...opened.state,
      talk: hearUser(startTalk(), opening.acts),
      faults: episode.faults,
    };
    for (const [at, step] of episode.steps.entries()) {
      const turn = retake(setting, session, state, step);
      if (typeof turn === 'string') return misfit(at, turn);
      state = advance(setting, state, step.action, turn, step.candidates);
    }
    const graded = closeEpisode(setting, session, { ...state, over: overOf(episode) });
    if (graded.end === 'fault') return misfit(null, 'the world breaks at its end');
    return {
      ok: true,
      episode: episode.usage === undefined ? graded : { ...graded, usage: episode.usage },
    };
  } finally {
    session.close();
  }
}

/** The turn again, or why it cannot be taken as it was. */
function retake(setting: Setting, session: Session, state: EpisodeState, step: EpisodeStep): Turn | string {
  const { action, heard, observation } = step;
  if (action.type === 'say') {
    if (observation.type !== 'user') return `a ${observation.type} answers what was said`;
    const said = 'act' in action ? [action.act] : (heard ?? []);
    const talk = hearUser(hearAgent(state.talk, said), observation.acts);
    return { state: { ...state, talk }, observation, ...(heard === undefined ? {} : { heard }) };
  }
  const turn = takeCall(setting, session, state, action);
  const [now, then] = [turn.observation, observation].map(canonicalJson);
  return now === then
    ? turn
    : `'${action.tool}' answers otherwise now: ${partOf(now, then)}, not ${partOf(then, now)}`;
}

/** How the talk ended is what the user and the agent did, which no grade changes. */
function overOf({ end }: Episode): EpisodeState['over'] {
  return end === 'solved' || end === 'failed' ? 'ended' : end;
}

function misfit(step: number | null, why: string): Replayed {
  return { ok: false, misfit: { step, why } };
}

/** The part of a text that begins a little before another is different. */
function partOf(text = '', other = ''): string {
  let at = 0;
  while (at < text.length && text[at] === other[at]) at += 1;
  const from = Math.max(0, at - 20);
  return `${from === 0 ? '' : '…'}${text.slice(from, at + 40)}${at + 40 < text.length ? '…' : ''}`;
}
