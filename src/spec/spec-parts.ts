// The small parts that the schemas of a spec have in common: names, expressions, texts, types of values.
import { Type } from 'typebox';

export const identifier = '^[a-z][a-z0-9]*(_[a-z0-9]+)*$';
export const entityName = '^[A-Z][A-Za-z0-9]*$';

export const Name = Type.String({ pattern: identifier, maxLength: 60 });
export const EntityName = Type.String({ pattern: entityName, maxLength: 40 });
export const Expression = Type.String({
  minLength: 1,
  maxLength: 1000,
  description: 'an expression; see docs/spec.md',
});
export const Value = Type.Union([Expression, Type.Number(), Type.Boolean(), Type.Null()], {
  description: 'an expression, or a number, true, false or null as they are',
});
export const Text = Type.String({ minLength: 1, maxLength: 400 });
export const Code = Type.String({ pattern: '^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$', maxLength: 60 });
export const AttrPath = Type.String({ pattern: '^[A-Z][A-Za-z0-9]*\\.[a-z][a-z0-9_]*$' });
export const Members = Type.Array(Name, { minItems: 1, maxItems: 40, uniqueItems: true });
export const Scalar = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]);

export const closed = { additionalProperties: false } as const;

export const valueType = {
  type: Type.Enum(['string', 'text', 'int', 'money', 'bool', 'date', 'datetime', 'enum'], {
    description: 'text is free text, which no digest compares; money is whole cents',
  }),
  of: Type.Optional(
    Type.Array(Name, { minItems: 1, maxItems: 40, uniqueItems: true, description: 'members of an enum' }),
  ),
  pattern: Type.Optional(Type.String({ description: 'regular expression that a string matches' })),
  min: Type.Optional(Type.Integer()),
  max: Type.Optional(Type.Integer()),
  doc: Type.Optional(Text),
} as const;
