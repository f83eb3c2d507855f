// The domain spec as a person writes it (YAML or JSON). One schema gives the static type, the ajv
// validator and the JSON Schema that `toolgrove schema` prints. Expressions are strings here;
// check.ts parses and types them and returns the Domain of model.ts.
import { Type, type Static } from 'typebox';
import { Param } from './param-spec.js';
import { PolicySchema } from './policy-spec.js';
import {
  closed,
  Code,
  EntityName,
  entityName,
  Expression,
  identifier,
  Name,
  Scalar,
  Text,
  Value,
  valueType,
} from './spec-parts.js';
import { TableSchema } from './table-spec.js';

const Attribute = Type.Union([
  Type.Object(
    {
      ...valueType,
      gen: Type.Optional(Type.String({ description: 'generator of seed values; see docs/spec.md' })),
      weights: Type.Optional(
        Type.Array(Type.Number({ exclusiveMinimum: 0 }), {
          description: 'of the members of an enum, in order',
        }),
      ),
      unique: Type.Optional(Type.Boolean({ description: 'no two rows share it; a clash is refused' })),
      known: Type.Optional(Type.Boolean({ description: 'a user can say it' })),
      nullable: Type.Optional(Type.Boolean({ description: 'the value may be null' })),
      optional: Type.Optional(Type.Boolean({ description: 'nullable, and a create may leave it out' })),
      default: Type.Optional(Scalar),
      match: Type.Optional(
        Type.Enum(['exempt', 'hard', 'semantic'], { description: 'how end states compare on it' }),
      ),
    },
    closed,
  ),
  Type.Object(
    {
      type: Type.Literal('ref'),
      to: EntityName,
      doc: Type.Optional(Text),
      distinct: Type.Optional(Type.Boolean({ description: 'seeding: no two rows refer to the same row' })),
      init_event: Type.Optional(
        Type.String({ pattern: identifier, description: 'seeding: fires this event of the referred row' }),
      ),
      known: Type.Optional(Type.Boolean()),
      nullable: Type.Optional(Type.Boolean()),
      optional: Type.Optional(Type.Boolean()),
    },
    closed,
  ),
]);

const States = Type.Union([Name, Type.Array(Name, { minItems: 1 })]);
const Event = Type.Union([
  Type.Tuple([States, Name], { description: '[from, to], or [[from, from], to]' }),
  Type.Object(
    {
      from: States,
      to: Name,
      code: Type.Optional(Code),
      message: Type.Optional(Text),
    },
    closed,
  ),
]);

const Filters = Type.Array(
  Type.Union([
    Name,
    Type.Object(
      {
        attr: Name,
        by: Type.Enum(['range', 'contains'], {
          description: 'range: numbers and times between two bounds; contains: a part of a text',
        }),
      },
      closed,
    ),
  ]),
  { minItems: 1, description: 'optional filters: search_books' },
);

const Entity = Type.Object(
  {
    doc: Type.Optional(Text),
    n: Type.Integer({ minimum: 1, maximum: 5000, description: 'rows of the seed state' }),
    plural: Type.Optional(
      Type.String({ pattern: entityName, description: 'where the regular plural is wrong' }),
    ),
    find: Type.Optional(
      Type.Array(Type.Array(Name, { minItems: 1, maxItems: 3 }), {
        description: 'exact look-ups: find_member_by_email',
      }),
    ),
    list: Type.Optional(Type.Array(Name, { description: 'rows of a referred row: list_member_loans' })),
    search: Type.Optional(
      Type.Union([
        Filters,
        Type.Object(
          {
            by: Filters,
            page: Type.Optional(
              Type.Integer({
                minimum: 1,
                maximum: 50,
                description: 'rows of a page; all at once without it',
              }),
            ),
          },
          closed,
        ),
      ]),
    ),
    attrs: Type.Record(Type.String({ pattern: identifier }), Attribute),
    states: Type.Optional(
      Type.Object(
        {
          init: Name,
          events: Type.Record(Type.String({ pattern: identifier }), Event),
          weights: Type.Optional(
            Type.Record(Type.String({ pattern: identifier }), Type.Number({ minimum: 0 }), {
              description: 'seeding: share of rows in each state',
            }),
          ),
        },
        closed,
      ),
    ),
  },
  closed,
);

const Require = Type.Tuple([Expression, Code, Text], { description: '[expression, refusal code, message]' });

