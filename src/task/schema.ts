// The JSON Schema of a task, for readers of files that somebody may have edited.
import { Type, type TSchema } from 'typebox';

const closed = { additionalProperties: false } as const;
const Hash = Type.String({ pattern: '^[0-9a-f]{32}$' });
const Scalar = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]);
const Scalars = Type.Record(Type.String(), Scalar);

export const TypedValueSchema = Type.Object(
  {
    type: Type.Enum(['string', 'int', 'number', 'money', 'bool', 'date', 'datetime', 'enum', 'id']),
    value: Scalar,
  },
  closed,
);

const Fact = Type.Union([
  Type.Object({ path: Type.String(), value: Scalar }, closed),
  Type.Object({ path: Type.String(), caller: Type.Literal(true) }, closed),
]);

const modules = Type.Module({
  Reference: Type.Union([
    Type.Object({ type: Type.Literal('value'), value: Scalar }, closed),
    Type.Object({ type: Type.Literal('caller') }, closed),
    Type.Object({ type: Type.Literal('row'), entity: Type.String(), facts: Type.Array(Fact) }, closed),
    Type.Object({ type: Type.Literal('made'), wish: Type.Integer({ minimum: 0 }) }, closed),
    Type.Object({ type: Type.Literal('list'), items: Type.Array(Type.Ref('Reference')) }, closed),
    Type.Object(
      { type: Type.Literal('record'), fields: Type.Record(Type.String(), Type.Ref('Reference')) },
      closed,
    ),
  ]),
});
const ReferenceSchema = modules.Reference;

const WishSchema = Type.Union([
  Type.Object(
    { wish: Type.Literal('do'), tool: Type.String(), args: Type.Record(Type.String(), ReferenceSchema) },
    closed,
  ),
  Type.Object(
    { wish: Type.Literal('tell'), of: ReferenceSchema, entity: Type.String(), attr: Type.String() },
    closed,
  ),
]);

const wishedArgument = { wish: Type.Integer({ minimum: 0 }), arg: Type.String() };

const CallSchema = Type.Object(
  { tool: Type.String(), args: Type.Record(Type.String(), Type.Unknown()) },
  closed,
);

export const AgentActSchema = Type.Union([
  Type.Object({ act: Type.Literal('ask'), slots: Type.Array(Type.String()) }, closed),
  Type.Object({ act: Type.Literal('propose'), call: CallSchema }, closed),
  Type.Object({ act: Type.Literal('tell'), values: Type.Array(TypedValueSchema) }, closed),
  Type.Object({ act: Type.Literal('refuse'), policy: Type.String() }, closed),
  Type.Object({ act: Type.Literal('close') }, closed),
]);

const StepSchema = Type.Union([
  Type.Object({ by: Type.Literal('agent'), call: CallSchema }, closed),
  Type.Object({ by: Type.Literal('agent'), say: AgentActSchema }, closed),
]);

const ActNeededSchema = Type.Union([
  Type.Object({ act: Type.Literal('identify'), caller: Type.String() }, closed),
  Type.Object({ act: Type.Literal('read'), rows: Type.Array(Type.String()) }, closed),
  Type.Object({ act: Type.Enum(['refuse', 'transfer']), policy: Type.String() }, closed),
]);

export const TaskSchema: TSchema = Type.Object(
  {
    format: Type.String(),
    id: Type.String(),
    domain: Hash,
    kind: Type.Enum(['do', 'tell', 'refuse', 'part', 'transfer']),
    split: Type.Enum(['train', 'test']),
    seed: Type.String(),
    worlds: Type.Object({ agent: Hash }, closed),
    distractors: Type.Array(Type.Object({ entity: Type.String(), row: Scalars }, closed)),
    scenario: Type.Object(
      {
        caller: Type.String(),
        persona: Type.String(),
        known: Scalars,
        wishes: Type.Array(WishSchema, { minItems: 1 }),
        ordered: Type.Boolean(),
        withheld: Type.Array(Type.Object(wishedArgument, closed)),
        corrected: Type.Array(Type.Object({ ...wishedArgument, first: ReferenceSchema }, closed)),
        later: Type.Integer({ minimum: 1 }),
        insists: Type.Boolean(),
        reason: Type.Optional(Type.String()),
        opening: Type.String({ minLength: 1 }),
        phrases: Type.Record(Type.String(), Type.String()),
      },
      closed,
    ),
    goal: Type.Object(
      {
        accepts: Type.Array(
          Type.Object({ digest: Hash, communicate: Type.Array(TypedValueSchema) }, closed),
          { minItems: 1 },
        ),
        actsNeeded: Type.Array(ActNeededSchema),
      },
      closed,
    ),
    gold: Type.Array(StepSchema, { minItems: 1 }),
    difficulty: Type.Record(Type.String(), Type.Number()),
    certificate: Type.Array(
      Type.Object(
        {
          line: Type.String(),
          passed: Type.Boolean(),
          evidence: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
        },
        closed,
      ),
    ),
  },
  { ...closed, $id: 'toolgrove.task/1.0' },
);
