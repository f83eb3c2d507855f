// The shapes that an emitted domain exports to the guest runtime:
//   state.ts   export const tables: Record<entity, TableInfo>      (and the row types and Db)
//   tools.ts   export const tools: Record<name, Tool<Db>>
//   guards.ts  export const guards: Record<policy id, Record<tool, Guard<Db>>>   true = complies
//              (or, of what may be told: Record<policy id, Record<entity, Guard<Db>>>)
//              export const invariants: Record<id, Invariant<Db>>
import type { ToolResult } from './outcome.js';

export interface TableInfo {
  readonly entity: string;
  readonly table: string; // property of Db
  readonly key: string;
  readonly prefix: string;
  readonly scale: number;
  readonly shift: number;
  readonly references: Readonly<Record<string, string>>; // column → entity; these are indexed
}

export type Tool<Db> = (db: Db, args: never) => ToolResult<unknown>;

/** For an escalate policy `true` means that the case need not be handed over. A missing row complies. */
export type Guard<Db> = (db: Db, args: never, context: GuardContext) => boolean;

export interface GuardContext {
  /** Id of the identified caller, or null while nobody is. */
  readonly caller: string | null;
}

/**
 * `holds` judges one row of `of` (or, when `of` is null, the whole state). `touchedBy` says, for a
 * changed row of another entity, which rows of `of` must be judged again; an entity that is not
 * listed cannot matter; 'all' means every row of `of`.
 */
export interface Invariant<Db> {
  readonly of: string | null;
  readonly holds: (db: Db, row: never) => boolean;
  readonly touchedBy: Readonly<Record<string, 'all' | ((db: Db, row: never) => InvariantRows)>>;
}

export type InvariantRows = readonly (object | undefined)[];

/** What the modules of a domain export together. */
export interface DomainModules {
  readonly tables: Readonly<Record<string, TableInfo>>;
  readonly tools: Readonly<Record<string, Tool<object>>>;
  readonly guards: Readonly<Record<string, Readonly<Record<string, Guard<object>>>>>;
  readonly invariants: Readonly<Record<string, Invariant<object>>>;
}
