import { expect, test } from 'vitest';
import { deriveRng } from '../../src/core/rng.js';
import { describeRow } from '../../src/task/describe.js';
import { wishForStep, wishToBeTold } from '../../src/task/goal.js';
import { belonging, openGround, ownerOf } from '../../src/task/ground.js';
import { realise } from '../../src/task/realise.js';
import { inTheNameOf, sayList, sayValue, sentence, type Manner } from '../../src/language/words.js';
import { rowsMatching } from '../../src/policy/belief/resolve.js';
import { openDomain, openWorld } from './interpreted-world.js';

const domain = openDomain('library');
const ground = openGround(domain, openWorld(domain, 7));
const manner: Manner = { date: 'day month year', money: 'plain' };
const loans = ground.ids.get('Loan') ?? [];

test('values are said as people say them', () => {
  expect(sayValue(1250, { kind: 'money' }, manner)).toBe('12.50');
  expect(sayValue(1200, { kind: 'money' }, { ...manner, money: 'whole' })).toBe('12');
  expect(sayValue(12, { kind: 'int' }, manner)).toBe('12');
  expect(sayValue('2025-06-03', { kind: 'date' }, manner)).toBe('3 June 2025');
  expect(sayValue('2025-06-03T09:30Z', { kind: 'datetime' }, { ...manner, date: 'weekday' })).toBe(
    'Tuesday 3 June 2025 at 09:30',
  );
  expect(sayValue('mill_road', { kind: 'enum', of: ['mill_road'] }, manner)).toBe('mill road');
  expect(sayList(['a', 'b', 'c'])).toBe('a, b and c');
});

test('questions end as questions and the rest as statements', () => {
  expect(sentence('could you renew it')).toBe('Could you renew it?');
  expect(sentence('until when can I keep it')).toBe('Until when can I keep it?');
  expect(sentence('at which branch is it')).toBe('At which branch is it?');
  expect(sentence('since my bag was stolen I cannot come')).toBe('Since my bag was stolen I cannot come.');
  expect(sentence('I have lost it')).toBe('I have lost it.');
});

test("what is somebody else's is not called mine", () => {
  expect(inTheNameOf('Ann Lee', 'change my email address and my phone number')).toBe(
    "change Ann Lee's email address and their phone number",
  );
});

test('a described row is the only one that its facts fit, whoever asks', () => {
  let foreign = 0;
  for (const id of loans) {
    const owner = ownerOf(ground, id) ?? '';
    const other = (ground.ids.get('Member') ?? []).find((member) => member !== owner) ?? '';
    for (const caller of [owner, other]) {
      const description = describeRow(ground, caller, 'Loan', id, deriveRng(1, id));
      if (description?.reference.type !== 'row') continue;
      const { facts } = description.reference;
      expect(rowsMatching(domain, ground.source, 'Loan', facts, caller)).toEqual([id]);
      // What the words say and what the facts say is the same.
      const text = description.say(manner);
      const said = facts.flatMap((fact) => ('value' in fact ? [String(fact.value)] : []));
      expect(said.filter((value) => !text.includes(value))).toEqual([]);
      const mine = facts.some((fact) => 'caller' in fact);
      expect(mine).toBe(belonging(ground, id, caller) === 'own');
      if (!mine) foreign++;
      expect(/\b(my|I)\b/.test(text)).toBe(mine);
    }
  }
  expect(foreign).toBeGreaterThan(5);
});

test('an opening says every value of the request', () => {
  const [caller = ''] = ground.ids.get('Member') ?? [];
  const value = (value: string): { value: string } => ({ value });
  const steps = [
    { tool: 'update_contact', args: { member_id: value(caller), phone: value('555-1234') } },
    { tool: 'update_contact', args: { member_id: value(caller), email: value('a@b.example') } },
    {
      tool: 'place_hold',
      args: {
        member_id: value(caller),
        book_id: value(ground.ids.get('Book')?.[3] ?? ''),
        branch: value('mill_road'),
      },
    },
  ];
  const title = String(ground.source.get('Book', ground.ids.get('Book')?.[3] ?? '')?.['title']);
  const rng = deriveRng(2);
  const wishes = steps.map((step) => wishForStep(ground, caller, step, rng)).filter((wish) => wish !== null);
  expect(wishes.length).toBe(3);
  for (let round = 0; round < 30; round++) {
    const { text } = realise(ground, wishes, true, deriveRng(2, round));
    for (const said of ['555-1234', 'a@b.example', title, 'mill road']) expect(text).toContain(said);
    expect(text).not.toMatch(/[{}]/);
  }
});

test('a parameter that no phrase has a place for is said all the same', () => {
  const silent = { ...ground, domain: { ...domain, say: { ...domain.say, tools: {}, tell: {} } } };
  const [caller = ''] = ground.ids.get('Member') ?? [];
  const step = {
    tool: 'update_contact',
    args: { member_id: { value: caller }, phone: { value: '555-1234' } },
  };
  const wish = wishForStep(silent, caller, step, deriveRng(3));
  const asked = wishToBeTold(silent, caller, 'Member', caller, 'category', deriveRng(3));
  if (wish === null || asked === null) throw new Error('not described');
  expect(realise(silent, [wish], false, deriveRng(3)).text).toMatch(
    /[Pp]lease update contact for me \(phone: 555-1234\)/,
  );
  expect(realise(silent, [asked], false, deriveRng(3)).text).toMatch(
    /[Ww]hat is the category of my account\?/,
  );
});
