// The JSON Schema of one line of benchmark JSONL.
import { Type, type TSchema } from 'typebox';
import type { JsonObject } from '../core/json.js';
import { DomainSpecSchema } from '../spec/domain.js';
import { formChecker } from '../spec/form.js';
import { plainSchema } from '../spec/schema.js';
import type { Issue } from '../core/result.js';
import { TaskSchema } from '../task/schema.js';

const closed = { additionalProperties: false } as const;
const Hash = Type.String({ pattern: '^[0-9a-f]{32}$' });
const Texts = Type.Record(Type.String(), Type.String());
const Row = Type.Record(
  Type.String(),
  Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]),
);
const Names = Type.Array(Type.String());
const policy = { id: Type.String(), text: Type.String(), on: Names };

const EmittedDomain = Type.Object(
  {
    format: Type.String(),
    id: Type.String(),
    title: Type.String(),
    origin: Type.Enum(['spec', 'code']),
    spec: Type.Optional(Hash),
    files: Texts,
    compiled: Texts,
    manifest: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          description: Type.String(),
          parameters: Type.Record(Type.String(), Type.Unknown()),
          effect: Type.Enum(['read', 'write', 'control']),
          side: Type.Enum(['agent', 'user']),
        },
        closed,
      ),
    ),
    stateSchema: Type.Object({
      caller: Type.String(),
      tables: Type.Array(Type.Record(Type.String(), Type.Unknown())),
    }),
    talkPolicies: Type.Array(
      Type.Union([
        Type.Object({ ...policy, kind: Type.Literal('verify'), by: Type.String(), finds: Names }, closed),
        Type.Object({ ...policy, kind: Type.Enum(['guard', 'confirm', 'escalate']) }, closed),
        Type.Object(
          {
            ...policy,
            kind: Type.Literal('precede'),
            first: Type.String(),
            shared: Type.Array(Type.Array(Type.String())),
          },
          closed,
        ),
      ]),
    ),
    policyText: Type.String(),
    hash: Hash,
  },
  closed,
);

const Header = Type.Object(
  {
    record: Type.Literal('header'),
    format: Type.String(),
    split: Type.Enum(['train', 'test', 'all']),
    domains: Type.Integer({ minimum: 1 }),
    tasks: Type.Integer({ minimum: 0 }),
    hash: Hash,
  },
  closed,
);

const Domain = Type.Object(
  {
    record: Type.Literal('domain'),
    spec: DomainSpecSchema,
    emitted: EmittedDomain,
    state: Type.Object(
      {
        now: Type.String(),
        tables: Type.Record(Type.String(), Type.Array(Row)),
        created: Type.Record(Type.String(), Type.Integer()),
      },
      closed,
    ),
    hash: Hash,
  },
  closed,
);

const Task = Type.Object(
  {
    record: Type.Literal('task'),
    ...(TaskSchema as TSchema & { properties: Record<string, TSchema> }).properties,
    hash: Hash,
  },
  closed,
);

/** By `record`: what is wrong with the form of a header, domain or task line. */
export const checkRecord: Readonly<
  Record<'header' | 'domain' | 'task', (value: unknown) => readonly Issue[]>
> = { header: formChecker(Header), domain: formChecker(Domain), task: formChecker(Task) };

/** The schema of any line, as `toolgrove schema benchmark` prints it. */
export function benchmarkJsonSchema(): JsonObject {
  const schema = Type.Union([Header, Domain, Task], {
    $id: 'toolgrove.benchmark/1.0',
    title: 'One line of benchmark JSONL',
  });
  return plainSchema(schema);
}
