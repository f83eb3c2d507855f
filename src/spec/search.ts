// The search tool of an entity: optional filters by value, by range and by part of a text, and pages.
import { findColumn, type EntityIndex } from './scope.js';
import { boundName, snakeCase, spaced } from './names.js';
import { isReservedWord } from './reserved.js';
import { orNull, withoutNull } from './types.js';
import type { Report } from './issues.js';
import type { EntitySpec, FilterSpec } from './domain.js';
import type { FilterTest } from './filter.js';
import type { Column, DerivedTool, Entity, Expr, Param, Returns, Type } from './model.js';

/** One parameter of a search: a column and what it must be. */
interface Filter {
  readonly column: Column;
  readonly test: FilterTest;
  readonly param: Param;
}

/** The search tool, or undefined where no filter could be resolved. */
export function searchTool(
  entity: Entity,
  spec: NonNullable<EntitySpec['search']>,
  entities: EntityIndex,
  report: Report,
): DerivedTool | undefined {
  const [written, page, place] = Array.isArray(spec)
    ? [spec, undefined, report]
    : [spec.by, spec.page, report.at('by')];
  const filters = written.flatMap((filter, index) =>
    resolveFilter(filter, entity, entities, place.at(index)),
  );
  checkNames(filters, page !== undefined, written, place);
  if (filters.length === 0) return undefined;
  const words = filters.map(({ param }) => spaced(param.binds));
  return {
    kind: 'derived',
    effect: 'read',
    read: 'search',
    entity: entity.name,
    by: filters.map(({ column }) => column.column),
    tests: filters.map(({ test }) => test),
    ...(page === undefined ? {} : { pageSize: page }),
    name: `search_${snakeCase(entity.table)}`,
    doc: `Search the ${entity.pluralWords}; filters that are given all apply: ${words.join(', ')}.${
      page === undefined ? '' : ` Gives ${page} at a time.`
    }`,
    params: [...filters.map(({ param }) => param), ...(page === undefined ? [] : [pageParam])],
    returns: page === undefined ? { value: rowsOf(entity, 'list') } : pageOf(entity),
  };
}

/** The parameter by which a column is compared; `optional` ones are null when left out. */
export function filterParam(column: Column, optional: boolean): Param {
  const type = withoutNull(column.type);
  return {
    name: column.column,
    binds: column.role === 'reference' ? boundName(column.column) : column.column,
    type: optional ? orNull(type) : type,
    optional,
    ...(column.doc === undefined ? {} : { doc: column.doc }),
    ...(column.pattern === undefined ? {} : { pattern: column.pattern }),
    ...(column.min === undefined ? {} : { min: column.min }),
    ...(column.max === undefined ? {} : { max: column.max }),
  };
}

/** What a derived read gives, which is said by its kind and filters: of the expression only the type counts. */
export function rowsOf(entity: Entity, fn: 'first' | 'list'): Expr {
  const type: Type = { kind: 'row', entity: entity.name };
  return {
    kind: 'aggregate',
    fn,
    source: { entity: entity.name },
    variable: 'row',
    variableType: type,
    type: fn === 'first' ? type : { kind: 'list', item: type },
  };
}

const pageParam: Param = {
  name: 'page',
  binds: 'page',
  type: { kind: 'int' },
  optional: true,
  default: 1,
  min: 1,
  max: 1000,
  doc: 'Which page, the first by default.',
};

function pageOf(entity: Entity): Returns {
  const int = (name: string): Expr => ({ kind: 'variable', name, type: { kind: 'int' } });
  return {
    fields: { items: rowsOf(entity, 'list'), page: int('page'), pages: int('pages'), total: int('total') },
  };
}

const suffixes: Readonly<Record<'number' | 'time', readonly (readonly [string, FilterTest])[]>> = {
  number: [
    ['min', 'from'],
    ['max', 'until'],
  ],
  time: [
    ['from', 'from'],
    ['until', 'until'],
  ],
};

function resolveFilter(
  written: FilterSpec,
  entity: Entity,
  entities: EntityIndex,
  place: Report,
): readonly Filter[] {
  const { attr, by } = typeof written === 'string' ? { attr: written, by: 'value' } : written;
  const at = typeof written === 'string' ? place : place.at('attr');
  const column = findColumn(entities, entity, attr, at);
  const reason = isReservedWord(attr);
  if (reason !== undefined) at(`'${attr}' cannot be a parameter: it ${reason}`);
  if (attr === 'id') at(`get_${entity.snake} reads by id already`);
  if (column === undefined) return [];
  if (by === 'value') return [{ column, test: 'is', param: filterParam(column, true) }];
  const { kind } = column.type;
  if (by === 'contains') {
    if (kind === 'string' || kind === 'text') return [{ column, test: 'contains', param: partParam(column) }];
    place.at('by')(`only a text contains others, and '${attr}' is none`);
    return [];
  }
  const form =
    kind === 'int' || kind === 'money' ? 'number' : kind === 'date' || kind === 'datetime' ? 'time' : null;
  if (form === null) {
    place.at('by')(`only numbers and times have a range, and '${attr}' is neither`);
    return [];
  }
  return suffixes[form].map(([suffix, test]) => {
    const { doc: _, ...param } = filterParam(column, true);
    const name = `${attr}_${suffix}`;
    const bound = `${test === 'from' ? 'The least' : 'The greatest'} ${spaced(attr)} that counts.`;
    return { column, test, param: { ...param, name, binds: name, doc: bound } };
  });
}

function partParam({ attr }: Column): Param {
  const name = `${attr}_contains`;
  const doc = `A part of the ${spaced(attr)}, in upper or lower case.`;
  return { name, binds: name, type: { kind: 'string', nullable: true }, optional: true, doc, min: 1 };
}

// Two filters may derive one name: an attribute `fee_min` beside the range of `fee`.
function checkNames(
  filters: readonly Filter[],
  paged: boolean,
  written: readonly FilterSpec[],
  place: Report,
): void {
  const owners = new Map<string, Filter>();
  const indexOf = ({ column, test }: Filter): number =>
    written.findLastIndex((one) =>
      typeof one === 'string'
        ? test === 'is' && one === column.attr
        : test !== 'is' && one.attr === column.attr,
    );
  for (const filter of filters) {
    const { name } = filter.param;
    const other = owners.get(name);
    if (other?.column === filter.column)
      place.at(indexOf(filter))(`'${filter.column.attr}' stands here twice`);
    else if (other !== undefined) place.at(indexOf(filter))(`two filters would both be called '${name}'`);
    else if (paged && name === pageParam.name) place.at(indexOf(filter))(`'${name}' is which page is wanted`);
    owners.set(name, filter);
  }
}
