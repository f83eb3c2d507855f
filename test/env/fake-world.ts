// A small world in plain objects: a library whose tools run here and not in a guest, for tests of
// what stands on top of a session.
import type { Fault } from '../../src/core/errors.js';
import { hashJson, hashText } from '../../src/core/hash.js';
import { formatId, idPattern, idScheme } from '../../src/core/id.js';
import type { JsonObject } from '../../src/core/json.js';
import type { EmittedDomain, TableSchema, TalkPolicy, ToolManifest } from '../../src/emit/emitted-domain.js';
import { digestChanges } from '../../src/world/digest.js';
import type { Session, World } from '../../src/world/world.js';
import type { GuestRow, GuestState, Reply, RowChange } from '../../sandbox/guest-api.js';

type Tables = Record<string, GuestRow[]>;

const text = { type: 'string' } as const;
const integer = { type: 'integer' } as const;
const idOf = (entity: string, prefix: string): JsonObject => ({
  type: 'string',
  pattern: idPattern(prefix),
  'x-entity': entity,
});

function table(entity: string, key: string, prefix: string, columns: Record<string, string>): TableSchema {
  return {
    entity,
    table: `${entity.toLowerCase()}s`,
    key,
    ids: idScheme('fake', entity, prefix),
    columns: [
      { column: key, role: 'key', match: 'hard', schema: text },
      ...Object.entries(columns).map(([column, kind]) =>
        /^[A-Z]/.test(kind)
          ? ({ column, role: 'reference', to: kind, match: 'hard', schema: text } as const)
          : ({ column, role: 'value', match: kind === 'note' ? 'exempt' : 'hard', schema: text } as const),
      ),
    ],
  };
}

const tables = [
  table('Member', 'member_id', 'ME', { name: 'string', email: 'string', phone: 'string' }),
  table('Loan', 'loan_id', 'LO', { member_id: 'Member', title: 'string', due: 'date', renewals: 'int' }),
  table('Hold', 'hold_id', 'HO', { member_id: 'Member', title: 'string', status: 'enum', note: 'note' }),
];

function tool(
  name: string,
  effect: ToolManifest['effect'],
  properties: Record<string, JsonObject>,
  optional: readonly string[] = [],
): ToolManifest {
  const required = Object.keys(properties).filter((param) => !optional.includes(param));
  const parameters = { type: 'object', properties, required, additionalProperties: false };
  return { name, description: `${name.replaceAll('_', ' ')}.`, parameters, effect, side: 'agent' };
}

const memberId = idOf('Member', 'ME');
const loanId = idOf('Loan', 'LO');
const holdId = idOf('Hold', 'HO');

const manifest: readonly ToolManifest[] = [
  tool('get_loan', 'read', { loan_id: loanId }),
  tool('find_member_by_email', 'read', { email: text }),
  tool('find_member_by_name_and_phone', 'read', { name: text, phone: text }),
  tool('list_member_loans', 'read', { member_id: memberId }),
  tool('renew_loan', 'write', { loan_id: loanId }),
  tool('return_loans', 'write', {
    loan_ids: { type: 'array', items: loanId, minItems: 1, maxItems: 3, uniqueItems: true },
  }),
  tool('place_hold', 'write', { member_id: memberId, title: text, note: text }, ['note']),
  tool('change_hold', 'write', { hold_id: holdId, status: { type: 'string', enum: ['urgent', 'dropped'] } }),
  tool('change_email', 'write', { member_id: memberId, email: text }),
  tool('set_renewals', 'write', { loan_id: loanId, renewals: { ...integer, minimum: 0, maximum: 9 } }),
  tool('transfer_to_human', 'control', {
    policy: { type: 'string', enum: ['too_many', 'other'] },
    summary: text,
  }),
];

const writes = manifest.filter(({ effect }) => effect === 'write').map(({ name }) => name);

const talkPolicies: readonly TalkPolicy[] = [
  {
    id: 'verify',
    kind: 'verify',
    text: 'Identify the member by email, or by name and phone, before any change.',
    on: writes,
    by: 'Member',
    finds: ['find_member_by_email', 'find_member_by_name_and_phone'],
  },
  { id: 'own', kind: 'guard', text: 'Act only on the verified member’s loans.', on: ['renew_loan'] },
  { id: 'renew_rules', kind: 'guard', text: 'Renew a loan at most twice.', on: ['renew_loan'] },
  { id: 'agreed', kind: 'confirm', text: 'Ask before an address is changed.', on: ['change_email'] },
  {
    id: 'look_first',
    kind: 'precede',
    text: 'Look at a loan before its renewals are set.',
    on: ['set_renewals'],
    first: 'get_loan',
    shared: [['loan_id', 'loan_id']],
  },
  { id: 'too_many', kind: 'escalate', text: 'Hand over who asks for a third hold.', on: ['place_hold'] },
];

