// Entities of the spec → entities of the domain: names in code and data, columns, state machines.
import { checkDefault } from './default.js';
import { parseGenerator } from './generator.js';
import { checkMachine } from './machine.js';
import { assignPrefixes, camelCase, plural, snakeCase, spaced } from './names.js';
import { isReservedEntity, isReservedName } from './reserved.js';
import { orNull } from './types.js';
import { resolveValueType } from './value-type.js';
import { didYouMean, type Report } from './issues.js';
import type { AttributeSpec, EntitySpec } from './domain.js';
import type { Column, Entity } from './model.js';

type ValueAttribute = Exclude<AttributeSpec, { type: 'ref' }>;
type Reference = Extract<AttributeSpec, { type: 'ref' }>;

/** The entities, as far as they could be resolved. `broken` gets the names of what could not. */
export function resolveEntities(
  specs: Readonly<Record<string, EntitySpec>>,
  broken: Set<string>,
  report: Report,
): readonly Entity[] {
  const names = Object.keys(specs);
  const prefixes = assignPrefixes(names);
  const entities = names.flatMap((name) => {
    const spec = specs[name];
    if (spec === undefined) return [];
    const reason = isReservedEntity(name);
    if (reason !== undefined) report.at(name)(`an entity cannot be called '${name}': it ${reason}`);
    return [
      resolveEntity(name, spec, prefixes.get(name) ?? name, { names, broken, report: report.at(name) }),
    ];
  });
  checkSeeding(entities, specs, report);
  return entities;
}

interface Surroundings {
  readonly names: readonly string[];
  readonly broken: Set<string>;
  readonly report: Report;
}

function resolveEntity(name: string, spec: EntitySpec, prefix: string, around: Surroundings): Entity {
  const { broken, report } = around;
  const snake = snakeCase(name);
  const pluralSnake = spec.plural === undefined ? plural(snake) : snakeCase(spec.plural);
  const machine = spec.states && checkMachine(name, spec.states, report.at('states'));
  const key: Column = {
    column: `${snake}_id`,
    attr: 'id',
    role: 'key',
    type: { kind: 'string' },
    match: 'hard',
    unique: true,
    known: false,
  };
  const attrs = Object.entries(spec.attrs).flatMap(([attr, attribute]) => {
    const below = report.at('attrs', attr);
    const reserved = reservedAttribute(attr, machine !== undefined);
    if (reserved !== undefined) below(`an attribute cannot be called '${attr}': it ${reserved}`);
    const column =
      attribute.type === 'ref'
        ? resolveReference(attr, attribute, around, below)
        : resolveAttribute(attr, attribute, below);
    if (column === undefined) broken.add(`${name}.${attr}`);
    return column === undefined || reserved !== undefined ? [] : [column];
  });
  checkGenerators(spec, attrs, machine === undefined ? [] : [statusColumn(machine.states)], report);
  const columns = [key, ...attrs, ...(machine === undefined ? [] : [statusColumn(machine.states)])];
  checkColumnNames(name, columns, report);
  return {
    name,
    snake,
    words: spaced(snake),
    pluralWords: spaced(pluralSnake),
    table: camelCase(pluralSnake),
    key: key.column,
    prefix,
    ...(spec.doc === undefined ? {} : { doc: spec.doc }),
    n: spec.n,
    columns,
    ...(machine === undefined ? {} : { machine }),
  };
}

function reservedAttribute(attr: string, states: boolean): string | undefined {
  if (attr === 'id') return 'is the key';
  return attr === 'status' && states ? 'is the state' : isReservedName(attr);
}

function statusColumn(states: readonly string[]): Column {
  return {
    column: 'status',
    attr: 'status',
    role: 'status',
    type: { kind: 'enum', of: states },
    match: 'hard',
    unique: false,
    known: false,
  };
}

function resolveReference(
  attr: string,
  spec: Reference,
  { names, broken }: Surroundings,
  report: Report,
): Column | undefined {
  if (!names.includes(spec.to)) {
    if (!broken.has(spec.to)) report.at('to')(`there is no entity '${spec.to}'`, didYouMean(spec.to, names));
    return undefined;
  }
  const type = { kind: 'row', entity: spec.to } as const;
  const nullable = spec.nullable === true || spec.optional === true;
  return {
    column: `${attr}_id`,
    attr,
    role: 'reference',
    match: 'hard',
    unique: false,
    type: nullable ? orNull(type) : type,
    known: spec.known === true,
    ...(spec.doc === undefined ? {} : { doc: spec.doc }),
    ...(spec.optional === true ? { default: null } : {}),
    ...(spec.distinct === undefined ? {} : { distinct: spec.distinct }),
    ...(spec.init_event === undefined ? {} : { initEvent: spec.init_event }),
  };
}

