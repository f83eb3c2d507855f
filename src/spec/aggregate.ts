// Aggregates: count, exists, all, sum, min, max, first and list, over the rows of an entity or the
// items of a list.
import { isThere } from './operator.js';
import { factsOf } from './narrow.js';
import { isReservedVariable } from './reserved.js';
import { findEntity, withFacts, withVariable, type Scope, type TypeSyntax } from './scope.js';
import { coerce, isNumeric, orNull, typeName, withoutNull, type Problem } from './types.js';
import type { AggregateFn, Expr, Source, Type } from './model.js';
import type { SourceSyntax, Syntax } from './syntax.js';

/** What is run over, typed, and the scope in which its variable is seen. */
interface TypedSource {
  readonly source: Source;
  readonly variable: string;
  readonly variableType: Type;
  readonly inner: Scope;
}

/** Types what an aggregate or an `each` runs over. */
export function typeSource(
  syntax: SourceSyntax,
  scope: Scope,
  problem: Problem,
  typeSyntax: TypeSyntax,
): TypedSource | undefined {
  const { variable } = syntax;
  const reason = isReservedVariable(variable);
  if (reason !== undefined) problem(`'${variable}' cannot name a variable: it ${reason}`);
  else if (scope.variables.has(variable))
    problem(`'${variable}' already has a meaning here`, 'choose another name');
  const source = sourceOf(syntax, scope, problem, typeSyntax);
  if (source === undefined) return undefined;
  const variableType: Type =
    'entity' in source
      ? { kind: 'row', entity: source.entity }
      : source.list.type.kind === 'list'
        ? source.list.type.item
        : source.list.type;
  return { source, variable, variableType, inner: withVariable(scope, variable, variableType) };
}

function sourceOf(
  syntax: SourceSyntax,
  scope: Scope,
  problem: Problem,
  typeSyntax: TypeSyntax,
): Source | undefined {
  if (syntax.entity !== undefined) {
    const entity = findEntity(scope.entities, syntax.entity, problem);
    return entity && { entity: entity.name };
  }
  const list = syntax.list && typeSyntax(syntax.list, scope, problem);
  if (list === undefined || !isThere(list, problem)) return undefined;
  if (list.type.kind === 'list') return { list };
  problem(`a list or the rows of an entity are wanted here, and this is ${typeName(list.type)}`);
  return undefined;
}

/** Types an aggregate. */
export function typeAggregate(
  syntax: Syntax & { kind: 'aggregate' },
  scope: Scope,
  problem: Problem,
  typeSyntax: TypeSyntax,
): Expr | undefined {
  const over = typeSource(syntax.source, scope, problem, typeSyntax);
  // With a source that failed, the rest is still read, its variable being of no known type.
  const inner = over?.inner ?? withVariable(scope, syntax.source.variable, undefined);
  const where = syntax.where && typeSyntax(syntax.where, inner, problem);
  const condition = where && coerce(where, { kind: 'bool' }, problem);
  const chosen = condition === undefined ? inner : withFacts(inner, factsOf(condition, true));
  const body = syntax.body && typeSyntax(syntax.body, chosen, problem);
  if (over === undefined) return undefined;
  if (syntax.where !== undefined && condition === undefined) return undefined;
  if (syntax.body !== undefined && body === undefined) return undefined;
  const item: Expr = { kind: 'variable', name: over.variable, type: over.variableType };
  const value = body ?? (over.variableType.kind === 'row' ? undefined : item);
  const result = resultType(syntax.fn, over, value, problem);
  if (result === undefined) return undefined;
  const kept =
    syntax.fn === 'count' || syntax.fn === 'exists' || syntax.fn === 'first' ? undefined : result.body;
  return {
    kind: 'aggregate',
    fn: syntax.fn,
    source: over.source,
    variable: over.variable,
    variableType: over.variableType,
    ...(condition === undefined ? {} : { where: condition }),
    ...(kept === undefined ? {} : { body: kept }),
    type: result.type,
  };
}

function resultType(
  fn: AggregateFn,
  over: TypedSource,
  value: Expr | undefined,
  problem: Problem,
): { type: Type; body?: Expr } | undefined {
  switch (fn) {
    case 'count':
      return { type: { kind: 'int' } };
    case 'exists':
      return { type: { kind: 'bool' } };
    case 'first':
      if (over.variableType.kind === 'record') {
        problem('first gives a row or a value, and a line item is neither');
        return undefined;
      }
      return { type: orNull(over.variableType) };
    case 'list':
      if (value?.type.kind === 'record') {
        problem(
          "list needs a value after ':' where it runs over line items",
          'as in list(x in …: x.quantity)',
        );
        return undefined;
      }
      if (value === undefined || (value.kind === 'variable' && value.name === over.variable)) {
        return { type: { kind: 'list', item: value?.type ?? over.variableType } };
      }
      if (!isThere(value, problem)) return undefined;
      return { type: { kind: 'list', item: withoutNull(value.type) }, body: value };
    case 'all': {
      const body = value && coerce(value, { kind: 'bool' }, problem);
      if (value === undefined) problem("all needs a condition after ':'", 'as in all(Loan l: l.due > now)');
      return body && { type: { kind: 'bool' }, body };
    }
    case 'sum':
    case 'min':
    case 'max':
      return valueType(fn, value, problem);
  }
}

function valueType(
  fn: 'sum' | 'min' | 'max',
  value: Expr | undefined,
  problem: Problem,
): { type: Type; body: Expr } | undefined {
  if (value === undefined) {
    problem(`${fn} needs a value after ':'`, `as in ${fn}(Fine f: f.amount where …)`);
    return undefined;
  }
  if (!isThere(value, problem)) return undefined;
  const { kind } = value.type;
  const summed = isNumeric(value.type) || kind === 'duration';
  if (!summed && (fn === 'sum' || (kind !== 'date' && kind !== 'datetime'))) {
    problem(`${fn} cannot take ${typeName(value.type)}`);
    return undefined;
  }
  return { type: fn === 'sum' ? withoutNull(value.type) : orNull(value.type), body: value };
}
