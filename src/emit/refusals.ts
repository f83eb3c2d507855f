// What a tool can refuse with, as its statements say it.
import type { Domain, Entity, SpecTool, Statement, Tool } from '../spec/model.js';
import { entityOf } from './type-text.js';

export interface DeclaredRefusal {
  readonly code: string;
  readonly message: string;
}

/** The refusals of a tool in the order in which they are decided, those for unknown ids apart; each code once. */
export function refusalsOf(domain: Domain, tool: Tool): readonly DeclaredRefusal[] {
  const all = tool.kind === 'spec' ? ofSpecTool(domain, tool) : ofRead(domain, tool);
  return all.filter(({ code }, at) => all.findIndex((other) => other.code === code) === at);
}

function ofSpecTool(domain: Domain, tool: SpecTool): readonly DeclaredRefusal[] {
  return [...tool.requires, ...tool.body.flatMap((statement) => ofStatement(domain, statement))].map(
    ({ code, message }) => ({ code, message }),
  );
}

function ofRead(domain: Domain, tool: Extract<Tool, { kind: 'derived' }>): readonly DeclaredRefusal[] {
  if (tool.read !== 'find') return [];
  const { snake, words, pluralWords } = entityOf(domain, tool.entity);
  return [
    { code: `${snake.toUpperCase()}_NOT_FOUND`, message: `No ${words} matches.` },
    { code: `${snake.toUpperCase()}_AMBIGUOUS`, message: `Several ${pluralWords} match.` },
  ];
}

function ofStatement(domain: Domain, statement: Statement): readonly DeclaredRefusal[] {
  switch (statement.kind) {
    case 'fire': {
      const machine = entityOf(domain, statement.entity).machine;
      return machine?.events.filter((event) => event.name === statement.event) ?? [];
    }
    case 'set':
      return statement.assignments.flatMap(({ entity, column, value }) =>
        value.type.kind === 'null' ? [] : takenIn(entityOf(domain, entity), [column]),
      );
    case 'create':
      return takenIn(entityOf(domain, statement.entity), Object.keys(statement.values));
    case 'delete': {
      const entity = entityOf(domain, statement.entity);
      return isReferred(domain, entity)
        ? [{ code: `${entity.snake.toUpperCase()}_IN_USE`, message: `The ${entity.words} is still in use.` }]
        : [];
    }
    case 'if':
      return [...statement.then, ...statement.else].flatMap((inner) => ofStatement(domain, inner));
    case 'each':
      return statement.do.flatMap((inner) => ofStatement(domain, inner));
  }
}

function takenIn(entity: Entity, columns: readonly string[]): readonly DeclaredRefusal[] {
  return entity.columns
    .filter((column) => column.unique && column.role !== 'key' && columns.includes(column.column))
    .map(({ attr }) => takenRefusal(entity, attr));
}

/** The refusal of a value that another row has. */
export function takenRefusal(entity: Entity, attr: string): DeclaredRefusal {
  return {
    code: `${attr.toUpperCase()}_TAKEN`,
    message: `Another ${entity.words} has this ${attr.replaceAll('_', ' ')}.`,
  };
}

function isReferred(domain: Domain, entity: Entity): boolean {
  return domain.entities.some((other) =>
    other.columns.some(
      ({ role, type }) => role === 'reference' && type.kind === 'row' && type.entity === entity.name,
    ),
  );
}