function resolveAttribute(attr: string, spec: ValueAttribute, report: Report): Column | undefined {
  const value = resolveValueType(spec, report);
  if (value === undefined) return undefined;
  const nullable = spec.nullable === true || spec.optional === true;
  const type = nullable ? orNull(value.type) : value.type;
  if (spec.weights !== undefined && spec.weights.length !== spec.of?.length) {
    report.at('weights')(`${spec.weights.length} weights for ${spec.of?.length ?? 'no'} members`);
  }
  const given =
    spec.default === undefined
      ? undefined
      : checkDefault(spec.default, { ...value, type }, report.at('default'));
  if (spec.unique === true && given !== undefined && given !== null) {
    report.at('default')('a default is shared, and this attribute is unique');
  }
  const fallback = given === undefined && spec.optional === true ? null : given;
  return {
    column: attr,
    attr,
    role: 'value',
    type,
    match: spec.match ?? defaultMatch(spec),
    unique: spec.unique === true,
    known: spec.known === true,
    ...(spec.doc === undefined ? {} : { doc: spec.doc }),
    ...(spec.gen === undefined ? {} : { gen: spec.gen }),
    ...(spec.weights === undefined ? {} : { weights: spec.weights }),
    ...(fallback === undefined ? {} : { default: fallback }),
    ...(value.pattern === undefined ? {} : { pattern: value.pattern }),
    ...(value.min === undefined ? {} : { min: value.min }),
    ...(value.max === undefined ? {} : { max: value.max }),
  };
}

// Seed values: the generator fits its column, and has enough values for a column without repetition.
function checkGenerators(
  spec: EntitySpec,
  columns: readonly Column[],
  status: readonly Column[],
  report: Report,
): void {
  for (const [index, column] of columns.entries()) {
    if (column.role !== 'value') continue;
    const place = report.at('attrs', column.attr);
    const parsed = parseGenerator(column.gen, column, [...columns.slice(0, index), ...status]);
    if (!parsed.ok) {
      for (const issue of parsed.error)
        place.at(...(column.gen === undefined ? [] : ['gen']))(issue.message, issue.hint);
    } else if (column.unique && column.type.nullable !== true && parsed.value.capacity < spec.n) {
      place.at('unique')(
        `${spec.n} rows cannot all differ: the generator has ${parsed.value.capacity} values`,
      );
    }
  }
}

// Free text is not compared, what a person words is compared in normal form, the rest as it is.
function defaultMatch(spec: ValueAttribute): Column['match'] {
  if (spec.type === 'text') return 'exempt';
  return spec.type === 'string' && spec.unique !== true && spec.pattern === undefined ? 'semantic' : 'hard';
}

function checkColumnNames(entity: string, columns: readonly Column[], report: Report): void {
  const owners = new Map<string, string>();
  for (const { column, attr } of columns) {
    const other = owners.get(column);
    if (other !== undefined) {
      report.at('attrs', attr)(`'${attr}' and '${other}' of ${entity} would both be the column '${column}'`);
    }
    owners.set(column, attr);
  }
}

// What seeding does with references: it takes each row once, and fires events that rows must have.
function checkSeeding(
  entities: readonly Entity[],
  specs: Readonly<Record<string, EntitySpec>>,
  report: Report,
): void {
  for (const [name, spec] of Object.entries(specs)) {
    for (const [attr, attribute] of Object.entries(spec.attrs)) {
      if (attribute.type !== 'ref') continue;
      const [many, few] = [spec.n, specs[attribute.to]?.n ?? Infinity];
      const nullable = attribute.nullable === true || attribute.optional === true;
      if (attribute.distinct === true && !nullable && many > few) {
        const place = report.at(name, 'attrs', attr, 'distinct');
        place(`${many} rows cannot all refer to different ones: there are ${few} of ${attribute.to}`);
      }
      if (attribute.init_event === undefined) continue;
      const events = entities.find((entity) => entity.name === attribute.to)?.machine?.events ?? [];
      if (events.some((event) => event.name === attribute.init_event)) continue;
      const hint = didYouMean(
        attribute.init_event,
        events.map((event) => event.name),
      );
      report.at(
        name,
        'attrs',
        attr,
        'init_event',
      )(`a ${attribute.to} has no event '${attribute.init_event}'`, hint);
    }
  }
}
