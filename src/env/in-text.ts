// The same agent without acts: what it would say as an act it says as text, which the environment has
// to read, and of what the user says it gets the text alone. So the text side of a talk can be tried with
// any agent that speaks in acts and can read.
import { deriveRng } from '../core/rng.js';
import type { EmittedDomain } from '../emit/emitted-domain.js';
import { labelFor, noteLabels, type Labels } from '../language/labels.js';
import { realiseAgent } from '../language/realise-agent.js';
import type { Say } from '../spec/model.js';
import type { Action, Agent, AgentSession, Observation } from './protocol.js';

/** Wraps an agent so that it speaks and hears text alone; `say` are words that the domain has for agents. */
export function inText(agent: Agent, domain: EmittedDomain, say?: Say): Agent {
  const writes = new Set(domain.manifest.filter(({ effect }) => effect === 'write').map(({ name }) => name));
  const wrap = (session: AgentSession, seed: string, start: Speech): AgentSession => {
    let speech = start;
    const speak = (action: Action): Action => {
      if (action.type !== 'say' || !('act' in action)) return action;
      const { act } = action;
      const text = realiseAgent(act, {
        domain,
        rng: deriveRng(seed, 'wording', speech.turns),
        label: (value) => labelFor(speech.labels, value, speech.heard, say),
        said: speech.said,
        ...(say === undefined ? {} : { say, outcome: speech.outcome }),
      });
      const outcome =
        act.act === 'close'
          ? { done: false, refused: false }
          : { ...speech.outcome, ...(act.act === 'refuse' ? { refused: true } : {}) };
      speech = { ...speech, outcome, said: [...speech.said, text] };
      return { type: 'say', text };
    };
    return {
      act(observation) {
        speech = hear(speech, observation, domain, writes);
        const action = session.act(withoutActs(observation));
        return action instanceof Promise ? action.then(speak) : speak(action);
      },
      ...(session.chosenFrom === undefined ? {} : { chosenFrom: () => session.chosenFrom?.() ?? 0 }),
      ...(session.fork === undefined ? {} : { fork: () => wrap(session.fork?.() ?? session, seed, speech) }),
    };
  };
  return { name: `${agent.name}:text`, start: (view, seed) => wrap(agent.start(view, seed), seed, silent) };
}

/** What wording depends on; never changed in place, so that a fork shares it. */
interface Speech {
  readonly turns: number;
  readonly labels: Labels;
  readonly said: readonly string[];
  /** What the user has said. */
  readonly heard: readonly string[];
  readonly outcome: { readonly done: boolean; readonly refused: boolean };
}

const silent: Speech = {
  turns: 0,
  labels: new Map(),
  said: [],
  heard: [],
  outcome: { done: false, refused: false },
};

function hear(
  speech: Speech,
  observation: Observation,
  domain: EmittedDomain,
  writes: ReadonlySet<string>,
): Speech {
  const next = { ...speech, turns: speech.turns + 1 };
  if (observation.type === 'user') return { ...next, heard: [...next.heard, observation.text] };
  if (observation.type !== 'result') return next;
  const labels = noteLabels(next.labels, observation.value, domain.stateSchema);
  return writes.has(observation.tool)
    ? { ...next, labels, outcome: { ...next.outcome, done: true } }
    : { ...next, labels };
}

function withoutActs(observation: Observation): Observation {
  return observation.type === 'user' ? { ...observation, acts: [] } : observation;
}
