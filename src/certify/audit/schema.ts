// The JSON Schema of an audit, for readers of files that somebody may have edited.
import { Type, type TSchema } from 'typebox';

const closed = { additionalProperties: false } as const;
const Count = Type.Integer({ minimum: 0 });

const Side = Type.Object(
  {
    played: Count,
    wrong: Count,
    equivalent: Type.Record(Type.String(), Count),
    kinds: Type.Record(Type.String(), Type.Object({ played: Count, wrong: Count }, closed)),
  },
  closed,
);

export const AuditSchema: TSchema = Type.Object(
  {
    tasks: Count,
    nearMisses: Side,
    solutions: Side,
    exceptions: Type.Array(
      Type.Object(
        {
          task: Type.String(),
          what: Type.Enum(['near miss accepted', 'solution rejected', 'fault']),
          kind: Type.String(),
          detail: Type.String(),
          reason: Type.String(),
        },
        closed,
      ),
    ),
  },
  closed,
);
