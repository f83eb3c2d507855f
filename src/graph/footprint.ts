// What a tool does to the state, what it asks of it, what it reads and what its results carry: all
// that edges are made of.
import type { DerivedTool, Domain, Expr, SpecTool, Statement, Tool, Type } from '../spec/model.js';
import { must } from '../core/errors.js';
import { readsOf, readsOfAll } from './expression-reads.js';
import { entityOf, needsOf, present, type StateNeed } from './state-needs.js';

/** Rows of an entity pass from one of some states to another. Created rows come from none, deleted ones go to none. */
export interface StateShift {
  readonly entity: string;
  readonly from: readonly string[];
  readonly to: string | undefined;
  readonly how: string;
}

/** A state that every call needs, and what asks for it: an event or a refusal code. */
export interface ReasonedNeed extends StateNeed {
  readonly reason: string;
}

export interface Footprint {
  readonly tool: Tool;
  /** Entities of the rows in its results. */
  readonly gives: ReadonlySet<string>;
  /** References of those rows that are always null: it has just made the rows without them. */
  readonly lacks: ReadonlySet<string>;
  readonly shifts: readonly StateShift[];
  readonly needs: readonly ReasonedNeed[];
  /** Columns it writes, and `Entity.*` where it makes or deletes rows. */
  readonly writes: ReadonlySet<string>;
  readonly reads: ReadonlySet<string>;
}

/** The footprint of one tool. */
export function footprintOf(domain: Domain, tool: Tool): Footprint {
  return tool.kind === 'derived' ? derivedFootprint(domain, tool) : specFootprint(domain, tool);
}

/** The expressions that a result is made of. */
export function returnedExpressions(tool: Tool): readonly Expr[] {
  return 'value' in tool.returns ? [tool.returns.value] : Object.values(tool.returns.fields);
}

function rowsIn(type: Type): readonly string[] {
  if (type.kind === 'list') return rowsIn(type.item);
  return type.kind === 'row' ? [type.entity] : [];
}

function derivedFootprint(domain: Domain, tool: DerivedTool): Footprint {
  const entity = entityOf(domain, tool.entity);
  const columns = entity.columns
    .filter(({ role }) => role !== 'key')
    .map(({ column }) => `${entity.name}.${column}`);
  return {
    tool,
    gives: new Set([entity.name]),
    lacks: new Set(),
    shifts: [],
    needs: [],
    writes: new Set(),
    reads: new Set(tool.read === 'get' ? columns : [`${entity.name}.*`, ...columns]),
  };
}

function specFootprint(domain: Domain, tool: SpecTool): Footprint {
  const returned = returnedExpressions(tool);
  const shifts: StateShift[] = [];
  const writes = new Set<string>();
  const asked: ReasonedNeed[] = tool.requires.flatMap(({ holds, code }) =>
    needsOf(domain, holds).map((need) => ({ ...need, reason: code })),
  );
  const referring = new Set<string>();
  const values: Expr[] = [...tool.lets.map(({ value }) => value), ...tool.requires.map(({ holds }) => holds)];

  // `always`: no call succeeds without it. What happens under a condition asks for nothing beforehand.
  const walk = (statement: Statement, always: boolean): void => {
    switch (statement.kind) {
      case 'fire': {
        const { entity, event } = statement;
        const { from, to } = must(
          entityOf(domain, entity).machine?.events.find(({ name }) => name === event),
          `event ${entity}.${event}`,
        );
        shifts.push({ entity, from, to, how: event });
        if (always) asked.push({ entity, states: from, wants: 'some', reason: event });
        writes.add(`${entity}.status`);
        values.push(statement.row);
        return;
      }
      case 'set':
        for (const { entity, column, row, value } of statement.assignments) {
          writes.add(`${entity}.${column}`);
          values.push(row, value);
        }
        return;
      case 'create': {
        const init = entityOf(domain, statement.entity).machine?.init ?? present;
        shifts.push({ entity: statement.entity, from: [], to: init, how: 'create' });
        writes.add(`${statement.entity}.*`);
        values.push(...Object.values(statement.values));
        return;
      }
      case 'delete': {
        const { machine } = entityOf(domain, statement.entity);
        shifts.push({
          entity: statement.entity,
          from: machine?.states ?? [present],
          to: undefined,
          how: 'delete',
        });
        writes.add(`${statement.entity}.*`);
        values.push(statement.row);
        for (const column of referencesTo(domain, statement.entity)) referring.add(column);
        return;
      }
      case 'if':
        values.push(statement.condition);
        for (const inner of [...statement.then, ...statement.else]) walk(inner, false);
        return;
      case 'each':
        if ('list' in statement.source) values.push(statement.source.list);
        if (statement.where !== undefined) values.push(statement.where);
        for (const inner of statement.do) walk(inner, always && 'list' in statement.source);
    }
  };
  for (const statement of tool.body) walk(statement, true);

  // The rows that a read returns are read; those that a write returns are only shown.
  const shown =
    tool.effect === 'read'
      ? returned.flatMap(({ type }) =>
          rowsIn(type).flatMap((name) =>
            entityOf(domain, name).columns.map(({ column }) => `${name}.${column}`),
          ),
        )
      : [];
  const computed = returned.flatMap((expr) => [...readsOf(expr)]);
  return {
    tool,
    gives: new Set(returned.flatMap(({ type }) => rowsIn(type))),
    lacks: new Set([...missingIn(tool, returned)].filter((column) => !writes.has(column))),
    shifts,
    needs: asked,
    writes,
    reads: new Set([...readsOfAll(values), ...computed, ...shown, ...referring]),
  };
}

/** What a delete looks at: every column that may refer to a row of the entity, and the rows that have it. */
function referencesTo(domain: Domain, deleted: string): readonly string[] {
  return domain.entities.flatMap(({ name, columns }) =>
    columns.flatMap(({ column, role, type }) =>
      role === 'reference' && type.kind === 'row' && type.entity === deleted
        ? [`${name}.*`, `${name}.${column}`]
        : [],
    ),
  );
}

/** The columns that are null in all rows of their entity that a tool returns: those with which it makes them. */
function missingIn({ body }: SpecTool, returned: readonly Expr[]): ReadonlySet<string> {
  const missing = new Set<string>();
  for (const statement of body) {
    if (statement.kind !== 'create') continue;
    const { entity, as, values } = statement;
    const rows = returned.filter(({ type }) => rowsIn(type).includes(entity));
    if (!rows.every((row) => row.kind === 'variable' && row.name === as)) continue;
    for (const [column, value] of Object.entries(values)) {
      if (value.kind === 'literal' && value.value === null) missing.add(`${entity}.${column}`);
    }
  }
  return missing;
}
