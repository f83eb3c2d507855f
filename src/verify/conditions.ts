// The conditions and values of a tool, each with the statement it stands in, so that a search can
// walk there.
import type { Expr, SpecTool, Statement } from '../spec/model.js';
import { children } from './expr-children.js';

export interface Root {
  readonly expr: Expr;
  /** What the expression belongs to: a statement, the index of a require, or the tool as a whole. */
  readonly place: Statement | number | null;
}

export function rootsOf(tool: SpecTool): Root[] {
  const returns = 'value' in tool.returns ? [tool.returns.value] : Object.values(tool.returns.fields);
  return [
    ...tool.lets.map(({ value }) => ({ expr: value, place: null })),
    ...tool.requires.map(({ holds }, place) => ({ expr: holds, place })),
    ...statementsIn(tool.body).flatMap((place) => expressionsOf(place).map((expr) => ({ expr, place }))),
    ...returns.map((expr) => ({ expr, place: null })),
  ];
}

/** All statements, also the nested ones, in order of text. */
export function statementsIn(body: readonly Statement[]): Statement[] {
  return body.flatMap((statement) => [statement, ...blocksOf(statement).flatMap(statementsIn)]);
}

export function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  if (statement.kind === 'if') return [statement.then, statement.else];
  return statement.kind === 'each' ? [statement.do] : [];
}

export function containsStatement(body: readonly Statement[], wanted: Statement): boolean {
  return statementsIn(body).includes(wanted);
}

function expressionsOf(statement: Statement): readonly Expr[] {
  switch (statement.kind) {
    case 'set':
      return statement.assignments.map((one) => one.value);
    case 'create':
      return Object.values(statement.values);
    case 'if':
      return [statement.condition];
    case 'each':
      return statement.where === undefined ? [] : [statement.where];
    default:
      return [];
  }
}

/** The nodes from the root down to the wanted one, both included; null when it is not in there. */
export function pathTo(root: Expr, wanted: Expr): readonly Expr[] | null {
  if (root === wanted) return [root];
  for (const [child] of children(root)) {
    const rest = pathTo(child, wanted);
    if (rest !== null) return [root, ...rest];
  }
  return null;
}

/** All nodes of an expression, outermost first. */
export function nodesOf(root: Expr): Expr[] {
  return [root, ...children(root).flatMap(([child]) => nodesOf(child))];
}
