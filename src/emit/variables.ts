// Which variables a tool or an expression speaks of.
import { mentions } from '../spec/hints.js';
import type { Expr, SpecTool, Statement, Type } from '../spec/model.js';
import { snakeCase } from '../spec/names.js';
import type { SpokenVariable } from './scope.js';

/** The variables that an expression's aggregates bring. */
export function boundIn(expr: Expr): readonly SpokenVariable[] {
  const found: SpokenVariable[] = [];
  mentions(expr, (part) => {
    if (part.kind === 'aggregate') found.push(speak(part.variable, part.variableType));
    return false;
  });
  return found;
}

function speak(name: string, type: Type): SpokenVariable {
  if (type.kind === 'record') return { name, entity: 'line' };
  return type.kind === 'row' ? { name, entity: snakeCase(type.entity) } : { name };
}

/** Names of the variables that an expression reads. */
export function readIn(expr: Expr): readonly string[] {
  const names: string[] = [];
  mentions(expr, (part) => {
    if (part.kind === 'variable') names.push(part.name);
    return false;
  });
  return names;
}

/** Every variable of a tool, in the order in which they come up. */
export function variablesOf(tool: SpecTool): readonly SpokenVariable[] {
  return [
    ...tool.params.map((param) => ({ name: param.binds })),
    ...tool.lets.map(({ name }) => ({ name })),
    ...tool.body.flatMap(declaredIn),
    ...expressionsOf(tool).flatMap(boundIn),
  ];
}

/** The variables that anything in a tool reads. */
export function usedVariables(tool: SpecTool): ReadonlySet<string> {
  const used = new Set(usesOf(tool));
  for (const { name, value } of tool.lets.toReversed())
    if (used.has(name)) readIn(value).forEach((read) => used.add(read));
  return used;
}

function usesOf(tool: SpecTool): readonly string[] {
  return expressionsOf({ ...tool, lets: [] }).flatMap(readIn);
}

function declaredIn(statement: Statement): readonly SpokenVariable[] {
  if (statement.kind === 'create') return statement.as === undefined ? [] : [{ name: statement.as }];
  if (statement.kind === 'if') return [...statement.then, ...statement.else].flatMap(declaredIn);
  if (statement.kind !== 'each') return [];
  return [speak(statement.variable, statement.variableType), ...statement.do.flatMap(declaredIn)];
}

/** Every expression of a tool. */
function expressionsOf(tool: Pick<SpecTool, 'lets' | 'requires' | 'body' | 'returns'>): readonly Expr[] {
  const returned = 'value' in tool.returns ? [tool.returns.value] : Object.values(tool.returns.fields);
  return [
    ...tool.lets.map((one) => one.value),
    ...tool.requires.map((require) => require.holds),
    ...tool.body.flatMap(expressionsIn),
    ...returned,
  ];
}

/** Every expression of a statement, also of those in it. */
export function expressionsIn(statement: Statement): readonly Expr[] {
  switch (statement.kind) {
    case 'fire':
    case 'delete':
      return [statement.row];
    case 'set':
      return statement.assignments.flatMap((one) => [one.row, one.value]);
    case 'create':
      return Object.values(statement.values);
    case 'if':
      return [
        statement.condition,
        ...statement.then.flatMap(expressionsIn),
        ...statement.else.flatMap(expressionsIn),
      ];
    case 'each': {
      const over = 'list' in statement.source ? [statement.source.list] : [];
      return [
        ...over,
        ...(statement.where === undefined ? [] : [statement.where]),
        ...statement.do.flatMap(expressionsIn),
      ];
    }
  }
}
