// The published JSON Schema of a domain spec (draft-07, which editors read), made from the schema
// in domain.ts, and the validator compiled from it.
import { Ajv } from 'ajv';
import type { TSchema } from 'typebox';
import type { Json, JsonObject } from '../core/json.js';
import { isObject } from '../core/json.js';
import { DomainSpecSchema, type DomainSpec } from './domain.js';

/** JSON Schema of a domain spec: what `toolgrove schema` prints and editors complete YAML with. */
export function domainSpecJsonSchema(): JsonObject {
  return plainSchema(DomainSpecSchema);
}

/** A typebox schema as plain JSON Schema, its recursive definitions at the root. */
export function plainSchema(given: TSchema): JsonObject {
  const definitions: Record<string, Json> = {};
  const plain = JSON.parse(JSON.stringify(given)) as JsonObject;
  const schema = published(plain, definitions, true) as JsonObject;
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...schema, $defs: definitions };
}

// Recursive definitions go to the root, and a record takes no keys but those of its pattern.
function published(schema: Json, definitions: Record<string, Json>, root: boolean): Json {
  if (Array.isArray(schema)) return schema.map((item: Json) => published(item, definitions, false));
  if (!isObject(schema)) return schema;
  const result: Record<string, Json> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === '$defs' && isObject(value)) {
      for (const [name, definition] of Object.entries(value)) {
        definitions[name] = published(definition, definitions, false);
      }
    } else if (key === '$ref' && typeof value === 'string') result[key] = `#/$defs/${value}`;
    else if (key !== '$id' || root) result[key] = published(value, definitions, false);
  }
  if ('patternProperties' in result && !('additionalProperties' in result))
    result['additionalProperties'] = false;
  return result;
}

let compiled: ((value: unknown) => value is DomainSpec) | undefined;

/** Whether a value has the form of a domain spec; why it has not is said by explain.ts. */
export function hasSpecForm(value: unknown): value is DomainSpec {
  compiled ??= new Ajv({ strict: false, allErrors: false }).compile<DomainSpec>(domainSpecJsonSchema());
  return compiled(value);
}
