// The guest's end of the boundary. The host calls these operations with a session number and text
// and gets text back: '=' and what was asked for, '-' and a refusal, '!' and a kind of fault.
// Sessions are overlays on the seed rows, and one `db`, which reads through the running session,
// serves them all: a tool that keeps `db` has kept nothing.
import { applyChanges, diffText, logText, replay } from './changes.js';
import { brokenInvariants, type InvariantWorld } from './invariants.js';
import { jsonText } from './json-text.js';
import { createLiveTable, type LiveTable } from './live-table.js';
import type { DomainModules, Guard, GuardContext } from './module-types.js';
import { forkOverlays, undo, type Cursor, type Overlay } from './overlay.js';
import { adoptRow, rowText, type Row } from './rows.js';
import { createSeedTable, type SeedTable } from './seed-table.js';

interface SeedState {
  readonly now: string;
  readonly tables: Readonly<Record<string, readonly Row[]>>;
  readonly created: Readonly<Record<string, number>>;
}

/** The operations a host may ask for; all take and give text or numbers. */
export interface Runtime {
  open(session: number): string;
  fork(session: number, parent: number): string;
  close(session: number): string;
  replay(session: number, log: string): string;
  call(session: number, tool: string, args: string): string;
  guards(session: number, tool: string, args: string, caller: string): string;
  invariants(session: number, scope: string): string;
  diff(session: number): string;
  patch(session: number, changes: string): string;
  state(session: number): string;
  /** Names of the tools, and of those that have guards, as JSON. */
  names(): string;
}

type AnyTool = (db: object, args: unknown) => unknown;
type AnyGuard = (db: object, args: unknown, context: GuardContext) => unknown;

export function createRuntime(modules: DomainModules, stateText: string, resultCap: number): Runtime {
  const state = JSON.parse(stateText) as SeedState;
  // A tool must not replace another, nor an invariant that judges it.
  for (const exported of Object.values(modules)) freezeDeep(exported);
  const tools = new Map(Object.entries(modules.tools) as [string, AnyTool][]);
  const guards = guardsByTool(modules.guards);
  const sessions = new Map<number, (Overlay | undefined)[]>();
  const cursor: Cursor = { overlays: [], writable: false, journal: [] };
  const { seeds, tables, db } = createTables(modules, state, cursor);
  const world: InvariantWorld = { db, seeds, tables, invariants: Object.entries(modules.invariants) };

  const enter = (session: number, writable: boolean): void => {
    const overlays = sessions.get(session);
    if (overlays === undefined) throw new Error('no such session');
    cursor.overlays = overlays;
    cursor.journal = [];
    cursor.writable = writable;
  };

  /** Runs what may throw; a throw takes back the call's writes. */
  const guarded = (work: () => string): string => {
    try {
      return work();
    } catch (error) {
      undo(cursor);
      return faultText(error);
    }
  };

  /** The call's result with its log line; the writes stand. */
  const commit = (value: unknown): string => {
    const made = jsonText(value, resultCap);
    if (typeof made !== 'string') return `=${made.text}\n${logText(cursor)}`;
    undo(cursor);
    return `!${made}`;
  };

  return {
    open(session) {
      sessions.set(session, []);
      return '=';
    },
    fork(session, parent) {
      sessions.set(session, forkOverlays(sessions.get(parent) ?? []));
      return '=';
    },
    close(session) {
      sessions.delete(session);
      return '=';
    },
    replay(session, log) {
      enter(session, true);
      replay(seeds, cursor, log);
      return '=';
    },
    call(session, name, args) {
      const tool = tools.get(name);
      if (tool === undefined) return '!unknown-tool';
      enter(session, true);
      return guarded(() => {
        const outcome = tool(db, readArgs(args)) as { ok: unknown; value: unknown } | null | undefined;
        if (outcome?.ok === true) return commit(outcome.value);
        undo(cursor);
        const { code, message } = (outcome ?? {}) as { code?: unknown; message?: unknown };
        if (outcome?.ok !== false || typeof code !== 'string' || typeof message !== 'string')
          return '!not-json';
        const refusal = jsonText([code, message], resultCap);
        return typeof refusal === 'string' ? `!${refusal}` : `-${refusal.text}`;
      });
    },
    guards(session, tool, args, caller) {
      enter(session, false);
      return guarded(() => {
        const context = Object.freeze({ caller: JSON.parse(caller) as string | null });
        const read = readArgs(args);
        const violated = (guards.get(tool) ?? []).filter(([, holds]) => holds(db, read, context) !== true);
        return `=${JSON.stringify(violated.map(([id]) => id))}`;
      });
    },
    invariants(session, scope) {
      enter(session, false);
      return guarded(() => `=${JSON.stringify(brokenInvariants(world, cursor.overlays, scope === 'all'))}`);
    },
    diff(session) {
      enter(session, false);
      return `=${diffText(seeds, cursor.overlays)}`;
    },
    patch(session, changes) {
      enter(session, true);
      return guarded(() => {
        applyChanges(tables, changes);
        return commit(true);
      });
    },
    state(session) {
      enter(session, false);
      const rows = [...tables].map(
        ([entity, { table }]) => `${JSON.stringify(entity)}:[${table.all().map(rowText).join(',')}]`,
      );
      const created = seeds.map(
        (seed, table) =>
          `${JSON.stringify(seed.info.entity)}:${cursor.overlays[table]?.created ?? seed.created}`,
      );
      return `={"now":${JSON.stringify(state.now)},"tables":{${rows.join(',')}},"created":{${created.join(',')}}}`;
    },
    names() {
      return `=${JSON.stringify({ tools: [...tools.keys()], guarded: [...guards.keys()] })}`;
    },
  };
}

