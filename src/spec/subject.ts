// `subject` in a policy: the row of the caller entity that a call, or a row, is about, found as the
// shortest path of references from the tool's parameters, or from the row.
import type { EntityIndex } from './scope.js';
import type { Problem } from './types.js';
import type { Expr, Tool } from './model.js';

const longest = 5;

/** The rows that a call names, as expressions. */
export function rowsNamed(tool: Tool): readonly Expr[] {
  return tool.params.flatMap((param) =>
    param.type.kind === 'row' && param.type.nullable !== true
      ? [{ kind: 'variable', name: param.binds, type: param.type } as const]
      : [],
  );
}

/** The path that `subject` stands for; none, or several that are equally short, is a problem. */
export function subjectOf(
  from: readonly Expr[],
  caller: string,
  entities: EntityIndex,
  problem: Problem,
): Expr | undefined {
  if (entities.get(caller) === undefined) return undefined; // reported where the caller is named
  let paths = from;
  for (let steps = 0; steps <= longest; steps++) {
    const found = paths.filter((path) => path.type.kind === 'row' && path.type.entity === caller);
    const [only, ...others] = found;
    if (only !== undefined && others.length === 0) return only;
    if (only !== undefined) {
      problem(`'subject' could be any of ${found.map(pathWords).join(', ')}`, 'write the one that is meant');
      return undefined;
    }
    paths = paths.flatMap((path) => references(path, entities));
  }
  problem(`'subject' has no meaning: nothing here leads to a ${caller}`);
  return undefined;
}

function references(path: Expr, entities: EntityIndex): readonly Expr[] {
  const entity = path.type.kind === 'row' ? entities.get(path.type.entity) : undefined;
  return (entity?.columns ?? []).flatMap(({ attr, column, role, type }) =>
    role === 'reference' && type.nullable !== true
      ? [{ kind: 'member', of: path, attr, column, type } as const]
      : [],
  );
}

function pathWords(path: Expr): string {
  if (path.kind === 'member') return `${pathWords(path.of)}.${path.attr}`;
  return path.kind === 'variable' ? path.name : '';
}
