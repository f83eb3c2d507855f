// Parameters of a tool: their types, and the variables that they bind.
import { boundName } from './names.js';
import { isReservedVariable } from './reserved.js';
import { findColumn, findEntity, type EntityIndex } from './scope.js';
import { orNull, withoutNull } from './types.js';
import { resolveValueType, type ValueType } from './value-type.js';
import type { Report } from './issues.js';
import type { ParamSpec } from './domain.js';
import type { Param, Type } from './model.js';

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
  const options: { readonly optional?: boolean; readonly doc?: string } =
    typeof spec === 'string' ? {} : spec;
  const listed = typeof spec === 'object' && 'list' in spec ? spec : undefined;
  const value = resolveItem(listed?.list ?? (spec as Item), entities, listed ? report.at('list') : report);
  if (value === undefined) return undefined;
  const row = value.type.kind === 'row';
  const suffix = listed ? '_ids' : '_id';
  if (row && !name.endsWith(suffix))
    report(`ids are passed here: the name must end in '${suffix}'`, `did you mean '${name}${suffix}'?`);
  const item = withoutNull(value.type);
  const type: Type = listed ? { kind: 'list', item } : item;
  const optional = options.optional === true;
  const { min_items: minItems = 1, max_items: maxItems = 10 } = listed ?? {};
  if (minItems > maxItems) report.at('min_items')(`min_items ${minItems} is above max_items ${maxItems}`);
  return {
    name,
    binds: row ? boundName(name) : name,
    type: optional ? orNull(type) : type,
    optional,
    ...(options.doc === undefined ? {} : { doc: options.doc }),
    ...(value.pattern === undefined ? {} : { pattern: value.pattern }),
    ...(value.min === undefined ? {} : { min: value.min }),
    ...(value.max === undefined ? {} : { max: value.max }),
    ...(listed === undefined ? {} : { minItems, maxItems }),
  };
}

type Item = Exclude<ParamSpec, { list: unknown }>;

function resolveItem(spec: Item, entities: EntityIndex, report: Report): ValueType | undefined {
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
