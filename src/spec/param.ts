// Parameters of a tool: their types, and the variables that they bind.
import { checkDefault } from './default.js';
import { resolveLineItem } from './line-item.js';
import { boundName } from './names.js';
import { isReservedVariable } from './reserved.js';
import { findColumn, findEntity, type EntityIndex } from './scope.js';
import { orNull, withoutNull } from './types.js';
import { resolveValueType, type ValueType } from './value-type.js';
import type { Report } from './issues.js';
import type { ItemSpec, LineItemSpec, ParamSpec } from './param-spec.js';
import type { Field, Param, Type } from './model.js';

/** The parameters of a tool, and the variables whose type is not known because of what was reported. */
interface Params {
  readonly params: readonly Param[];
  readonly variables: ReadonlyMap<string, Type | undefined>;
}

/** Resolves the parameters of a tool. */
export function resolveParams(
  specs: Readonly<Record<string, ParamSpec>>,
  entities: EntityIndex,
  report: Report,
): Params {
  const params: Param[] = [];
  const variables = new Map<string, Type | undefined>();
  const owners = new Map<string, string>();
  for (const [name, spec] of Object.entries(specs)) {
    const below = report.at(name);
    const param = resolveParam(name, spec, entities, below);
    const binds = param?.binds ?? boundName(name);
    for (const word of new Set([name, binds])) {
      const reason = isReservedVariable(word);
      if (reason !== undefined) below(`a parameter cannot be called '${name}': '${word}' ${reason}`);
    }
    const other = owners.get(binds);
    if (other !== undefined) below(`'${name}' and '${other}' would both be the variable '${binds}'`);
    owners.set(binds, name);
    if (param !== undefined) params.push(param);
    variables.set(binds, param?.type);
  }
  return { params, variables };
}

function resolveParam(
  name: string,
  spec: ParamSpec,
  entities: EntityIndex,
  report: Report,
): Param | undefined {
  if (typeof spec === 'object' && 'list' in spec) return resolveList(name, spec, entities, report);
  const field = resolveField(name, spec, entities, report);
  if (field?.type.kind !== 'row') return field;
  checkIdName(name, '_id', report);
  return { ...field, binds: boundName(name) };
}

/** A parameter or a field of a line item, called as it is written. */
function resolveField(
  name: string,
  spec: ItemSpec,
  entities: EntityIndex,
  report: Report,
): Field | undefined {
  const value = resolveItem(spec, entities, report);
  if (value === undefined) return undefined;
  const { optional = false, doc }: Options = typeof spec === 'string' ? {} : spec;
  const given = typeof spec === 'object' && 'default' in spec ? spec.default : undefined;
  if (given !== undefined) checkDefault(given, value, report.at('default'));
  return {
    ...value,
    name,
    binds: name,
    type: optional && given === undefined ? orNull(value.type) : value.type,
    optional: optional || given !== undefined,
    ...(given === undefined ? {} : { default: given }),
    ...(doc === undefined ? {} : { doc }),
  };
}

interface Options {
  readonly optional?: boolean;
  readonly doc?: string;
}

type ListSpec = Extract<ParamSpec, { list: unknown }> & { readonly list: ItemSpec | LineItemSpec };

function resolveList(name: string, spec: ListSpec, entities: EntityIndex, report: Report): Param | undefined {
  const below = report.at('list');
  const value = isLineItem(spec.list)
    ? resolveLineItem(spec.list, (attr, item, place) => resolveField(attr, item, entities, place), below)
    : resolveItem(spec.list, entities, below);
  if (typeof spec.list === 'object' && 'default' in spec.list && !isLineItem(spec.list))
    below.at('default')('an item of a list has no default: it can only be left out of the list');
  const { optional = false, doc, min_items: minItems = 1, max_items: maxItems = 10 } = spec;
  if (minItems > maxItems) report.at('min_items')(`min_items ${minItems} is above max_items ${maxItems}`);
  if (value === undefined) return undefined;
  const row = value.type.kind === 'row';
  if (row) checkIdName(name, '_ids', report);
  const type: Type = { kind: 'list', item: value.type };
  return {
    ...value,
    name,
    binds: row ? boundName(name) : name,
    type: optional ? orNull(type) : type,
    optional,
    ...(doc === undefined ? {} : { doc }),
    minItems,
    maxItems,
  };
}

function checkIdName(name: string, suffix: string, report: Report): void {
  if (!name.endsWith(suffix))
    report(`ids are passed here: the name must end in '${suffix}'`, `did you mean '${name}${suffix}'?`);
}

/** Whether a list's items are written as fields; the schema keeps these words from naming one. */
function isLineItem(spec: ItemSpec | LineItemSpec): spec is LineItemSpec {
  return typeof spec === 'object' && !['type', 'ref', 'attr', 'enum'].some((word) => word in spec);
}

/** The type of a row or a value, never null, with its bounds. */
function resolveItem(spec: ItemSpec, entities: EntityIndex, report: Report): ValueType | undefined {
  if (typeof spec === 'string') return rowOf(spec, entities, report);
  if ('ref' in spec) return rowOf(spec.ref, entities, report.at('ref'));
  if ('enum' in spec) return resolveValueType({ type: 'enum', of: spec.enum }, report);
  if ('type' in spec) return resolveValueType(spec, report);
  const [entityName = '', attr = ''] = spec.attr.split('.');
  const below = report.at('attr');
  const entity = findEntity(entities, entityName, below);
  const column = entity && findColumn(entities, entity, attr, below);
  if (column === undefined) return undefined;
  const { type, pattern, min, max } = column;
  if (column.role === 'key') return rowOf(entityName, entities, below);
  return {
    type: withoutNull(type),
    ...(pattern === undefined ? {} : { pattern }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  };
}

function rowOf(name: string, entities: EntityIndex, report: Report): ValueType | undefined {
  return findEntity(entities, name, report) && { type: { kind: 'row', entity: name } };
}
