// What a statement changes about what is known after it: variables, proven paths, deleted rows.
import { afterWrite, intersection } from './narrow.js';
import type { Scope } from './scope.js';
import type { Type } from './model.js';

/** After a write of `entity.attr`. */
export function written(scope: Scope, entity: string, attr: string, writtenNull: boolean): Scope {
  const facts = afterWrite(scope.facts, entity, attr, writtenNull);
  return { ...scope, facts, writes: new Set([...scope.writes, `${entity}.${attr}`]) };
}

/** After a row of the entity was deleted: no variable of that entity is sure to have its row any more. */
export function deleted(scope: Scope, entity: string): Scope {
  const mayBeGone = [...scope.variables].filter(([, type]) => type !== undefined && holds(type, entity));
  return { ...scope, gone: new Set([...scope.gone, ...mayBeGone.map(([name]) => name)]) };
}

function holds(type: Type, entity: string): boolean {
  if (type.kind === 'list') return holds(type.item, entity);
  if (type.kind === 'record') return type.fields.some((field) => holds(field.type, entity));
  return type.kind === 'row' && type.entity === entity;
}

/** After either of two ways: what both prove, and all that either may have deleted; variables of neither. */
export function joined(before: Scope, one: Scope, other: Scope): Scope {
  return {
    ...before,
    facts: intersection(one.facts, other.facts),
    writes: new Set([...one.writes, ...other.writes]),
    gone: new Set([...one.gone, ...other.gone].filter((name) => before.variables.has(name))),
  };
}

/** At the start of any turn of a loop: what its first turn may have written or deleted is not known. */
export function looped(before: Scope, turn: Scope, variable: string): Scope {
  let facts = before.facts;
  for (const write of turn.writes) {
    const [entity = '', attr = ''] = write.split('.');
    facts = afterWrite(facts, entity, attr, true);
  }
  // The loop's own variable is another row in each turn.
  const gone = [...turn.gone].filter((name) => name !== variable && before.variables.has(name));
  return { ...before, facts, gone: new Set([...before.gone, ...gone]) };
}
