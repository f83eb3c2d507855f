// What the user must not be told: the columns, and for each of their entities when a row may be told of
// all the same.
import { checkInner, decide } from './decide.js';
import { checkCondition } from './expression.js';
import type { PolicyContext } from './policy-context.js';
import type { PolicySpec } from './policy-spec.js';
import { emptyScope, findColumn, findEntity, withVariable } from './scope.js';
import { subjectOf } from './subject.js';
import type { Report } from './issues.js';
import type { Concealed, Entity, Expr, Policy, SpecTool } from './model.js';

type ConcealSpec = Extract<PolicySpec, { kind: 'conceal' }>;

/** Checks a policy of this kind. */
export function resolveConceal(spec: ConcealSpec, context: PolicyContext, report: Report): Policy {
  const { id, text, unless } = spec;
  const of = spec.of.flatMap((path, index): Concealed[] => {
    const below = report.at('of', index);
    if (spec.of.indexOf(path) < index) below(`'${path}' stands here twice`);
    const [name = '', attr = ''] = path.split('.');
    const entity = findEntity(context.entities, name, below);
    const column = entity && findColumn(context.entities, entity, attr, below);
    if (column?.role === 'key') below('an id cannot be concealed: it is what rows are called');
    if (column === undefined || column.role === 'key') return [];
    const concealed = { entity: name, column: column.column };
    checkShown(concealed, context, below);
    return [concealed];
  });
  if (unless === undefined) return { id, text, kind: 'conceal', of };
  const entities = [...new Set(of.map(({ entity }) => entity))];
  const below = report.at('unless');
  const typed = entities.flatMap((name) => {
    const entity = context.entities.get(name);
    const condition = entity && checkException(unless, entity, context, below);
    return condition === undefined ? [] : [[name, condition] as const];
  });
  return { id, text, kind: 'conceal', of, unless: Object.fromEntries(typed) };
}

function checkException(
  text: string,
  { name, snake }: Entity,
  { caller, entities, tables }: PolicyContext,
  report: Report,
): Expr | undefined {
  const problem = (message: string, hint?: string): void => report(`for ${name}: ${message}`, hint);
  const row: Expr = { kind: 'variable', name: snake, type: { kind: 'row', entity: name } };
  const callerType = entities.get(caller) && ({ kind: 'row', entity: caller } as const);
  const bound = withVariable(emptyScope(entities, tables), snake, row.type);
  const scope = withVariable(bound, 'caller', callerType);
  const subject = (): Expr | undefined => subjectOf([row], caller, entities, problem);
  const condition = checkCondition(text, { ...scope, subject }, problem);
  if (condition === undefined) return undefined;
  checkInner(condition, problem);
  const verdict = decide(condition);
  if (verdict !== undefined) {
    problem(`${verdict} holds: ${verdict === 'always' ? 'nothing is concealed' : 'it is no exception'}`);
  }
  return condition;
}

// A monitor knows a concealed value by the row that a result shows it in.
function checkShown({ entity, column }: Concealed, { tools }: PolicyContext, report: Report): void {
  for (const tool of tools.values()) {
    if (tool.kind === 'derived') continue;
    const returned = 'value' in tool.returns ? [tool.returns.value] : Object.values(tool.returns.fields);
    const bare = returned.map((expr) => valueOf(expr, tool)).some((expr) => reads(expr, entity, column));
    if (bare) report(`${tool.name} returns it outside its ${entity}`, 'return the row');
  }
}

function valueOf(expr: Expr, tool: SpecTool): Expr {
  const meaning = expr.kind === 'variable' ? tool.lets.find(({ name }) => name === expr.name) : undefined;
  return meaning === undefined ? expr : valueOf(meaning.value, tool);
}

function reads(expr: Expr, entity: string, column: string): boolean {
  if (expr.kind === 'aggregate')
    return expr.fn !== 'sum' && expr.body !== undefined && reads(expr.body, entity, column);
  return (
    expr.kind === 'member' &&
    expr.column === column &&
    expr.of.type.kind === 'row' &&
    expr.of.type.entity === entity
  );
}
