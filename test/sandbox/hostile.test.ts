// Attacks on the sandbox from inside a tool. After each: the process lives, the caller has a typed
// fault, the attacker's session is as before its call, and other sessions and guests are right by value.
import { describe, expect, it } from 'vitest';
import type { Limits } from '../../sandbox/guest-api.js';
import { createGuest } from '../../sandbox/host.js';
import { smallState, withTools } from './small-domain.js';
import { attack, write } from './stage.js';

interface Attack {
  readonly name: string;
  readonly kind: string;
  readonly tool: string;
  /** Code beside the tools. */
  readonly after?: string;
  readonly limits?: Partial<Limits>;
}

const attacks: readonly Attack[] = [
  { name: 'an endless loop after a write', kind: 'fuel', tool: `attack(db, args) { ${write} for (;;); }` },
  {
    name: 'an endless loop that catches its own interruption',
    kind: 'fuel',
    tool: `attack(db, args) { for (;;) { try { ${write} for (;;); } catch { continue; } finally { for (;;); } } }`,
  },
  {
    name: 'an endless generator',
    kind: 'fuel',
    tool: `attack() { const g = (function* () { for (;;) yield 1; })(); for (const x of g) x; }`,
  },
  {
    name: 'a regular expression that backtracks without end',
    kind: 'fuel',
    tool: `attack() { return ok(/^(a+)+$/.test('a'.repeat(60) + 'b')); }`,
  },
  {
    name: 'a comparison function that never ends a sort',
    kind: 'fuel',
    tool: `attack() { return ok([3, 1, 2].sort(() => { for (;;); })); }`,
  },
  {
    name: 'a memory bomb',
    kind: 'memory',
    tool: `attack(db, args) { ${write} const all = []; for (;;) all.push(new Array(10000).fill(1)); }`,
  },
  {
    name: 'a memory bomb that keeps what it has after the refusal',
    kind: 'memory',
    tool: `attack() { for (;;) hoard.push(new Array(10000).fill(1)); }`,
    after: 'const hoard = [];',
  },
  { name: 'a huge string', kind: 'memory', tool: `attack() { let s = 'x'; for (;;) s += s; }` },
  { name: 'a huge buffer', kind: 'threw', tool: `attack() { return ok(new ArrayBuffer(2 ** 31)); }` },
  { name: 'a huge BigInt', kind: 'threw', tool: `attack() { return ok(String(2n ** (2n ** 40n))); }` },
  {
    name: 'deep recursion',
    kind: 'stack',
    tool: `attack(db, args) { ${write} const f = () => 1 + f(); return ok(f()); }`,
  },
  {
    name: 'deep recursion with wide frames',
    kind: 'stack',
    tool: `attack() { const f = (...a) => 1 + f(...a, 1, 2, 3); return ok(f()); }`,
  },
  {
    name: 'deeply nested JSON to read',
    kind: 'stack',
    tool: `attack() { return ok(JSON.parse('['.repeat(200000))); }`,
  },
  {
    name: 'deeply nested JSON to write',
    kind: 'stack',
    tool: `attack() { let a = []; for (let i = 0; i < 100000; i++) a = [a]; return ok(JSON.stringify(a)); }`,
  },
  {
    name: 'deep JSON where the engine may go deeper than V8, which then traps',
    kind: 'stack',
    tool: `attack() { try { return ok(JSON.parse('['.repeat(200000))); } catch { return ok(1); } }`,
    limits: { stack: 384 * 1024 },
  },
  {
    name: 'a deeply nested result',
    kind: 'not-json',
    tool: `attack() { let a = []; for (let i = 0; i < 1000; i++) a = [a]; return ok(a); }`,
  },
  {
    name: 'a result that contains itself',
    kind: 'not-json',
    tool: `attack() { const a = {}; a.a = a; return ok(a); }`,
  },
  {
    name: 'a flood of promises',
    kind: 'async',
    tool: `attack() { for (let i = 0; i < 1e4; i++) Promise.resolve().then(() => i); return ok(1); }`,
  },
  {
    name: 'a promise that would write later',
    kind: 'async',
    tool: `attack(db, args) { Promise.resolve().then(() => { ${write} }); return ok(1); }`,
  },
  {
    name: 'an asynchronous tool',
    kind: 'not-json',
    tool: `async attack(db, args) { ${write} return ok(1); }`,
  },
  {
    name: 'import() of a module of the host',
    kind: 'async',
    tool: `attack() { import('node:fs').then((fs) => fs.writeFileSync('/tmp/x', '')); return ok(1); }`,
  },
  {
    name: 'a result bomb made of one string',
    kind: 'too-large',
    tool: `attack() { return ok('x'.repeat(5000000)); }`,
  },
  {
    name: 'a result bomb made of many parts',
    kind: 'too-large',
    tool: `attack() { const a = new Array(1000).fill('x'.repeat(1000)); return ok(new Array(100).fill(a)); }`,
  },
  {
    name: 'a getter in the reply that throws after writing',
    kind: 'threw',
    tool: `attack(db, args) { return { ok: true, get value() { ${write} throw new Error('x'); } }; }`,
  },
  {
    name: 'an error that cannot be told',
    kind: 'threw',
    tool: `attack(db, args) { ${write} throw Object.create(Error.prototype, { message: { get() { throw 2; } } }); }`,
  },
  {
    name: "an engine's error thrown on purpose",
    kind: 'memory',
    tool: `attack(db, args) { ${write} throw new InternalError('interrupted'); }`,
  },
];

