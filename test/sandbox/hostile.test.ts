// Attacks on the sandbox from inside a tool. After each: the process lives, the caller has a typed
// fault, the attacker's session is as before its call, and other sessions and guests are right by value.
import { describe, expect, it } from 'vitest';
import type { Guest, Limits, Reply } from '../../sandbox/guest-api.js';
import { createGuest } from '../../sandbox/host.js';
import { bookId, loanId, memberId, smallState, withTools } from './small-domain.js';

const call = (guest: Guest, session: number, tool: string, args: object = {}): Reply =>
  guest.call(session, tool, JSON.stringify(args));

const kindOf = (reply: Reply): string => (reply.type === 'fault' ? reply.fault.kind : reply.type);

/** Everything that a session is, by value. */
const portrait = (guest: Guest, session: number): unknown => [guest.state(session), guest.diff(session)];

interface Stage {
  readonly guest: Guest;
  readonly attacker: number;
  /** Asserts that nobody but the attacker was ever touched. */
  checkOthers(): void;
}

/** A guest with hostile tools, an attacker and three bystanders: a session, its fork and another guest. */
async function setStage(tools: string, after = '', limits: Partial<Limits> = {}): Promise<Stage> {
  const guest = await createGuest(withTools(tools, after), smallState(), limits);
  const other = await createGuest(withTools(tools, after), smallState());
  const attacker = guest.open();
  const victim = guest.open();
  const elsewhere = other.open();
  call(guest, attacker, 'fine', { member_id: memberId(0), cents: 10 });
  call(guest, victim, 'lend', { member_id: memberId(1), book_id: bookId(1) });
  call(guest, victim, 'give_back', { loan_id: loanId(0) });
  const fork = guest.fork(victim);
  call(guest, fork, 'fine', { member_id: memberId(2), cents: 7 });
  call(other, elsewhere, 'lend', { member_id: memberId(3), book_id: bookId(3) });
  const all: readonly (readonly [Guest, number])[] = [
    [guest, victim],
    [guest, fork],
    [other, elsewhere],
  ];
  const before = all.map(([where, session]) => portrait(where, session));
  return {
    guest,
    attacker,
    checkOthers() {
      expect(all.map(([where, session]) => portrait(where, session))).toEqual(before);
      for (const [where, session] of all) {
        const trial = where.fork(session);
        const lent = call(where, trial, 'lend', { member_id: memberId(4), book_id: bookId(5) });
        const due = '2025-06-16T09:00Z';
        expect(lent).toMatchObject({
          type: 'result',
          value: { member_id: memberId(4), book_id: bookId(5), due, status: 'open' },
        });
        expect(call(where, trial, 'total_fines')).toEqual({
          type: 'result',
          value: session === fork ? 13 : 6,
        });
        expect(where.brokenInvariants(trial, 'changed')).toEqual({ ok: true, value: [] });
        where.close(trial);
      }
      const fresh = guest.open();
      expect(guest.state(fresh)).toEqual({ ok: true, value: smallState() });
    },
  };
}

/** Runs one attack and checks all that must hold after it. */
async function survives(tools: string, kind: string, after = '', limits?: Partial<Limits>): Promise<void> {
  const { guest, attacker, checkOthers } = await setStage(tools, after, limits);
  const before = portrait(guest, attacker);
  for (let round = 0; round < 2; round++) {
    const reply = call(guest, attacker, 'attack', { member_id: memberId(0) });
    expect(kindOf(reply)).toBe(kind);
    if (reply.type === 'fault')
      expect(reply.fault.message).not.toMatch(/quickjs|stack overflow|undefined|:\d/i);
    expect(portrait(guest, attacker)).toEqual(before);
    expect(call(guest, attacker, 'fine', { member_id: memberId(5), cents: 0 }).type).toBe('result');
    checkOthers();
  }
}

const write = `db.members.put({ ...db.members.must(args.member_id), fines: 99 });`;

