// Which derived read supplies what is needed: get for a row; find, list or search for a set.
import type { Json } from '../../core/json.js';
import type { DerivedTool, Domain } from '../../spec/model.js';
import type { Call } from '../talk.js';
import type { Equal, Need } from './need.js';

/** How well a read narrows down: a find, then a reference, then other filters, then none. */
export type Reach = 'exact' | 'reference' | 'filter' | 'all';

const order: readonly Reach[] = ['exact', 'reference', 'filter', 'all'];

/** The call that supplies the need, or null when the domain has no such read. */
export function readFor(domain: Domain, need: Need): Call | null {
  if ('id' in need) {
    const tool = readsOf(domain, need.entity).tools.find((read) => read.read === 'get');
    return tool === undefined ? null : { tool: tool.name, args: { [tool.params[0]?.name ?? '']: need.id } };
  }
  const best = bestRead(domain, need.entity, need.equals);
  return best === null ? null : best.call;
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
  readonly call: Call;
  readonly reach: Reach;
  readonly filters: number;
}

function bestRead(domain: Domain, entity: string, equals: readonly Equal[]): Candidate | null {
  const { tools, references } = readsOf(domain, entity);
  let best: Candidate | null = null;
  for (const tool of tools) {
    const next = candidate(tool, references, equals);
    if (next !== null && (best === null || isBetter(next, best))) best = next;
  }
  return best;
}

function isBetter(one: Candidate, other: Candidate): boolean {
  return (compareReach(one.reach, other.reach) || other.filters - one.filters) < 0;
}

function candidate(
  tool: DerivedTool,
  referring: ReadonlySet<string>,
  equals: readonly Equal[],
): Candidate | null {
  const args: Record<string, Json> = {};
  let references = 0;
  for (const [index, column] of tool.by.entries()) {
    const equal = equals.find((one) => one.column === column);
    if (equal === undefined || equal.value === null) continue;
    args[tool.params[index]?.name ?? column] = equal.value;
    if (referring.has(column)) references += 1;
  }
  const filters = Object.keys(args).length;
  if (tool.read !== 'search' && filters < tool.by.length) return null;
  const wide = filters === 0 ? 'all' : references > 0 ? 'reference' : 'filter';
  const reach = tool.read === 'find' || tool.read === 'get' ? 'exact' : wide;
  return { call: { tool: tool.name, args }, reach, filters };
}

interface Reads {
  readonly tools: readonly DerivedTool[];
  readonly references: ReadonlySet<string>; // columns
}

const nothing: Reads = { tools: [], references: new Set() };
const indexes = new WeakMap<Domain, ReadonlyMap<string, Reads>>();

/** The derived reads of an entity, and which of its columns are references. */
function readsOf(domain: Domain, entity: string): Reads {
  const known = indexes.get(domain);
  if (known !== undefined) return known.get(entity) ?? nothing;
  const index = new Map(
    domain.entities.map(({ name, columns }): [string, Reads] => {
      const tools = domain.tools.filter(
        (tool): tool is DerivedTool => tool.kind === 'derived' && tool.entity === name,
      );
      const references = columns.filter(({ role }) => role === 'reference').map(({ column }) => column);
      return [name, { tools, references: new Set(references) }];
    }),
  );
  indexes.set(domain, index);
  return index.get(entity) ?? nothing;
}
