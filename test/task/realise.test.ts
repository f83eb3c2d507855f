import { describe, expect, test } from 'vitest';
import { deriveRng } from '../../src/core/rng.js';
import { personas } from '../../src/language/persona.js';
import type { Manner } from '../../src/language/manner.js';
import { contract, fillSlot, inTheNameOf, sayList, sentence } from '../../src/language/words.js';
import { rowsMatching } from '../../src/policy/belief/resolve.js';
import { plainConduct, type Conduct } from '../../src/task/conduct.js';
import { describeRow } from '../../src/task/describe.js';
import { wishForStep, wishToBeTold, type SpokenWish } from '../../src/task/goal.js';
import { belonging, openGround, ownerOf } from '../../src/task/ground.js';
import { openTemplate } from '../../src/task/withhold.js';
import { realise } from '../../src/task/realise.js';
import { openDomain, openWorld } from './interpreted-world.js';

const domain = openDomain('library');
const ground = openGround(domain, openWorld(domain, 7));
const manner: Manner = {
  today: ground.state.now,
  date: 'day month',
  near: 'whole',
  clock: '24',
  money: 'cents',
  counts: 'digits',
  quotes: 'curly',
  contracts: false,
};
const loans = ground.ids.get('Loan') ?? [];
const [caller = ''] = ground.ids.get('Member') ?? [];
const book = ground.ids.get('Book')?.[3] ?? '';
const title = String(ground.source.get('Book', book)?.['title']);

function wishFor(tool: string, args: Readonly<Record<string, string>>): SpokenWish {
  const values = Object.entries(args).map(([name, value]) => [name, { value }] as const);
  const wish = wishForStep(ground, caller, { tool, args: Object.fromEntries(values) }, deriveRng(2));
  if (wish === null) throw new Error('not described');
  return wish;
}

const phone = wishFor('update_contact', { member_id: caller, phone: '555-1234' });
const email = wishFor('update_contact', { member_id: caller, email: 'a@b.example' });
const hold = wishFor('place_hold', { member_id: caller, book_id: book, branch: 'mill_road' });

