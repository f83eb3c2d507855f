// What seeding has to know of a domain: per entity the generators of its columns in the order in which
// they are drawn, and which values of a row must not occur twice.
import { fail, ok, type Issue, type Result } from '../core/result.js';
import type { Rng } from '../core/rng.js';
import { parseGenerator, type Generator } from '../spec/generator.js';
import type { Column, Domain, Entity } from '../spec/model.js';
import type { SeedTables } from './seed-tables.js';

export interface EntityPlan {
  readonly entity: Entity;
  readonly index: number; // place in the spec
  readonly count: number;
  readonly columns: readonly ColumnPlan[]; // in drawing order, without the key
  /** Keys of find tools that no unique column decides alone. */
  readonly keys: readonly (readonly string[])[];
}

export type ColumnPlan =
  | { readonly kind: 'status'; readonly column: Column }
  | {
      readonly kind: 'value';
      readonly column: Column;
      readonly generator: Generator;
      readonly needs: readonly string[];
    }
  | {
      readonly kind: 'reference';
      readonly column: Column;
      readonly to: string;
      /** Another reference of the row, whose row has this reference too: they agree. */
      readonly repeats?: { readonly through: string; readonly entity: string };
    };

/** Draws an id of an entity, by how often its rows are referred to. */
export type Popularity = (entity: string, rng: Rng) => string;

/** What drawing works with. `numbered` allows values that a number tells apart (states larger than the spec asks). */
export interface Drawing {
  readonly plans: ReadonlyMap<string, EntityPlan>;
  readonly tables: SeedTables;
  readonly popularity: Popularity;
  /** Rows that an `init_event` has fired an event of: they are spoken for. */
  readonly claimed: Set<string>;
  readonly numbered: boolean;
  readonly issues: Issue[];
}

/** The plans, referred entities before those that refer to them. */
export function planSeed(domain: Domain, scale: number): Result<readonly EntityPlan[]> {
  const issues: Issue[] = [];
  const plans = domain.entities.map((entity, index): EntityPlan => {
    const count = Math.max(1, Math.round(entity.n * scale));
    const columns = orderColumns(entity).map((column) => planColumn(domain, entity, column, issues));
    return { entity, index, count, columns, keys: findKeys(domain, entity) };
  });
  return issues.length > 0 ? fail(issues) : ok(inOrderOfReference(plans));
}

/** `entities.Loan.attrs.due` */
export function attributePath(entity: Entity, column: Column): string {
  return `entities.${entity.name}.attrs.${column.attr}`;
}

function planColumn(domain: Domain, entity: Entity, column: Column, issues: Issue[]): ColumnPlan {
  if (column.role === 'status') return { kind: 'status', column };
  if (column.type.kind === 'row') {
    const repeats = repeated(domain, entity, column);
    const to = column.type.entity;
    return { kind: 'reference', column, to, ...(repeats === undefined ? {} : { repeats }) };
  }
  const above = entity.columns.slice(0, entity.columns.indexOf(column));
  const status = entity.columns.filter(({ role }) => role === 'status');
  const parsed = parseGenerator(column.gen, column, [...above, ...status]);
  const path = `${attributePath(entity, column)}.gen`;
  if (!parsed.ok) issues.push(...parsed.error.map((issue) => ({ ...issue, path })));
  const generator: Generator = parsed.ok ? parsed.value : { kind: 'null', capacity: 1 };
  return { kind: 'value', column, generator, needs: columnsNeeded(generator) };
}

/** Status first, then references (repeated ones last), then values as they are declared. */
function orderColumns(entity: Entity): readonly Column[] {
  const rank = (column: Column): number =>
    column.role === 'status' ? 0 : column.role === 'reference' ? 1 : 2;
  return entity.columns
    .filter(({ role }) => role !== 'key')
    .map((column, at) => ({ column, at }))
    .sort((a, b) => rank(a.column) - rank(b.column) || a.at - b.at)
    .map(({ column }) => column);
}

/** The other reference of the entity through which this one is reached again under the same name. */
function repeated(
  domain: Domain,
  entity: Entity,
  column: Column,
): { readonly through: string; readonly entity: string } | undefined {
  for (const other of entity.columns) {
    if (other === column || other.type.kind !== 'row') continue;
    const { entity: middle } = other.type;
    const columns = domain.entities.find(({ name }) => name === middle)?.columns ?? [];
    const same = columns.find(({ column: name }) => name === column.column);
    if (same?.type.kind === 'row' && column.type.kind === 'row' && same.type.entity === column.type.entity) {
      return { through: other.column, entity: middle };
    }
  }
  return undefined;
}

function columnsNeeded(generator: Generator): readonly string[] {
  if (generator.kind === 'after' || generator.kind === 'beside') return [generator.column];
  if (generator.kind !== 'cases') return [];
  const inner = [generator.otherwise, ...generator.cases.map((one) => one.generator)];
  return [...generator.cases.map(({ column }) => column), ...inner.flatMap(columnsNeeded)];
}

function findKeys(domain: Domain, entity: Entity): readonly (readonly string[])[] {
  const unique = new Set(entity.columns.filter((column) => column.unique).map(({ column }) => column));
  return domain.tools.flatMap((tool) =>
    tool.kind === 'derived' && tool.read === 'find' && tool.entity === entity.name
      ? tool.by.some((column) => unique.has(column))
        ? []
        : [tool.by]
      : [],
  );
}

/** Depth first over references; a cycle is entered where the spec declares it first. */
function inOrderOfReference(plans: readonly EntityPlan[]): readonly EntityPlan[] {
  const ordered: EntityPlan[] = [];
  const begun = new Set<string>();
  const visit = (plan: EntityPlan): void => {
    if (begun.has(plan.entity.name)) return;
    begun.add(plan.entity.name);
    for (const column of plan.columns) {
      const referred = plans.find(({ entity }) => column.kind === 'reference' && entity.name === column.to);
      if (referred !== undefined) visit(referred);
    }
    ordered.push(plan);
  };
  plans.forEach(visit);
  return ordered;
}
