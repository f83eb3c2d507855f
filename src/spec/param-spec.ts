// The schema of a tool's parameters: rows, values, and lists of rows, of values or of line items.
import { Type, type Static } from 'typebox';
import { AttrPath, closed, EntityName, Members, Text, valueType } from './spec-parts.js';

const ParamOptions = { optional: Type.Optional(Type.Boolean()), doc: Type.Optional(Text) } as const;
const Default = Type.Optional(
  Type.Union([Type.String(), Type.Number(), Type.Boolean()], { description: 'of a value that is left out' }),
);
const ParamItem = Type.Union([
  EntityName,
  Type.Object({ ...valueType, default: Default, ...ParamOptions }, closed),
  Type.Object({ ref: EntityName, ...ParamOptions }, closed),
  Type.Object(
    { attr: AttrPath, default: Default, ...ParamOptions },
    { ...closed, description: 'the type of an attribute: Member.phone' },
  ),
  Type.Object({ enum: Members, default: Default, ...ParamOptions }, closed),
]);
// Names that say of what kind a list's items are cannot name a field of one.
const LineItem = Type.Record(
  Type.String({ pattern: '^(?!(type|ref|attr|enum)$)[a-z][a-z0-9]*(_[a-z0-9]+)*$' }),
  ParamItem,
  { description: 'the fields of a line item, each a row or a value: model, quantity' },
);
export const Param = Type.Union([
  ParamItem,
  Type.Object(
    {
      list: Type.Union([ParamItem, LineItem]),
      ...ParamOptions,
      min_items: Type.Optional(Type.Integer({ minimum: 0 })),
      max_items: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
    },
    closed,
  ),
]);

export type ParamSpec = Static<typeof Param>;
export type ItemSpec = Static<typeof ParamItem>;
export type LineItemSpec = Static<typeof LineItem>;
