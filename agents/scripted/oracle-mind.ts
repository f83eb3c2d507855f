// What the oracle has learnt in a talk, and its ways to learn more: a call, reading until a thought can
// be thought to its end, and listening. It hears acts, or texts alone, which it reads by itself.
import type { Json, JsonObject } from '../../src/core/json.js';
import type { Action, Observation } from '../../src/env/protocol.js';
import { recoverWishActs } from '../../src/language/recover-answer.js';
import { recoverReply } from '../../src/language/recover-reply.js';
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
import type { AgentAct, Call, Scalar, UserAct, Wish } from '../../src/policy/talk.js';
import type { RowSource } from '../../src/spec/evaluate.js';
import type { Domain } from '../../src/spec/model.js';

/** A part of the talk: it yields actions, is sent observations, and comes to a value. */
export type Part<T> = Generator<Action, T, Observation>;

/** What the oracle gets of a user: the acts, or only the text. */
export type Ears = 'acts' | 'text';

export interface Mind {
  readonly domain: Domain;
  readonly ears: Ears;
  readonly beliefs: Beliefs;
  /** What the user has said of itself, by slot; null for what it does not know. */
  readonly said: Map<string, Scalar>;
  /** What the user wants, as far as it was understood. */
  readonly wishes: Wish[];
  /** Values of each wish's references, by the wish's place. */
  readonly meant: Map<number, JsonObject>;
  /** Texts whose wishes have not been read, each with what it answers. */
  readonly unread: { readonly text: string; readonly heard: AgentAct | null }[];
  /** Results of the calls that fulfilled wishes, by the wish's place. */
  readonly made: Map<number, { readonly tool: string; readonly value: Json }>;
  readonly succeeded: Call[];
  caller: string | null;
}

export function openMind(domain: Domain, ears: Ears): Mind {
  return {
    domain,
    ears,
    beliefs: startBeliefs(domain),
    said: new Map(),
    wishes: [],
    meant: new Map(),
    unread: [],
    made: new Map(),
    succeeded: [],
    caller: null,
  };
}

/** Says something and hears the answer: the acts that can be understood at once. */
export function* say(mind: Mind, act: AgentAct): Part<readonly UserAct[]> {
  return hear(mind, yield { type: 'say', act }, act);
}

/** Takes in what the user says in answer to an act. Wishes in a text wait until the rows can be looked up. */
export function hear(mind: Mind, observation: Observation, heard: AgentAct | null): readonly UserAct[] {
  if (observation.type !== 'user') return [];
  const { text } = observation;
  const acts = mind.ears === 'acts' ? observation.acts : recoverReply(mind.domain, text, heard);
  if (mind.ears === 'text') mind.unread.push({ text, heard });
  for (const act of acts) note(mind, act);
  return acts;
}

/** Reads the wishes of the texts that were heard. */
export function* understand(mind: Mind): Part<void> {
  for (let next = mind.unread.shift(); next !== undefined; next = mind.unread.shift()) {
    const { text, heard } = next;
    const { domain, caller, wishes } = mind;
    const acts = yield* know(mind, (source) =>
      recoverWishActs({ domain, caller, source }, text, { heard, wishes }),
    );
    for (const act of acts?.value ?? []) note(mind, act);
  }
}

function note(mind: Mind, act: UserAct): void {
  if (act.act === 'inform') for (const { slot, value } of act.slots) mind.said.set(slot, value);
  else if (act.act === 'unknown') for (const slot of act.slots) mind.said.set(slot, null);
  else if (act.act === 'request') mind.wishes.push(...act.wishes);
  else if (act.act === 'specify') {
    const wish = mind.wishes[act.wish];
    if (wish === undefined) return;
    mind.wishes[act.wish] =
      wish.wish === 'do'
        ? { ...wish, args: { ...wish.args, ...act.args } }
        : { ...wish, of: act.args['of'] ?? wish.of };
  }
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
