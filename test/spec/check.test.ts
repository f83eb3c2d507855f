// The checker as a whole: all problems at once with path, line and hint; what a right spec becomes;
// and that no input at all makes it throw.
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { formatIssue } from '../../src/core/result.js';
import { checkSpec } from '../../src/spec/check.js';
import { readSpec } from '../../src/spec/read.js';
import { hasSpecForm } from '../../src/spec/schema.js';
import { boatHire, boatHireDomain, problemsOf } from './boat-hire.js';
import type { Domain, Expr, Policy } from '../../src/spec/model.js';

const domains = ['library', 'veterinary-clinic'].map((name) => readFileSync(`domains/${name}.yaml`, 'utf8'));

it('reports every problem of a badly broken spec in one run, in the order of the source', () => {
  const broken = `format: toolgrove.domain-spec/1.0
id: Boat Hire
title: Lakeside Boat Hire
clock: tomorrow
caller: Gest
entities:
  Guest:
    n: 12
    find: [[emial]]
    attrs:
      name: {type: string, gen: person.fullNam, known: true}
      email: {type: strng}
  Boat:
    n: many
    attrs:
      seats: {type: int, min: 9, max: 2}
  Hire:
    n: 14
    atrs: {}
    attrs:
      guest: {type: ref, to: Gest}
      due: {type: datetime}
    states: {init: open, events: {close: [opn, closed]}}
tools:
  extend_hire:
    doc: Give a guest more time.
    params: {hire_id: Hire, hours: {type: int}}
    require:
      - [hire.status == 'opened', hire_not_open, The hire is not open.]
    do:
      - fire: hire.clos
      - set: {hire.due: hire.due + hours}
    return: hir
  Drop:
    params: {}
    return: 1
policies:
  - {id: own, kind: gaurd, on: [extend_hire], require: subject == caller, text: Only own hires.}
  - {id: sure, kind: confirm, on: [extend_hires], text: Ask first.}
invariants:
  - "all(Hire h: h.du > now)"
  - {id: late, hold: "true"}
say:
  tools: {extend_hire: {ask: ["more time for {hirre}"]}}
`;
  expect(problemsOf(broken)).toEqual([
    "2 id: 'Boat Hire' is no good name: it is written in lower case, words joined by dashes",
    "4 clock: 'tomorrow' is no moment; write it as 2025-06-02T09:00Z",
    "5 caller: there is no entity 'Gest' (did you mean 'Guest'?)",
    "9 entities.Guest.find[0][0]: a Guest has no 'emial' (did you mean 'email'?)",
    "11 entities.Guest.attrs.name.gen: no generator 'person.fullNam' (did you mean 'person.fullName'?)",
    "12 entities.Guest.attrs.email.type: 'strng' is not one of string, text, int, money, bool, date, datetime, enum, ref (did you mean 'string'?)",
    "14 entities.Boat.n: 'many' where a whole number is expected",
    "19 entities.Hire.atrs: unknown key 'atrs' (did you mean 'attrs'?)",
    "21 entities.Hire.attrs.guest.to: there is no entity 'Gest' (did you mean 'Guest'?)",
    "23 entities.Hire.states.init: no event starts from the first state 'open' (did you mean 'opn'?)",
    "29 tools.extend_hire.require[0][1]: 'hire_not_open' is no good name: it is written in capitals, words joined by _",
    "29 tools.extend_hire.require[0][0]: 'opened' is not one of open, opn, closed (did you mean 'open'?)",
    "31 tools.extend_hire.do[0].fire: a Hire has no event 'clos' (did you mean 'close'?)",
    `32 tools.extend_hire.do[1].set["hire.due"]: '+' has no meaning between a datetime and an int`,
    "33 tools.extend_hire.return: there is no 'hir' here (did you mean 'hire'?)",
    "34 tools.Drop: 'Drop' is no good name: it is written in lower case, words joined by _, beginning with a letter",
    "34 tools.Drop: 'doc' is missing",
    "38 policies[0].kind: 'gaurd' is not one of verify, guard, confirm, precede, escalate, compute, conceal (did you mean 'guard'?)",
    "39 policies[1].on[0]: there is no tool 'extend_hires' (did you mean 'extend_hire'?)",
    "41 invariants[0]: a Hire has no 'du' (did you mean 'due'?)",
    "42 invariants[1]: 'holds' is missing",
    "42 invariants[1].hold: unknown key 'hold' (did you mean 'holds'?)",
    "44 say.tools.extend_hire.ask[0]: {hirre} stands for nothing; slots here: hire, hours (did you mean 'hire'?)",
  ]);
});

