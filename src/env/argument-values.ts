// The values that a parameter can be given, from its JSON Schema and the pools: ids that fit its
// pattern, enum members, booleans, times, small numbers, and strings that were said or read under
// its name (or, when none were, anything said). At most `valueBound` each.
import { isObject, type Json, type JsonObject } from '../core/json.js';
import { absent, listsOfLines, type Option } from './line-values.js';
import { poolBound, type Pool, type PoolName, type ValuePools } from './value-pools.js';

const valueBound = poolBound;

export interface ArgumentValues {
  readonly name: string;
  /** Pools that the values depend on. */
  readonly depends: readonly PoolName[];
  readonly values: (pools: ValuePools) => readonly Option[];
}

/** How each parameter of a tool is filled, in the order of its schema. */
export function argumentValues(parameters: JsonObject): readonly ArgumentValues[] {
  const properties = parameters['properties'];
  const required = parameters['required'];
  return Object.entries(isObject(properties) ? properties : {}).map(([name, schema]) => {
    const source = sourceOf(name, isObject(schema) ? schema : {});
    if (Array.isArray(required) && required.includes(name)) return source;
    return { ...source, values: (pools) => [absent, ...source.values(pools)] };
  });
}

interface Source extends ArgumentValues {
  readonly values: (pools: ValuePools) => readonly Json[];
}

function sourceOf(name: string, schema: JsonObject): Source {
  const fixed = (values: readonly Json[]): Source => ({ name, depends: [], values: () => values });
  if (Array.isArray(schema['enum'])) return fixed(schema['enum'] as readonly Json[]);
  switch (schema['type']) {
    case 'boolean':
      return fixed([true, false]);
    case 'array':
      return listSource(name, schema);
    case 'integer':
    case 'number':
      return numberSource(name, schema);
    default:
      return stringSource(name, schema);
  }
}

function stringSource(name: string, schema: JsonObject): Source {
  const pattern = typeof schema['pattern'] === 'string' ? schema['pattern'] : null;
  const prefix = pattern === null ? undefined : /^\^([A-Z][A-Z0-9]*)-/.exec(pattern)?.[1];
  if (prefix !== undefined) return pooled(name, [`id ${prefix}`], ([ids]) => ids ?? []);
  const time =
    schema['format'] === 'date' ? 'date' : schema['format'] === 'date-time' ? 'datetime' : undefined;
  if (time !== undefined) return pooled(name, [time], ([times]) => times ?? []);
  const fits = pattern === null ? null : new RegExp(pattern, 'u');
  const usable = (values: readonly Json[]): Json[] =>
    values.filter((value) => typeof value === 'string' && (fits === null || fits.test(value)));
  return pooled(name, [`said ${name}`, `column ${name}`, 'said'], ([said, read, any]) => {
    const named = usable([...(said ?? []), ...(read ?? [])]);
    return named.length > 0 ? named : usable(any ?? []);
  });
}

function numberSource(name: string, schema: JsonObject): Source {
  const low = typeof schema['minimum'] === 'number' ? schema['minimum'] : -Infinity;
  const high = typeof schema['maximum'] === 'number' ? schema['maximum'] : Infinity;
  const small = low > 3 && Number.isFinite(low) ? [low, low + 1, low + 2] : [1, 2, 3];
  const whole = schema['type'] === 'integer';
  return pooled(name, [`said ${name}`, `column ${name}`, 'numbers'], (lists) =>
    [...lists.flat(), ...small].filter(
      (value) =>
        typeof value === 'number' && value >= low && value <= high && (!whole || Number.isInteger(value)),
    ),
  );
}

/** Each item alone, then all of them, then the longest runs that the bounds allow. */
function listSource(name: string, schema: JsonObject): Source {
  if (isObject(schema['items']) && schema['items']['type'] === 'object')
    return linesSource(name, schema, schema['items']);
  const item = sourceOf(name.replace(/s$/, ''), isObject(schema['items']) ? schema['items'] : {});
  const least = typeof schema['minItems'] === 'number' ? schema['minItems'] : 0;
  const most = typeof schema['maxItems'] === 'number' ? schema['maxItems'] : 10;
  return {
    name,
    depends: item.depends,
    values(pools) {
      const items = item.values(pools);
      const length = Math.max(1, least);
      const runs = items
        .slice(0, Math.max(0, items.length - length + 1))
        .map((_, at) => items.slice(at, at + length));
      const all = items.slice(-most);
      return [...(least === 0 ? [[]] : []), ...runs, ...(all.length > length ? [all] : [])].slice(
        0,
        valueBound,
      );
    },
  };
}

/** Lists of line items: one line, two, and so on, with the rows and values that were met. */
function linesSource(name: string, schema: JsonObject, line: JsonObject): Source {
  const fields = argumentValues(line);
  const properties = isObject(line['properties']) ? line['properties'] : {};
  const isId = ({ name: field }: ArgumentValues): boolean =>
    isObject(properties[field]) && properties[field]['x-entity'] !== undefined;
  const least = typeof schema['minItems'] === 'number' ? schema['minItems'] : 0;
  const most = typeof schema['maxItems'] === 'number' ? schema['maxItems'] : 10;
  return {
    name,
    depends: [...new Set(fields.flatMap(({ depends }) => depends))],
    values: (pools) => {
      const options = fields.map((field) => ({
        name: field.name,
        isId: isId(field),
        values: field.values(pools),
      }));
      return listsOfLines(options, { least, most, bound: valueBound });
    },
  };
}

function pooled(
  name: string,
  depends: readonly PoolName[],
  choose: (lists: readonly (readonly Json[])[]) => readonly Json[],
): Source {
  const values = (pools: ValuePools): readonly Json[] => {
    const lists = depends.map((pool): Pool => pools.pool(pool)).map((pool) => pool.values);
    return [...new Set(choose(lists))].slice(0, valueBound);
  };
  return { name, depends, values };
}
