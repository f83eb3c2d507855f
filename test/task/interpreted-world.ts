// A world whose tools are run by the reference interpreter: slow, but it needs neither emitted code
// nor a sandbox.
import { readFileSync } from 'node:fs';
import { hashJson } from '../../src/core/hash.js';
import { idScheme } from '../../src/core/id.js';
import type { EmittedDomain, StateSchema, TalkPolicy } from '../../src/emit/emitted-domain.js';
import { brokenInvariants, interpret, violatedGuards } from '../../src/spec/interpret.js';
import type { Domain } from '../../src/spec/model.js';
import { readSpec } from '../../src/spec/read.js';
import { stateSource } from '../../src/spec/state-source.js';
import type { State } from '../../src/spec/state.js';
import { digestChanges } from '../../src/world/digest.js';
import { seedState } from '../../src/world/seed.js';
import type { LaidRow, Session, World } from '../../src/world/world.js';
import type { RowChange } from '../../sandbox/guest-api.js';

export function openDomain(id: string): Domain {
  const read = readSpec(readFileSync(new URL(`../../domains/${id}.yaml`, import.meta.url), 'utf8'));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

export function openWorld(domain: Domain, seed: number): World {
  const state = seedState(domain, seed);
  if (!state.ok) throw new Error(JSON.stringify(state.error));
  return worldOf(domain, state.value);
}

export function worldOf(domain: Domain, state: State): World {
  const emitted = describe(domain);
  return {
    domain: emitted,
    seedState: hashJson(state),
    open: (rows = []) => {
      const start = layRows(domain, state, rows);
      return openSession(domain, emitted, start, start);
    },
    dispose: () => undefined,
  };
}

function openSession(domain: Domain, emitted: EmittedDomain, seed: State, start: State): Session {
  let state = start;
  const diff = (): RowChange[] => changes(domain, seed, state);
  return {
    call(tool, args) {
      const done = interpret(domain, state, tool, args);
      state = done.state;
      return done.reply;
    },
    violatedGuards: (tool, args, caller) => ({
      ok: true,
      value: violatedGuards(domain, tool, args, caller, stateSource(state)),
    }),
    brokenInvariants: () => ({ ok: true, value: brokenInvariants(domain, state) }),
    diff: () => ({ ok: true, value: diff() }),
    digest: () => ({ ok: true, value: digestChanges(emitted.stateSchema, diff()) }),
    patch: () => {
      throw new Error('not here');
    },
    state: () => ({ ok: true, value: state }),
    fork: () => openSession(domain, emitted, seed, state),
    reset: () => {
      state = seed;
    },
    close: () => undefined,
  };
}

function layRows(domain: Domain, state: State, rows: readonly LaidRow[]): State {
  const tables = domain.entities.map(({ name }) => {
    const laid = rows.filter(({ entity }) => entity === name).map(({ row }) => row);
    return [name, [...(state.tables[name] ?? []), ...laid]] as const;
  });
  return rows.length === 0 ? state : { ...state, tables: Object.fromEntries(tables) };
}

function changes(domain: Domain, seed: State, state: State): RowChange[] {
  return domain.entities.flatMap(({ name, key }) => {
    const before = seed.tables[name] ?? [];
    const after = state.tables[name] ?? [];
    if (before === after) return [];
    const old = new Map(before.map((row) => [row[key], row]));
    const now = new Map(after.map((row) => [row[key], row]));
    return [...new Set([...old.keys(), ...now.keys()])].flatMap((id): RowChange[] => {
      const [was, is] = [old.get(id) ?? null, now.get(id) ?? null];
      return was === is ? [] : [{ entity: name, id: String(id), before: was, after: is }];
    });
  });
}

function describe(domain: Domain): EmittedDomain {
  const stateSchema: StateSchema = {
    caller: domain.caller,
    tables: domain.entities.map((entity) => ({
      entity: entity.name,
      table: entity.table,
      key: entity.key,
      ids: idScheme(domain.id, entity.name, entity.prefix),
      columns: entity.columns.map((column) => ({
        column: column.column,
        role: column.role,
        ...(column.type.kind === 'row' ? { to: column.type.entity } : {}),
        match: column.match,
        schema: {},
      })),
    })),
  };
  const talkPolicies: TalkPolicy[] = domain.policies.map((policy): TalkPolicy => {
    if (policy.kind === 'guard' || policy.kind === 'escalate' || policy.kind === 'confirm') {
      return { id: policy.id, text: policy.text, kind: policy.kind, on: policy.on };
    }
    return policy;
  });
  const handOver = {
    type: 'object',
    properties: { policy: { type: 'string' }, summary: { type: 'string' } },
  };
  return {
    format: 'test',
    id: domain.id,
    title: domain.title,
    origin: 'spec',
    files: {},
    compiled: {},
    manifest: [
      ...domain.tools.map((tool) => ({
        name: tool.name,
        description: tool.doc,
        parameters: { type: 'object', properties: {} },
        effect: tool.effect,
        side: 'agent' as const,
      })),
      { name: 'transfer_to_human', description: '', parameters: handOver, effect: 'control', side: 'agent' },
    ],
    stateSchema,
    talkPolicies,
    policyText: '',
    hash: hashJson(domain.spec),
  };
}
