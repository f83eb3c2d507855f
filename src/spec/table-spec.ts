// A decision table as it is written.
import { Type, type Static } from 'typebox';
import { AttrPath, closed, identifier, Members, Text } from './spec-parts.js';

const Atom = Type.Union([Type.String(), Type.Integer(), Type.Boolean()]);
export const TableSchema = Type.Object(
  {
    doc: Text,
    by: Type.Record(
      Type.String({ pattern: identifier }),
      Type.Union([
        Type.Object({ type: Type.Enum(['bool', 'int', 'money']) }, closed),
        Type.Object({ enum: Members }, closed),
        Type.Object({ attr: AttrPath }, { ...closed, description: 'the type of an attribute: Parcel.zone' }),
      ]),
      { description: 'what it asks for, by name, in the order of the cells' },
    ),
    gives: Type.Union([
      Type.Enum(['bool', 'int', 'money'], { type: 'string' }),
      Type.Object({ enum: Members }, closed),
      Type.Object({ attr: AttrPath }, closed),
    ]),
    rows: Type.Array(
      Type.Array(Type.Union([Atom, Type.Array(Atom, { minItems: 1, maxItems: 40 })]), {
        description: "a cell for each input and what comes out: [domestic, '<= 500', '*', 490]",
      }),
      { minItems: 1, maxItems: 100, description: 'the first row whose cells all hold counts' },
    ),
  },
  { ...closed, description: 'a decision table, called in expressions: postage(zone, grams)' },
);

export type TableSpec = Static<typeof TableSchema>;
