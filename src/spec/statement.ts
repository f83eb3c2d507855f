// Statements: reads each one, types it in what is known there, and says what is known after it.
import { typeSource } from './aggregate.js';
import { checkInner, decide } from './decide.js';
import { checkCondition, checkExpression, typeSyntax, type Written } from './expression.js';
import { deleted, joined, looped, written } from './flow.js';
import { factsOf, noFacts, pathOf } from './narrow.js';
import { isThere } from './operator.js';
import { isReservedVariable } from './reserved.js';
import { findColumn, findEntity, withFacts, withVariable, type Scope } from './scope.js';
import { parseExpression, parseLoop, type Syntax } from './syntax.js';
import { coerce, typeName, type Problem } from './types.js';
import { didYouMean, type Report } from './issues.js';
import type { StatementSpec } from './domain.js';
import type { Assignment, Column, Entity, Expr, Statement } from './model.js';

/** Typed statements and what is known after them. */
export interface Block {
  readonly statements: readonly Statement[];
  readonly after: Scope;
}

const deepest = 5;

/** Checks statements one after the other. */
export function checkBlock(specs: readonly StatementSpec[], scope: Scope, report: Report, depth = 0): Block {
  if (depth > deepest) {
    report(`statements are nested more than ${deepest} deep`);
    return { statements: [], after: scope };
  }
  const statements: Statement[] = [];
  let after = scope;
  for (const [index, spec] of specs.entries()) {
    const checked = checkStatement(spec, after, report.at(index), depth);
    statements.push(...checked.statements);
    after = checked.after;
  }
  return { statements, after };
}

function checkStatement(spec: StatementSpec, scope: Scope, report: Report, depth: number): Block {
  if ('fire' in spec) return checkFire(spec.fire, scope, report.at('fire'));
  if ('set' in spec) return checkSet(spec.set, scope, report.at('set'));
  if ('create' in spec) return checkCreate(spec, scope, report);
  if ('delete' in spec) return checkDelete(spec.delete, scope, report.at('delete'));
  if ('if' in spec) return checkIf(spec, scope, report, depth);
  return checkEach(spec, scope, report, depth);
}

function block(statement: Statement | undefined, after: Scope): Block {
  return { statements: statement === undefined ? [] : [statement], after };
}

// loan.copy.back: the row, then what follows the last dot.
function checkTarget(
  text: string,
  scope: Scope,
  report: Report,
  form: string,
): { row: Expr; entity: Entity; name: string } | undefined {
  const parsed = parseExpression(text);
  if (!parsed.ok) {
    report(parsed.error.message, parsed.error.hint);
    return undefined;
  }
  if (parsed.value.kind !== 'member') {
    report(`'${text}' is not of the form ${form}`);
    return undefined;
  }
  const row = checkRow(parsed.value.of, scope, report);
  return row && { ...row, name: parsed.value.name };
}

function checkRow(syntax: Syntax, scope: Scope, problem: Problem): { row: Expr; entity: Entity } | undefined {
  const row = typeSyntax(syntax, scope, problem);
  if (row === undefined || !isThere(row, problem)) return undefined;
  if (row.type.kind !== 'row') {
    problem(`a row is wanted here, and this is ${typeName(row.type)}`);
    return undefined;
  }
  const entity = scope.entities.get(row.type.entity);
  return entity && { row, entity };
}

function checkFire(text: string, scope: Scope, report: Report): Block {
  const target = checkTarget(text, scope, report, 'path.event, as in loan.close');
  if (target === undefined) return block(undefined, scope);
  const { row, entity, name } = target;
  const events = (entity.machine?.events ?? []).map((event) => event.name);
  if (!events.includes(name)) {
    const none =
      events.length === 0 ? `a ${entity.name} has no events` : `a ${entity.name} has no event '${name}'`;
    if (!scope.entities.broken.has(entity.name)) report(none, didYouMean(name, events));
    return block(undefined, scope);
  }
  return block({ kind: 'fire', row, entity: entity.name, event: name }, scope);
}

function checkSet(spec: Readonly<Record<string, Written>>, scope: Scope, report: Report): Block {
  const checked = Object.entries(spec).map(([path, text]) =>
    checkAssignment(path, text, scope, report.at(path)),
  );
  const assignments = checked.flatMap((one) => (one === undefined ? [] : [one.assignment]));
  let after = scope;
  for (const { assignment, attr } of checked.flatMap((one) => one ?? [])) {
    const isNull = assignment.value.type.kind === 'null' || assignment.value.type.nullable === true;
    after = written(after, assignment.entity, attr, isNull);
    const base = pathOf(assignment.row);
    if (isNull || base === undefined) continue;
    const steps = [...base.steps, { entity: assignment.entity, attr }];
    const key = `${base.key}.${attr}`;
    after = withFacts(after, new Map([[key, { key, steps }]]));
  }
  if (Object.keys(spec).length === 0) report('sets nothing');
  return block(assignments.length === 0 ? undefined : { kind: 'set', assignments }, after);
}

function checkAssignment(
  path: string,
  text: Written,
  scope: Scope,
  report: Report,
): { assignment: Assignment; attr: string } | undefined {
  const target = checkTarget(path, scope, report, 'path.attribute, as in loan.due');
  const column = target && findColumn(scope.entities, target.entity, target.name, report);
  if (column?.role === 'key') report('an id cannot be set');
  if (column?.role === 'status')
    report('a status is not set: it changes by events', "as in '- fire: loan.close'");
  const settable = column !== undefined && column.role !== 'key' && column.role !== 'status';
  const value = checkExpression(text, scope, report, settable ? column.type : undefined);
  if (target === undefined || !settable || value === undefined) return undefined;
  const { row, entity } = target;
  return { assignment: { row, entity: entity.name, column: column.column, value }, attr: column.attr };
}

