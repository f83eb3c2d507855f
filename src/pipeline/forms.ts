// The forms of a generated folder's files that somebody may have edited, as JSON Schemas: enough
// that whatever passes can be worked with. Spec and tasks have their own.
import { Type, type TSchema } from 'typebox';
import { AuditSchema } from '../certify/audit/schema.js';

const closed = { additionalProperties: false } as const;
const Texts = Type.Record(Type.String(), Type.String());
const Names = Type.Array(Type.String());
const Anything = Type.Record(Type.String(), Type.Unknown());
const policy = { id: Type.String(), text: Type.String(), on: Names };

export const HashSchema = Type.String({ pattern: '^[0-9a-f]{32}$' });

const Row = Type.Record(
  Type.String(),
  Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]),
);

const Column = Type.Object({
  column: Type.String(),
  role: Type.Enum(['key', 'value', 'reference', 'status']),
  to: Type.Optional(Type.String()),
  match: Type.Enum(['exempt', 'hard', 'semantic']),
  schema: Anything,
});

const Table = Type.Object({
  entity: Type.String(),
  table: Type.String(),
  key: Type.String(),
  ids: Type.Object({ prefix: Type.String(), scale: Type.Integer(), shift: Type.Integer() }, closed),
  columns: Type.Array(Column),
});

/** What an emitted domain says of itself beside its code, manifest and policy text: domain.json. */
const description = {
  format: Type.String(),
  id: Type.String(),
  title: Type.String(),
  origin: Type.Enum(['spec', 'code']),
  spec: Type.Optional(HashSchema),
  stateSchema: Type.Object({ caller: Type.String(), tables: Type.Array(Table) }),
  talkPolicies: Type.Array(
    Type.Union([
      Type.Object({ ...policy, kind: Type.Literal('verify'), by: Type.String(), finds: Names }, closed),
      Type.Object({ ...policy, kind: Type.Enum(['guard', 'confirm', 'escalate']) }, closed),
      Type.Object({ ...policy, kind: Type.Literal('compute'), param: Type.String() }, closed),
      Type.Object(
        {
          id: policy.id,
          text: policy.text,
          kind: Type.Literal('conceal'),
          of: Type.Array(Type.Object({ entity: Type.String(), column: Type.String() }, closed)),
          judged: Type.Optional(Type.Literal(true)),
        },
        closed,
      ),
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
};

export const DescriptionSchema: TSchema = Type.Object(description, closed);

const side = Type.Enum(['agent', 'user']);
const effect = Type.Enum(['read', 'write', 'control']);
const signature = { name: Type.String(), description: Type.String(), parameters: Anything };

/** A whole emitted domain, as a benchmark file carries it. */
export const EmittedDomainSchema: TSchema = Type.Object(
  {
    ...description,
    files: Texts,
    compiled: Texts,
    manifest: Type.Array(Type.Object({ ...signature, effect, side }, closed)),
    policyText: Type.String(),
    hash: HashSchema,
  },
  closed,
);

/** manifest.json: OpenAI's function schemas. */
export const ManifestSchema: TSchema = Type.Array(
  Type.Object(
    {
      type: Type.Literal('function'),
      function: Type.Object(signature, closed),
      'x-effect': effect,
      'x-side': side,
    },
    closed,
  ),
);

const state = {
  now: Type.String(),
  tables: Type.Record(Type.String(), Type.Array(Row)),
  created: Type.Record(Type.String(), Type.Integer()),
};

export const StateSchema: TSchema = Type.Object(state, closed);

/** state.json. */
export const StateFileSchema: TSchema = Type.Object({ format: Type.String(), ...state }, closed);

export const GraphSchema: TSchema = Type.Object({
  format: Type.String(),
  domain: Type.String(),
  spec: HashSchema,
  nodes: Type.Array(
    Type.Object({
      tool: Type.String(),
      kind: Type.Enum(['get', 'find', 'list', 'search', 'compute', 'write']),
      params: Type.Array(
        Type.Object({
          name: Type.String(),
          optional: Type.Boolean(),
          entity: Type.Optional(Type.String()),
        }),
      ),
      shape: HashSchema,
    }),
  ),
  edges: Type.Array(
    Type.Object({
      from: Type.String(),
      to: Type.String(),
      kind: Type.Enum(['supplies', 'enables', 'threatens', 'data', 'policy']),
      at: Type.String(),
      via: Type.String(),
    }),
  ),
});

/** What readers of report.json look at. */
export const ReportSchema: TSchema = Type.Object({
  format: Type.String(),
  domain: Type.String(),
  seed: Type.String(),
  level: Type.Enum(['full', 'sampled']),
  admitted: Type.Boolean(),
  reasons: Names,
  procedures: Type.Object({ failures: Type.Array(Anything) }),
  laws: Type.Object({ breaches: Type.Array(Anything) }),
  differential: Type.Object({
    calls: Type.Integer(),
    mismatches: Type.Integer(),
    first: Type.Array(Anything),
  }),
  mutation: Type.Object({ score: Type.Number(), killed: Type.Integer(), total: Type.Integer() }),
  audit: Type.Optional(AuditSchema),
});

const change = Type.Array(Anything);
const tried = { id: Type.String(), patch: change, covers: Names };

/** A case of procedures.jsonl. */
export const CaseSchema: TSchema = Type.Union([
  Type.Object({
    ...tried,
    kind: Type.Literal('call'),
    tool: Type.String(),
    args: Anything,
    expect: Type.Object({ verdict: Type.Enum(['success', 'anticipated-rejection']) }),
  }),
  Type.Object({
    ...tried,
    kind: Type.Literal('guard'),
    tool: Type.String(),
    args: Anything,
    caller: Type.Union([Type.String(), Type.Null()]),
    expect: Type.Object({ violated: Names }),
  }),
  Type.Object({ ...tried, kind: Type.Literal('invariant'), expect: Type.Object({ broken: Names }) }),
]);