const notJson = ['NaN', '1n', 'undefined', '() => 1', 'Symbol.iterator', 'new Map()', '[undefined]'];
notJson.push('new Date(0)', '{ a: undefined }', '{ toJSON: () => 1 }', 'Infinity', '[, 1]', 'db.members');
const noReply = ['undefined', 'null', '1', '"="', '{}', '{ ok: 1, value: 1 }', 'fail(1, 2)', '[]'];

describe('an attack from inside a tool ends as a typed fault and touches nobody else:', () => {
  it.each(attacks)('$name', async ({ kind, tool, after, limits }) => {
    expect(await attack(tool, after, limits)).toEqual([kind, kind]);
  });

  it.each(notJson)('the result %s', async (value) => {
    const tool = `attack(db, args) { ${write} return ok(${value}); }`;
    expect(await attack(tool)).toEqual(['not-json', 'not-json']);
  });

  it.each(noReply)('the reply %s', async (reply) => {
    const tool = `attack(db, args) { ${write} return ${reply}; }`;
    expect(await attack(tool)).toEqual(['not-json', 'not-json']);
  });

  it.each([64, 32])('a guest gets no more than the %d megabytes that are its cap', async (megabytes) => {
    const tool = `attack() {
      const all = [];
      try { for (;;) all.push(new Array(10000).fill(1)); } catch { return ok(all.length * 80000); }
    }`;
    const guest = await createGuest(withTools(tool), smallState(), { memory: megabytes * 2 ** 20 });
    const reply = guest.call(guest.open(), 'attack', '{}') as { value: number };
    expect(reply.value).toBeGreaterThan(0.5 * megabytes * 2 ** 20);
    expect(reply.value).toBeLessThan(megabytes * 2 ** 20);
  });

  it('hoarding all memory quietly takes nothing from the next call of another session', async () => {
    const tool = `attack() {
        try { for (;;) hoard = [hoard, new Array(10000).fill(1)]; } catch { hoard = hoard[0]; return ok(true); }
      },
      work: () => ok(new Array(100000).fill(1).length)`;
    const guest = await createGuest(withTools(tool, 'let hoard = null;'), smallState());
    const hungry = guest.open();
    const other = guest.open();
    for (let round = 0; round < 3; round++) {
      expect(guest.call(hungry, 'attack', '{}')).toEqual({ type: 'result', value: true });
      expect(guest.call(other, 'work', '{}')).toEqual({ type: 'result', value: 100000 });
      expect(guest.state(other)).toEqual({ ok: true, value: smallState() });
    }
  });

  it('a fault takes with it what the modules had remembered', async () => {
    const tools = `attack() { remembered++; for (;;); }, look: () => ok(remembered)`;
    const guest = await createGuest(withTools(tools, 'let remembered = 0;'), smallState());
    const session = guest.open();
    expect(guest.call(session, 'attack', '{}')).toMatchObject({ fault: { kind: 'fuel' } });
    expect(guest.call(session, 'look', '{}')).toEqual({ type: 'result', value: 0 });
  });

  it('a trap shortens no later stack', async () => {
    const tools = `attack: () => ok(JSON.parse('['.repeat(200000))),
      depth() { let n = 0; const f = () => { n++; f(); }; try { f(); } catch { return ok(n); } }`;
    const guest = await createGuest(withTools(tools), smallState(), { stack: 160 * 1024 });
    const session = guest.open();
    const before = guest.call(session, 'depth', '{}');
    for (let round = 0; round < 50; round++) {
      expect(guest.call(session, 'attack', '{}')).toMatchObject({ fault: { kind: 'stack' } });
    }
    expect(guest.call(session, 'depth', '{}')).toEqual(before);
  });
});

describe('hostile modules do not load:', () => {
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
