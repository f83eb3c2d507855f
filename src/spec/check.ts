// The checker: any value → the checked domain, or everything that is wrong with it. The form comes
// first (schema.ts); what has the right form is then checked for its meaning, even when other
// parts have not, so that one run shows all problems.
import { checkFormat } from '../core/format.js';
import { isObject } from '../core/json.js';
import { isRealTime } from '../core/time.js';
import { fail, ok, type Issue, type Result } from '../core/result.js';
import { beyondBounds } from './bounds.js';
import { checkCodes, checkEntityNames, joinTools } from './collide.js';
import { deriveTools } from './derive.js';
import { resolveEntities } from './entity.js';
import { explainForm } from './explain.js';
import { resolveInvariants } from './invariant.js';
import { collectIssues, didYouMean, type Locate, type Report } from './issues.js';
import { normalise } from './normalise.js';
import { resolvePolicies } from './policy.js';
import { salvage, type Salvaged } from './salvage.js';
import { resolveSay } from './say.js';
import { domainSpecJsonSchema, hasSpecForm } from './schema.js';
import { resolveTable } from './table.js';
import { resolveTool } from './tool.js';
import type { DomainSpec } from './domain.js';
import { isReservedName } from './reserved.js';
import type { Domain } from './model.js';
import type { EntityIndex, TableIndex } from './scope.js';

/** Checks a domain spec. Issues come in the order of the source; `locate` gives lines of its text. */
export function checkSpec(value: unknown, locate?: Locate): Result<Domain> {
  const { report, issues } = collectIssues(locate);
  const outside = beyondBounds(value);
  if (outside !== undefined || !isObject(value)) {
    report(outside ?? 'a domain spec is a mapping');
    return fail(issues);
  }
  const format = checkFormat(value, 'spec');
  if (!format.ok) {
    for (const issue of format.error) report.at('format')(issue.message);
    // A spec of another format would only be misread.
    if (typeof value['format'] === 'string') return fail(issues);
  }
  const salvaged = checkForm(value, report);
  const domain = resolveDomain(salvaged, report);
  return issues.length === 0 ? ok(domain) : fail(inOrder(issues));
}

function checkForm(value: object, report: Report): Salvaged {
  if (hasSpecForm(value)) {
    return {
      spec: value,
      broken: new Set(),
      brokenTables: new Set(),
      brokenTools: new Set(),
      brokenItems: new Set(),
    };
  }
  const problems = explainForm(domainSpecJsonSchema(), value);
  for (const { path, message, hint, missing } of problems) {
    // checkFormat has spoken of the format.
    if (path[0] !== 'format' && missing !== 'format') report.at(...path)(message, hint);
  }
  if (problems.length === 0) report('this has not the form of a domain spec');
  return salvage(value, problems);
}

function resolveDomain(salvaged: Salvaged, report: Report): Domain {
  const { spec, broken, brokenTables, brokenTools, brokenItems } = salvaged;
  const entityReport = report.at('entities');
  const entities = resolveEntities(spec.entities, broken, entityReport);
  const byName = new Map(entities.map((entity) => [entity.name, entity]));
  const index: EntityIndex = { get: (name) => byName.get(name), names: [...byName.keys()], broken };
  checkEntityNames(entities, entityReport);
  checkHead(spec, index, report);

  const tables = Object.entries(spec.tables ?? {}).map(
    ([name, table]) => [name, resolveTable(name, table, index, report.at('tables', name))] as const,
  );
  const tableIndex: TableIndex = new Map([
    ...tables,
    ...[...brokenTables].map((name) => [name, undefined] as const),
  ]);

  const derived = entities.flatMap((entity) => {
    const own = spec.entities[entity.name];
    const place = entityReport.at(entity.name);
    return own === undefined
      ? []
      : deriveTools(entity, own, index, place).map((tool) => [place, tool] as const);
  });
  const written = Object.entries(spec.tools).map(([name, tool]) => {
    const place = report.at('tools', name);
    return [place, resolveTool(name, tool, index, tableIndex, place)] as const;
  });
  const tools = joinTools(derived, written, tableIndex);
  checkCodes(
    entities,
    written.map(([, tool]) => tool),
    report,
  );

  const whole = <T>(section: string, items: readonly T[]): (readonly [number, T])[] =>
    items.map((item, at) => [at, item] as const).filter(([at]) => !brokenItems.has(`${section}.${at}`));
  const context = {
    caller: spec.caller,
    entities: index,
    specs: spec.entities,
    tables: tableIndex,
    tools,
    brokenTools,
  };
  const policies = resolvePolicies(whole('policies', spec.policies), context, report.at('policies'));
  const invariants = resolveInvariants(
    whole('invariants', spec.invariants),
    index,
    tableIndex,
    report.at('invariants'),
  );
  // Of policies that could not be read nobody knows what they are called.
  const policyIds = policies.length === spec.policies.length ? policies.map(({ id }) => id) : null;
  const say = resolveSay(spec.say ?? {}, index, tools, brokenTools, policyIds, report.at('say'));
  return {
    id: spec.id,
    title: spec.title,
    agent: spec.agent ?? 'assistant',
    clock: spec.clock,
    caller: spec.caller,
    entities,
    tables: tables.flatMap(([, table]) => table ?? []),
    tools: [...tools.values()],
    policies,
    invariants,
    say,
    spec: normalise(spec, entities, invariants),
  };
}

function checkHead(spec: DomainSpec, entities: EntityIndex, report: Report): void {
  const reserved = isReservedName(spec.id);
  if (reserved !== undefined) report.at('id')(`'${spec.id}' ${reserved}`);
  if (spec.clock !== '' && (spec.clock.length !== 17 || !isRealTime(spec.clock))) {
    report.at('clock')(`'${spec.clock}' is no moment; write it as 2025-06-02T09:00Z`);
  }
  if (spec.caller !== '' && entities.get(spec.caller) === undefined && !entities.broken.has(spec.caller)) {
    report.at('caller')(`there is no entity '${spec.caller}'`, didYouMean(spec.caller, entities.names));
  }
  if (Object.keys(spec.entities).length === 0 && entities.broken.size === 0)
    report.at('entities')('there are no entities');
}

function inOrder(issues: readonly Issue[]): readonly Issue[] {
  return [...issues].sort((left, right) => (left.line ?? 0) - (right.line ?? 0));
}
