// A state under construction: the seed state with a few rows changed or added, so that a case
// becomes reachable. It reads like a state (RowSource) and ends as a patch. References stay whole,
// because rows are never removed and a reference is only ever set to a row that is there.
import { formatId, idScheme } from '../core/id.js';
import type { Rng } from '../core/rng.js';
import { isRealTime } from '../core/time.js';
import type { Equality, RowSource } from '../spec/evaluate.js';
import type { Column, Domain, Entity } from '../spec/model.js';
import type { Row, State, Value } from '../spec/state.js';
import { narrowest } from '../spec/state-source.js';
import type { RowChange } from '../../sandbox/guest-api.js';
import type { Keys } from './changes.js';

/** A domain and its seed state, indexed once for all drafts. */
export interface Ground {
  readonly domain: Domain;
  readonly state: State;
  readonly keys: Keys;
  readonly entities: ReadonlyMap<string, Entity>;
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, Row>>;
}

export interface Draft extends RowSource {
  readonly ground: Ground;
  ids(entity: string): readonly string[];
  /** Whether the column took the value; it refuses what its type or a reference forbids. */
  set(entity: string, id: string, column: string, value: Value): boolean;
  /** Adds a copy of a row under a free id, with unique columns made new; null for an empty table. */
  clone(entity: string, rng: Rng): string | null;
  patch(): RowChange[];
  state(): State;
}

export function layGround(domain: Domain, state: State): Ground {
  return {
    domain,
    state,
    keys: new Map(domain.entities.map((entity) => [entity.name, entity.key])),
    entities: new Map(domain.entities.map((entity) => [entity.name, entity])),
    rows: new Map(domain.entities.map(({ name, key }) => [name, rowsById(state.tables[name] ?? [], key)])),
  };
}

// Tables are values that a write replaces: most of them are the same from state to state.
const indexes = new WeakMap<readonly Row[], ReadonlyMap<string, Row>>();

function rowsById(table: readonly Row[], key: string): ReadonlyMap<string, Row> {
  const known = indexes.get(table);
  if (known !== undefined) return known;
  const index = new Map(table.map((row) => [String(row[key]), row]));
  indexes.set(table, index);
  return index;
}

// Added rows take ordinals far above those that calls will create, so that ids never meet.
const firstAdded = 60_000;

export interface DraftOptions {
  /** Lets numbers leave their bounds, to break an invariant that guards them. */
  readonly unbounded?: boolean;
  /** The one entity whose rows may change. */
  readonly only?: string;
}

/** An untouched draft. */
export function startDraft(ground: Ground, { unbounded = false, only }: DraftOptions = {}): Draft {
  const { domain, state } = ground;
  const overlay = new Map<string, Map<string, Row>>();
  const base = (entity: string): ReadonlyMap<string, Row> =>
    ground.rows.get(entity) ?? new Map<string, Row>();
  const get = (entity: string, id: string): Row | undefined =>
    overlay.get(entity)?.get(id) ?? base(entity).get(id);
  const put = (entity: string, id: string, row: Row): void => {
    const mine = overlay.get(entity) ?? new Map<string, Row>();
    overlay.set(entity, mine.set(id, row));
  };
  const added = (entity: string): readonly string[] =>
    [...(overlay.get(entity) ?? new Map<string, Row>()).keys()].filter((id) => !base(entity).has(id));
  const rows = (entity: string, equals: readonly Equality[] = []): readonly Row[] => {
    const mine = overlay.get(entity);
    const all = state.tables[entity] ?? [];
    if (mine === undefined) return narrowest(all, equals);
    const key = ground.keys.get(entity) ?? '';
    const changed = all.map((row): Row => mine.get(String(row[key])) ?? row);
    const fresh = added(entity).map((id) => mine.get(id));
    return [...changed, ...fresh.filter((row) => row !== undefined)].filter((row) =>
      equals.every(({ column, value }) => row[column] === value),
    );
  };

  return {
    ground,
    now: state.now,
    get,
    rows,
    ids: (entity) => [...base(entity).keys(), ...added(entity)],
    set(entity, id, column, value) {
      const row = get(entity, id);
      const info = ground.entities.get(entity)?.columns.find((one) => one.column === column);
      if (row === undefined || info === undefined || entity !== (only ?? entity)) return false;
      if (!fits(ground, info, value, get, unbounded)) return false;
      if (row[column] !== value) put(entity, id, { ...row, [column]: value });
      return true;
    },
    clone(entity, rng) {
      const info = ground.entities.get(entity);
      const all = rows(entity);
      if (info === undefined || all.length === 0 || entity !== (only ?? entity)) return null;
      const ordinal = firstAdded + added(entity).length;
      const id = formatId(idScheme(domain.id, entity, info.prefix), ordinal);
      const fresh: Record<string, Value> = { ...rng.pick(all), [info.key]: id };
      for (const column of info.columns) {
        const value = fresh[column.column];
        if (column.role !== 'key' && column.unique && value !== null && value !== undefined)
          fresh[column.column] = renew(value, ordinal);
      }
      put(entity, id, fresh);
      return id;
    },
    patch() {
      return [...ground.keys.keys()].flatMap((entity) =>
        [...(overlay.get(entity) ?? new Map<string, Row>())].map(([id, after]) => ({
          entity,
          id,
          before: base(entity).get(id) ?? null,
          after,
        })),
      );
    },
    state() {
      const tables = { ...state.tables };
      for (const entity of overlay.keys()) tables[entity] = rows(entity);
      return { ...state, tables };
    },
  };
}

/** Whether a column may hold a value. */
function fits(
  ground: Ground,
  column: Column,
  value: Value,
  get: RowSource['get'],
  unbounded: boolean,
): boolean {
  const { type } = column;
  if (value === null) return type.nullable === true;
  switch (type.kind) {
    case 'row':
      return typeof value === 'string' && get(type.entity, value) !== undefined;
    case 'enum':
      return typeof value === 'string' && type.of.includes(value);
    case 'int':
    case 'money':
      return Number.isSafeInteger(value) && (unbounded || inRange(column, value as number));
    case 'bool':
      return typeof value === 'boolean';
    case 'date':
    case 'datetime':
      return (
        typeof value === 'string' && value.length === (type.kind === 'date' ? 10 : 17) && isRealTime(value)
      );
    case 'string':
    case 'text':
      if (typeof value !== 'string') return false;
      if (column.role === 'status') {
        const states = [...ground.entities.values()].find((entity) => entity.columns.includes(column));
        return states?.machine?.states.includes(value) ?? false;
      }
      return column.pattern === undefined || new RegExp(column.pattern).test(value);
    default:
      return false;
  }
}

function inRange(column: Column, value: number): boolean {
  const low = column.min ?? (column.type.kind === 'money' ? 0 : -1_000_000_000);
  return value >= low && value <= (column.max ?? 1_000_000_000);
}

/** Another value of the same form: every digit turns; a text without digits gets some. */
function renew(value: Value, ordinal: number): Value {
  if (typeof value === 'number') return value + ordinal;
  if (typeof value !== 'string') return value;
  const step = 1 + (ordinal % 9);
  const turned = value.replace(/\d/g, (digit) => String((Number(digit) + step) % 10));
  if (turned !== value) return turned;
  return value.includes('@') ? value.replace('@', `${ordinal}@`) : `${value} ${ordinal}`;
}
