// Random states and calls of a domain, and the comparison of emitted code with the interpreter.
import type { Json, JsonObject } from '../../src/core/json.js';
import { canonicalJson } from '../../src/core/json.js';
import { formatId, idScheme } from '../../src/core/id.js';
import type { Rng } from '../../src/core/rng.js';
import { addMinutes } from '../../src/core/time.js';
import { patternValue } from '../../src/spec/generator-model.js';
import { brokenInvariants, concealing, interpret, violatedGuards } from '../../src/spec/interpret.js';
import type { Column, Domain, Field, Param, Tool, Type } from '../../src/spec/model.js';
import { withoutNull } from '../../src/spec/types.js';
import { stateSource } from '../../src/spec/state-source.js';
import type { Row, State, Value } from '../../src/spec/state.js';
import type { Guest } from '../../sandbox/guest-api.js';

/** A state of few rows, whose references meet each other often. Invariants may be broken. */
export function randomState(domain: Domain, rng: Rng): State {
  const ids = new Map(
    domain.entities.map((entity) => {
      const scheme = idScheme(domain.id, entity.name, entity.prefix);
      return [entity.name, Array.from({ length: entity.n }, (_, at) => formatId(scheme, at))] as const;
    }),
  );
  const tables = domain.entities.map((entity) => {
    const taken = new Set<string>();
    const rows = (ids.get(entity.name) ?? []).map((id): Row => {
      const value = (column: Column): Value => {
        if (column.role === 'key') return id;
        if (column.role === 'status') return rng.pick(entity.machine?.states ?? []);
        const drawn = randomValue(column.type, column, ids, rng);
        if (!column.unique || drawn === null) return drawn;
        const text = `${column.column}:${String(drawn)}`;
        const distinct = taken.has(text) ? `${String(drawn)}-${taken.size}` : drawn;
        taken.add(`${column.column}:${String(distinct)}`);
        return distinct;
      };
      return Object.fromEntries(entity.columns.map((column) => [column.column, value(column)]));
    });
    return [entity.name, rows] as const;
  });
  const created = domain.entities.map((entity) => [entity.name, entity.n] as const);
  return { now: domain.clock, tables: Object.fromEntries(tables), created: Object.fromEntries(created) };
}

type Ids = ReadonlyMap<string, readonly string[]>;
type Bounds = Pick<Column, 'min' | 'max' | 'pattern'>;

function randomValue(type: Type, bounds: Bounds, ids: Ids, rng: Rng): Value {
  if (type.nullable === true && rng.chance(0.35)) return null;
  switch (type.kind) {
    case 'row':
      return rng.pick(ids.get(type.entity) ?? []);
    case 'enum':
      return rng.pick(type.of);
    case 'bool':
      return rng.chance(0.5);
    case 'date':
      return addMinutes('2025-06-02', rng.int(-3, 3) * 1440);
    case 'datetime':
      return addMinutes('2025-06-02T09:30Z', rng.int(-9, 9) * 500);
    case 'int':
      return rng.int(bounds.min ?? 0, bounds.max ?? 6);
    case 'money':
      return rng.int(bounds.min ?? 0, bounds.max ?? 900);
    default:
      return bounds.pattern === undefined
        ? rng.pick(['ann', 'bob', 'cy', 'no', 'w1', "it's"])
        : patternText(bounds.pattern, rng);
  }
}

// The patterns of our domains are literals with \d and \d{n}.
function patternText(pattern: string, rng: Rng): string {
  const digits = pattern
    .replace(/^\^|\$$/g, '')
    .replace(/\\d(\{(\d+)\})?/g, (_, _all, count) => '#'.repeat(Number(count ?? 1)));
  return patternValue(digits, () => rng.next());
}

/** Arguments that fit the manifest; most ids exist, and values often are some that rows have. */
function randomArgs(params: readonly Param[], domain: Domain, state: State, rng: Rng): JsonObject {
  const ids = new Map(
    domain.entities.map((entity) => [
      entity.name,
      rng.chance(0.03)
        ? [`${entity.prefix}-00000`]
        : (state.tables[entity.name] ?? []).map((row) => String(row[entity.key])),
    ]),
  );
  for (const [entity, known] of ids) if (known.length === 0) ids.set(entity, ['XX-00000']);
  const args: Record<string, Json> = {};
  const one = (field: Field, type: Type): Json => {
    if (type.kind === 'record') {
      const given = type.fields.filter(({ optional }) => !optional || rng.chance(0.6));
      return Object.fromEntries(
        given.map((inner): [string, Json] => [inner.name, one(inner, withoutNull(inner.type))]),
      );
    }
    return randomValue(type, field, ids, rng);
  };
  for (const param of params) {
    if (param.optional && rng.chance(0.4)) continue;
    const type = withoutNull(param.type);
    if (type.kind !== 'list') {
      args[param.name] = existing(param, domain, state, rng) ?? one(param, type);
      continue;
    }
    const items = Array.from({ length: rng.int(1, param.maxItems ?? 4) }, () => one(param, type.item));
    args[param.name] = [...new Map(items.map((item) => [canonicalJson(item), item])).values()];
  }
  return args;
}

