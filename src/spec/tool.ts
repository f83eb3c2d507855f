// Tools of the spec → typed tools: parameters, lets, requirements, statements, what is returned.
import { checkInner, decide } from './decide.js';
import { checkCondition, checkExpression, type Written } from './expression.js';
import { factsOf } from './narrow.js';
import { resolveParams } from './param.js';
import {
  emptyScope,
  withFacts,
  withVariable,
  type EntityIndex,
  type Scope,
  type TableIndex,
} from './scope.js';
import { checkBlock, checkNewVariable } from './statement.js';
import { typeName } from './types.js';
import type { Report } from './issues.js';
import type { ToolSpec } from './domain.js';
import type { Expr, Returns, SpecTool, Type } from './model.js';

/** Checks a tool; what could not be typed is left out of it and reported. */
export function resolveTool(
  name: string,
  spec: ToolSpec,
  entities: EntityIndex,
  tables: TableIndex,
  report: Report,
): SpecTool {
  const { params, variables } = resolveParams(spec.params, entities, report.at('params'));
  let scope: Scope = { ...emptyScope(entities, tables), variables };

  const lets: { name: string; value: Expr }[] = [];
  for (const [variable, text] of Object.entries(spec.let ?? {})) {
    const below = report.at('let', variable);
    checkNewVariable(variable, scope, below);
    const value = checkExpression(text, scope, below);
    if (value?.type.kind === 'null') below('null alone is no value to bind');
    else if (value !== undefined && isLines(value.type))
      below('line items cannot be bound to another name', 'run over the parameter itself');
    else if (value !== undefined) lets.push({ name: variable, value });
    if (value !== undefined) checkInner(value, below);
    if (!scope.variables.has(variable)) scope = withVariable(scope, variable, value?.type);
  }

  const judged: Expr[] = [];
  const requires: { holds: Expr; code: string; message: string }[] = [];
  for (const [index, [text, code, message]] of (spec.require ?? []).entries()) {
    const holds = checkCondition(text, scope, report.at('require', index, 0));
    if (holds === undefined) continue;
    if (checkRequirement(holds, judged, report.at('require', index, 0))) judged.push(holds);
    requires.push({ holds, code, message });
    scope = withFacts(scope, factsOf(holds, true));
  }

  const body = checkBlock(spec.do ?? [], scope, report.at('do'));
  const returns = checkReturns(spec.return, body.after, report.at('return'));
  return {
    kind: 'spec',
    name,
    doc: spec.doc,
    effect: (spec.do ?? []).length > 0 ? 'write' : 'read',
    params,
    lets,
    requires,
    body: body.statements,
    returns,
  };
}

// A requirement that every call meets, or none, would leave a refusal or a success that never
// happens. Whether later ones are to be judged together with it.
function checkRequirement(holds: Expr, before: readonly Expr[], report: Report): boolean {
  checkInner(holds, report);
  const alone = decide(holds);
  if (alone !== undefined) report(`${alone} holds: ${alone === 'never' ? 'no call' : 'every call'} meets it`);
  const verdict = alone ?? decide(holds, before);
  if (alone === undefined && verdict !== undefined)
    report(`${verdict} holds once the requirements before it do`);
  return verdict !== 'never';
}

function checkReturns(spec: ToolSpec['return'], scope: Scope, report: Report): Returns {
  if (typeof spec !== 'object' || spec === null) {
    return { value: checkReturned(spec, scope, report) ?? nothing };
  }
  if (Object.keys(spec).length === 0) report('returns nothing');
  const fields = Object.entries(spec).map(
    ([name, text]) => [name, checkReturned(text, scope, report.at(name)) ?? nothing] as const,
  );
  return { fields: Object.fromEntries(fields) };
}

function isLines(type: Type): boolean {
  return type.kind === 'record' || (type.kind === 'list' && isLines(type.item));
}

// Stands in for what was reported; a domain with problems is not used.
const nothing: Expr = { kind: 'literal', value: null, type: { kind: 'null' } };

function checkReturned(text: Written, scope: Scope, report: Report): Expr | undefined {
  const value = checkExpression(text, scope, report);
  if (value !== undefined) checkInner(value, report);
  if (value !== undefined && isLines(value.type)) {
    report(`${typeName(value.type)} cannot be returned`, 'return what was made of them');
    return undefined;
  }
  const { kind } = value?.type ?? { kind: undefined };
  if (kind !== 'null' && kind !== 'duration') return value;
  report(
    `${typeName({ kind })} cannot be returned`,
    kind === 'duration' ? 'divide it, as in x / 1d' : undefined,
  );
  return undefined;
}
