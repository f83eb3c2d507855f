// What an agent may believe from what it has read: rows seen in results, and which sets of rows it
// has seen in full. A RowSource over this answers as the world would, or asks for a read.
import { canonicalJson, isObject, type Json, type JsonObject } from '../../core/json.js';
import type { RowSource } from '../../spec/evaluate.js';
import { passes, type FilterTest } from '../../spec/filter.js';
import type { DerivedTool, Domain, Tool, Type } from '../../spec/model.js';
import type { Row } from '../../spec/state.js';
import { NeedRead, type Equal } from './need.js';

/** All rows of an entity that satisfy `tests`, by id, in the order of the result. */
interface FullSet {
  readonly tests: readonly Test[];
  readonly ids: readonly string[];
}

/** What a read asked of a column. */
interface Test extends Equal {
  readonly test: FilterTest;
}

/** A set that is read page by page: the ids of those read so far. */
interface PagedSet {
  readonly tests: readonly Test[];
  readonly pages: number;
  readonly ids: Map<number, readonly string[]>;
}

interface Known {
  readonly rows: Map<string, Row>;
  readonly sets: FullSet[];
  readonly paged: PagedSet[];
}

export interface Beliefs {
  readonly domain: Domain;
  readonly entities: ReadonlyMap<string, Known>;
}

export function startBeliefs(domain: Domain): Beliefs {
  return { domain, entities: new Map(domain.entities.map((entity) => [entity.name, nothing()])) };
}

function nothing(): Known {
  return { rows: new Map(), sets: [], paged: [] };
}

/** Learns from the result of a call. */
export function absorb(beliefs: Beliefs, tool: Tool, args: JsonObject, value: Json): void {
  if (tool.kind === 'derived' && tool.pageSize !== undefined) absorbPage(beliefs, tool, args, value);
  else if (tool.kind === 'derived') {
    const rows = Array.isArray(value) ? value : [value];
    const ids = rows.flatMap((row) => learnRow(beliefs, tool.entity, row));
    beliefs.entities.get(tool.entity)?.sets.push({ tests: filters(tool, args), ids });
  } else if ('value' in tool.returns) {
    learnTyped(beliefs, tool.returns.value.type, value);
  } else if (isObject(value)) {
    for (const [field, expr] of Object.entries(tool.returns.fields)) {
      learnTyped(beliefs, expr.type, value[field] ?? null);
    }
  }
}

/** Learns that a derived read found nothing. */
export function absorbNothing(beliefs: Beliefs, tool: DerivedTool, args: JsonObject): void {
  beliefs.entities.get(tool.entity)?.sets.push({ tests: filters(tool, args), ids: [] });
}

/** A set is full once its pages are: until then only the rows that were seen are known. */
function absorbPage(beliefs: Beliefs, tool: DerivedTool, args: JsonObject, value: Json): void {
  const known = beliefs.entities.get(tool.entity);
  if (known === undefined || !isObject(value) || !Array.isArray(value['items'])) return;
  const items = value['items'] as readonly Json[];
  const ids = items.flatMap((row) => learnRow(beliefs, tool.entity, row));
  const { page, pages } = value;
  if (typeof page !== 'number' || typeof pages !== 'number') return;
  const tests = filters(tool, args);
  let set = pagedSet(known, tests);
  if (set === undefined || set.pages !== pages) {
    set = { tests, pages, ids: new Map() };
    known.paged.push(set);
  }
  set.ids.set(page, ids);
  const all = Array.from({ length: pages }, (_, index) => set.ids.get(index + 1));
  if (all.some((one) => one === undefined)) return;
  known.sets.push({ tests, ids: all.flatMap((one) => one ?? []) });
}

/** The first page that such a read has not shown yet. */
export function nextPage(beliefs: Beliefs, tool: DerivedTool, args: JsonObject): number {
  const known = beliefs.entities.get(tool.entity);
  const read = known && pagedSet(known, filters(tool, args))?.ids;
  let page = 1;
  while (read?.has(page) === true) page += 1;
  return page;
}

function pagedSet(known: Known, tests: readonly Test[]): PagedSet | undefined {
  const text = canonicalJson(tests);
  return known.paged.findLast((set) => canonicalJson(set.tests) === text);
}

/** Drops all beliefs about entities that a write may have changed. */
export function forget(beliefs: Beliefs, entities: Iterable<string>): void {
  for (const name of entities) {
    const known = beliefs.entities.get(name);
    known?.rows.clear();
    known?.sets.splice(0);
    known?.paged.splice(0);
  }
}

/** Answers from beliefs, in the order of insertion within one set; throws NeedRead for what was not read. */
export function believedSource(beliefs: Beliefs): RowSource {
  const known = (entity: string): Known => beliefs.entities.get(entity) ?? nothing();
  const matches = (row: Row, equals: readonly Equal[]): boolean =>
    equals.every(({ column, value }) => row[column] === value);
  return {
    now: beliefs.domain.clock,
    get(entity, id) {
      const { rows, sets } = known(entity);
      const row = rows.get(id);
      if (row !== undefined) return row;
      const key = beliefs.domain.entities.find((other) => other.name === entity)?.key ?? '';
      if (sets.some((set) => implies([{ column: key, value: id }], set.tests))) return undefined;
      throw new NeedRead({ entity, id });
    },
    rows(entity, equals) {
      const { rows, sets } = known(entity);
      const set = sets.find((candidate) => implies(equals, candidate.tests));
      if (set === undefined) throw new NeedRead({ entity, equals });
      return set.ids.flatMap((id) => {
        const row = rows.get(id);
        return row !== undefined && matches(row, equals) ? [row] : [];
      });
    },
  };
}

/** Whether rows that satisfy `narrow` are all among those that satisfy `wide`. */
function implies(narrow: readonly Equal[], wide: readonly Test[]): boolean {
  return wide.every(({ column, test, value }) =>
    narrow.some((other) => other.column === column && passes(test, other.value, value)),
  );
}

function filters(tool: DerivedTool, args: JsonObject): Test[] {
  return tool.by.flatMap((column, index) => {
    const value = args[tool.params[index]?.name ?? column];
    const scalar = value === undefined || (typeof value === 'object' && value !== null) ? undefined : value;
    return scalar === undefined ? [] : [{ column, test: tool.tests[index] ?? 'is', value: scalar }];
  });
}

function learnTyped(beliefs: Beliefs, type: Type, value: Json): void {
  if (type.kind === 'row') learnRow(beliefs, type.entity, value);
  if (type.kind === 'list' && Array.isArray(value)) {
    for (const item of value) learnTyped(beliefs, type.item, item);
  }
}

function learnRow(beliefs: Beliefs, entity: string, value: Json): string[] {
  const key = beliefs.domain.entities.find((other) => other.name === entity)?.key ?? '';
  if (!isObject(value)) return [];
  const id = value[key];
  if (typeof id !== 'string') return [];
  beliefs.entities.get(entity)?.rows.set(id, value as Row);
  return [id];
}