describe('an attack from inside a tool ends as a typed fault and touches nobody else:', () => {
  it('an endless loop after a write', () => survives(`attack(db, args) { ${write} for (;;); }`, 'fuel'));

  it('an endless loop that catches its own interruption', () =>
    survives(
      `attack(db, args) { for (;;) { try { ${write} for (;;); } catch { continue; } finally { for (;;); } } }`,
      'fuel',
    ));

  it('an endless generator', () =>
    survives(`attack() { const g = (function* () { for (;;) yield 1; })(); for (const x of g) x; }`, 'fuel'));

  it('a regular expression that backtracks without end', () =>
    survives(`attack() { return ok(/^(a+)+$/.test('a'.repeat(60) + 'b')); }`, 'fuel'));

  it('a comparison function that never ends a sort', () =>
    survives(`attack() { return ok([3, 1, 2].sort(() => { for (;;); })); }`, 'fuel'));

  it('a memory bomb', () =>
    survives(
      `attack(db, args) { ${write} const all = []; for (;;) all.push(new Array(10000).fill(1)); }`,
      'memory',
    ));

  it('a memory bomb that catches every refusal and keeps what it has', () =>
    survives(
      `attack() { for (;;) try { for (;;) hoard.push(new Array(10000).fill(1)); } catch (e) { if (hoard.length > 100) throw e; } }`,
      'memory',
      'const hoard = [];',
    ));

  it('a huge string', () => survives(`attack() { let s = 'x'; for (;;) s += s; }`, 'memory'));

  it('a huge buffer', () => survives(`attack() { return ok(new ArrayBuffer(2 ** 31)); }`, 'threw'));

  it('a huge BigInt', () => survives(`attack() { return ok(String(2n ** (2n ** 40n))); }`, 'threw'));

  it('deep recursion', () =>
    survives(`attack(db, args) { ${write} const f = () => 1 + f(); return ok(f()); }`, 'stack'));

  it('deep recursion with wide frames', () =>
    survives(`attack() { const f = (...a) => 1 + f(...a, 1, 2, 3); return ok(f()); }`, 'stack'));

  it('deeply nested JSON to read', () =>
    survives(`attack() { return ok(JSON.parse('['.repeat(200000))); }`, 'stack'));

  it('deeply nested JSON to write', () =>
    survives(
      `attack() { let a = []; for (let i = 0; i < 100000; i++) a = [a]; return ok(JSON.stringify(a)); }`,
      'stack',
    ));

  it('deep JSON where the engine may go deeper than V8, which then traps', () =>
    survives(
      `attack() { try { return ok(JSON.parse('['.repeat(200000))); } catch { return ok(1); } }`,
      'stack',
      '',
      {
        stack: 384 * 1024,
      },
    ));

  it('a deeply nested result', () =>
    survives(`attack() { let a = []; for (let i = 0; i < 1000; i++) a = [a]; return ok(a); }`, 'not-json'));

  it('a result that contains itself', () =>
    survives(`attack() { const a = {}; a.a = a; return ok(a); }`, 'not-json'));

  it('a flood of promises', () =>
    survives(
      `attack() { for (let i = 0; i < 1e4; i++) Promise.resolve().then(() => i); return ok(1); }`,
      'async',
    ));

  it('a promise that would write later', () =>
    survives(`attack(db, args) { Promise.resolve().then(() => { ${write} }); return ok(1); }`, 'async'));

  it('an asynchronous tool', () => survives(`async attack(db, args) { ${write} return ok(1); }`, 'not-json'));

  it('import() of anything', () =>
    survives(
      `attack() { import('node:fs').then((fs) => fs.writeFileSync('/tmp/x', '')); return ok(1); }`,
      'async',
    ));

  it('a result bomb made of one string', () =>
    survives(`attack() { return ok('x'.repeat(5000000)); }`, 'too-large'));

  it('a result bomb made of many parts', () =>
    survives(
      `attack() { const a = new Array(1000).fill('x'.repeat(1000)); return ok(new Array(100).fill(a)); }`,
      'too-large',
    ));

  it('results that are not JSON', async () => {
    const values = [
      'NaN',
      '1n',
      'undefined',
      '() => 1',
      'Symbol.iterator',
      'new Map()',
      '[undefined]',
      'new Date(0)',
    ];
    values.push('{ a: undefined }', '{ toJSON: () => 1 }', 'Infinity', '[, 1]', 'db', 'db.members');
    for (const value of values)
      await survives(`attack(db, args) { ${write} return ok(${value}); }`, 'not-json');
  });

  it('replies that are no reply', async () => {
    for (const reply of ['undefined', 'null', '1', '"="', '{}', '{ ok: 1, value: 1 }', 'fail(1, 2)', '[]']) {
      await survives(`attack(db, args) { ${write} return ${reply}; }`, 'not-json');
    }
  });

  it('a getter in the reply that throws after writing', () =>
    survives(
      `attack(db, args) { return { ok: true, get value() { ${write} throw new Error('x'); } }; }`,
      'threw',
    ));

  it('an error that cannot be told', () =>
    survives(
      `attack(db, args) { ${write} throw Object.create(Error.prototype, { stack: { get() { throw 1; } }, message: { get() { throw 2; } } }); }`,
      'threw',
    ));

  it('an engine error thrown on purpose', () =>
    survives(`attack(db, args) { ${write} throw new InternalError('interrupted'); }`, 'memory'));
});

