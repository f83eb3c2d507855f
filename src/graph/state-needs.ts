// The state atoms of a condition: of which entities it wants some rows, or only few, in which states.
// `loan.status == 'active'` wants some; `count(Loan l where l.status == 'active') < 6` wants few.
import type { Domain, Entity, Expr } from '../spec/model.js';
import { must } from '../core/errors.js';

/** Some rows of the entity have to be in one of the states, or few of them may be. */
export interface StateNeed {
  readonly entity: string;
  readonly states: readonly string[];
  readonly wants: 'some' | 'few';
}

/** The one state of rows without a state machine. */
export const present = 'there';

/** All states that rows of an entity can be in. */
function statesOf(entity: Entity): readonly string[] {
  return entity.machine?.states ?? [present];
}

/** The entity of that name. */
export function entityOf(domain: Domain, name: string): Entity {
  return must(
    domain.entities.find((entity) => entity.name === name),
    `entity ${name}`,
  );
}

/** What has to be so for the condition to come out as `truth`. Each part counts, also of an `or`. */
export function needsOf(domain: Domain, condition: Expr, truth = true): readonly StateNeed[] {
  if (condition.kind === 'unary' && condition.op === 'not') return needsOf(domain, condition.of, !truth);
  if (condition.kind === 'aggregate') return aggregateNeeds(domain, condition, truth);
  if (condition.kind !== 'binary') return [];
  const { op, left, right } = condition;
  if (op === 'and' || op === 'or') {
    return [...needsOf(domain, left, truth), ...needsOf(domain, right, truth)];
  }
  const counted = left.kind === 'aggregate' ? left : right.kind === 'aggregate' ? right : undefined;
  if (counted !== undefined && (counted.fn === 'count' || counted.fn === 'sum')) {
    const smaller = op === '<' || op === '<=';
    if (!smaller && op !== '>' && op !== '>=') return [];
    const few = (smaller === (counted === left)) === truth;
    return tableNeed(domain, counted, few ? 'few' : 'some');
  }
  const status = statusTest(condition);
  if (status === undefined) return [];
  const entity = entityOf(domain, status.entity);
  const wanted = status.equal === truth;
  const states = statesOf(entity).filter((state) => status.states.includes(state) === wanted);
  return [{ entity: entity.name, states, wants: 'some' }];
}

type Aggregate = Expr & { readonly kind: 'aggregate' };

function aggregateNeeds(domain: Domain, expr: Aggregate, truth: boolean): readonly StateNeed[] {
  if (expr.fn !== 'exists') return [];
  return tableNeed(domain, expr, truth ? 'some' : 'few');
}

function tableNeed(domain: Domain, expr: Aggregate, wants: 'some' | 'few'): readonly StateNeed[] {
  if (!('entity' in expr.source)) return [];
  const entity = entityOf(domain, expr.source.entity);
  return [{ entity: entity.name, states: statesWhere(entity, expr), wants }];
}

/** The states of the rows that an aggregate or a loop runs over. */
function statesWhere(
  entity: Entity,
  loop: { readonly variable: string; readonly where?: Expr },
): readonly string[] {
  const all = statesOf(entity);
  if (loop.where === undefined) return all;
  return conjuncts(loop.where).reduce<readonly string[]>((states, part) => {
    const test = statusTest(part);
    if (test === undefined || test.of.kind !== 'variable' || test.of.name !== loop.variable) return states;
    return states.filter((state) => test.states.includes(state) === test.equal);
  }, all);
}

function conjuncts(expr: Expr): readonly Expr[] {
  return expr.kind === 'binary' && expr.op === 'and'
    ? [...conjuncts(expr.left), ...conjuncts(expr.right)]
    : [expr];
}

/** `loan.status == 'active'`, and its like with != or the sides changed. */
function statusTest(
  expr: Expr,
): { entity: string; of: Expr; states: readonly string[]; equal: boolean } | undefined {
  if (expr.kind !== 'binary' || (expr.op !== '==' && expr.op !== '!=')) return undefined;
  const [path, literal] = expr.left.kind === 'literal' ? [expr.right, expr.left] : [expr.left, expr.right];
  if (path.kind !== 'member' || path.column !== 'status' || path.of.type.kind !== 'row') return undefined;
  if (literal.kind !== 'literal' || typeof literal.value !== 'string') return undefined;
  return {
    entity: path.of.type.entity,
    of: path.of,
    states: [literal.value],
    equal: expr.op === '==',
  };
}
