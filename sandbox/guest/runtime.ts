// The guest's end of the boundary. The host calls these operations with a session number and text
// and gets text back: '=' and what was asked for, '-' and a refusal, '!' and a kind of fault.
// Sessions are overlays on the seed rows, and one `db`, which reads through the running session,
// serves them all: a tool that keeps `db` has kept nothing.
import { applyChanges, diffText, effectText, logText, replay, sumText } from './changes.js';
import { createInvariantChecker } from './invariants.js';
import { jsonText, textFault } from './json-text.js';
import { createLiveTable, type LiveTable } from './live-table.js';
import type { DomainModules, Guard, GuardContext } from './module-types.js';
import { forkOverlays, undo, type Cursor, type Overlay } from './overlay.js';
import { adoptRow, rowText, type Row } from './rows.js';
import { createSeedTable, type SeedTable } from './seed-table.js';

/** What a state.json holds. */
export interface SeedState {
  readonly now: string;
  readonly tables: Readonly<Record<string, readonly Row[]>>;
  readonly created: Readonly<Record<string, number>>;
}

/** The operations a host may ask for; all take and give text or numbers. */
export interface Runtime {
  fork(session: number, parent: number): string;
  close(session: number): string;
  replay(session: number, log: string): string;
  /** One log line that comes to the same as all that the session has had. */
  sum(session: number): string;
  call(session: number, tool: string, args: string): string;
  /** Calls a tool, and says in front of its log which of the others, by line, would have come out otherwise. */
  compare(session: number, tool: string, others: string, args: string): string;
  guards(session: number, tool: string, args: string, caller: string): string;
  invariants(session: number, scope: string): string;
  diff(session: number): string;
  patch(session: number, changes: string): string;
  state(session: number): string;
  /** Names of the tools, and of those that have guards, as JSON. */
  names(): string;
}

type Outcome = { ok: unknown; value: unknown; code: unknown; message: unknown } | null | undefined;
type AnyTool = (db: object, args: unknown) => unknown;
type AnyGuard = (db: object, args: unknown, context: GuardContext) => unknown;

/** A domain with its sessions; the rows of the state become its own. */
export function createRuntime(modules: DomainModules, state: SeedState, resultCap: number): Runtime {
  // A tool must not replace another, nor an invariant that judges it.
  for (const exported of Object.values(modules)) freezeDeep(exported);
  const tools = new Map(Object.entries(modules.tools) as [string, AnyTool][]);
  const guards = guardsByTool(modules.guards);
  const sessions = new Map<number, (Overlay | undefined)[]>();
  const cursor: Cursor = { overlays: [], writable: false, journal: [] };
  const { seeds, tables, db } = createTables(modules, state, cursor);
  const checker = createInvariantChecker(db, seeds, tables, modules.invariants);

  /** A session named by its negative number begins anew, which saves the host a way here and back. */
  const overlaysOf = (session: number): (Overlay | undefined)[] => {
    const known = session < 0 ? undefined : sessions.get(session);
    if (known !== undefined) return known;
    const fresh: (Overlay | undefined)[] = [];
    sessions.set(Math.abs(session), fresh);
    return fresh;
  };

  const enter = (session: number, writable: boolean): void => {
    cursor.overlays = overlaysOf(session);
    if (cursor.journal.length > 0) cursor.journal = [];
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

  const refuse = (outcome: Outcome): string => {
    undo(cursor);
    const { ok, code, message } = outcome ?? { ok: null, code: null, message: null };
    if (ok !== false || typeof code !== 'string' || typeof message !== 'string') return '!not-json';
    const text = jsonText([code, message], resultCap);
    const fault = textFault();
    return fault === null ? `-${text}` : `!${fault}`;
  };

  /** What is told of a value that a call returned: '=' and its text, while its writes stand, or a fault. */
  const told = (value: unknown): string => {
    const text = jsonText(value, resultCap);
    const fault = textFault();
    if (fault === null) return `=${text}`;
    undo(cursor);
    return `!${fault}`;
  };

  /** Runs a tool; only what it wrote for a result stands. */
  const run = (name: string, args: string): string => {
    const tool = tools.get(name);
    if (tool === undefined) return '!unknown-tool';
    try {
      const outcome = tool(db, readArgs(args)) as Outcome;
      return outcome?.ok === true ? told(outcome.value) : refuse(outcome);
    } catch (error) {
      undo(cursor);
      return faultText(error);
    }
  };

  /** A result with the log line of what was written for it. */
  const logged = (text: string): string => (text.startsWith('=') ? `${text}\n${logText(cursor)}` : text);

  return {
    fork(session, parent) {
      sessions.set(session, forkOverlays(overlaysOf(parent)));
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
    sum(session) {
      return `=${sumText(overlaysOf(session))}`;
    },
    call(session, name, args) {
      enter(session, true);
      return logged(run(name, args));
    },
    compare(session, name, others, args) {
      enter(session, true);
      const outcomes = (others === '' ? [] : others.split('\n')).map((other) => {
        const text = run(other, args) + effectText(seeds, cursor);
        undo(cursor);
        return { other, text };
      });
      // A fault that the engine may not have survived is nobody's in particular.
      const lost = outcomes.find(({ text }) => /^!(stack|memory)/.test(text));
      if (lost !== undefined) return lost.text;
      const text = run(name, args);
      if (text.startsWith('!')) return text;
      const whole = text + effectText(seeds, cursor);
      const differing = outcomes.filter((one) => one.text !== whole).map(({ other }) => other);
      return `=${JSON.stringify(differing)}\n${logText(cursor)}`;
    },
    guards(session, tool, args, caller) {
      enter(session, false);
      return guarded(() => {
        const context = Object.freeze({ caller: JSON.parse(caller) as string | null });
        const read = readArgs(args);
        const violated: string[] = [];
        for (const [id, holds] of guards.get(tool) ?? []) {
          if (holds(db, read, context) !== true) violated.push(id);
        }
        return violated.length === 0 ? '=[]' : `=${JSON.stringify(violated)}`;
      });
    },
    invariants(session, scope) {
      enter(session, false);
      return guarded(() => `=${JSON.stringify(checker.broken(cursor.overlays, scope === 'all'))}`);
    },
    diff(session) {
      enter(session, false);
      return `=${diffText(seeds, cursor.overlays)}`;
    },
    patch(session, changes) {
      enter(session, true);
      return guarded(() => {
        applyChanges(tables, changes);
        return logged(told(true));
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
  // A loop without a list of keys: arguments come here on every call.
  // oxlint-disable-next-line eslint/guard-for-in
  for (const key in value) {
    const part: unknown = (value as Record<string, unknown>)[key];
    if (typeof part === 'object' || typeof part === 'function') freezeDeep(part);
  }
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
