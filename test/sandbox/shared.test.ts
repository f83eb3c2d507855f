// What all sessions of a guest share, and what crosses the boundary, cannot be bent: globals,
// prototypes, the runtime, rows, and data that looks like more than data.
import { describe, expect, it } from 'vitest';
import { createGuest } from '../../sandbox/host.js';
import { loanId, memberId, smallState, withTools } from './small-domain.js';
import { attack, call, kindOf, portrait, setStage, write } from './stage.js';

const hosts = [
  'process',
  'require',
  'console',
  'Buffer',
  'setTimeout',
  'fetch',
  'performance',
  'WebAssembly',
];
const removed = [
  'eval',
  'Function',
  'WeakRef',
  'FinalizationRegistry',
  'Atomics',
  'SharedArrayBuffer',
  'Proxy',
];

const polluters = [
  `Array.prototype.map = () => ['stolen']`,
  `Object.prototype.status = 'closed'`,
  `Object.prototype.toJSON = () => 'stolen'`,
  `Object.defineProperty(Object.prototype, 'fines', { get: () => 1e6 })`,
  `Map.prototype.get = () => undefined`,
  `Map.prototype.set = function () { return this; }`,
  `WeakMap.prototype.get = () => '"stolen"'`,
  `Array.prototype[Symbol.iterator] = function* () {}`,
  `Object.getPrototypeOf([][Symbol.iterator]()).next = () => ({ done: true })`,
  `Array[Symbol.species] = class extends Array {}`,
  `JSON.stringify = () => '1'`,
  `JSON.parse = () => ({})`,
  `globalThis.JSON = {}`,
  `globalThis.stash = db`,
  `String.prototype.slice = () => 'stolen'`,
  `Number.isFinite = () => true`,
  `Object.freeze = (x) => x`,
  `Reflect.ownKeys = () => []`,
  `Date.now = () => 0`,
  `Error.prototype.extra = 1`,
  `Error.prototype.name = 'x'`,
  `RegExp.prototype.exec = () => null`,
  `Promise.prototype.then = () => 1`,
  `Object.setPrototypeOf(Object.prototype, {})`,
  `Object.getPrototypeOf(function* () {}).extra = 1`,
  `db.now = '2030-01-01T00:00Z'`,
  `db.loans = null`,
  `db.loans.get = () => undefined`,
  `db.loans.get.call = () => undefined`,
  `delete db.loans`,
  `ok.call = () => 1`,
  `tables.Loan.key = 'member_id'`,
  `tables.Loan.references.member_id = 'Book'`,
  `tools.lend = () => ok('stolen')`,
  `invariants.fines_not_negative.holds = () => true`,
  `guards.own_loans.give_back = () => true`,
  `db.loans.all()[0].status = 'closed'`,
  `db.loans.get('${loanId(1)}').member_id = 'stolen'`,
  `delete db.loans.get('${loanId(1)}').status`,
  `Object.setPrototypeOf(db.loans.all()[0], { x: 1 })`,
  `args.member_id = 'MB-1'`,
  `args.list.push(1)`,
];

describe('what is shared cannot be changed:', () => {
  it.each(polluters)('%s', async (code) => {
    const { guest, attacker, checkOthers } = await setStage(
      `attack(db, args) { ${code}; return ok('written'); }`,
    );
    const before = portrait(guest, attacker);
    const args = { member_id: memberId(0), list: [1] };
    expect(kindOf(call(guest, attacker, 'attack', args))).toBe('threw');
    expect(portrait(guest, attacker)).toEqual(before);
    checkOthers();
  });

  it('no global of the host and no maker of code is there', async () => {
    const names = JSON.stringify([...hosts, ...removed, 'Intl', 'std', 'os']);
    const { guest, attacker } = await setStage(
      `look: () => ok(${names}.filter((name) => name in globalThis))`,
    );
    expect(call(guest, attacker, 'look')).toEqual({ type: 'result', value: [] });
  });

  it('no constructor leads to code made from text', async () => {
    const samples = [
      '(() => 1)',
      '(function* () {})',
      '(async () => 1)',
      '(async function* () {})',
      'db.loans.get',
    ];
    const paths = ['constructor', 'constructor.constructor', '__proto__.constructor'];
    const tries = samples.flatMap((sample) =>
      paths.map(
        (path) => `() => { const f = ${sample}.${path}('return 1'); return typeof f === 'function' && f(); }`,
      ),
    );
    const { guest, attacker } = await setStage(
      `attack: (db) => ok([${tries.join(',')}].map((run) => { try { return run(); } catch { return false; } }))`,
    );
    const none = { type: 'result', value: tries.map(() => false) };
    expect(call(guest, attacker, 'attack')).toEqual(none);
  });

  it.each([
    'node:fs',
    './../sandbox/guest/runtime.js',
    'guest:/sandbox/guest/runtime.js',
    '../x.js',
    './none.js',
  ])('a module cannot import %s', async (name) => {
    const program = withTools('', `import * as stolen from '${name}'; export { stolen };`);
    await expect(createGuest(program, smallState())).rejects.toThrow('does not load');
  });

  it('the clock stands still at the domain time, dates know no time zone, and nothing is random', async () => {
    const { guest, attacker } = await setStage(
      `look: () => ok([Date.now(), new Date().toISOString(), String(new Date(0)), 'random' in Math,
         'getHours' in Date.prototype, Number.isNaN(Date.parse('2025-01-01T00:00')), new Date(2025, 0, 1).toISOString()])`,
    );
    const now = '2025-06-02T09:00:00.000Z';
    const value = [
      Date.parse(now),
      now,
      '1970-01-01T00:00:00.000Z',
      false,
      false,
      true,
      '2025-01-01T00:00:00.000Z',
    ];
    expect(call(guest, attacker, 'look')).toEqual({ type: 'result', value });
  });

  it('an error of its own class can be named', async () => {
    const { guest, attacker } = await setStage(
      `look() { class Own extends Error { constructor() { super('m'); this.name = 'Own'; this.message = 'n'; } } return ok(String(new Own())); }`,
    );
    expect(call(guest, attacker, 'look')).toEqual({ type: 'result', value: 'Own: n' });
  });

  it('lists handed to a tool are its own: emptying them changes no later list', async () => {
    const { guest, attacker, checkOthers } = await setStage(
      `attack(db, args) {
         ${write}
         for (let round = 0; round < 2; round++)
           for (const list of [db.loans.all(), db.members.all(), db.loans.where('member_id', '${memberId(0)}')]) {
             list.length = 0;
             list.push({ fines: 5 });
           }
         return ok(db.members.all().length);
       }`,
    );
    const args = { member_id: memberId(0) };
    expect(call(guest, attacker, 'attack', args)).toEqual({ type: 'result', value: 6 });
    expect(call(guest, attacker, 'total_fines')).toEqual({ type: 'result', value: 105 });
    checkOthers();
  });

  it('a db kept by one session reads and writes only for the session that runs', async () => {
    const { guest, attacker, checkOthers } = await setStage(
      `keep(db) { kept = db; return ok(true); },
       use(db, args) { return ok([kept.members.must(args.member_id).fines, kept === db]); }`,
      'let kept = null;',
    );
    call(guest, attacker, 'keep');
    const used = call(guest, guest.open(), 'use', { member_id: memberId(0) });
    expect(used).toEqual({ type: 'result', value: [0, true] });
    checkOthers();
  });

  it('guards and invariants that write are faults and leave no trace', async () => {
    const { modules } = withTools('');
    const sly = `db.members.put({ ...db.members.all()[0], fines: -1 })`;
    const guards = `export const guards = { sly: { fine: (db) => ${sly} } };
      export const invariants = { sly: { of: null, holds: (db) => ${sly}, touchedBy: { Member: 'all' } } };`;
    const guest = await createGuest({ modules: { ...modules, 'guards.js': guards } }, smallState());
    const session = guest.open();
    const broken = { ok: false, fault: { boundary: 'sandbox', kind: 'threw' } };
    expect(guest.violatedGuards(session, 'fine', '{}', null)).toMatchObject(broken);
    expect(guest.brokenInvariants(session, 'all')).toMatchObject(broken);
    expect(guest.state(session)).toEqual({ ok: true, value: smallState() });
  });
});