describe('words', () => {
  test('questions end as questions and the rest as statements', () => {
    expect(sentence('could you renew it')).toBe('Could you renew it?');
    expect(sentence('until when can I keep it')).toBe('Until when can I keep it?');
    expect(sentence('at which branch is it')).toBe('At which branch is it?');
    expect(sentence('since my bag was stolen I cannot come')).toBe('Since my bag was stolen I cannot come.');
    expect(sentence('I have lost it')).toBe('I have lost it.');
    expect(sayList(['a', 'b', 'c'])).toBe('a, b and c');
  });

  test("what is somebody else's is not called mine", () => {
    expect(inTheNameOf('Ann Lee', 'change my email address and my phone number')).toBe(
      "change Ann Lee's email address and their phone number",
    );
  });

  test('slots are filled as English has it', () => {
    expect(fillSlot('the slot on {day}', 'day', 'tomorrow at 9 am')).toBe('the slot tomorrow at 9 am');
    expect(fillSlot('the slot on {day}', 'day', '3 June')).toBe('the slot on 3 June');
    expect(fillSlot('I have a {kind}', 'kind', 'owl')).toBe('I have an owl');
  });

  test('short forms leave values and ends of sentences alone', () => {
    expect(contract('I would like what I have lost, it is {title}')).toBe(
      "I'd like what I've lost, it is {title}",
    );
    expect(contract('I cannot say where it is')).toBe("I can't say where it is");
  });
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

describe('an opening', () => {
  const wishes = [phone, email, hold];
  const draws = personas.flatMap(({ name }) => [0, 1, 2, 3, 4].map((draw) => ({ persona: name, draw })));

  test.each(draws)('of a $persona caller says every value of the request ($draw)', ({ persona, draw }) => {
    const conduct: Conduct = { ...plainConduct(wishes.length, true), persona };
    const { opening, phrases } = realise(ground, wishes, conduct, deriveRng(2, persona, draw));
    for (const said of ['555-1234', 'a@b.example', title, 'Mill Road']) expect(opening).toContain(said);
    expect(opening).not.toMatch(/[{}]|\s\s|\s[.,?!]|[.?!,][.?!,]/);
    expect(opening).toMatch(/^[A-Z].*[.?!]$/);
    expect(phrases['2.branch']).toContain('Mill Road');
  });

  test('leaves out what is withheld and what comes later, and says wrongly what is corrected', () => {
    const other = ground.ids.get('Book')?.[5] ?? '';
    const first = describeRow(ground, caller, 'Book', other, deriveRng(4));
    if (first === null) throw new Error('not described');
    const conduct: Conduct = {
      ...plainConduct(3, false),
      later: 2,
      withheld: [{ wish: 0, arg: 'branch' }],
      corrected: [{ wish: 0, arg: 'book_id', first: first.reference }],
      firsts: { '0.book_id': first },
    };
    for (let draw = 0; draw < 12; draw++) {
      const { opening, phrases } = realise(ground, [hold, phone, email], conduct, deriveRng(5, draw));
      expect(opening).toContain(first.say(manner).replaceAll('the title ', ''));
      for (const unsaid of [title, 'Mill Road', 'a@b.example']) expect(opening).not.toContain(unsaid);
      expect(phrases['0.branch']).toMatch(/^(?:at |for )?Mill Road$/);
      expect(phrases['0.book_id']).toContain(title);
      expect(phrases['0.book_id.first']).toBe(first.say(manner));
      expect(phrases['2']).toContain('a@b.example');
    }
  });

  test('uses no phrase twice while there are others', () => {
    const twice = [0, 1].map(() =>
      wishFor('place_hold', { member_id: caller, book_id: book, branch: 'mill_road' }),
    );
    for (let draw = 0; draw < 20; draw++) {
      const { opening } = realise(ground, twice, plainConduct(2, false), deriveRng(6, draw));
      const used = ['please reserve', 'in the queue', 'a hold on'].filter((phrase) =>
        opening.toLowerCase().includes(phrase),
      );
      expect(used.length).toBe(2);
    }
  });

  test('says a parameter that no phrase has a place for all the same', () => {
    const silent = { ...ground, domain: { ...domain, say: { ...domain.say, tools: {}, tell: {} } } };
    const step = {
      tool: 'update_contact',
      args: { member_id: { value: caller }, phone: { value: '555-1234' } },
    };
    const wish = wishForStep(silent, caller, step, deriveRng(3));
    const asked = wishToBeTold(silent, caller, 'Member', caller, 'category', deriveRng(3));
    if (wish === null || asked === null) throw new Error('not described');
    expect(realise(silent, [wish], plainConduct(1, false), deriveRng(3)).opening).toMatch(
      /[Pp]lease update contact for me \(phone: 555-1234\)/,
    );
    expect(realise(silent, [asked], plainConduct(1, false), deriveRng(3)).opening).toMatch(
      /[Ww]hat is the category of my account\?/,
    );
  });
});

describe('a phrase with a slot left open', () => {
  const { params } = ground.tools.get('place_hold') ?? { params: [] };
  const param = (name: string): (typeof params)[number] | null =>
    params.find((other) => other.name === name) ?? null;
  const open = (template: string, slot: string, name: string): unknown =>
    openTemplate(ground, template, slot, param(name), null);

  test.each([
    ['please reserve {book} for me, I would collect it at {branch}', 'please reserve {book} for me', 'at {}'],
    ['put me in the queue for {book}, to pick up at {branch}', 'put me in the queue for {book}', 'at {}'],
    ['I would like a hold on {book} for {branch}', 'I would like a hold on {book}', 'for {}'],
    ['I would like to pay {fine} by {branch} please', 'I would like to pay {fine} please', 'by {}'],
    ['could you extend {loan} for {branch} weeks', 'could you extend {loan}', 'for {} weeks'],
    ['I need another book because of {branch}', 'I need another book', 'because of {}'],
  ])('%s', (template, rest, answer) => {
    expect(open(template, 'branch', 'branch')).toEqual({ template: rest, answer });
  });

  test.each([
    'could I collect {hold} at {branch} instead',
    'could it wait, please at {branch} if so',
    '{branch} it is',
  ])('%s does not read well without it', (template) => {
    expect(open(template, 'branch', 'branch')).toBeNull();
  });

  test('names one of the rows where the domain calls them so', () => {
    const cancel = ground.tools.get('cancel_hold')?.params[0] ?? null;
    expect(openTemplate(ground, 'please cancel {hold}', 'hold', cancel, null)).toEqual({
      template: 'please cancel one of my holds',
      answer: '{}',
    });
    const renew = ground.tools.get('renew_loan')?.params[0] ?? null;
    expect(openTemplate(ground, 'could you renew {loan}', 'loan', renew, null)).toBeNull();
    expect(openTemplate(ground, 'since when have I had {hold}', 'hold', null, 'Hold')).toEqual({
      template: 'since when have I had one of my holds',
      answer: '{}',
    });
  });
});
