// What an agent has come to know of a talk: every value that the user said and that results showed,
// each with its JSON type.
import { canonicalJson, type Json } from '../core/json.js';
import type { Observation } from '../env/protocol.js';
import { eachScalar } from '../language/result-values.js';
import { hearUser, startTalk } from '../policy/monitor.js';

export interface Seen {
  observe(observation: Observation): void;
  wasSaid(value: Json): boolean;
  wasRead(value: Json): boolean;
}

export function startSeen(): Seen {
  let talk = startTalk();
  const said = new Set<string>();
  const read = new Set<string>();
  return {
    observe(observation) {
      if (observation.type === 'user') {
        talk = hearUser(talk, observation.acts);
        for (const { value } of talk.said) said.add(canonicalJson(value));
      } else if (observation.type === 'result') {
        eachScalar(observation.value, (_, value) => read.add(canonicalJson(value)));
      }
    },
    wasSaid: (value) => said.has(canonicalJson(value)),
    wasRead: (value) => read.has(canonicalJson(value)),
  };
}
