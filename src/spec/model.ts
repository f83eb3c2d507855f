// The checked domain: everything named, typed and resolved, as plain JSON. The interpreter, the
// graph, the emitter, the composer and the oracle read this; nothing else does.
import type { DomainSpec } from './domain.js';
import type { FilterTest } from './filter.js';
import type { StateMachine } from './machine-model.js';
import type { PlainWords } from './plain-words.js';
import type { TableRow } from './table-model.js';

/** A static type of the expression language. `nullable` stands beside any of them. */
export type Type = { readonly nullable?: true } & (
  | {
      readonly kind:
        | 'string'
        | 'text'
        | 'int'
        | 'money'
        | 'number'
        | 'bool'
        | 'date'
        | 'datetime'
        | 'duration'
        | 'null';
    }
  | { readonly kind: 'enum'; readonly of: readonly string[] }
  | { readonly kind: 'row'; readonly entity: string }
  | { readonly kind: 'list'; readonly item: Type }
  | { readonly kind: 'record'; readonly fields: readonly Field[] } // a line item of a list parameter
);

export type AggregateFn = 'count' | 'exists' | 'all' | 'sum' | 'min' | 'max' | 'first' | 'list';
export type BinaryOp = 'or' | 'and' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | '+' | '-' | '*' | '/';
export type MathFn = 'ceil' | 'floor' | 'round' | 'abs' | 'min' | 'max' | 'date';

/** What an aggregate or an `each` runs over: all rows of an entity, or a list value. */
export type Source = { readonly entity: string } | { readonly list: Expr };

/**
 * A typed expression. A `variable` names a parameter's row or value, a `let`, a created row, an
 * aggregate's own variable, or `caller` in a policy. A `member` of a row reads a column (through a
 * reference it has the type of the referred row), one of a line item is one of its fields.
 * `present` marks a nullable value that the checker proved to be there.
 */
export type Expr =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null; readonly type: Type } // durations in minutes
  | { readonly kind: 'now'; readonly type: Type }
  | { readonly kind: 'variable'; readonly name: string; readonly type: Type; readonly present?: true }
  | {
      readonly kind: 'member';
      readonly of: Expr;
      readonly attr: string;
      readonly column: string;
      readonly type: Type;
      readonly present?: true;
    } // attr 'id' is the key
  | { readonly kind: 'unary'; readonly op: 'not' | '-'; readonly of: Expr; readonly type: Type }
  | {
      readonly kind: 'binary';
      readonly op: BinaryOp;
      readonly left: Expr;
      readonly right: Expr;
      readonly type: Type;
    }
  | { readonly kind: 'math'; readonly fn: MathFn; readonly args: readonly Expr[]; readonly type: Type }
  | { readonly kind: 'table'; readonly table: Table; readonly args: readonly Expr[]; readonly type: Type }
  | {
      readonly kind: 'aggregate';
      readonly fn: AggregateFn;
      readonly source: Source;
      readonly variable: string;
      readonly variableType: Type;
      readonly where?: Expr;
      readonly body?: Expr; // all: the condition; sum, min, max: the value; list of values: the value
      readonly type: Type;
    };

/** A decision table: the first row whose cells all hold says what comes out. Every case has one. */
export interface Table {
  readonly name: string;
  readonly doc: string;
  readonly inputs: readonly { readonly name: string; readonly type: Type }[];
  readonly gives: Type;
  readonly rows: readonly TableRow[];
}

export type Statement =
  | { readonly kind: 'fire'; readonly row: Expr; readonly entity: string; readonly event: string }
  | { readonly kind: 'set'; readonly assignments: readonly Assignment[] }
  | {
      readonly kind: 'create';
      readonly entity: string;
      readonly as?: string;
      readonly values: Readonly<Record<string, Expr>>;
    } // by column, every column but key and status
  | { readonly kind: 'delete'; readonly row: Expr; readonly entity: string }
  | {
      readonly kind: 'if';
      readonly condition: Expr;
      readonly then: readonly Statement[];
      readonly else: readonly Statement[];
    }
  | {
      readonly kind: 'each';
      readonly variable: string;
      readonly variableType: Type;
      readonly source: Source;
      readonly where?: Expr;
      readonly do: readonly Statement[];
    };

export interface Assignment {
  readonly row: Expr;
  readonly entity: string;
  readonly column: string;
  readonly value: Expr;
}

/** A column of a row. The key is `<entity>_id`, a reference `<attr>_id`, a state `status`. */
export interface Column {
  readonly column: string;
  readonly attr: string;
  readonly role: 'key' | 'value' | 'reference' | 'status';
  readonly type: Type; // of the attribute: a reference's is a row
  readonly match: 'exempt' | 'hard' | 'semantic';
  readonly unique: boolean;
  readonly known: boolean;
  readonly doc?: string;
  readonly gen?: string;
  readonly weights?: readonly number[];
  readonly default?: string | number | boolean | null; // what a create that leaves it out gets
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  readonly distinct?: boolean;
  readonly initEvent?: string;
}

