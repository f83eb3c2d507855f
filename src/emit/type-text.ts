// Static types of the spec as TypeScript types and as JSON Schema.
import { datePattern, dateTimePattern } from '../core/time.js';
import type { Json, JsonObject } from '../core/json.js';
import { idPattern } from '../core/id.js';
import type { Domain, Entity, Field, Type } from '../spec/model.js';
import { Bug, must } from '../core/errors.js';
import { quote } from './code.js';
import { fieldsType } from './function-text.js';
import type { Doc } from './layout.js';

/** The entity of that name. */
export function entityOf(domain: Domain, name: string): Entity {
  return must(
    domain.entities.find((entity) => entity.name === name),
    `entity ${name}`,
  );
}

/** The TypeScript type of a value; rows by the name of their interface. */
export function typeText(type: Type): string {
  const text = plainType(type);
  return type.nullable === true && type.kind !== 'null' ? `${text} | null` : text;
}

function plainType(type: Type): string {
  switch (type.kind) {
    case 'string':
    case 'text':
    case 'date':
    case 'datetime':
      return 'string';
    case 'int':
    case 'money':
    case 'number':
    case 'duration':
      return 'number';
    case 'bool':
      return 'boolean';
    case 'null':
      return 'null';
    case 'enum':
      return type.of.map(quote).join(' | ');
    case 'row':
      return type.entity;
    case 'list': {
      const item = typeText(type.item);
      return item.includes(' ') ? `readonly (${item})[]` : `readonly ${item}[]`;
    }
    case 'record':
      throw new Bug('a line item is no value');
  }
}

/** The TypeScript type of an argument: a row is passed by id. */
function argumentType(type: Type): Doc {
  if (type.kind === 'row') return 'string';
  if (type.kind === 'record') return argumentsType(type.fields);
  if (type.kind !== 'list') return plainType(type);
  if (type.item.kind === 'record') return ['readonly ', argumentType(type.item), '[]'];
  const item = type.item.kind === 'row' ? 'string' : plainType(type.item);
  return item.includes(' ') ? `readonly (${item})[]` : `readonly ${item}[]`;
}

/** `{ loan_id: string; note?: string }` */
export function argumentsType(fields: readonly Field[]): Doc {
  return fieldsType(
    fields.map((field) => [`${field.name}${field.optional ? '?' : ''}`, argumentType(field.type)] as const),
  );
}

interface Bounds {
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
}

// Whole numbers without bounds of their own stay so small that sums of them are exact.
const widest = { min: -1_000_000_000_000, max: 1_000_000_000_000 } as const;

/** JSON Schema of a value. */
export function schemaOf(domain: Domain, type: Type, bounds: Bounds = {}): JsonObject {
  const schema = plainSchema(domain, type, bounds);
  if (type.nullable !== true) return schema;
  const { type: kind, enum: members, ...rest } = schema;
  return {
    type: [...(typeof kind === 'string' ? [kind] : []), 'null'],
    ...(Array.isArray(members) ? { enum: [...(members as readonly Json[]), null] } : {}),
    ...rest,
  };
}

function plainSchema(domain: Domain, type: Type, bounds: Bounds): JsonObject {
  switch (type.kind) {
    case 'row':
      return {
        type: 'string',
        pattern: idPattern(entityOf(domain, type.entity).prefix),
        'x-entity': type.entity,
      };
    case 'enum':
      return { type: 'string', enum: type.of };
    case 'date':
      return { type: 'string', pattern: datePattern, format: 'date' };
    case 'datetime':
      return { type: 'string', pattern: dateTimePattern, format: 'date-time' };
    case 'bool':
      return { type: 'boolean' };
    case 'int':
    case 'money':
    case 'duration':
      return { type: 'integer', ...range({ ...widest, ...bounds }, 'minimum', 'maximum') };
    case 'number':
      return { type: 'number', ...range(bounds, 'minimum', 'maximum') };
    case 'list':
      return { type: 'array', items: schemaOf(domain, type.item, bounds) };
    case 'record':
      throw new Bug('a line item has no schema of its own: see manifest.ts');
    case 'null':
      return { type: 'null' };
    default:
      return {
        type: 'string',
        ...(bounds.pattern === undefined ? {} : { pattern: bounds.pattern }),
        ...range(bounds, 'minLength', 'maxLength'),
      };
  }
}

function range({ min, max }: Bounds, low: string, high: string): JsonObject {
  return { ...(min === undefined ? {} : { [low]: min }), ...(max === undefined ? {} : { [high]: max }) };
}
