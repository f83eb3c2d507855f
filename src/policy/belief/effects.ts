// Which entities a tool may change: what an agent must not go on believing after the call.
import type { Domain, Statement, Tool } from '../../spec/model.js';

/** Names of the entities that the tool's statements write, in the order of the domain. */
export function writtenEntities(domain: Domain, tool: Tool): readonly string[] {
  if (tool.kind === 'derived') return [];
  const written = new Set(tool.body.flatMap(entitiesOf));
  return domain.entities.map((entity) => entity.name).filter((name) => written.has(name));
}

function entitiesOf(statement: Statement): readonly string[] {
  switch (statement.kind) {
    case 'fire':
    case 'create':
    case 'delete':
      return [statement.entity];
    case 'set':
      return statement.assignments.map((assignment) => assignment.entity);
    case 'if':
      return [...statement.then, ...statement.else].flatMap(entitiesOf);
    case 'each':
      return statement.do.flatMap(entitiesOf);
  }
}
