// An emitted domain: code, manifest and the schemas that world and env need. From here on nothing
// knows whether the tools came from a spec, a person or a model.
import type { ContentHash } from '../core/hash.js';
import type { IdScheme } from '../core/id.js';
import type { JsonObject } from '../core/json.js';

export interface EmittedDomain {
  readonly format: string;
  readonly id: string;
  readonly title: string;
  readonly origin: 'spec' | 'code';
  readonly spec?: ContentHash;
  /** TypeScript: state.ts, tools.ts, guards.ts, and tables.ts where there are decision tables. */
  readonly files: Readonly<Record<string, string>>;
  /** What the guest runs, made from `files`: state.js for state.ts and so on. */
  readonly compiled: Readonly<Record<string, string>>;
  readonly manifest: readonly ToolManifest[];
  readonly stateSchema: StateSchema;
  readonly talkPolicies: readonly TalkPolicy[];
  readonly policyText: string;
  /** Of files, manifest, stateSchema, talkPolicies and policyText. */
  readonly hash: ContentHash;
}

/** What an agent is told of a tool. `parameters` is JSON Schema; `x-entity` on an id names its entity. */
export interface ToolManifest {
  readonly name: string;
  readonly description: string;
  readonly parameters: JsonObject;
  readonly effect: 'read' | 'write' | 'control';
  readonly side: 'agent' | 'user';
}

export interface StateSchema {
  readonly caller: string;
  readonly tables: readonly TableSchema[];
}

export interface TableSchema {
  readonly entity: string;
  readonly table: string;
  readonly key: string;
  readonly ids: IdScheme;
  readonly columns: readonly ColumnSchema[];
}

export interface ColumnSchema {
  readonly column: string;
  readonly role: 'key' | 'value' | 'reference' | 'status';
  readonly to?: string; // entity of a reference
  readonly match: 'exempt' | 'hard' | 'semantic';
  readonly schema: JsonObject; // JSON Schema of the value
}

/**
 * A policy as the monitor needs it. Guards, escalations and what is to be computed are named here and
 * live as code in guards.ts; so do the exceptions of what is `judged` row by row before it may be told.
 */
export type TalkPolicy = { readonly id: string; readonly text: string } & (
  | {
      readonly kind: 'verify';
      readonly on: readonly string[];
      readonly by: string;
      readonly finds: readonly string[];
    }
  | { readonly kind: 'guard' | 'confirm' | 'escalate'; readonly on: readonly string[] }
  | {
      readonly kind: 'precede';
      readonly on: readonly string[];
      readonly first: string;
      readonly shared: readonly (readonly [string, string])[];
    }
  | { readonly kind: 'compute'; readonly on: readonly string[]; readonly param: string }
  | {
      readonly kind: 'conceal';
      readonly of: readonly { readonly entity: string; readonly column: string }[];
      readonly judged?: true;
    }
);
