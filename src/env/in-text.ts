// The same agent without acts: what it would say as an act it says as text, which the environment has
// to read, and of what the user says it gets the text alone. So the text side of a talk can be tried with
// any agent that speaks in acts and can read.
import { deriveRng } from '../core/rng.js';
import type { EmittedDomain } from '../emit/emitted-domain.js';
import type { TypedValue } from '../policy/talk.js';
import type { Action, Agent, AgentSession, Observation } from './protocol.js';
import { realiseAgent } from '../language/realise-agent.js';
import { eachScalar } from '../language/result-values.js';

/** Wraps an agent so that it speaks and hears text alone. */
export function inText(agent: Agent, domain: EmittedDomain): Agent {
  const attributes = attributesOf(domain);
  const wrap = (session: AgentSession, seed: string, start: Speech): AgentSession => {
    let speech = start;
    const speak = (action: Action): Action => {
      if (action.type !== 'say' || !('act' in action)) return action;
      const rng = deriveRng(seed, 'wording', speech.turns);
      const label = (value: TypedValue): string | undefined => speech.labels.get(keyOf(value));
      return { type: 'say', text: realiseAgent(action.act, { domain, rng, label }) };
    };
    return {
      act(observation) {
        speech = hear(speech, observation, attributes);
        const action = session.act(withoutActs(observation));
        return action instanceof Promise ? action.then(speak) : speak(action);
      },
      ...(session.chosenFrom === undefined ? {} : { chosenFrom: () => session.chosenFrom?.() ?? 0 }),
      ...(session.fork === undefined ? {} : { fork: () => wrap(session.fork?.() ?? session, seed, speech) }),
    };
  };
  const silent: Speech = { turns: 0, labels: new Map() };
  return { name: `${agent.name}:text`, start: (view, seed) => wrap(agent.start(view, seed), seed, silent) };
}

/** What wording depends on; never changed in place, so that a fork shares it. */
interface Speech {
  readonly turns: number;
  /** The name under which the last result with a value showed it. */
  readonly labels: ReadonlyMap<string, string>;
}

/** Names of columns: what else a result has, as the number of its page, labels nothing. */
function attributesOf({ stateSchema }: EmittedDomain): ReadonlySet<string> {
  return new Set(stateSchema.tables.flatMap(({ columns }) => columns.map(({ column }) => column)));
}

function hear({ turns, labels }: Speech, observation: Observation, attributes: ReadonlySet<string>): Speech {
  if (observation.type !== 'result') return { turns: turns + 1, labels };
  const shown = new Map(labels);
  eachScalar(observation.value, (name, value) => {
    if (attributes.has(name)) shown.set(String(value), name);
  });
  return { turns: turns + 1, labels: shown };
}

function keyOf({ value }: TypedValue): string {
  return String(value);
}

function withoutActs(observation: Observation): Observation {
  return observation.type === 'user' ? { ...observation, acts: [] } : observation;
}
