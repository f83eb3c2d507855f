// A policy as it is written.
import { Type, type Static } from 'typebox';
import { AttrPath, closed, EntityName, Expression, Name, Text, Value } from './spec-parts.js';

const tools = Type.Union([Type.Literal('write'), Type.Array(Name, { minItems: 1 })]);
export const PolicySchema = Type.Union([
  Type.Object(
    {
      id: Name,
      kind: Type.Literal('verify'),
      before: tools,
      by: EntityName,
      with: Type.Optional(
        Type.Array(Type.Array(Name, { minItems: 1 }), {
          description: 'find keys that count; all by default',
        }),
      ),
      text: Text,
    },
    closed,
  ),
  Type.Object({ id: Name, kind: Type.Literal('guard'), on: tools, require: Expression, text: Text }, closed),
  Type.Object({ id: Name, kind: Type.Literal('confirm'), on: tools, text: Text }, closed),
  Type.Object({ id: Name, kind: Type.Literal('precede'), on: tools, first: Name, text: Text }, closed),
  Type.Object({ id: Name, kind: Type.Literal('escalate'), on: tools, when: Expression, text: Text }, closed),
  Type.Object(
    { id: Name, kind: Type.Literal('compute'), on: tools, param: Name, value: Value, text: Text },
    { ...closed, description: 'an argument that the agent works out, and the user does not say' },
  ),
  Type.Object(
    {
      id: Name,
      kind: Type.Literal('conceal'),
      of: Type.Array(AttrPath, { minItems: 1, description: 'Card.pin' }),
      unless: Type.Optional(Expression),
      text: Text,
    },
    { ...closed, description: 'what the user must not be told' },
  ),
]);

export type PolicySpec = Static<typeof PolicySchema>;