function createTables(
  modules: DomainModules,
  state: SeedState,
  cursor: Cursor,
): { seeds: readonly SeedTable[]; tables: ReadonlyMap<string, LiveTable>; db: object } {
  const tables = new Map<string, LiveTable>();
  const db: Record<string, unknown> = { now: state.now };
  const seeds = Object.entries(modules.tables).map(([entity, found], at) => {
    const info = Object.freeze({ ...found, references: Object.freeze({ ...found.references }) });
    const rows = (state.tables[entity] ?? []).map(adoptRow);
    const seed = createSeedTable(info, rows, state.created[entity] ?? rows.length);
    const live = createLiveTable(seed, at, cursor);
    tables.set(entity, live);
    db[info.table] = live.table;
    return seed;
  });
  return { seeds, tables, db: Object.freeze(db) };
}

function guardsByTool(
  guards: DomainModules['guards'],
): ReadonlyMap<string, readonly (readonly [string, AnyGuard])[]> {
  const byTool = new Map<string, (readonly [string, AnyGuard])[]>();
  for (const [policy, tools] of Object.entries(guards)) {
    for (const [tool, guard] of Object.entries<Guard<object>>(tools)) {
      byTool.set(tool, [...(byTool.get(tool) ?? []), [policy, guard as AnyGuard]]);
    }
  }
  return byTool;
}

function readArgs(text: string): unknown {
  return freezeDeep(JSON.parse(text));
}

function freezeDeep(value: unknown): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return value;
  for (const part of Object.values(value))
    if (typeof part === 'object' || typeof part === 'function') freezeDeep(part);
  return Object.freeze(value);
}

/** Kind and, for whoever debugs a domain, what the engine says. */
function faultText(error: unknown): string {
  let kind = 'threw';
  let detail = 'an error that cannot be told';
  try {
    if (error instanceof Error) {
      detail = `${error.name}: ${error.message}\n${error.stack ?? ''}`;
      // The engine marks the end of its stack by this text alone, also in a SyntaxError of JSON.parse.
      if (error.message === 'stack overflow') kind = 'stack';
      else if (InternalError !== undefined && error instanceof InternalError) kind = 'memory';
    } else detail = String(error);
  } catch {
    kind = 'threw';
  }
  return `!${kind}\n${detail.slice(0, 2000)}`;
}

/** QuickJS's error for what it cannot do: no memory, a string too long. Plain V8 has none. */
const { InternalError } = globalThis as { InternalError?: new () => Error };
