// Read tools that every entity brings: get by id, and what find, list and search ask for.
import { findColumn, type EntityIndex } from './scope.js';
import { snakeCase } from './names.js';
import { isReservedWord } from './reserved.js';
import { filterParam, rowsOf, searchTool } from './search.js';
import type { Report } from './issues.js';
import type { EntitySpec } from './domain.js';
import type { Column, DerivedTool, Entity, Param } from './model.js';

/** The derived read tools of an entity: get, then finds, lists and the search. */
export function deriveTools(
  entity: Entity,
  spec: EntitySpec,
  entities: EntityIndex,
  report: Report,
): readonly DerivedTool[] {
  const columns = (attrs: readonly string[], at: Report): readonly Column[] => {
    const found = attrs.map((attr, index) => findColumn(entities, entity, attr, at.at(index)));
    for (const [index, attr] of attrs.entries()) {
      if (attrs.indexOf(attr) < index) at.at(index)(`'${attr}' stands here twice`);
      const reason = isReservedWord(attr);
      if (reason !== undefined) at.at(index)(`'${attr}' cannot be a parameter: it ${reason}`);
      if (attr === 'id') at.at(index)(`get_${entity.snake} reads by id already`);
    }
    return found.flatMap((column) => (column === undefined ? [] : [column]));
  };
  const finds = (spec.find ?? []).flatMap((attrs, index) => {
    const by = columns(attrs, report.at('find', index));
    return by.length === attrs.length ? [find(entity, by)] : [];
  });
  const lists = columns(spec.list ?? [], report.at('list')).flatMap((column) => {
    if (column.type.kind === 'row') return [list(entity, column, column.type.entity)];
    const index = spec.list?.indexOf(column.attr) ?? 0;
    report.at('list', index)(`'${column.attr}' is no reference`, 'search filters by values');
    return [];
  });
  const searched = spec.search && searchTool(entity, spec.search, entities, report.at('search'));
  return [get(entity), ...finds, ...lists, ...(searched === undefined ? [] : [searched])];
}

/** The name of the find tool by these attributes. */
export function findName(entity: Entity, attrs: readonly string[]): string {
  return `find_${entity.snake}_by_${attrs.join('_and_')}`;
}

function get(entity: Entity): DerivedTool {
  const type = { kind: 'row', entity: entity.name } as const;
  const param: Param = { name: entity.key, binds: entity.snake, type, optional: false };
  return {
    kind: 'derived',
    effect: 'read',
    read: 'get',
    entity: entity.name,
    by: [entity.key],
    tests: ['is'],
    name: `get_${entity.snake}`,
    doc: `Get ${article(entity.words)} by id.`,
    params: [param],
    returns: { value: rowsOf(entity, 'first') },
  };
}

function find(entity: Entity, by: readonly Column[]): DerivedTool {
  const params = by.map((column) => filterParam(column, false));
  const words = by.map((column) => column.attr.replaceAll('_', ' ')).join(' and ');
  return {
    kind: 'derived',
    effect: 'read',
    read: 'find',
    entity: entity.name,
    by: by.map((column) => column.column),
    tests: by.map(() => 'is'),
    name: findName(
      entity,
      by.map((column) => column.attr),
    ),
    doc: `Find the ${entity.words} with this ${words}.`,
    params,
    returns: { value: rowsOf(entity, 'first') },
  };
}

function list(entity: Entity, column: Column, to: string): DerivedTool {
  const snake = snakeCase(to);
  const many = snakeCase(entity.table);
  const named = column.attr === snake;
  const params = [filterParam(column, false)];
  const role = named ? '' : ` as ${column.attr.replaceAll('_', ' ')}`;
  return {
    kind: 'derived',
    effect: 'read',
    read: 'list',
    entity: entity.name,
    by: [column.column],
    tests: ['is'],
    name: named ? `list_${snake}_${many}` : `list_${many}_by_${column.attr}`,
    doc: `List the ${entity.pluralWords} of ${article(snake.replaceAll('_', ' '))}${role}.`,
    params,
    returns: { value: rowsOf(entity, 'list') },
  };
}

function article(words: string): string {
  return `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;
}
