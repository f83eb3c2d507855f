// What the oracle has learnt in a talk, and its two ways to learn more: a call, and reading until a
// thought can be thought to its end.
import type { Json } from '../../src/core/json.js';
import type { Action, Observation } from '../../src/env/protocol.js';
import {
  absorb,
  absorbNothing,
  believedSource,
  forget,
  startBeliefs,
  type Beliefs,
} from '../../src/policy/belief/beliefs.js';
import { writtenEntities } from '../../src/policy/belief/effects.js';
import { think } from '../../src/policy/belief/need.js';
import { readFor } from '../../src/policy/belief/read-call.js';
import type { Call, Scalar, UserAct } from '../../src/policy/talk.js';
import type { RowSource } from '../../src/spec/evaluate.js';
import type { Domain } from '../../src/spec/model.js';

/** A part of the talk: it yields actions, is sent observations, and comes to a value. */
export type Part<T> = Generator<Action, T, Observation>;

export interface Mind {
  readonly domain: Domain;
  readonly beliefs: Beliefs;
  /** What the user has said of itself, by slot; null for what it does not know. */
  readonly said: Map<string, Scalar>;
  /** Results of the calls that fulfilled wishes, by the wish's place. */
  readonly made: Map<number, { readonly tool: string; readonly value: Json }>;
  readonly succeeded: Call[];
  caller: string | null;
}

export function openMind(domain: Domain): Mind {
  return {
    domain,
    beliefs: startBeliefs(domain),
    said: new Map(),
    made: new Map(),
    succeeded: [],
    caller: null,
  };
}

/** Notes what the user informs of. */
export function hear(mind: Mind, observation: Observation): void {
  for (const act of actsOf(observation)) {
    if (act.act === 'inform') for (const { slot, value } of act.slots) mind.said.set(slot, value);
    if (act.act === 'unknown') for (const slot of act.slots) mind.said.set(slot, null);
  }
}

export function actsOf(observation: Observation): readonly UserAct[] {
  return observation.type === 'user' ? observation.acts : [];
}

const retries = 3;
const mostReads = 200;

/** Makes a call, again after a fault; its value, or null when it was refused or kept failing. */
export function* call(mind: Mind, made: Call): Part<{ readonly value: Json } | null> {
  const tool = mind.domain.tools.find((other) => other.name === made.tool);
  for (let attempt = 0; attempt < retries; attempt++) {
    const observation = yield { type: 'call', tool: made.tool, args: made.args };
    if (observation.type === 'result') {
      if (tool !== undefined) {
        forget(mind.beliefs, writtenEntities(mind.domain, tool));
        absorb(mind.beliefs, tool, made.args, observation.value);
      }
      mind.succeeded.push(made);
      return { value: observation.value };
    }
    if (observation.type !== 'fault') break;
  }
  return null;
}

/** The value of a thought, reading whatever it turns out to need; null when no read supplies that. */
export function* know<T>(mind: Mind, compute: (source: RowSource) => T): Part<{ readonly value: T } | null> {
  for (let reads = 0; reads < mostReads; reads++) {
    const thought = think(() => compute(believedSource(mind.beliefs)));
    if (thought.known) return { value: thought.value };
    const read = readFor(mind.beliefs, thought.need);
    if (read === null) return null;
    const answer = yield* call(mind, read);
    const tool = mind.domain.tools.find((other) => other.name === read.tool);
    if (answer === null && tool?.kind === 'derived') absorbNothing(mind.beliefs, tool, read.args);
  }
  return null;
}
