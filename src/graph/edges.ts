// The edges between tools, one function a kind, from the footprints of their ends.
import { idSlots } from '../spec/id-slots.js';
import type { Domain, Entity, Expr, Policy } from '../spec/model.js';
import type { Footprint, ReasonedNeed, StateShift } from './footprint.js';
import { ruleOn, toolsOf } from '../spec/rule.js';
import { readsOf } from './expression-reads.js';
import { entityOf, present } from './state-needs.js';
import type { EdgeKind, ToolEdge } from './tool-graph.js';

/** All edges, unsorted; two of the same kind between the same tools differ in `at`. */
export function edgesBetween(domain: Domain, footprints: readonly Footprint[]): readonly ToolEdge[] {
  const pairs = footprints.flatMap((from) => footprints.map((to) => [from, to] as const));
  return pairs.flatMap(([from, to]) => [
    ...(from === to
      ? []
      : [...supplies(domain, from, to), ...stateEdges(domain, from, to), ...data(from, to)]),
    ...policies(domain, from, to),
  ]);
}

function edge(from: Footprint, to: Footprint, kind: EdgeKind, at: string, via: string): ToolEdge {
  return { from: from.tool.name, to: to.tool.name, kind, at, via };
}

function supplies(domain: Domain, from: Footprint, to: Footprint): readonly ToolEdge[] {
  return to.tool.params.flatMap(idSlots).flatMap(({ name, entity }) => {
    const source = sourceOf(domain, from, entity);
    return source === undefined ? [] : [edge(from, to, 'supplies', name, `${source} fills ${name}`)];
  });
}

/** Where in the results of a tool ids of the entity stand. */
function sourceOf(domain: Domain, { gives }: Footprint, wanted: string): string | undefined {
  if (gives.has(wanted)) return `${one(entityOf(domain, wanted).words)} of its result`;
  const columns = [...gives].sort().flatMap((name) => {
    const { columns, words } = entityOf(domain, name);
    return columns
      .filter(({ role, type }) => role === 'reference' && type.kind === 'row' && type.entity === wanted)
      .map(({ column }) => `${column} of its ${words}`);
  });
  return columns[0];
}

function stateEdges(domain: Domain, from: Footprint, to: Footprint): readonly ToolEdge[] {
  const edges = new Map<string, ToolEdge>();
  for (const shift of from.shifts) {
    for (const need of to.needs) {
      const kind = effectOn(need, shift);
      if (kind === undefined) continue;
      const entity = entityOf(domain, need.entity);
      const at = `${need.entity}.status=${need.states.join('|')}`;
      const key = `${kind} ${at}`;
      if (!edges.has(key)) edges.set(key, edge(from, to, kind, at, stateReason(entity, shift, need)));
    }
  }
  return [...edges.values()];
}

/** Whether a shift of rows helps or hinders a need, if either. */
function effectOn(need: ReasonedNeed, shift: StateShift): 'enables' | 'threatens' | undefined {
  if (need.entity !== shift.entity) return undefined;
  const enters = shift.to !== undefined && need.states.includes(shift.to);
  const stays = shift.from.length > 0 && shift.from.every((state) => need.states.includes(state));
  const leaves = shift.from.some((state) => need.states.includes(state));
  if (enters && !stays) return need.wants === 'some' ? 'enables' : 'threatens';
  if (leaves && !enters) return need.wants === 'some' ? 'threatens' : 'enables';
  return undefined;
}

function stateReason({ words, pluralWords }: Entity, shift: StateShift, need: ReasonedNeed): string {
  const state = (name: string): string => (name === present ? 'there' : name.replaceAll('_', ' '));
  const change =
    shift.how === 'create'
      ? `makes ${one(words)}`
      : shift.to === undefined
        ? `deletes ${one(words)}`
        : `turns ${one(words)} ${state(shift.to)}`;
  const asked = `${need.wants === 'few' ? 'few ' : ''}${pluralWords} ${need.states.map(state).join(' or ')}`;
  return `${change}; ${need.reason} wants ${asked}`;
}

function one(words: string): string {
  return `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;
}

function data(from: Footprint, to: Footprint): readonly ToolEdge[] {
  const columns = shared(from.writes, to.reads);
  if (columns.length === 0) return [];
  return [edge(from, to, 'data', columns.join(','), `writes ${describe(columns)}, which is read`)];
}

function policies(domain: Domain, from: Footprint, to: Footprint): readonly ToolEdge[] {
  return domain.policies.flatMap((policy) => {
    const via = policyReason(policy, from, to);
    return via === undefined ? [] : [edge(from, to, 'policy', policy.id, via)];
  });
}

function policyReason(policy: Policy, from: Footprint, to: Footprint): string | undefined {
  const [first, then] = [from.tool.name, to.tool.name];
  if (!toolsOf(policy).includes(then)) return undefined;
  switch (policy.kind) {
    case 'verify':
      return policy.finds.includes(first) ? `${policy.id}: identifies the caller` : undefined;
    case 'precede':
      return policy.first === first ? `${policy.id}: has to come first` : undefined;
    case 'guard':
    case 'escalate':
    case 'compute':
      return touches(ruleOn(policy, to.tool)?.condition, from, policy.id);
    case 'confirm':
    case 'conceal':
      return undefined;
  }
}

function touches(rule: Expr | undefined, from: Footprint, id: string): string | undefined {
  if (rule === undefined) return undefined;
  const columns = shared(from.writes, readsOf(rule));
  return columns.length === 0 ? undefined : `${id}: writes ${describe(columns)}`;
}

function shared(written: ReadonlySet<string>, read: ReadonlySet<string>): readonly string[] {
  return [...written].filter((column) => read.has(column)).sort();
}

function describe(columns: readonly string[]): string {
  return columns
    .map((column) => (column.endsWith('.*') ? `rows of ${column.slice(0, -2)}` : column))
    .join(', ');
}
