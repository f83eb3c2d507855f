// Read tools that every entity brings: get by id, and what find, list and search ask for.
import { findColumn, type EntityIndex } from './scope.js';
import { boundName, snakeCase } from './names.js';
import { isReservedWord } from './reserved.js';
import { orNull, withoutNull } from './types.js';
import type { Report } from './issues.js';
import type { EntitySpec } from './domain.js';
import type { Column, DerivedTool, Entity, Expr, Param, Type } from './model.js';

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
  const searched = columns(spec.search ?? [], report.at('search'));
  return [get(entity), ...finds, ...lists, ...(searched.length === 0 ? [] : [search(entity, searched)])];
}

/** The name of the find tool by these attributes. */
export function findName(entity: Entity, attrs: readonly string[]): string {
  return `find_${entity.snake}_by_${attrs.join('_and_')}`;
}

function get(entity: Entity): DerivedTool {
  const param: Param = { name: entity.key, binds: entity.snake, type: rowType(entity), optional: false };
  return {
    kind: 'derived',
    effect: 'read',
    read: 'get',
    entity: entity.name,
    by: [entity.key],
    name: `get_${entity.snake}`,
    doc: `Get ${article(entity.words)} by id.`,
    params: [param],
    returns: { value: { kind: 'variable', name: entity.snake, type: rowType(entity) } },
  };
}

function find(entity: Entity, by: readonly Column[]): DerivedTool {
  const params = by.map((column) => paramOf(column, false));
  const words = by.map((column) => column.attr.replaceAll('_', ' ')).join(' and ');
  return {
    kind: 'derived',
    effect: 'read',
    read: 'find',
    entity: entity.name,
    by: by.map((column) => column.column),
    name: findName(
      entity,
      by.map((column) => column.attr),
    ),
    doc: `Find the ${entity.words} with this ${words}.`,
    params,
    returns: { value: matching(entity, by, params, 'first') },
  };
}

function list(entity: Entity, column: Column, to: string): DerivedTool {
  const snake = snakeCase(to);
  const many = snakeCase(entity.table);
  const named = column.attr === snake;
  const params = [paramOf(column, false)];
  const role = named ? '' : ` as ${column.attr.replaceAll('_', ' ')}`;
  return {
    kind: 'derived',
    effect: 'read',
    read: 'list',
    entity: entity.name,
    by: [column.column],
    name: named ? `list_${snake}_${many}` : `list_${many}_by_${column.attr}`,
    doc: `List the ${entity.pluralWords} of ${article(snake.replaceAll('_', ' '))}${role}.`,
    params,
    returns: { value: matching(entity, [column], params, 'list') },
  };
}

function search(entity: Entity, by: readonly Column[]): DerivedTool {
  const params = by.map((column) => paramOf(column, true));
  const words = by.map((column) => column.attr.replaceAll('_', ' '));
  return {
    kind: 'derived',
    effect: 'read',
    read: 'search',
    entity: entity.name,
    by: by.map((column) => column.column),
    name: `search_${snakeCase(entity.table)}`,
    doc: `Search the ${entity.pluralWords}; filters that are given all apply: ${words.join(', ')}.`,
    params,
    returns: { value: matching(entity, by, params, 'list') },
  };
}

function paramOf(column: Column, optional: boolean): Param {
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

// first or list(Loan row where row.member == member and (status == null or row.status == status))
function matching(
  entity: Entity,
  columns: readonly Column[],
  params: readonly Param[],
  fn: 'first' | 'list',
): Expr {
  const name = params.some((param) => param.binds === 'row') ? 'each_row' : 'row';
  const row: Expr = { kind: 'variable', name, type: rowType(entity) };
  const bool: Type = { kind: 'bool' };
  const conditions = columns.flatMap((column, index): Expr[] => {
    const param = params[index];
    if (param === undefined) return [];
    const given: Expr = { kind: 'variable', name: param.binds, type: param.type };
    const proven: Expr = param.optional ? { ...given, type: withoutNull(param.type), present: true } : given;
    const member: Expr = {
      kind: 'member',
      of: row,
      attr: column.attr,
      column: column.column,
      type: column.type,
    };
    const equal: Expr = { kind: 'binary', op: '==', left: member, right: proven, type: bool };
    if (!param.optional) return [equal];
    const none: Expr = { kind: 'literal', value: null, type: { kind: 'null' } };
    const absent: Expr = { kind: 'binary', op: '==', left: given, right: none, type: bool };
    return [{ kind: 'binary', op: 'or', left: absent, right: equal, type: bool }];
  });
  const [first, ...rest] = conditions;
  const where = rest.reduce<Expr | undefined>(
    (left, right) => left && { kind: 'binary', op: 'and', left, right, type: bool },
    first,
  );
  return {
    kind: 'aggregate',
    fn,
    source: { entity: entity.name },
    variable: name,
    variableType: rowType(entity),
    ...(where === undefined ? {} : { where }),
    type: fn === 'first' ? rowType(entity) : { kind: 'list', item: rowType(entity) },
  };
}

function rowType(entity: Entity): Type {
  return { kind: 'row', entity: entity.name };
}

function article(words: string): string {
  return `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;
}
