// The agent that picks uniformly among the candidates any actor gets: the floor under every other. Most
// of its talks end soon, since a refusal is as likely as any call; the patient one draws again before
// it ends a talk, wanders longer, and so is the higher floor.
import { deriveRng } from '../../src/core/rng.js';
import { trackCandidates, type Candidates } from '../../src/env/candidates.js';
import type { Action, Agent, AgentSession, AgentView } from '../../src/env/protocol.js';

export interface RandomOptions {
  /** The chance with which an action that ends the talk is taken once it is drawn; 1 by default. */
  readonly ending?: number;
}

export function randomValidAgent({ ending = 1 }: RandomOptions = {}): Agent {
  return {
    name: ending === 1 ? 'random' : 'random:patient',
    start(view, seed) {
      return session({ seed, ending, ends: endings(view) }, trackCandidates(view), 0);
    },
  };
}

interface Habit {
  readonly seed: string;
  readonly ending: number;
  readonly ends: (action: Action) => boolean;
}

function session(habit: Habit, candidates: Candidates, drawn: number): AgentSession {
  let turn = drawn;
  let size = 0;
  return {
    act(observation) {
      candidates.observe(observation);
      size = candidates.size();
      // A stream a turn, so that a fork goes on as this one would.
      const rng = deriveRng(habit.seed, 'random', turn);
      turn += 1;
      for (;;) {
        const action = candidates.at(rng.int(0, size - 1));
        if (habit.ending === 1 || !habit.ends(action) || rng.chance(habit.ending)) return action;
      }
    },
    chosenFrom: () => size,
    fork: () => session(habit, candidates.fork(), turn),
  };
}

function endings(view: AgentView): (action: Action) => boolean {
  const controls = new Set(
    view.manifest.filter(({ effect }) => effect === 'control').map(({ name }) => name),
  );
  return (action) =>
    action.type === 'call'
      ? controls.has(action.tool)
      : 'act' in action && ['refuse', 'close'].includes(action.act.act);
}
