// Which derived read supplies what is needed: get for a row; find, list or search for a set.
import type { Json, JsonObject } from '../../core/json.js';
import type { DerivedTool, Domain } from '../../spec/model.js';
import type { Value } from '../../spec/state.js';
import type { Call } from '../talk.js';
import { nextPage, type Beliefs } from './beliefs.js';
import type { Equal, Need } from './need.js';

/** How well a read narrows down: a find, then a reference, then other filters, then none. */
export type Reach = 'exact' | 'reference' | 'filter' | 'all';

const order: readonly Reach[] = ['exact', 'reference', 'filter', 'all'];

/** The call that supplies the need, or its next page; null when the domain has no such read. */
export function readFor(beliefs: Beliefs, need: Need): Call | null {
  const { domain } = beliefs;
  if ('id' in need) {
    const tool = derived(domain, need.entity).find((read) => read.read === 'get');
    return tool === undefined ? null : { tool: tool.name, args: { [tool.params[0]?.name ?? '']: need.id } };
  }
  const best = bestRead(domain, need.entity, need.equals);
  if (best === null) return null;
  const { tool, args } = best;
  const page = tool.pageSize === undefined ? 1 : nextPage(beliefs, tool, args);
  return { tool: tool.name, args: page === 1 ? args : { ...args, [tool.params.at(-1)?.name ?? '']: page } };
}

/** How the set can be read, or null when it cannot. */
export function reachOf(domain: Domain, entity: string, equals: readonly Equal[]): Reach | null {
  return bestRead(domain, entity, equals)?.reach ?? null;
}

/** Orders reaches, the narrowest first. */
export function compareReach(left: Reach, right: Reach): number {
  return order.indexOf(left) - order.indexOf(right);
}

interface Candidate {
  readonly tool: DerivedTool;
  readonly args: JsonObject;
  readonly reach: Reach;
  readonly filters: number;
}

function bestRead(domain: Domain, entity: string, equals: readonly Equal[]): Candidate | null {
  const candidates = derived(domain, entity).flatMap((tool) => candidate(domain, tool, equals) ?? []);
  candidates.sort((left, right) => compareReach(left.reach, right.reach) || right.filters - left.filters);
  return candidates[0] ?? null;
}

function candidate(domain: Domain, tool: DerivedTool, equals: readonly Equal[]): Candidate | null {
  const args: Record<string, Json> = {};
  let references = 0;
  for (const [index, column] of tool.by.entries()) {
    const equal = equals.find((one) => one.column === column);
    if (equal === undefined || equal.value === null || isNeedless(tool, index, equal.value)) continue;
    args[tool.params[index]?.name ?? column] = equal.value;
    if (isReference(domain, tool.entity, column)) references += 1;
  }
  const filters = Object.keys(args).length;
  if (tool.read !== 'search' && filters < tool.by.length) return null;
  const wide = filters === 0 ? 'all' : references > 0 ? 'reference' : 'filter';
  const reach = tool.read === 'find' || tool.read === 'get' ? 'exact' : wide;
  return { tool, args, reach, filters };
}

/** Whether a bound or a part says nothing: of no text, or where the read asks for the value itself too. */
function isNeedless(tool: DerivedTool, index: number, value: Value): boolean {
  if (tool.tests[index] === 'is') return false;
  const column = tool.by[index];
  return value === '' || tool.by.some((other, at) => other === column && tool.tests[at] === 'is');
}

function isReference(domain: Domain, entity: string, column: string): boolean {
  const columns = domain.entities.find((other) => other.name === entity)?.columns ?? [];
  return columns.some((other) => other.column === column && other.role === 'reference');
}

function derived(domain: Domain, entity: string): DerivedTool[] {
  return domain.tools.filter(
    (tool): tool is DerivedTool => tool.kind === 'derived' && tool.entity === entity,
  );
}
