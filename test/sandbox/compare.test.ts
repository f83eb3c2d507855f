// Tools compared inside the guest: which of them would have come out otherwise, of which nothing stays.
import { describe, expect, it } from 'vitest';
import { createGuest } from '../../sandbox/host.js';
import { memberId, smallState, withTools } from './small-domain.js';
import { call, portrait, setStage, write } from './stage.js';

const args = JSON.stringify({ member_id: memberId(0), cents: 5 });
const charge = (fines: string): string =>
  `const member = db.members.must(args.member_id); db.members.put({ ...member, fines: ${fines} });`;
const tools = `
  right(db, args) { ${charge('member.fines + args.cents')} return ok(1); },
  same(db, args) { ${charge('args.cents + member.fines')} return ok(1); },
  replies(db, args) { ${charge('member.fines + args.cents')} return ok(2); },
  writes(db, args) { ${charge('member.fines - args.cents')} return ok(1); },
  idles() { return ok(1); },
  refuses(db, args) { ${charge('0')} return fail('NO', 'No.'); },
  throws(db, args) { ${charge('0')} throw new Error('no'); }`;
const others = ['same', 'replies', 'writes', 'idles', 'refuses', 'throws'];

describe('comparing tools', () => {
  it('names those that reply or write otherwise, and leaves what the first alone would', async () => {
    const guest = await createGuest(withTools(tools), smallState());
    const [session, plain] = [guest.open(), guest.open()];
    expect(guest.compare(session, 'right', others, args)).toEqual({ ok: true, value: others.slice(1) });
    guest.call(plain, 'right', args);
    expect(portrait(guest, session)).toEqual(portrait(guest, plain));
    expect(guest.compare(session, 'right', [], args)).toEqual({ ok: true, value: [] });
  });

  it.each([
    ['an endless loop', `attack(db, args) { ${write} for (;;); }`],
    [
      'a memory bomb',
      `attack(db, args) { ${write} const all = []; for (;;) all.push(new Array(10000).fill(1)); }`,
    ],
    ['a deep recursion', `attack(db, args) { ${write} const deep = () => deep() + 1; return ok(deep()); }`],
  ])('with %s is a fault, and no session is touched', async (_, hostile) => {
    const { guest, attacker, checkOthers } = await setStage(`${tools}, ${hostile}`);
    const before = portrait(guest, attacker);
    expect(guest.compare(attacker, 'right', ['same', 'attack'], args)).toMatchObject({ ok: false });
    expect(portrait(guest, attacker)).toEqual(before);
    expect(call(guest, attacker, 'fine', { member_id: memberId(5), cents: 0 }).type).toBe('result');
    checkOthers();
  });
});
