// The rows that an agent has seen in a talk, as a source that has no answer beyond them: what can be
// thought over it, the agent can know.
import type { Action, Observation } from '../env/protocol.js';
import { absorb, absorbNothing, believedSource, forget, startBeliefs } from '../policy/belief/beliefs.js';
import { writtenEntities } from '../policy/belief/effects.js';
import { think } from '../policy/belief/need.js';
import type { RowSource } from '../spec/evaluate.js';
import type { Domain } from '../spec/model.js';

export interface Knowledge {
  note(action: Action, observation: Observation): void;
  /** The value of a thought; null where it needs what was not shown. */
  think<T>(compute: (source: RowSource) => T): T | null;
}

export function startKnowledge(domain: Domain): Knowledge {
  const beliefs = startBeliefs(domain);
  return {
    note(action, observation) {
      const tool = action.type === 'call' ? domain.tools.find(({ name }) => name === action.tool) : undefined;
      if (tool === undefined || action.type !== 'call') return;
      if (observation.type === 'result') {
        forget(beliefs, writtenEntities(domain, tool));
        absorb(beliefs, tool, action.args, observation.value);
      } else if (observation.type === 'refusal' && tool.kind === 'derived') {
        absorbNothing(beliefs, tool, action.args);
      }
    },
    think(compute) {
      const thought = think(() => compute(believedSource(beliefs)));
      return thought.known ? thought.value : null;
    },
  };
}