const hash = hashText('the fake domain');

export const fakeDomain: EmittedDomain = {
  format: 'toolgrove.domain/1.0',
  id: 'fake',
  title: 'Fake Library',
  origin: 'code',
  files: {},
  compiled: {},
  manifest,
  stateSchema: { caller: 'Member', tables },
  talkPolicies,
  policyText: talkPolicies.map(({ id, text }) => `- [${id}] ${text}`).join('\n'),
  hash,
};

/** `ME(0)` is the id of the first member, and so on. */
export const ME = (ordinal: number): string => formatId(idScheme('fake', 'Member', 'ME'), ordinal);
export const LO = (ordinal: number): string => formatId(idScheme('fake', 'Loan', 'LO'), ordinal);
export const HO = (ordinal: number): string => formatId(idScheme('fake', 'Hold', 'HO'), ordinal);

export const fakeState: GuestState = {
  now: '2025-06-02T09:00Z',
  created: { Member: 2, Loan: 4, Hold: 1 },
  tables: {
    Member: [
      { member_id: ME(0), name: 'Anna Lee', email: 'anna@example.org', phone: '555-0101' },
      { member_id: ME(1), name: 'Bo Dahl', email: 'bo@example.org', phone: '555-0102' },
    ],
    Loan: [
      { loan_id: LO(0), member_id: ME(0), title: 'Dune', due: '2025-06-12', renewals: 0 },
      { loan_id: LO(1), member_id: ME(0), title: 'Emma', due: '2025-06-20', renewals: 2 },
      { loan_id: LO(2), member_id: ME(1), title: 'Dune', due: '2025-06-03', renewals: 0 },
      { loan_id: LO(3), member_id: ME(0), title: 'Ulysses', due: '2025-06-09', renewals: 1 },
    ],
    Hold: [{ hold_id: HO(0), member_id: ME(1), title: 'Emma', status: 'plain', note: '' }],
  },
};

export interface FakeWorldOptions {
  /** The calls, counted over all sessions from 0, that break. */
  readonly faultAt?: (call: number) => boolean;
}

export function fakeWorld(options: FakeWorldOptions = {}): World & { readonly open: () => Session } {
  let calls = 0;
  const faults = (): boolean => options.faultAt?.(calls++) === true;
  return {
    domain: fakeDomain,
    seedState: hashJson(fakeState),
    open: () => session(structuredClone(fakeState.tables) as Tables, { ...fakeState.created }, faults),
    dispose: () => {},
  };
}

const fault: Fault = { boundary: 'sandbox', kind: 'fuel', message: 'ran too long' };

function session(rows: Tables, created: Record<string, number>, faults: () => boolean): Session {
  let now = rows;
  let counts = created;
  const diff = (): RowChange[] =>
    tables.flatMap(({ entity, key }) => {
      const before = new Map((fakeState.tables[entity] ?? []).map((row) => [String(row[key]), row]));
      const after = new Map((now[entity] ?? []).map((row) => [String(row[key]), row]));
      const ids = [...new Set([...before.keys(), ...after.keys()])];
      return ids
        .map((id) => ({ entity, id, before: before.get(id) ?? null, after: after.get(id) ?? null }))
        .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
    });
  return {
    call(name, args) {
      if (faults()) return { type: 'fault', fault };
      const next = structuredClone(now);
      const nextCounts = { ...counts };
      const reply = runTool(next, nextCounts, name, args);
      if (reply.type === 'result') [now, counts] = [next, nextCounts];
      return reply;
    },
    violatedGuards(name, args, caller) {
      const loan = now['Loan']?.find((row) => row['loan_id'] === args['loan_id']);
      const violated: string[] = [];
      if (name === 'renew_loan' && loan !== undefined) {
        if (caller !== null && loan['member_id'] !== caller) violated.push('own');
        if (Number(loan['renewals']) >= 2) violated.push('renew_rules');
      }
      const holds = now['Hold']?.filter((row) => row['member_id'] === args['member_id']).length ?? 0;
      if (name === 'place_hold' && holds >= 2) violated.push('too_many');
      return { ok: true, value: violated };
    },
    concealed: () => ({ ok: true, value: [] }),
    brokenInvariants: () => ({ ok: true, value: [] }),
    diff: () => ({ ok: true, value: diff() }),
    digest: () => ({ ok: true, value: digestChanges(fakeDomain.stateSchema, diff()) }),
    patch: () => ({ ok: true, value: true }),
    state: () => ({ ok: true, value: { now: fakeState.now, tables: now, created: counts } }),
    fork: () => session(structuredClone(now), { ...counts }, faults),
    reset() {
      now = structuredClone(fakeState.tables) as Tables;
      counts = { ...fakeState.created };
    },
    close: () => {},
  };
}

