// The structure of a domain as a graph of labelled parts without any name: tools point to their
// parameters, conditions, statements and rules, these to the entities and columns that they touch.
// Links go one way only, from what mentions to what is mentioned.
import { must } from '../core/errors.js';
import type { Domain, Entity, Expr, Policy, SpecTool, Statement, Tool, Type } from '../spec/model.js';
import { ruleOn, toolsOf } from '../spec/rule.js';
import { readsOf } from './expression-reads.js';
import { returnedExpressions } from './footprint.js';

/** A part of a domain: what it is, and what it points to, by role. */
export interface ShapeNode {
  readonly label: string;
  readonly links: (readonly [string, ShapeNode])[];
}

function node(label: string, links: ShapeNode['links'] = []): ShapeNode {
  return { label, links };
}

// A number of values says nothing that a name would not: only that it is an enum counts.
function typeLabel(type: Type): string {
  const optional = type.nullable === true ? '?' : '';
  if (type.kind === 'list') return `list of ${typeLabel(type.item)}${optional}`;
  if (type.kind !== 'record') return `${type.kind}${optional}`;
  const fields = type.fields.map((field) => typeLabel(field.type)).sort();
  return `line of ${fields.join(' and ')}${optional}`;
}

/** The operator at the root of a condition. */
function rootOf(expr: Expr): string {
  if (expr.kind === 'unary') return `${expr.op} ${rootOf(expr.of)}`;
  if (expr.kind === 'binary') return expr.op;
  if (expr.kind === 'aggregate' || expr.kind === 'math') return expr.fn;
  return expr.kind;
}

/** The nodes of a domain's tools, in order, and of its entities. */
export function shapeNodes(domain: Domain): {
  readonly tools: readonly ShapeNode[];
  readonly entities: readonly ShapeNode[];
} {
  const entities = new Map(domain.entities.map(({ name }) => [name, node('entity')]));
  const columns = new Map<string, ShapeNode>();
  const entityNode = (name: string): ShapeNode => must(entities.get(name), `entity ${name}`);
  const columnNode = (name: string): ShapeNode => must(columns.get(name), `column ${name}`);

  function fill({ name, columns: described, machine }: Entity): void {
    const { links } = entityNode(name);
    for (const { column, role, type, unique } of described) {
      const part = node(`column ${role} ${typeLabel(type)}${unique && role !== 'key' ? ' unique' : ''}`);
      if (role === 'reference' && type.kind === 'row') part.links.push(['to', entityNode(type.entity)]);
      columns.set(`${name}.${column}`, part);
      links.push(['column', part]);
    }
    if (machine !== undefined) {
      links.push(['machine', node(`machine ${machine.states.length} ${machine.events.length}`)]);
    }
  }

  function toolNode(tool: Tool): ShapeNode {
    const kind = tool.kind === 'derived' ? tool.read : tool.effect;
    const links: ShapeNode['links'] = tool.params.map(({ type, optional }, index) => {
      const test = tool.kind === 'derived' ? tool.tests[index] : 'is';
      const filter = test === 'is' ? '' : ` ${test ?? 'page'}`;
      return ['param', typed(`param${filter}${optional ? ' optional' : ''}`, type)];
    });
    for (const { type } of returnedExpressions(tool)) links.push(['return', typed('return', type)]);
    if (tool.kind === 'spec') links.push(...parts(tool));
    for (const policy of domain.policies) {
      if (toolsOf(policy).includes(tool.name)) links.push(['policy', policyNode(policy, tool)]);
    }
    return node(`tool ${kind}`, links);
  }

  function typed(role: string, type: Type): ShapeNode {
    const inner = type.kind === 'list' ? type.item : type;
    const rows = inner.kind === 'record' ? inner.fields.map((field) => field.type) : [inner];
    return node(
      `${role} ${typeLabel(type)}`,
      rows.flatMap((row) => (row.kind === 'row' ? [['row', entityNode(row.entity)] as const] : [])),
    );
  }

  function parts({ lets, requires, body }: SpecTool): ShapeNode['links'] {
    return [
      ...lets.map(({ value }) => ['let', ruleNode('let', value)] as const),
      ...requires.map(({ holds }) => ['require', ruleNode('require', holds)] as const),
      ...body.map((statement) => ['do', statementNode(statement)] as const),
    ];
  }

  function ruleNode(role: string, expr: Expr): ShapeNode {
    const links: ShapeNode['links'] = [...readsOf(expr)].map((read) => {
      const [entity = ''] = read.split('.');
      return read.endsWith('.*') ? ['over', entityNode(entity)] : ['reads', columnNode(read)];
    });
    return node(`${role} ${rootOf(expr)}`, links);
  }

  function policyNode(policy: Policy, tool: Tool): ShapeNode {
    const rule = ruleOn(policy, tool);
    return rule === undefined ? node(policy.kind) : ruleNode(policy.kind, rule.condition);
  }

  function statementNode(statement: Statement): ShapeNode {
    switch (statement.kind) {
      case 'fire':
        return node('fire', [['on', entityNode(statement.entity)]]);
      case 'set':
        return node(
          'set',
          statement.assignments.map(({ entity, column, value }) => [
            rootOf(value),
            columnNode(`${entity}.${column}`),
          ]),
        );
      case 'create':
        return node('create', [['of', entityNode(statement.entity)]]);
      case 'delete':
        return node('delete', [['of', entityNode(statement.entity)]]);
      case 'if':
        return node('if', [
          ['when', ruleNode('condition', statement.condition)],
          ...statement.then.map((inner) => ['then', statementNode(inner)] as const),
          ...statement.else.map((inner) => ['else', statementNode(inner)] as const),
        ]);
      default:
        return node('each', [
          ['over', typed('item', statement.variableType)],
          ...(statement.where === undefined ? [] : [['where', ruleNode('where', statement.where)] as const]),
          ...statement.do.map((inner) => ['do', statementNode(inner)] as const),
        ]);
    }
  }

  for (const entity of domain.entities) fill(entity);
  return { tools: domain.tools.map((tool) => toolNode(tool)), entities: [...entities.values()] };
}
