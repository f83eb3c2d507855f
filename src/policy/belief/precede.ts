// What a precede policy asks for before a call: the earlier call that shares its values.
import type { Json } from '../../core/json.js';
import type { Domain, Policy } from '../../spec/model.js';
import type { Call } from '../talk.js';

export type Precede = Extract<Policy, { kind: 'precede' }>;

/** Whether an earlier call satisfies the policy for this one. */
export function precedes(policy: Precede, earlier: Call, call: Call): boolean {
  return (
    earlier.tool === policy.first &&
    policy.shared.every(
      ([theirs, ours]) => JSON.stringify(earlier.args[theirs]) === JSON.stringify(call.args[ours]),
    )
  );
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
