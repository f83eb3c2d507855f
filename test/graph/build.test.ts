// The tool graphs of the hand-written domains. What edges claim is compared with what calls do in the
// interpreter, which shares no code with them.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../src/core/json.js';
import { deriveRng } from '../../src/core/rng.js';
import { buildGraph } from '../../src/graph/build.js';
import { enablingChains, supplyDepths } from '../../src/graph/chains.js';
import { measureGraph } from '../../src/graph/metrics.js';
import { edgeKinds, edgesOf, type EdgeKind, type ToolGraph } from '../../src/graph/tool-graph.js';
import { interpret, violatedGuards } from '../../src/spec/interpret.js';
import type { Domain } from '../../src/spec/model.js';
import { stateSource } from '../../src/spec/state-source.js';
import { domainIds, domainText, drawCall, idsNear, readDomain, stateOf } from './read-domain.js';

function has(graph: ToolGraph, kinds: readonly EdgeKind[], from: string, to: string, at?: string): boolean {
  return graph.edges.some(
    (edge) =>
      edge.from === from &&
      edge.to === to &&
      kinds.includes(edge.kind) &&
      (at === undefined || edge.at === at),
  );
}

/** Entities whose ids stand anywhere in a result. */
function entitiesIn(domain: Domain, value: Json): ReadonlySet<string> {
  const text = JSON.stringify(value);
  return new Set(
    domain.entities.filter(({ prefix }) => new RegExp(`"${prefix}-\\d+"`).test(text)).map(({ name }) => name),
  );
}

