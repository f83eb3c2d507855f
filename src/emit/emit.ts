// From a checked domain to code, manifest and schemas: all that a world and an environment need.
import { formats } from '../core/format.js';
import { hashJson, type ContentHash } from '../core/hash.js';
import { idScheme } from '../core/id.js';
import type { Column, Domain, Policy } from '../spec/model.js';
import { compileModules } from './compile.js';
import type { ColumnSchema, EmittedDomain, StateSchema, TalkPolicy } from './emitted-domain.js';
import { guardsFile } from './guards-file.js';
import { manifestOf } from './manifest.js';
import { policyTextOf } from './policy-text.js';
import { stateFile } from './state-file.js';
import { tablesFile } from './tables-file.js';
import { toolsFile } from './tools-file.js';
import { schemaOf } from './type-text.js';

/** Emits a domain. The same domain gives the same bytes. */
export function emitDomain(domain: Domain): EmittedDomain {
  const tools = toolsFile(domain);
  const files = {
    'state.ts': stateFile(domain),
    ...(domain.tables.length === 0 ? {} : { 'tables.ts': tablesFile(domain) }),
    'tools.ts': tools.text,
    'guards.ts': guardsFile(domain),
  };
  const hashed = {
    files,
    manifest: manifestOf(domain, tools.refusals),
    stateSchema: stateSchemaOf(domain),
    talkPolicies: domain.policies.map(talkPolicy),
    policyText: policyTextOf(domain),
  };
  return {
    format: formats.domain,
    id: domain.id,
    title: domain.title,
    origin: 'spec',
    spec: hashJson(domain.spec),
    ...hashed,
    compiled: compileModules(files),
    hash: hashEmitted(hashed),
  };
}

/** The hash by which tasks name their domain: of all but what follows from it. */
export function hashEmitted(
  parts: Pick<EmittedDomain, 'files' | 'manifest' | 'stateSchema' | 'talkPolicies' | 'policyText'>,
): ContentHash {
  const { files, manifest, stateSchema, talkPolicies, policyText } = parts;
  return hashJson({ files, manifest, stateSchema, talkPolicies, policyText });
}

function stateSchemaOf(domain: Domain): StateSchema {
  return {
    caller: domain.caller,
    tables: domain.entities.map((entity) => ({
      entity: entity.name,
      table: entity.table,
      key: entity.key,
      ids: idScheme(domain.id, entity.name, entity.prefix),
      columns: entity.columns.map((column) => columnSchema(domain, entity.name, column)),
    })),
  };
}

function columnSchema(domain: Domain, entity: string, column: Column): ColumnSchema {
  const { type } = column;
  const key = { kind: 'row', entity } as const;
  return {
    column: column.column,
    role: column.role,
    ...(column.role === 'reference' && type.kind === 'row' ? { to: type.entity } : {}),
    match: column.match,
    schema: schemaOf(domain, column.role === 'key' ? key : type, column),
  };
}

function talkPolicy(policy: Policy): TalkPolicy {
  const { id, text } = policy;
  switch (policy.kind) {
    case 'verify':
      return { id, text, kind: policy.kind, on: policy.on, by: policy.by, finds: policy.finds };
    case 'precede':
      return { id, text, kind: policy.kind, on: policy.on, first: policy.first, shared: policy.shared };
    case 'compute':
      return { id, text, kind: policy.kind, on: policy.on, param: policy.param };
    case 'conceal':
      return {
        id,
        text,
        kind: policy.kind,
        of: policy.of,
        ...(policy.unless === undefined ? {} : { judged: true }),
      };
    default:
      return { id, text, kind: policy.kind, on: policy.on };
  }
}
