// What a turn adds to an episode: the step as it is kept, the progress it made and whether anything
// moved. The same whether an agent plays or a stored episode is graded again.
import { hasMoved } from './moved.js';
import { potentialOf } from './goal-atoms.js';
import type { Action } from './protocol.js';
import type { EpisodeState, Setting, Turn } from './turn.js';

/** The state after a turn. */
export function advance(
  setting: Setting,
  before: EpisodeState,
  action: Action,
  { state, observation, heard }: Turn,
  candidates: number | undefined,
): EpisodeState {
  const wrote = observation.type === 'result' && setting.effects.get(observation.tool)?.effect === 'write';
  const moved = wrote || hasMoved(before.talk, state.talk);
  const potential = moved ? measure(setting, state) : before.potential;
  const step = {
    action,
    ...(heard === undefined ? {} : { heard }),
    observation,
    progress: potential - before.potential,
    ...(candidates === undefined ? {} : { candidates }),
  };
  const steps = [...before.steps, step];
  const cut = state.over === null && steps.length >= setting.maxSteps;
  return {
    ...state,
    potential,
    steps,
    moved: [...before.moved, moved],
    over: cut ? 'turn-limit' : state.over,
  };
}

/** Φ of a state. */
export function measure({ prepared }: Setting, { talk, standing }: EpisodeState): number {
  return prepared === null ? 0 : potentialOf(prepared.atoms, talk, prepared.question, standing);
}

/** Whether the talk came to its end by itself. */
export function isTerminal(over: EpisodeState['over']): boolean {
  return over === 'ended' || over === 'gave-up';
}