// Statements nest, so their schema is recursive: a cyclic module of its own.
const statements = Type.Module({
  Statement: Type.Union([
    Type.Object({ fire: Type.String() }, { ...closed, description: 'path.event' }),
    Type.Object(
      { set: Type.Record(Type.String(), Value) },
      { ...closed, description: 'path: expression; all right sides first' },
    ),
    Type.Object(
      {
        create: EntityName,
        as: Type.Optional(Name),
        with: Type.Record(Type.String({ pattern: identifier }), Value),
      },
      closed,
    ),
    Type.Object(
      { delete: Type.String() },
      { ...closed, description: 'path of a row; refused while another row refers to it' },
    ),
    Type.Object(
      {
        if: Expression,
        then: Type.Array(Type.Ref('Statement')),
        else: Type.Optional(Type.Array(Type.Ref('Statement'))),
      },
      closed,
    ),
    Type.Object(
      { each: Type.String(), do: Type.Array(Type.Ref('Statement')) },
      { ...closed, description: "'copy in copies' or 'Loan l where …'" },
    ),
  ]),
});

const Tool = Type.Object(
  {
    doc: Text,
    params: Type.Record(Type.String({ pattern: identifier }), Param),
    let: Type.Optional(Type.Record(Type.String({ pattern: identifier }), Value)),
    require: Type.Optional(Type.Array(Require)),
    do: Type.Optional(Type.Array(statements.Statement)),
    return: Type.Union([Value, Type.Record(Type.String({ pattern: identifier }), Value)]),
  },
  { ...closed, description: 'a tool without `do` only reads' },
);

const Phrases = Type.Array(Text, { minItems: 1 });
const Say = Type.Object(
  {
    tools: Type.Optional(
      Type.Record(
        Type.String({ pattern: identifier }),
        Type.Object({ ask: Phrases, because: Type.Optional(Phrases), offer: Type.Optional(Phrases) }, closed),
        {
          description: "how a user asks for it; {loan} or {method} stands for a parameter's words",
        },
      ),
    ),
    entities: Type.Optional(
      Type.Record(Type.String({ pattern: entityName }), Phrases, {
        description: 'how a user names a row: "my copy of {copy.book.title}"',
      }),
    ),
    tell: Type.Optional(
      Type.Record(Type.String({ pattern: '^[A-Z][A-Za-z0-9]*(\\.[a-z][a-z0-9_]*)+$' }), Phrases, {
        description:
          'how a user asks for a value, also behind references: Loan.due: "when is {loan} due back"',
      }),
    ),
    values: Type.Optional(
      Type.Record(Type.String({ pattern: identifier }), Text, {
        description: 'how members of enums are said: mill_road: Mill Road',
      }),
    ),
    questions: Type.Optional(
      Type.Record(Type.String({ pattern: identifier }), Text, {
        description: 'how an agent asks for a parameter: method: "how would you like to pay"',
      }),
    ),
    answers: Type.Optional(
      Type.Record(Type.String({ pattern: '^[A-Z][A-Za-z0-9]*\\.[a-z][a-z0-9_]*$' }), Text, {
        description: 'how an agent tells a value: Loan.due: "it is due back on {value}"',
      }),
    ),
    refusals: Type.Optional(
      Type.Record(Type.String({ pattern: identifier }), Text, {
        description: 'how an agent gives a rule to a user: own: "I can only act on your own loans"',
      }),
    ),
  },
  closed,
);

export const DomainSpecSchema = Type.Object(
  {
    format: Type.String({ description: 'toolgrove.domain-spec/1.0' }),
    id: Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 60 }),
    title: Text,
    agent: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: "the agent's role" })),
    clock: Type.String({ description: 'the moment at which every task happens: 2025-06-02T09:00Z' }),
    caller: EntityName,
    from: Type.Optional(Type.Array(Type.String(), { description: 'archetypes it was grown from' })),
    entities: Type.Record(Type.String({ pattern: entityName }), Entity),
    tables: Type.Optional(Type.Record(Type.String({ pattern: identifier }), TableSchema)),
    tools: Type.Record(Type.String({ pattern: identifier }), Tool),
    policies: Type.Array(PolicySchema),
    invariants: Type.Array(
      Type.Union([
        Expression,
        Type.Object({ id: Name, holds: Expression, doc: Type.Optional(Text) }, closed),
      ]),
    ),
    say: Type.Optional(Say),
  },
  { ...closed, $id: 'toolgrove.domain-spec/1.0', title: 'Toolgrove domain spec' },
);

export type DomainSpec = Static<typeof DomainSpecSchema>;
export type AttributeSpec = Static<typeof Attribute>;
export type EntitySpec = Static<typeof Entity>;
export type FilterSpec = Static<typeof Filters>[number];
export type ToolSpec = Static<typeof Tool>;
export type StatementSpec = Static<typeof statements.Statement>;
