// What an expression can see: the entities, the tables, the variables and what is proven about them.
import { didYouMean } from './issues.js';
import { noFacts, union, type Facts } from './narrow.js';
import type { Problem } from './types.js';
import type { Column, Entity, Expr, Type } from './model.js';
import type { Table } from './table-model.js';
import type { Syntax } from './syntax.js';

/** The entities by name. `broken` holds names that were reported already: nothing more is said of them. */
export interface EntityIndex {
  get(name: string): Entity | undefined;
  readonly names: readonly string[];
  readonly broken: ReadonlySet<string>; // Loan, or Loan.due
}

/** The decision tables by name; undefined for one whose declaration failed. */
export type TableIndex = ReadonlyMap<string, Table | undefined>;

export const noTables: TableIndex = new Map();

/** Variables and flow facts. The type of a variable whose declaration failed is undefined. */
export interface Scope {
  readonly entities: EntityIndex;
  readonly tables: TableIndex;
  readonly variables: ReadonlyMap<string, Type | undefined>;
  readonly facts: Facts;
  /** `Loan.due` of every write so far. */
  readonly writes: ReadonlySet<string>;
  /** Variables whose row a `delete` may have removed. */
  readonly gone: ReadonlySet<string>;
  /** What `subject` stands for; in guards alone. */
  readonly subject?: () => Expr | undefined;
}

/** Types what was read; handed to the files that expression.ts is made of. */
export type TypeSyntax = (syntax: Syntax, scope: Scope, problem: Problem) => Expr | undefined;

export function emptyScope(entities: EntityIndex, tables: TableIndex): Scope {
  return { entities, tables, variables: new Map(), facts: noFacts, writes: new Set(), gone: new Set() };
}

export function withVariable(scope: Scope, name: string, type: Type | undefined): Scope {
  return { ...scope, variables: new Map([...scope.variables, [name, type]]) };
}

export function withFacts(scope: Scope, facts: Facts): Scope {
  return facts.size === 0 ? scope : { ...scope, facts: union(scope.facts, facts) };
}

/** The entity, or a problem that names the nearest one. */
export function findEntity(entities: EntityIndex, name: string, problem: Problem): Entity | undefined {
  const entity = entities.get(name);
  if (entity === undefined && !entities.broken.has(name)) {
    problem(`there is no entity '${name}'`, didYouMean(name, [...entities.names, ...entities.broken]));
  }
  return entity;
}

/** The column that an attribute names (`id` for the key), or a problem that names the nearest one. */
export function findColumn(
  entities: EntityIndex,
  entity: Entity,
  attr: string,
  problem: Problem,
): Column | undefined {
  const column = entity.columns.find((candidate) => candidate.attr === attr);
  if (column === undefined && !entities.broken.has(`${entity.name}.${attr}`)) {
    // book_id, where the attribute is called book
    const written = entity.columns.find((candidate) => candidate.column === attr)?.attr;
    const broken = [...entities.broken].filter((name) => name.startsWith(`${entity.name}.`));
    const attrs = [
      ...entity.columns.map((candidate) => candidate.attr),
      ...broken.map((name) => name.slice(entity.name.length + 1)),
    ];
    problem(`a ${entity.name} has no '${attr}'`, didYouMean(written ?? attr, attrs));
  }
  return column;
}