function runTool(now: Tables, counts: Record<string, number>, name: string, args: JsonObject): Reply {
  const schema = manifest.find((tool) => tool.name === name);
  const refuse = (code: string): Reply => ({ type: 'refusal', code, message: `${code}.` });
  if (schema === undefined) return refuse('UNKNOWN_TOOL');
  const required = schema.parameters['required'] as readonly string[];
  if (!required.every((param) => Object.hasOwn(args, param))) return refuse('INVALID_ARGUMENTS');
  const find = (entity: string, where: (row: GuestRow) => boolean): GuestRow[] =>
    (now[entity] ?? []).filter(where);
  const put = (entity: string, key: string, row: GuestRow): Reply => {
    now[entity] = (now[entity] ?? []).map((old) => (old[key] === row[key] ? row : old));
    return { type: 'result', value: row };
  };
  const one = (found: readonly GuestRow[], code: string, use: (row: GuestRow) => Reply): Reply =>
    found[0] === undefined ? refuse(code) : use(found[0]);
  const loan = (use: (row: GuestRow) => Reply): Reply =>
    one(
      find('Loan', (row) => row['loan_id'] === args['loan_id']),
      'LOAN_NOT_FOUND',
      use,
    );
  const word = (param: string): string => (typeof args[param] === 'string' ? args[param] : '');
  const show = (row: GuestRow): Reply => ({ type: 'result', value: row });
  switch (name) {
    case 'get_loan':
      return loan(show);
    case 'find_member_by_email':
      return one(
        find('Member', (row) => row['email'] === args['email']),
        'MEMBER_NOT_FOUND',
        show,
      );
    case 'find_member_by_name_and_phone':
      return one(
        find('Member', (row) => row['name'] === args['name'] && row['phone'] === args['phone']),
        'MEMBER_NOT_FOUND',
        show,
      );
    case 'list_member_loans':
      return { type: 'result', value: find('Loan', (row) => row['member_id'] === args['member_id']) };
    case 'renew_loan':
      return loan((row) =>
        put('Loan', 'loan_id', { ...row, due: '2025-07-01', renewals: Number(row['renewals']) + 1 }),
      );
    case 'set_renewals':
      return loan((row) => put('Loan', 'loan_id', { ...row, renewals: Number(args['renewals']) }));
    case 'return_loans': {
      const ids = args['loan_ids'] as readonly string[];
      now['Loan'] = find('Loan', (row) => !ids.includes(String(row['loan_id'])));
      return { type: 'result', value: { returned: ids.length } };
    }
    case 'change_email':
      return one(
        find('Member', (row) => row['member_id'] === args['member_id']),
        'MEMBER_NOT_FOUND',
        (row) => put('Member', 'member_id', { ...row, email: word('email') }),
      );
    case 'change_hold':
      return one(
        find('Hold', (row) => row['hold_id'] === args['hold_id']),
        'HOLD_NOT_FOUND',
        (row) => put('Hold', 'hold_id', { ...row, status: word('status') }),
      );
    case 'place_hold': {
      const ordinal = counts['Hold'] ?? 0;
      counts['Hold'] = ordinal + 1;
      const row: GuestRow = {
        hold_id: HO(ordinal),
        member_id: word('member_id'),
        title: word('title'),
        status: 'plain',
        note: word('note'),
      };
      now['Hold'] = [...(now['Hold'] ?? []), row];
      return { type: 'result', value: row };
    }
    default:
      return refuse('UNKNOWN_TOOL');
  }
}
