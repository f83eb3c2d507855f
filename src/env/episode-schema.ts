// The JSON Schema of an episode, for readers of results files that somebody may have cut or edited.
import { Type, type TSchema } from 'typebox';
import { AgentActSchema, TypedValueSchema } from '../task/schema.js';

const closed = { additionalProperties: false } as const;
const Anything = Type.Record(Type.String(), Type.Unknown());

const Count = Type.Integer({ minimum: 0 });

const Fault = Type.Object(
  {
    boundary: Type.Enum(['sandbox', 'agent', 'model', 'transport']),
    kind: Type.String(),
    message: Type.String(),
  },
  closed,
);

const Observation = Type.Union([
  Type.Object({ type: Type.Literal('user'), text: Type.String(), acts: Type.Array(Anything) }, closed),
  Type.Object({ type: Type.Literal('result'), tool: Type.String(), value: Type.Unknown() }, closed),
  Type.Object(
    { type: Type.Literal('refusal'), tool: Type.String(), code: Type.String(), message: Type.String() },
    closed,
  ),
  Type.Object({ type: Type.Literal('fault'), fault: Fault }, closed),
]);

const Action = Type.Union([
  Type.Object({ type: Type.Literal('call'), tool: Type.String(), args: Anything }, closed),
  Type.Object({ type: Type.Literal('say'), text: Type.String() }, closed),
  Type.Object({ type: Type.Literal('say'), act: AgentActSchema }, closed),
]);

export const EpisodeSchema: TSchema = Type.Object(
  {
    format: Type.String(),
    task: Type.String(),
    agent: Type.String(),
    run: Count,
    opening: Observation,
    steps: Type.Array(
      Type.Object(
        {
          action: Action,
          heard: Type.Optional(Type.Array(AgentActSchema)),
          observation: Observation,
          progress: Type.Number({ minimum: -1, maximum: 1 }),
          candidates: Type.Optional(Type.Integer()),
        },
        closed,
      ),
    ),
    end: Type.Enum(['solved', 'failed', 'gave-up', 'turn-limit', 'fault']),
    reward: Type.Object(
      {
        parts: Type.Record(Type.String(), Type.Number()),
        weights: Type.Record(Type.String(), Type.Number()),
        total: Type.Union([Type.Number(), Type.Null()]),
      },
      closed,
    ),
    digest: Type.String(),
    told: Type.Array(TypedValueSchema),
    violations: Type.Array(
      Type.Object(
        { policy: Type.String(), step: Type.Integer(), tool: Type.Optional(Type.String()) },
        closed,
      ),
    ),
    wrongWrites: Count,
    faults: Type.Array(Fault),
    usage: Type.Optional(
      Type.Object({ requests: Count, retries: Count, promptTokens: Count, completionTokens: Count }, closed),
    ),
  },
  closed,
);