describe('odd rows, arguments and results come through as data:', () => {
  it('__proto__ in a result or an argument is a plain key and changes no object of the host', async () => {
    const { guest, attacker, checkOthers } = await setStage(
      `attack: () => ok(JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')),
       echo: (db, args) => ok(args)`,
    );
    expect(JSON.stringify(call(guest, attacker, 'attack'))).toContain('"__proto__":{"polluted":1}');
    const text = '{"__proto__":{"polluted":1},"x":"y"}';
    expect(JSON.stringify(guest.call(attacker, 'echo', text))).toBe(`{"type":"result","value":${text}}`);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    checkOthers();
  });

  it('NUL, lone surrogates and emoji cross both ways unharmed', async () => {
    const { guest, attacker } = await setStage(
      `echo: (db, args) => ok(args), length: (db, { text }) => ok(text.length)`,
    );
    for (const text of ['a\0b', '\0', '\ud800', '😀é', '\u2028\n"\\', 'x'.repeat(100_000)]) {
      expect(call(guest, attacker, 'echo', { text })).toEqual({ type: 'result', value: { text } });
      expect(call(guest, attacker, 'length', { text })).toEqual({ type: 'result', value: text.length });
    }
    expect(() => guest.call(attacker, 'echo', '{}\0{"a":1}')).toThrow('NUL');
  });

  it.each(['{}', '[1]', 'NaN', 'undefined', '1n', '() => 1', 'Symbol()', 'new Date(0)', 'Infinity'])(
    'a row with %s in it is refused, and the write before it is undone',
    async (value) => {
      const tool = `attack(db, args) { ${write} db.books.put({ ...db.books.all()[0], title: ${value} }); return ok(1); }`;
      expect(await attack(tool)).toEqual(['threw', 'threw']);
    },
  );

  it.each([
    `db.members.put({ member_id: 'MB-1' })`,
    `db.members.put({ ...db.members.must(args.member_id), member_id: 'MB-1' })`,
    `db.members.put(null)`,
    `db.loans.add({ loan_id: '${loanId(0)}' })`,
    `db.loans.remove('LN-1')`,
    `db.loans.remove('${loanId(0)}'); db.loans.remove('${loanId(0)}')`,
    `db.loans.must('LN-1')`,
  ])('a write that no table allows is a fault: %s', async (bad) => {
    const tool = `attack(db, args) { ${write} ${bad}; return ok(1); }`;
    expect(await attack(tool)).toEqual(['threw', 'threw']);
  });

  it('a row with getters is copied once, and keeping it gives no way to change the table', async () => {
    const { guest, attacker } = await setStage(
      `attack(db, args) {
         let reads = 0;
         const row = { ...db.members.must(args.member_id), get fines() { return ++reads; } };
         db.members.put(row);
         row.name = 'changed';
         return ok([db.members.must(args.member_id).fines, db.members.must(args.member_id).fines, reads]);
       }`,
    );
    const args = { member_id: memberId(0) };
    expect(call(guest, attacker, 'attack', args)).toEqual({ type: 'result', value: [1, 1, 1] });
    expect(call(guest, attacker, 'get_member', args)).toMatchObject({ value: { name: 'Ada 0', fines: 1 } });
  });
});