type CreateSpec = Extract<StatementSpec, { create: string }>;

function checkCreate(spec: CreateSpec, scope: Scope, report: Report): Block {
  const entity = findEntity(scope.entities, spec.create, report.at('create'));
  const name = spec.as;
  if (name !== undefined) checkNewVariable(name, scope, report.at('as'));
  const given = new Map<string, Expr | undefined>();
  for (const [attr, text] of Object.entries(spec.with)) {
    const below = report.at('with', attr);
    const column = entity && findColumn(scope.entities, entity, attr, below);
    if (column?.role === 'key') below('an id is given to a new row by itself');
    if (column?.role === 'status') below('a new row starts in its first state');
    given.set(attr, checkExpression(text, scope, below, column?.type));
  }
  const type = { kind: 'row', entity: spec.create } as const;
  const after = name === undefined ? scope : withVariable(scope, name, entity && type);
  if (entity === undefined) return block(undefined, after);
  const values = createdValues(entity, given, report.at('with'));
  return block(
    { kind: 'create', entity: entity.name, ...(name === undefined ? {} : { as: name }), values },
    after,
  );
}

function createdValues(
  entity: Entity,
  given: ReadonlyMap<string, Expr | undefined>,
  report: Report,
): Readonly<Record<string, Expr>> {
  const values: Record<string, Expr> = {};
  for (const column of entity.columns) {
    if (column.role === 'key' || column.role === 'status') continue;
    const value = given.has(column.attr) ? given.get(column.attr) : defaultOf(column);
    if (value !== undefined) values[column.column] = value;
    else if (!given.has(column.attr)) report(`a new ${entity.name} needs '${column.attr}'`);
  }
  return values;
}

function defaultOf(column: Column): Expr | undefined {
  if (column.default === undefined) return undefined;
  const type = column.default === null ? ({ kind: 'null' } as const) : column.type;
  return { kind: 'literal', value: column.default, type };
}

/** Reports a name that a `let` or an `as` cannot introduce. */
export function checkNewVariable(name: string, scope: Scope, problem: Problem): void {
  const reason = isReservedVariable(name);
  if (reason !== undefined) problem(`'${name}' cannot name a variable: it ${reason}`);
  else if (scope.variables.has(name)) problem(`'${name}' already has a meaning here`, 'choose another name');
}

function checkDelete(text: string, scope: Scope, report: Report): Block {
  const parsed = parseExpression(text);
  if (!parsed.ok) {
    report(parsed.error.message, parsed.error.hint);
    return block(undefined, scope);
  }
  const target = checkRow(parsed.value, scope, report);
  if (target === undefined) return block(undefined, scope);
  const entity = target.entity.name;
  return block({ kind: 'delete', row: target.row, entity }, deleted(scope, entity));
}

type IfSpec = Extract<StatementSpec, { if: string }>;

function checkIf(spec: IfSpec, scope: Scope, report: Report, depth: number): Block {
  const condition = checkCondition(spec.if, scope, report.at('if'));
  const verdict = condition && decide(condition);
  if (verdict !== undefined) report.at('if')(`${verdict} holds`);
  if (condition !== undefined) checkInner(condition, report.at('if'));
  const facts = (truth: boolean): Scope =>
    withFacts(scope, condition === undefined ? noFacts : factsOf(condition, truth));
  const yes = checkBlock(spec.then, facts(true), report.at('then'), depth + 1);
  const no = checkBlock(spec.else ?? [], facts(false), report.at('else'), depth + 1);
  if (spec.then.length === 0) report.at('then')('does nothing');
  const after = joined(scope, yes.after, no.after);
  if (condition === undefined) return block(undefined, after);
  return block({ kind: 'if', condition, then: yes.statements, else: no.statements }, after);
}

type EachSpec = Extract<StatementSpec, { each: string }>;

function checkEach(spec: EachSpec, scope: Scope, report: Report, depth: number): Block {
  const parsed = parseLoop(spec.each);
  const below = report.at('each');
  if (!parsed.ok) {
    below(parsed.error.message, parsed.error.hint);
    return block(undefined, scope);
  }
  const over = typeSource(parsed.value.source, scope, below, typeSyntax);
  const inner = over?.inner ?? withVariable(scope, parsed.value.source.variable, undefined);
  const where = parsed.value.where && typeSyntax(parsed.value.where, inner, below);
  const condition = where && coerce(where, { kind: 'bool' }, below);
  const verdict = condition && decide(condition);
  if (verdict !== undefined) below(`what follows 'where' ${verdict} holds`);
  if (spec.do.length === 0) report.at('do')('does nothing');
  const chosen = withFacts(inner, condition === undefined ? noFacts : factsOf(condition, true));
  // What one turn undoes is not known in the next; a silent reading finds out what that is.
  const turn = looped(
    chosen,
    checkBlock(spec.do, chosen, silent, depth + 1).after,
    parsed.value.source.variable,
  );
  const body = checkBlock(spec.do, turn, report.at('do'), depth + 1);
  const after = joined(scope, scope, body.after);
  if (over === undefined || (parsed.value.where !== undefined && condition === undefined))
    return block(undefined, after);
  return block(
    {
      kind: 'each',
      variable: over.variable,
      variableType: over.variableType,
      source: over.source,
      ...(condition === undefined ? {} : { where: condition }),
      do: body.statements,
    },
    after,
  );
}

const silent: Report = Object.assign(() => undefined, { path: [], at: (): Report => silent });