export interface Entity {
  readonly name: string; // VetSlot
  readonly snake: string; // vet_slot
  readonly words: string; // vet slot
  readonly pluralWords: string; // vet slots
  readonly table: string; // vetSlots: the property of Db in emitted code
  readonly key: string; // vet_slot_id
  readonly prefix: string; // VS, unique in the domain; ids are VS-48213
  readonly doc?: string;
  readonly n: number;
  readonly columns: readonly Column[]; // key first, status last
  readonly machine?: StateMachine;
}

/** A parameter of a tool, or a field of its line items. `binds` is what expressions call it: loan for loan_id. */
export interface Field {
  readonly name: string;
  readonly binds: string;
  readonly type: Type; // a row or a value
  readonly optional: boolean; // then it is null when left out, unless it has a default
  readonly default?: string | number | boolean;
  readonly doc?: string;
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
}

/** A parameter may be a list: of rows, of values, or of line items. */
export interface Param extends Field {
  readonly minItems?: number;
  readonly maxItems?: number;
}

interface ToolBase {
  readonly name: string;
  readonly doc: string;
  readonly params: readonly Param[];
  readonly returns: Returns;
}

/** One value, or an object of named values. A row is returned as a row, a list as a list. */
export type Returns = { readonly value: Expr } | { readonly fields: Readonly<Record<string, Expr>> };

/** A tool written in the spec: effect 'write' when it has statements, else 'read'. */
export interface SpecTool extends ToolBase {
  readonly kind: 'spec';
  readonly effect: 'read' | 'write';
  readonly lets: readonly { readonly name: string; readonly value: Expr }[];
  readonly requires: readonly { readonly holds: Expr; readonly code: string; readonly message: string }[];
  readonly body: readonly Statement[];
}

/**
 * A read derived from the entity: get (by id), find (exactly one row by all of `by`, else
 * <ENTITY>_NOT_FOUND), list (rows that refer to the one given), search (optional filters; pages of
 * rows where it has a `pageSize`, `page` being its last parameter).
 */
export interface DerivedTool extends ToolBase {
  readonly kind: 'derived';
  readonly effect: 'read';
  readonly read: 'get' | 'find' | 'list' | 'search';
  readonly entity: string;
  readonly by: readonly string[]; // columns, in the order of params
  readonly tests: readonly FilterTest[]; // of the columns, in that order
  readonly pageSize?: number;
}

export type Tool = SpecTool | DerivedTool;

interface PolicyBase {
  readonly id: string;
  readonly text: string;
}

/**
 * Policies a monitor can enforce. Conditions and values see the tool's bindings, `caller` and `now`;
 * those of `conceal` see the row, under its entity's name, instead of a tool's bindings.
 */
export type Policy =
  | (PolicyBase & {
      readonly kind: 'verify';
      readonly on: readonly string[];
      readonly by: string;
      readonly finds: readonly string[];
    }) // before a call of `on`, a find of `finds` has returned the caller for what the caller said
  | (PolicyBase & {
      readonly kind: 'guard';
      readonly on: readonly string[];
      readonly holds: Readonly<Record<string, Expr>>;
    }) // by tool
  | (PolicyBase & { readonly kind: 'confirm'; readonly on: readonly string[] }) // the user said yes to exactly this call
  | (PolicyBase & {
      readonly kind: 'precede';
      readonly on: readonly string[];
      readonly first: string;
      readonly shared: readonly (readonly [string, string])[];
    }) // `first` succeeded before, in this talk, with the same values; [its param, tool's param]
  | (PolicyBase & {
      readonly kind: 'escalate';
      readonly on: readonly string[];
      readonly when: Readonly<Record<string, Expr>>;
    }) // when it holds, hand over instead
  | (PolicyBase & {
      readonly kind: 'compute';
      readonly on: readonly string[];
      readonly param: string;
      readonly value: Readonly<Record<string, Expr>>;
    }) // by tool: what the argument must be, which a user does not say
  | (PolicyBase & {
      readonly kind: 'conceal';
      readonly of: readonly Concealed[];
      readonly unless?: Readonly<Record<string, Expr>>;
    }); // not to be told; by entity, of which rows it may be

/** A column whose values are not to be told. */
export interface Concealed {
  readonly entity: string;
  readonly column: string;
}

export interface Invariant {
  readonly id: string;
  readonly doc?: string;
  readonly holds: Expr;
  readonly source: string;
}

/** In guards the checker has replaced `subject` by the path from the tool's parameters to a row of `caller`. */
export interface Domain {
  readonly id: string;
  readonly title: string;
  readonly agent: string;
  readonly clock: string;
  readonly caller: string;
  readonly entities: readonly Entity[];
  readonly tables: readonly Table[];
  readonly tools: readonly Tool[];
  readonly policies: readonly Policy[];
  readonly invariants: readonly Invariant[];
  readonly say: Say;
  /** The normalised source, itself valid input: what spec.json holds. */
  readonly spec: DomainSpec;
}

/** The words of a domain. */
export interface Say extends PlainWords {
  /** How a user names a row of an entity: a template with {path} slots over the row's variable. */
  readonly entities: Readonly<Record<string, readonly Phrase[]>>;
}

/** A template and the typed paths of its slots, in order. */
export interface Phrase {
  readonly template: string;
  readonly slots: readonly { readonly text: string; readonly path: Expr }[];
}
