// What a user means by a reference: the user knows the world as it was when they called, so a row
// is the one for which all their facts held at the start.
import type { Json, JsonObject } from '../core/json.js';
import type { StateSchema, TableSchema } from '../emit/emitted-domain.js';
import type { Call, Fact, Reference, Scalar, Wish } from '../policy/talk.js';
import type { Task } from '../task/task.js';
import type { World } from '../world/world.js';
import type { Answer, GuestRow } from '../../sandbox/guest-api.js';

type Rows = ReadonlyMap<string, ReadonlyMap<string, GuestRow>>;

const seeds = new WeakMap<World, Rows>();

/** The call that a wish asks for; null where its rows do not exist yet or no single row fits. */
export function wishedCall(world: World, task: Task, wish: Wish): Answer<Call | null> {
  if (wish.wish !== 'do') return { ok: true, value: null };
  const rows = startRows(world, task);
  if (!rows.ok) return rows;
  const args: Record<string, Json> = {};
  for (const [param, reference] of Object.entries(wish.args)) {
    const value = resolve(world.domain.stateSchema, rows.value, task.scenario.caller, reference);
    if (value === undefined) return { ok: true, value: null };
    args[param] = value;
  }
  return { ok: true, value: { tool: wish.tool, args } };
}

/** What a reference means to who called; undefined where no single row fits. */
export function meantValue(world: World, task: Task, reference: Reference): Answer<Json | undefined> {
  const rows = startRows(world, task);
  if (!rows.ok) return rows;
  const { caller } = task.scenario;
  return { ok: true, value: resolve(world.domain.stateSchema, rows.value, caller, reference) };
}

/** The values that the attribute at the end of a path has in any row: what an answer about it can be. */
export function possibleValues(
  world: World,
  task: Task,
  entity: string,
  path: string,
): Answer<readonly Scalar[]> {
  const rows = startRows(world, task);
  if (!rows.ok) return rows;
  const { tables } = world.domain.stateSchema;
  let at = tables.find((table) => table.entity === entity);
  const attrs = path.split('.');
  for (const attr of attrs.slice(0, -1)) {
    const to = at === undefined ? undefined : columnOf(at, attr)?.to;
    at = tables.find((table) => table.entity === to);
  }
  const column = at === undefined ? undefined : columnOf(at, attrs[attrs.length - 1] ?? '');
  if (at === undefined || column === undefined) return { ok: true, value: [] };
  const members = Array.isArray(column.schema['enum']) ? (column.schema['enum'] as readonly Scalar[]) : [];
  const found = [...(rows.value.get(at.entity)?.values() ?? [])].map((row) => row[column.column] ?? null);
  return { ok: true, value: [...new Set([...members, ...found])] };
}

/** The row that holds what a wish asks to be told; undefined where there is none. */
export function holderOf(
  world: World,
  task: Task,
  { of, entity, attr }: Extract<Wish, { wish: 'tell' }>,
): Answer<{ readonly entity: string; readonly id: string } | undefined> {
  const rows = startRows(world, task);
  if (!rows.ok) return rows;
  const { stateSchema } = world.domain;
  const start = resolve(stateSchema, rows.value, task.scenario.caller, of);
  if (typeof start !== 'string') return { ok: true, value: undefined };
  let at = { entity, id: start };
  for (const step of attr.split('.').slice(0, -1)) {
    const table = stateSchema.tables.find((one) => one.entity === at.entity);
    const column = table === undefined ? undefined : columnOf(table, step);
    const id = rows.value.get(at.entity)?.get(at.id)?.[column?.column ?? ''];
    if (column?.to === undefined || typeof id !== 'string') return { ok: true, value: undefined };
    at = { entity: column.to, id };
  }
  return { ok: true, value: at };
}

/** The rows of the seed state and those that the task lays beside it. */
function startRows(world: World, { distractors }: Task): Answer<Rows> {
  const seed = seedRows(world);
  if (!seed.ok || distractors.length === 0) return seed;
  const rows = new Map(seed.value);
  for (const { entity, row } of distractors) {
    const key = world.domain.stateSchema.tables.find((table) => table.entity === entity)?.key ?? '';
    rows.set(entity, new Map(rows.get(entity)).set(String(row[key]), row));
  }
  return { ok: true, value: rows };
}

function seedRows(world: World): Answer<Rows> {
  const known = seeds.get(world);
  if (known !== undefined) return { ok: true, value: known };
  const session = world.open();
  const state = session.state();
  session.close();
  if (!state.ok) return state;
  const rows = new Map(
    world.domain.stateSchema.tables.map(({ entity, key }) => [
      entity,
      new Map((state.value.tables[entity] ?? []).map((row) => [String(row[key]), row])),
    ]),
  );
  seeds.set(world, rows);
  return { ok: true, value: rows };
}

function resolve(schema: StateSchema, rows: Rows, caller: string, reference: Reference): Json | undefined {
  switch (reference.type) {
    case 'value':
      return reference.value;
    case 'caller':
      return caller;
    case 'made':
      return undefined;
    case 'list': {
      const items = reference.items.map((item) => resolve(schema, rows, caller, item));
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    case 'record': {
      const fields = Object.entries(reference.fields).map(
        ([field, of]) => [field, resolve(schema, rows, caller, of)] as const,
      );
      if (fields.some(([, value]) => value === undefined)) return undefined;
      return Object.fromEntries(fields) as JsonObject;
    }
    case 'row': {
      const fits = [...(rows.get(reference.entity) ?? [])].filter(([, row]) =>
        reference.facts.every((fact) => holds(schema, rows, caller, reference.entity, row, fact)),
      );
      return fits.length === 1 ? fits[0]?.[0] : undefined;
    }
  }
}

function holds(
  schema: StateSchema,
  rows: Rows,
  caller: string,
  entity: string,
  row: GuestRow,
  fact: Fact,
): boolean {
  let at: { readonly entity: string; readonly row: GuestRow } = { entity, row };
  const path = fact.path.split('.');
  for (const [index, attr] of path.entries()) {
    const table = schema.tables.find((table) => table.entity === at.entity);
    const column = table === undefined ? undefined : columnOf(table, attr);
    if (column === undefined) return false;
    const value = at.row[column.column] ?? null;
    if (index === path.length - 1) return value === ('caller' in fact ? caller : fact.value);
    const next =
      typeof value === 'string' && column.to !== undefined ? rows.get(column.to)?.get(value) : undefined;
    if (next === undefined || column.to === undefined) return false;
    at = { entity: column.to, row: next };
  }
  return false;
}

function columnOf(table: TableSchema, attr: string): TableSchema['columns'][number] | undefined {
  return table.columns.find(({ column, role }) =>
    role === 'reference'
      ? column === `${attr}_id` || column === attr
      : column === attr || (role === 'key' && attr === 'id'),
  );
}
