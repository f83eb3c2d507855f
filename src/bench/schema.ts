// The JSON Schema of one line of benchmark JSONL.
import { Type, type TSchema } from 'typebox';
import { AuditSchema } from '../certify/audit/schema.js';
import type { JsonObject } from '../core/json.js';
import { EmittedDomainSchema, HashSchema, StateSchema } from '../pipeline/forms.js';
import { DomainSpecSchema } from '../spec/domain.js';
import { formChecker } from '../spec/form.js';
import { plainSchema } from '../spec/schema.js';
import type { Issue } from '../core/result.js';
import { TaskSchema } from '../task/schema.js';

const closed = { additionalProperties: false } as const;

const Header = Type.Object(
  {
    record: Type.Literal('header'),
    format: Type.String(),
    split: Type.Enum(['train', 'test', 'all']),
    domains: Type.Integer({ minimum: 1 }),
    tasks: Type.Integer({ minimum: 0 }),
    hash: HashSchema,
  },
  closed,
);

const Domain = Type.Object(
  {
    record: Type.Literal('domain'),
    spec: DomainSpecSchema,
    emitted: EmittedDomainSchema,
    state: StateSchema,
    audit: Type.Optional(AuditSchema),
    hash: HashSchema,
  },
  closed,
);

const Task = Type.Object(
  {
    record: Type.Literal('task'),
    ...(TaskSchema as TSchema & { properties: Record<string, TSchema> }).properties,
    hash: HashSchema,
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
