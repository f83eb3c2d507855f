// What a precede policy asks for before a call: the earlier call that shares its values.
import { canonicalJson, type Json } from '../../core/json.js';
import type { Domain, Policy } from '../../spec/model.js';
import type { Call } from '../talk.js';

export type Precede = Extract<Policy, { kind: 'precede' }>;

/** Whether an earlier call satisfies the policy for this one. */
export function precedes(policy: Pick<Precede, 'first' | 'shared'>, earlier: Call, call: Call): boolean {
  return (
    earlier.tool === policy.first &&
    policy.shared.every(([theirs, ours]) => sameArgument(earlier.args[theirs], call.args[ours]))
  );
}

/** Whether two arguments are the same; one left out is null. */
export function sameArgument(left: Json | undefined, right: Json | undefined): boolean {
  return canonicalJson(left ?? null) === canonicalJson(right ?? null);
}

/** The call to make first, or null when it writes or needs a value that this call does not have. */
export function precedingCall(domain: Domain, policy: Precede, call: Call): Call | null {
  const tool = domain.tools.find((other) => other.name === policy.first);
  if (tool === undefined || tool.effect === 'write') return null;
  const args: Record<string, Json> = {};
  for (const param of tool.params) {
    const ours = policy.shared.find(([theirs]) => theirs === param.name)?.[1] ?? param.name;
    const value = call.args[ours];
    if (value !== undefined) args[param.name] = value;
    else if (!param.optional && !(tool.kind === 'derived' && tool.read === 'search')) return null;
  }
  return { tool: tool.name, args };
}
