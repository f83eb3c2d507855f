// The policies that an agent can name: their ids as the policy text prints them, `[own]`, and those
// that the hand-over tool lists.
import { isObject } from '../core/json.js';
import type { AgentView } from './protocol.js';

/** Ids in the policy text, in order, then those known from hand-over tools alone. */
export function policyIds(view: AgentView): readonly string[] {
  const written = [...view.policyText.matchAll(/[[`]([a-z][a-z0-9]*(?:_[a-z0-9]+)*)[\]`]/g)].map(
    ([, id]) => id ?? '',
  );
  const tools = new Set(view.manifest.map(({ name }) => name));
  return [...new Set([...written, ...handOverPolicies(view)])].filter(
    (id) => !tools.has(id) && id !== 'other',
  );
}

/** What a hand-over can name, 'other' included; none where there is no hand-over tool. */
export function handOverPolicies(view: AgentView): readonly string[] {
  return view.manifest
    .filter(({ effect }) => effect === 'control')
    .flatMap(({ parameters }) => {
      const properties = parameters['properties'];
      const policy = isObject(properties) ? properties['policy'] : undefined;
      const members = isObject(policy) ? policy['enum'] : undefined;
      return Array.isArray(members) ? (members as readonly unknown[]).map(String) : [];
    });
}