describe.each(domainIds)('the graph of %s', (id) => {
  let domain: Domain;
  let graph: ToolGraph;
  beforeAll(() => {
    domain = readDomain(domainText(id));
    graph = buildGraph(domain);
  });

  it('is the same every time, sorted, and gives a reason for every edge', () => {
    expect(buildGraph(readDomain(domainText(id)))).toEqual(graph);
    const tools = new Set(graph.nodes.map(({ tool }) => tool));
    for (const { from, to, at, via } of graph.edges) {
      expect(tools.has(from) && tools.has(to)).toBe(true);
      expect(at).not.toBe('');
      expect(via.length).toBeGreaterThan(10);
    }
    const keys = graph.edges.map(
      ({ from, to, kind, at }) => `${from} ${to} ${edgeKinds.indexOf(kind)} ${at}`,
    );
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toEqual(keys.toSorted());
    for (const kind of edgeKinds) expect(edgesOf(graph, kind).length).toBeGreaterThan(0);
  });

  it('has a supplying edge for every id that a result carries, and no other but through what may be null', () => {
    const mayBeNull = new Set(
      domain.entities.flatMap(({ columns }) =>
        columns.flatMap(({ column, type }) => (type.nullable === true ? [column] : [])),
      ),
    );
    const isSure = (from: string, to: string, at: string): boolean =>
      edgesOf(graph, 'supplies').some(
        (edge) =>
          edge.from === from &&
          edge.to === to &&
          edge.at === at &&
          !mayBeNull.has(edge.via.split(' ')[0] ?? ''),
      );
    const state = stateOf(domain, 7);
    const rng = deriveRng(7, id, 'supplies');
    const wrong: string[] = [];
    for (const tool of domain.tools) {
      const carried = new Set<string>();
      for (let tries = 0; tries < 200; tries++) {
        const { reply } = interpret(domain, state, tool.name, drawCall(domain, state, tool, rng));
        if (reply.type === 'refusal') continue;
        for (const entity of entitiesIn(domain, reply.value)) carried.add(entity);
      }
      // A find needs luck to find anything at random.
      if (carried.size === 0) continue;
      for (const node of graph.nodes.filter((other) => other.tool !== tool.name)) {
        for (const { name, entity } of node.params) {
          if (entity === undefined) continue;
          const claimed = has(graph, ['supplies'], tool.name, node.tool, name);
          const is = carried.has(entity);
          if (is ? !claimed : isSure(tool.name, node.tool, name)) {
            wrong.push(`${tool.name} → ${node.tool}.${name}: ${claimed}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('has an edge wherever one call changes what another answers or which rules it breaks', () => {
    const missing = new Set<string>();
    let changes = 0;
    let state = stateOf(domain, 11);
    const rng = deriveRng(11, id, 'changes');
    const writes = domain.tools.filter(({ effect }) => effect === 'write');
    const key = domain.entities.find(({ name }) => name === domain.caller)?.key ?? '';
    const caller = (): string => `${rng.pick(state.tables[domain.caller] ?? [])[key]}`;
    for (let round = 0; round < 400; round++) {
      const first = rng.pick(writes);
      const call = drawCall(domain, state, first, rng);
      const { reply, state: after } = interpret(domain, state, first.name, call);
      if (reply.type === 'refusal') continue;
      const now = caller();
      const near = idsNear(state, [call, reply.value]);
      for (const then of domain.tools) {
        for (let tries = 0; tries < 5; tries++) {
          const args = drawCall(domain, state, then, rng, near);
          const replies = [state, after].map((at) => interpret(domain, at, then.name, args).reply);
          // What a write shows of the row that it wrote is no reason to call it after another.
          const answers = replies.map((reply) =>
            JSON.stringify(reply.type === 'result' && then.effect === 'write' ? 'ok' : reply),
          );
          if (answers[0] !== answers[1]) changes++;
          // A row that was not there before is one whose id the first call gave.
          const isNew = answers[0]?.includes('_NOT_FOUND') === true;
          const kinds = isNew ? (['supplies'] as const) : (['enables', 'threatens', 'data'] as const);
          if (answers[0] !== answers[1] && first !== then && !has(graph, kinds, first.name, then.name)) {
            missing.add(`${first.name} → ${then.name}`);
          }
          // Rules are silent about a row that is gone; that it goes is a threat, not a matter of rules.
          if (answers.some((answer) => answer.includes('_NOT_FOUND'))) continue;
          const [before = [], behind = []] = [state, after].map((at) =>
            violatedGuards(domain, then.name, args, now, stateSource(at)),
          );
          const turned = [...before, ...behind].filter(
            (rule) => before.includes(rule) !== behind.includes(rule),
          );
          for (const rule of turned) {
            changes++;
            if (!has(graph, ['policy'], first.name, then.name, rule)) {
              missing.add(`${first.name} → ${then.name} (${rule})`);
            }
          }
        }
      }
      state = after;
    }
    expect([...missing]).toEqual([]);
    expect(changes).toBeGreaterThan(500);
  });

  it('lets reads alone lead to every id', () => {
    const depths = supplyDepths(graph);
    expect([...depths.values()]).not.toContain(null);
    expect(measureGraph(graph)).toMatchObject({ tools: domain.tools.length, unsupplied: [] });
  });
});

describe('the graph of the library', () => {
  const graph = buildGraph(readDomain(domainText('library')));

  it('knows what comes before what at a lending desk', () => {
    expect(has(graph, ['enables'], 'lend_copy', 'return_loan', 'Loan.status=active')).toBe(true);
    expect(has(graph, ['enables'], 'report_lost', 'mark_found', 'Loan.status=lost')).toBe(true);
    expect(has(graph, ['threatens'], 'report_lost', 'return_loan', 'Loan.status=active')).toBe(true);
    expect(has(graph, ['enables'], 'return_loan', 'report_lost')).toBe(false);
    // More loans bring a member nearer to the limit; fewer lead away from it.
    expect(has(graph, ['threatens'], 'collect_pickup', 'lend_copy', 'Loan.status=active')).toBe(true);
    expect(has(graph, ['enables'], 'return_loan', 'lend_copy', 'Loan.status=active')).toBe(true);
    expect(has(graph, ['policy'], 'pay_fine', 'renew_loan', 'debt')).toBe(true);
    expect(has(graph, ['policy'], 'quote_charges', 'report_lost', 'quote_first')).toBe(true);
    expect(has(graph, ['policy'], 'find_member_by_card_number', 'renew_loan', 'identify')).toBe(true);
  });

  it('reaches a loan through its member, and a copy through its barcode', () => {
    const depths = supplyDepths(graph);
    expect(depths.get('find_member_by_card_number')).toBe(0);
    expect(depths.get('list_member_loans')).toBe(1);
    expect(depths.get('renew_loan')).toBe(2);
    expect(depths.get('lend_copy')).toBe(1);
  });

  it('chains writes that enable one another, never the same twice', () => {
    const chains = enablingChains(graph, 3);
    expect(chains).toContainEqual(['lend_copy', 'report_lost', 'mark_found']);
    for (const chain of chains) expect(new Set(chain).size).toBe(chain.length);
  });
});