describe('what is shared cannot be changed:', () => {
  const hosts = [
    'process',
    'require',
    'console',
    'Buffer',
    'setTimeout',
    'fetch',
    'performance',
    'WebAssembly',
    'std',
    'os',
  ];
  const removed = [
    'eval',
    'Function',
    'WeakRef',
    'FinalizationRegistry',
    'Atomics',
    'SharedArrayBuffer',
    'Proxy',
    'Intl',
  ];

  it('no global of the host and no maker of code is there', async () => {
    const names = [...hosts, ...removed];
    const { guest, attacker } = await setStage(
      `look: () => ok(${JSON.stringify(names)}.filter((name) => name in globalThis))`,
    );
    expect(call(guest, attacker, 'look')).toEqual({ type: 'result', value: [] });
  });

  it('no constructor leads to code made from text', async () => {
    const samples = [
      '(() => 1)',
      '(function* () {})',
      '(async () => 1)',
      '(async function* () {})',
      'db.members.get',
      'Object',
    ];
    for (const sample of samples) {
      for (const path of ['constructor', 'constructor.constructor', '__proto__.constructor']) {
        const { guest, attacker } = await setStage(
          `attack(db) { const made = ${sample}.${path}('return globalThis'); return ok(typeof made === 'function' ? typeof made() : 'no code'); }`,
        );
        const reply = call(guest, attacker, 'attack');
        expect(['fault', 'no code']).toContain(reply.type === 'result' ? reply.value : reply.type);
      }
    }
  });

  it('a tool cannot import the runtime or a module of the host', async () => {
    for (const name of [
      'node:fs',
      './../sandbox/guest/runtime.js',
      'guest:/sandbox/guest/runtime.js',
      '../x.js',
      './main.js',
    ]) {
      const program = withTools('', `import * as stolen from '${name}'; globalThis.x = stolen;`);
      await expect(createGuest(program, smallState())).rejects.toThrow('does not load');
    }
  });

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
    `Math.max = () => 0`,
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
    `db.loans.all()[0].status = 'closed'`,
    `db.loans.get('${loanId(1)}').member_id = 'stolen'`,
    `delete db.loans.get('${loanId(1)}').status`,
    `Object.setPrototypeOf(db.loans.all()[0], { x: 1 })`,
    `args.member_id = 'MB-1'`,
    `args.list.push(1)`,
    `tools.lend = () => ok('stolen')`,
    `addMinutes.call = 1`,
  ];
  it.each(polluters)('%s', async (attack) => {
    const { guest, attacker, checkOthers } = await setStage(
      `attack(db, args) { ${attack}; return ok('written'); }`,
    );
    const before = portrait(guest, attacker);
    const reply = call(guest, attacker, 'attack', { member_id: memberId(0), list: [1] });
    // The tools object and functions of other modules are the tool's own; they may change, to no effect.
    if (!/^(tools|addMinutes)/.test(attack)) expect(kindOf(reply)).toBe('threw');
    expect(portrait(guest, attacker)).toEqual(before);
    checkOthers();
  });

  it('lists handed to a tool are its own: emptying them changes no later list', async () => {
    const { guest, attacker, checkOthers } = await setStage(
      `attack(db, args) { ${write} for (const list of [db.loans.all(), db.members.all(), db.loans.where('member_id', '${memberId(0)}')]) { list.length = 0; list.push({ fines: 5 }); } return ok(db.members.all().length); }`,
    );
    expect(call(guest, attacker, 'attack', { member_id: memberId(0) })).toEqual({ type: 'result', value: 6 });
    expect(call(guest, attacker, 'total_fines')).toEqual({ type: 'result', value: 105 });
    checkOthers();
  });

  it('a db kept by one session reads and writes only for the session that runs', async () => {
    const { guest, attacker, checkOthers } = await setStage(
      `keep(db) { kept = db; return ok(true); },
       use(db, args) { const { fines } = kept.members.must(args.member_id); return ok([fines, kept === db]); }`,
      'let kept = null;',
    );
    call(guest, attacker, 'keep');
    const other = guest.open();
    expect(call(guest, other, 'use', { member_id: memberId(0) })).toEqual({
      type: 'result',
      value: [0, true],
    });
    checkOthers();
  });

  it('guards and invariants that write are faults and leave no trace', async () => {
    const program = withTools('');
    const sly = `db.members.put({ ...db.members.all()[0], fines: -1 })`;
    const guards = `export const guards = { sly: { fine: (db) => ${sly} } };
      export const invariants = { sly: { of: null, holds: (db) => ${sly}, touchedBy: { Member: 'all' } } };`;
    const guest = await createGuest({ modules: { ...program.modules, 'guards.js': guards } }, smallState());
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
    const reply = call(guest, attacker, 'attack');
    expect(JSON.stringify(reply)).toContain('"__proto__":{"polluted":1}');
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

  it('rows that are not flat JSON are refused, and the write before them is undone', async () => {
    const values = ['{}', '[1]', 'NaN', 'undefined', '1n', '() => 1', 'Symbol()', 'new Date(0)', 'Infinity'];
    for (const value of values) {
      await survives(
        `attack(db, args) { ${write} db.books.put({ ...db.books.all()[0], title: ${value} }); return ok(1); }`,
        'threw',
      );
    }
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

  it('writes that no table allows are faults: unknown rows, foreign ids, double removal', async () => {
    for (const bad of [
      `db.members.put({ member_id: 'MB-1' })`,
      `db.members.put({ ...db.members.must(args.member_id), member_id: 'MB-1' })`,
      `db.members.put(null)`,
      `db.loans.add({ loan_id: '${loanId(0)}' })`,
      `db.loans.remove('LN-1')`,
      `db.loans.remove('${loanId(0)}'); db.loans.remove('${loanId(0)}')`,
      `db.loans.must('LN-1')`,
    ]) {
      await survives(`attack(db, args) { ${write} ${bad}; return ok(1); }`, 'threw');
    }
  });
});

describe('hostile modules do not load', () => {
  it.each([
    ['an endless loop', 'for (;;);'],
    ['a memory bomb', 'const a = []; for (;;) a.push(new Array(10000).fill(1));'],
    ['an await at top level', 'await new Promise(() => 1);'],
    ['a syntax error', 'const const = 1;'],
    ['a throw', 'throw new Error("x");'],
  ])('%s', async (_, code) => {
    await expect(createGuest(withTools('', code), smallState())).rejects.toThrow('does not load');
    const guest = await createGuest(withTools(''), smallState());
    expect(guest.state(guest.open())).toEqual({ ok: true, value: smallState() });
  });
});
