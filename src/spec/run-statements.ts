// What statements do to a state. A statement gives the next frame or a refusal; a refusal drops every
// state made since the call began, which is all that "atomic" needs.
import { must } from '../core/errors.js';
import { formatId, idScheme } from '../core/id.js';
import { fail, ok, type Result } from '../core/result.js';
import type { Refusal } from './bind-params.js';
import { evaluate, holds, select, type Bindings, type RowRef } from './evaluate.js';
import type { Column, Domain, Entity, Statement } from './model.js';
import { spaced } from './names.js';
import { columnValue, isLineItem, isRow, rowOf, type Runtime } from './runtime.js';
import { addRow, lookUp, removeRow, replaceRow, stateSource, tableOf } from './state-source.js';
import type { Row, State, Value } from './state.js';

/** Where a running call stands. */
export interface Frame {
  readonly state: State;
  readonly bindings: Bindings;
}

type Step = Result<Frame, Refusal>;
type Of<Kind extends Statement['kind']> = Extract<Statement, { kind: Kind }>;

/** Runs statements in order; the first refusal ends it. */
export function runStatements(domain: Domain, statements: readonly Statement[], start: Frame): Step {
  let frame = start;
  for (const statement of statements) {
    const step = run(domain, statement, frame);
    if (!step.ok) return step;
    frame = step.value;
  }
  return ok(frame);
}

function run(domain: Domain, statement: Statement, frame: Frame): Step {
  switch (statement.kind) {
    case 'fire':
      return fire(domain, statement, frame);
    case 'set':
      return set(domain, statement, frame);
    case 'create':
      return create(domain, statement, frame);
    case 'delete':
      return remove(domain, statement, frame);
    case 'if': {
      const branch = holds(statement.condition, stateSource(frame.state), frame.bindings)
        ? statement.then
        : statement.else;
      return block(domain, branch, frame, frame.bindings);
    }
    default:
      return each(domain, statement, frame);
  }
}

/** A block sees the variables around it; its own end with it. */
function block(domain: Domain, statements: readonly Statement[], frame: Frame, inner: Bindings): Step {
  const end = runStatements(domain, statements, { state: frame.state, bindings: inner });
  return end.ok ? ok({ state: end.value.state, bindings: frame.bindings }) : end;
}

function each(domain: Domain, statement: Of<'each'>, start: Frame): Step {
  let frame = start;
  for (const item of select(statement, stateSource(start.state), start.bindings)) {
    if (isGone(item, frame.state)) continue;
    const inner = new Map([...start.bindings, [statement.variable, item]]);
    const step = block(domain, statement.do, frame, inner);
    if (!step.ok) return step;
    frame = step.value;
  }
  return ok(frame);
}

/** Whether an earlier turn deleted the row, or a row of the line item. */
function isGone(item: Runtime, state: State): boolean {
  if (isLineItem(item)) return Object.values(item.fields).some((field) => isGone(field, state));
  return isRow(item) && stateSource(state).get(item.entity, item.id) === undefined;
}

function fire(domain: Domain, statement: Of<'fire'>, frame: Frame): Step {
  const machine = must(entityOf(domain, statement.entity).machine, `states of ${statement.entity}`);
  const event = must(
    machine.events.find((other) => other.name === statement.event),
    `event ${statement.event}`,
  );
  const row = rowAt(frame.state, rowOf(evaluate(statement.row, stateSource(frame.state), frame.bindings)));
  if (!event.from.includes(String(row['status']))) {
    return fail({ code: event.code, message: event.message });
  }
  return ok({ ...frame, state: replaceRow(frame.state, statement.entity, { ...row, status: event.to }) });
}

function set(domain: Domain, statement: Of<'set'>, frame: Frame): Step {
  const source = stateSource(frame.state);
  const writes = statement.assignments.map((assignment) => ({
    entity: entityOf(domain, assignment.entity),
    ref: rowOf(evaluate(assignment.row, source, frame.bindings)),
    column: assignment.column,
    value: columnValue(evaluate(assignment.value, source, frame.bindings)),
  }));
  let { state } = frame;
  for (const { entity, ref, column, value } of writes) {
    const taken = takenColumn(state, entity, { [column]: value }, ref.id);
    if (taken !== undefined) return fail(takenRefusal(entity, taken));
    state = replaceRow(state, entity.name, { ...rowAt(state, ref), [column]: value });
  }
  return ok({ ...frame, state });
}

function create(domain: Domain, statement: Of<'create'>, frame: Frame): Step {
  const entity = entityOf(domain, statement.entity);
  const { state, bindings } = frame;
  const id = formatId(idScheme(domain.id, entity.name, entity.prefix), state.created[entity.name] ?? 0);
  const value = (column: Column): Value => {
    if (column.role === 'key') return id;
    if (column.role === 'status') return must(entity.machine, 'states').init;
    const given = statement.values[column.column];
    return given === undefined
      ? (column.default ?? null)
      : columnValue(evaluate(given, stateSource(state), bindings));
  };
  const row: Row = Object.fromEntries(entity.columns.map((column) => [column.column, value(column)]));
  const taken = takenColumn(state, entity, row, id);
  if (taken !== undefined) return fail(takenRefusal(entity, taken));
  const made: RowRef = { entity: entity.name, id };
  return ok({
    state: addRow(state, entity.name, row),
    bindings: statement.as === undefined ? bindings : new Map([...bindings, [statement.as, made]]),
  });
}

function remove(domain: Domain, statement: Of<'delete'>, frame: Frame): Step {
  const { state } = frame;
  const ref = rowOf(evaluate(statement.row, stateSource(state), frame.bindings));
  rowAt(state, ref);
  const inUse = domain.entities.some((other) =>
    other.columns.some(
      ({ role, type, column }) =>
        role === 'reference' &&
        type.kind === 'row' &&
        type.entity === ref.entity &&
        lookUp(tableOf(state, other.name), column, ref.id).length > 0,
    ),
  );
  if (inUse) {
    const { snake, words } = entityOf(domain, ref.entity);
    return fail({ code: `${snake.toUpperCase()}_IN_USE`, message: `The ${words} is still in use.` });
  }
  return ok({ ...frame, state: removeRow(state, ref.entity, ref.id) });
}

/** The first unique column, in declared order, whose value another row has. */
function takenColumn(state: State, entity: Entity, values: Row, id: string): Column | undefined {
  return entity.columns.find((column) => {
    const value = values[column.column];
    if (column.role === 'key' || !column.unique || value === undefined || value === null) return false;
    return lookUp(tableOf(state, entity.name), column.column, value).some((row) => row[entity.key] !== id);
  });
}

function takenRefusal(entity: Entity, column: Column): Refusal {
  return {
    code: `${column.attr.toUpperCase()}_TAKEN`,
    message: `Another ${entity.words} has this ${spaced(column.attr)}.`,
  };
}

function rowAt(state: State, ref: RowRef): Row {
  return must(stateSource(state).get(ref.entity, ref.id), `${ref.entity} ${ref.id}`);
}

/** The entity of a name, which the checker resolved. */
export function entityOf(domain: Domain, name: string): Entity {
  return must(
    domain.entities.find((entity) => entity.name === name),
    `entity ${name}`,
  );
}
