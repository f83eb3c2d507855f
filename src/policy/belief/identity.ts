// The finds that may tell an agent who calls: those that the verify policies name, or, in a domain
// without such a policy, every find of the caller's entity.
import type { DerivedTool, Domain } from '../../spec/model.js';
import { entityOf } from './path.js';

export function identifyingFinds(domain: Domain): readonly DerivedTool[] {
  const finds = domain.tools.filter(
    (tool): tool is DerivedTool =>
      tool.kind === 'derived' && tool.read === 'find' && tool.entity === domain.caller,
  );
  const verify = domain.policies.filter((policy) => policy.kind === 'verify');
  if (verify.length === 0) return finds;
  return finds.filter((find) => verify.every((policy) => policy.finds.includes(find.name)));
}

/** What a find of the caller needs to be told: the attribute a user is asked for, and the parameter. */
export function slotsOf(
  domain: Domain,
  find: DerivedTool,
): readonly { readonly slot: string; readonly param: string }[] {
  const { columns } = entityOf(domain, find.entity);
  return find.by.map((column, index) => ({
    slot: columns.find((other) => other.column === column)?.attr ?? column,
    param: find.params[index]?.name ?? column,
  }));
}
