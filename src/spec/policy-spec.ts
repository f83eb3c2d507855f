// A policy as it is written.
import { Type, type Static } from 'typebox';
import { closed, EntityName, Expression, Name, Text } from './spec-parts.js';

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
]);

export type PolicySpec = Static<typeof PolicySchema>;