describe('a right spec', () => {
  it('has names, prefixes and columns as code and data spell them', () => {
    const { entities } = boatHireDomain();
    expect(entities.map(({ name, table, key, prefix }) => [name, table, key, prefix])).toEqual([
      ['Guest', 'guests', 'guest_id', 'GU'],
      ['Boat', 'boats', 'boat_id', 'BO'],
      ['Hire', 'hires', 'hire_id', 'HI'],
    ]);
    const columns = entities[2]?.columns.map(({ column, role, match }) => [column, role, match]);
    expect(columns).toEqual([
      ['hire_id', 'key', 'hard'],
      ['guest_id', 'reference', 'hard'],
      ['boat_id', 'reference', 'hard'],
      ['skipper_id', 'reference', 'hard'],
      ['due', 'value', 'hard'],
      ['deposit', 'value', 'hard'],
      ['note', 'value', 'exempt'],
      ['status', 'status', 'hard'],
    ]);
  });

  it('gives a create what it leaves out: the default, or null', () => {
    const read = readSpec(
      boatHire
        .replace('note: {type: text, optional: true}', 'note: {type: text, nullable: true, default: null}')
        .replace('"int:2000..9000/500"}', '"int:2000..9000/500", default: 2500}')
        .replace(', skipper: skipper, due: until, deposit: 5000}', ', due: until}'),
    );
    if (!read.ok) throw new Error(read.error.map((issue) => formatIssue(issue)).join('\n'));
    const tool = read.value.tools.find((one) => one.name === 'hire_boat');
    const created = tool?.kind === 'spec' ? tool.body.find((one) => one.kind === 'create') : undefined;
    const values = Object.entries(created?.kind === 'create' ? created.values : {});
    expect(
      values.flatMap(([column, expr]) => (expr.kind === 'literal' ? [[column, expr.value]] : [])),
    ).toEqual([
      ['skipper_id', null],
      ['deposit', 2500],
      ['note', null],
    ]);
  });

  it('brings the read tools that its entities ask for', () => {
    const { tools } = boatHireDomain();
    const derived = tools.flatMap((tool) => (tool.kind === 'derived' ? [tool] : []));
    expect(
      derived.map(({ name, params }) => `${name}(${params.map((param) => param.name).join(', ')})`),
    ).toEqual([
      'get_guest(guest_id)',
      'find_guest_by_email(email)',
      'find_guest_by_name_and_phone(name, phone)',
      'get_boat(boat_id)',
      'search_boats(class, status)',
      'get_hire(hire_id)',
      'list_guest_hires(guest_id)',
    ]);
  });

  it('gives refusals of events a code and a message by their states', () => {
    const events = boatHireDomain().entities.flatMap(({ machine }) => machine?.events ?? []);
    expect(events.map(({ name, code, message }) => [name, code, message])).toContainEqual([
      'close',
      'HIRE_NOT_OPEN',
      'The hire is not open.',
    ]);
  });

  it('resolves policies to tools, finds, shared parameters and conditions for each tool', () => {
    const { policies } = boatHireDomain();
    const policy = (id: string): Policy | undefined => policies.find((one) => one.id === id);
    expect(policy('verify')).toMatchObject({
      on: ['hire_boat', 'extend_hire', 'land_boats', 'drop_boat'],
      finds: ['find_guest_by_email', 'find_guest_by_name_and_phone'],
    });
    expect(policy('look')).toMatchObject({ first: 'get_boat', shared: [['boat_id', 'boat_id']] });
    // subject is the shortest path to a guest: hire.guest.
    expect(policy('own')).toMatchObject({
      holds: {
        extend_hire: {
          left: { kind: 'member', attr: 'guest', of: { kind: 'variable', name: 'hire' } },
          right: { kind: 'variable', name: 'caller' },
        },
      },
    });
  });

  it('marks what it proved to be there, and nothing else', () => {
    const marked: string[] = [];
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      const expr = value as Expr;
      if ('present' in expr && expr.kind === 'member') marked.push(expr.attr);
      Object.values(value).forEach(visit);
    };
    visit(boatHireDomain().tools.filter((tool) => tool.kind === 'spec'));
    expect(marked).toEqual(['skipper']);
  });

  it.each(domains.concat(boatHire))(
    'normalises to a source that is right and means the same (%#)',
    (text) => {
      const first = readSpec(text);
      if (!first.ok) throw new Error(first.error.map((issue) => formatIssue(issue)).join('\n'));
      const again = checkSpec(JSON.parse(JSON.stringify(first.value.spec)));
      expect(again).toEqual({ ok: true, value: first.value } satisfies { ok: true; value: Domain });
    },
  );
});

describe('any input', () => {
  // A right spec in which some values were replaced by anything.
  const base: unknown = parse(boatHire);
  const paths = allPaths(base);
  const damaged = fc
    .array(fc.tuple(fc.constantFrom(...paths), fc.jsonValue({ maxDepth: 2 })), { minLength: 1, maxLength: 3 })
    .map((changes) => {
      const copy: unknown = structuredClone(base);
      for (const [path, value] of changes) replace(copy, path, value);
      return copy;
    });

  it('gives a domain or a list of problems, never an exception', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.anything(), damaged), (value) => {
        const checked = checkSpec(value);
        expect(checked.ok || checked.error.length > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('has each problem of form explained, where ajv finds any', () => {
    fc.assert(
      fc.property(damaged, (value) => {
        const checked = checkSpec(value);
        if (hasSpecForm(value)) return;
        const vague = 'this has not the form of a domain spec';
        expect(checked.ok ? [vague] : checked.error.map((issue) => issue.message)).not.toContain(vague);
      }),
      { numRuns: 300 },
    );
  });
});

function allPaths(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    ...(path.length > 0 ? [path] : []),
    ...Object.entries(value).flatMap(([key, item]) => allPaths(item, [...path, key])),
  ];
}

function replace(tree: unknown, path: readonly string[], value: unknown): void {
  let holder = tree;
  for (const key of path.slice(0, -1)) {
    if (typeof holder !== 'object' || holder === null) return;
    holder = (holder as Record<string, unknown>)[key];
  }
  const last = path.at(-1);
  if (typeof holder === 'object' && holder !== null && last !== undefined)
    (holder as Record<string, unknown>)[last] = value;
}