// A value of a column that is called like the parameter, or a part of it where a filter asks for one.
function existing(param: Param, domain: Domain, state: State, rng: Rng): Value {
  if (param.type.kind === 'row' || rng.chance(0.5)) return null;
  const name = param.name.replace(/_(min|max|from|until|contains)$/, '');
  const holders = domain.entities.filter((entity) =>
    entity.columns.some((column) => column.column === name && column.type.kind === param.type.kind),
  );
  if (holders.length === 0) return null;
  const rows = state.tables[rng.pick(holders).name] ?? [];
  const value = rows.length === 0 ? null : (rng.pick(rows)[name] ?? null);
  if (typeof value !== 'string' || !param.name.endsWith('_contains')) return value;
  const part = value.slice(rng.int(0, 2), rng.int(3, 6));
  return part === '' ? null : rng.pick([part, part.toUpperCase()]);
}

/** What a run of calls met. */
export interface Tally {
  calls: number;
  readonly results: Map<string, number>; // by tool
  readonly refusals: Map<string, number>; // by tool and code
  readonly violations: Map<string, number>; // by policy
  readonly broken: Map<string, number>; // by invariant
}

export function startTally(): Tally {
  return { calls: 0, results: new Map(), refusals: new Map(), violations: new Map(), broken: new Map() };
}

/**
 * Random calls from a state, in the guest and in the interpreter. Returns the first difference in
 * value, code, message, state, guards or invariants, as text; undefined when there is none.
 */
export function firstDifference(
  domain: Domain,
  guest: Guest,
  start: State,
  calls: number,
  rng: Rng,
  tally: Tally,
  tools: readonly Tool[] = domain.tools,
): string | undefined {
  const session = guest.open();
  const soundAtFirst = new Set(domain.invariants.map(({ id }) => id));
  for (const id of brokenInvariants(domain, start)) soundAtFirst.delete(id);
  const writes = tools.filter(({ effect }) => effect === 'write');
  let state = start;
  for (let at = 0; at < calls; at++) {
    const tool = rng.pick(writes.length > 0 && rng.chance(0.7) ? writes : tools);
    const args = randomArgs(tool.params, domain, state, rng);
    const shown = `${tool.name} ${JSON.stringify(args)}`;
    const callers = state.tables[domain.caller] ?? [];
    const callerKey = domain.entities.find((entity) => entity.name === domain.caller)?.key ?? '';
    const caller = rng.chance(0.2) || callers.length === 0 ? null : String(rng.pick(callers)[callerKey]);
    const wantedGuards = violatedGuards(domain, tool.name, args, caller, stateSource(state));
    const guards = guest.violatedGuards(session, tool.name, JSON.stringify(args), caller);
    const foundGuards = guards.ok ? guards.value : guards.fault;
    if (canonicalJson(wantedGuards) !== canonicalJson(foundGuards)) {
      return `${shown} as ${caller ?? 'nobody'}: guards ${canonicalJson(foundGuards)}, wanted ${canonicalJson(wantedGuards)}`;
    }
    for (const id of wantedGuards) count(tally.violations, id);
    const told = concealedDifference(domain, guest, session, state, tool, args, caller, tally);
    if (told !== undefined) return `${shown} as ${caller ?? 'nobody'}: ${told}`;
    const wanted = interpret(domain, state, tool.name, args);
    const reply = guest.call(session, tool.name, JSON.stringify(args));
    if (canonicalJson(reply) !== canonicalJson(wanted.reply)) {
      return `${shown}: ${canonicalJson(reply)}, wanted ${canonicalJson(wanted.reply)}`;
    }
    tally.calls += 1;
    if (wanted.reply.type === 'result') count(tally.results, tool.name);
    else count(tally.refusals, `${tool.name} ${wanted.reply.code}`);
    state = wanted.state;
    const left = guest.state(session);
    const found = left.ok ? { tables: left.value.tables, created: left.value.created } : left.fault;
    if (canonicalJson(found) !== canonicalJson({ tables: state.tables, created: state.created })) {
      return `${shown}: state ${canonicalJson(found)}, wanted ${canonicalJson(state)}`;
    }
    const wantedBroken = brokenInvariants(domain, state);
    const all = guest.brokenInvariants(session, 'all');
    if (canonicalJson(all.ok ? all.value : all.fault) !== canonicalJson(wantedBroken)) {
      return `${shown}: broken ${canonicalJson(all)}, wanted ${canonicalJson(wantedBroken)}`;
    }
    const changed = guest.brokenInvariants(session, 'changed');
    const foundBroken = changed.ok ? changed.value.filter((id) => soundAtFirst.has(id)) : changed.fault;
    const newlyBroken = wantedBroken.filter((id) => soundAtFirst.has(id));
    if (canonicalJson(foundBroken) !== canonicalJson(newlyBroken)) {
      return `${shown}: broken by changes ${canonicalJson(foundBroken)}, wanted ${canonicalJson(newlyBroken)}`;
    }
    for (const id of newlyBroken) count(tally.broken, id);
  }
  guest.close(session);
  return undefined;
}

/** The first row that the call names of which guest and interpreter conceal otherwise. */
function concealedDifference(
  domain: Domain,
  guest: Guest,
  session: number,
  state: State,
  tool: Tool,
  args: JsonObject,
  caller: string | null,
  tally: Tally,
): string | undefined {
  for (const { name, type } of tool.params) {
    const id = args[name];
    if (type.kind !== 'row' || typeof id !== 'string') continue;
    const wanted = concealing(domain, type.entity, id, caller, stateSource(state));
    const key = domain.entities.find((entity) => entity.name === type.entity)?.key ?? '';
    const found = guest.violatedGuards(session, type.entity, JSON.stringify({ [key]: id }), caller);
    const got = found.ok ? found.value : found.fault;
    if (canonicalJson(got) !== canonicalJson(wanted)) return `${id}: concealed ${canonicalJson(got)}`;
    for (const policy of wanted) count(tally.violations, policy);
  }
  return undefined;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
