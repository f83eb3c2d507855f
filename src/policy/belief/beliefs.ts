// What an agent may believe from what it has read: rows seen in results, and which sets of rows it
// has seen in full. A RowSource over this answers as the world would, or asks for a read.
import type { Json, JsonObject } from '../../core/json.js';
import { isObject } from '../../core/json.js';
import type { RowSource } from '../../spec/evaluate.js';
import type { DerivedTool, Domain, Entity, Tool, Type } from '../../spec/model.js';
import type { Row } from '../../spec/state.js';
import { NeedRead, type Equal } from './need.js';

/** All rows of an entity that satisfy `equals`, by id, in the order of the result. */
interface FullSet {
  readonly equals: readonly Equal[];
  readonly ids: readonly string[];
}

interface Known {
  readonly rows: Map<string, Row>;
  readonly sets: FullSet[];
}

export interface Beliefs {
  readonly domain: Domain;
  readonly entities: ReadonlyMap<string, Known>;
}

export function startBeliefs(domain: Domain): Beliefs {
  const nothing = (entity: Entity): [string, Known] => [entity.name, { rows: new Map(), sets: [] }];
  return { domain, entities: new Map(domain.entities.map(nothing)) };
}

/** Learns from the result of a call. */
export function absorb(beliefs: Beliefs, tool: Tool, args: JsonObject, value: Json): void {
  if (tool.kind === 'derived') {
    const rows = Array.isArray(value) ? value : [value];
    const ids = rows.flatMap((row) => learnRow(beliefs, tool.entity, row));
    beliefs.entities.get(tool.entity)?.sets.push({ equals: filters(tool, args), ids });
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
  beliefs.entities.get(tool.entity)?.sets.push({ equals: filters(tool, args), ids: [] });
}

/** Drops all beliefs about entities that a write may have changed. */
export function forget(beliefs: Beliefs, entities: Iterable<string>): void {
  for (const name of entities) {
    const known = beliefs.entities.get(name);
    known?.rows.clear();
    known?.sets.splice(0);
  }
}

/** Answers from beliefs, in the order of insertion within one set; throws NeedRead for what was not read. */
export function believedSource(beliefs: Beliefs): RowSource {
  const known = (entity: string): Known => beliefs.entities.get(entity) ?? { rows: new Map(), sets: [] };
  const matches = (row: Row, equals: readonly Equal[]): boolean =>
    equals.every(({ column, value }) => row[column] === value);
  return {
    now: beliefs.domain.clock,
    get(entity, id) {
      const { rows, sets } = known(entity);
      const row = rows.get(id);
      if (row !== undefined) return row;
      const key = beliefs.domain.entities.find((other) => other.name === entity)?.key ?? '';
      if (sets.some((set) => implies([{ column: key, value: id }], set.equals))) return undefined;
      throw new NeedRead({ entity, id });
    },
    rows(entity, equals) {
      const { rows, sets } = known(entity);
      const set = sets.find((candidate) => implies(equals, candidate.equals));
      if (set === undefined) throw new NeedRead({ entity, equals });
      return set.ids.flatMap((id) => {
        const row = rows.get(id);
        return row !== undefined && matches(row, equals) ? [row] : [];
      });
    },
  };
}

/** Whether rows that satisfy `narrow` are all among those that satisfy `wide`. */
function implies(narrow: readonly Equal[], wide: readonly Equal[]): boolean {
  return wide.every((one) =>
    narrow.some((other) => other.column === one.column && other.value === one.value),
  );
}

function filters(tool: DerivedTool, args: JsonObject): Equal[] {
  return tool.by.flatMap((column, index) => {
    const value = args[tool.params[index]?.name ?? column];
    const scalar = value === undefined || (typeof value === 'object' && value !== null) ? undefined : value;
    return scalar === undefined ? [] : [{ column, value: scalar }];
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
