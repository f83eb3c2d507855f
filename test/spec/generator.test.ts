import { assert, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deriveRng } from '../../src/core/rng.js';
import { isRealTime } from '../../src/core/time.js';
import { allValues, drawValue } from '../../src/spec/draw-value.js';
import { fakerValue } from '../../src/spec/faker-values.js';
import { parseGenerator, type Generator } from '../../src/spec/generator.js';
import type { Column, Type } from '../../src/spec/model.js';
import type { Row, Value } from '../../src/spec/state.js';

const now = '2025-06-02T09:00Z';
type Limits = Partial<Pick<Column, 'pattern' | 'min' | 'max'>>;
type Siblings = Parameters<typeof parseGenerator>[2];

const siblings: NonNullable<Siblings> = [
  { attr: 'species', column: 'species', role: 'value', type: { kind: 'enum', of: ['dog', 'cat'] } },
  { attr: 'title', column: 'title', role: 'value', type: { kind: 'string' }, gen: 'pick:Emma|Ulysses' },
  { attr: 'starts', column: 'starts', role: 'value', type: { kind: 'datetime' } },
  { attr: 'status', column: 'status', role: 'status', type: { kind: 'enum', of: ['open', 'done'] } },
];

function parse(
  text: string | undefined,
  kind: string,
  limits: Limits = {},
): ReturnType<typeof parseGenerator> {
  const type = (kind.endsWith('?') ? { kind: kind.slice(0, -1), nullable: true } : { kind }) as Type;
  const full = type.kind === ('enum' as string) ? ({ ...type, of: ['red', 'green'] } as Type) : type;
  return parseGenerator(text, { attr: 'value', type: full, ...limits }, siblings);
}

function good(text: string | undefined, kind: string, limits: Limits = {}): Generator {
  const parsed = parse(text, kind, limits);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

function draw(generator: Generator, seed: number, row: Row = {}): Value {
  return drawValue(generator, { rng: deriveRng(seed, 'draw'), now, row, faker: fakerValue });
}

const isWhole =
  (low: number, high: number, step = 1) =>
  (value: Value) =>
    typeof value === 'number' && value >= low && value <= high && (value - low) % step === 0;
const isTime = (from: string, to: string) => (value: Value) =>
  typeof value === 'string' && isRealTime(value) && value >= from && value <= to;
const isText = (pattern: RegExp) => (value: Value) => typeof value === 'string' && pattern.test(value);

describe('a generator', () => {
  test.each<[string | undefined, string, (value: Value) => boolean]>([
    ['int:0..2', 'int', isWhole(0, 2)],
    ['int:100..4000/50', 'money', isWhole(100, 4000, 50)],
    ['date:-12d..20d', 'date', isTime('2025-05-21', '2025-06-22')],
    ['date:-12d..20d', 'datetime', isTime('2025-05-21T09:00Z', '2025-06-22T09:00Z')],
    ['date:-2h..-5min', 'datetime', isTime('2025-06-02T07:00Z', '2025-06-02T08:55Z')],
    ['date:-8y..-1w', 'date', isTime('2017-06-04', '2025-05-26')],
    ['pattern:RX-??##', 'string', isText(/^RX-[A-Z]{2}\d{2}$/)],
    ['pick:red', 'enum', isText(/^red$/)],
    ['pick:15|30', 'int', (value) => value === 15 || value === 30],
    ['pick:true|null', 'bool?', (value) => value === true || value === null],
    ['words:2..3', 'string', isText(/^[A-Z][\w-]*( [\w-]+){1,2}$/)],
    ['bool:1', 'bool', (value) => value === true],
    ['person.fullName', 'string', isText(/\w+ \w+/)],
    ['internet.email', 'string', isText(/@example\.(com|org|net)$/)],
    ['internet.url', 'string', isText(/^https:\/\/[\w-]+\.example\/$/)],
    ['phone.number', 'string', isText(/^\d{3}-555-01\d\d$/)],
    ['book.title', 'text', isText(/\w/)],
    ['internet.port', 'int', isWhole(0, 65_535)],
    [undefined, 'int', isWhole(0, 10)],
    [undefined, 'enum', isText(/^(red|green)$/)],
    [undefined, 'datetime', isTime('2025-05-03T09:00Z', '2025-07-02T09:00Z')],
  ])('%s for %s gives values of its column, the same for the same seed', (text, kind, fits) => {
    const generator = good(text, kind);
    assert(
      property(integer(), (seed) => {
        const value = draw(generator, seed);
        expect(value).toEqual(draw(generator, seed));
        return fits(value);
      }),
      { numRuns: 60 },
    );
  });

  test('gives datetimes when people are at work', () => {
    const hours = Array.from({ length: 200 }, (_, seed) =>
      String(draw(good('date:-9d..9d', 'datetime'), seed)),
    );
    expect(hours.every((at) => /T(0[89]|1[0-7]):(00|15|30|45)Z$/.test(at))).toBe(true);
    expect(new Set(hours).size).toBeGreaterThan(100);
  });

  test.each([
    ['int:3..7', 'int'],
    ['int:0..100/7', 'int'],
    ['pick:a|b|a', 'string'],
    ['pattern:A-#?', 'string'],
    ['date:-3d..3d', 'date'],
    ['animal.bear', 'string'],
    ['person.zodiacSign', 'string'],
  ])('%s can give exactly as many different values as its capacity says', (text, kind) => {
    const generator = good(text, kind);
    const all = allValues(generator, now) ?? [];
    expect(new Set(all).size).toBe(generator.capacity);
    const drawn = new Set(Array.from({ length: 3000 }, (_, seed) => draw(generator, seed)));
    expect([...drawn].every((value) => all.includes(value))).toBe(true);
    expect(drawn.size).toBe(generator.capacity);
  });

  test('has no known bound where most draws are new', () => {
    expect(good('person.fullName', 'string').capacity).toBe(Infinity);
    expect(good('internet.email', 'string').capacity).toBe(Infinity);
  });

  test('is chosen by the state or another attribute', () => {
    const generator = good('null; done => date:-9d..-1d', 'date?');
    expect(draw(generator, 1, { status: 'open' })).toBeNull();
    expect(draw(generator, 1, { status: 'done' })).toMatch(/^2025-0[56]-/);
    const breed = good('pick:x; species=dog => pick:Beagle; species = cat => pick:Manx', 'string');
    expect(['dog', 'cat', 'eel'].map((species) => draw(breed, 1, { species }))).toEqual([
      'Beagle',
      'Manx',
      'x',
    ]);
  });

  test('can follow another attribute', () => {
    expect(draw(good('after:starts 30min', 'datetime'), 1, { starts: now })).toBe('2025-06-02T09:30Z');
    expect(draw(good('after:starts 1d', 'date'), 1, { starts: now })).toBe('2025-06-03');
    const author = good('beside:title Jane Austen | James Joyce', 'string');
    expect(draw(author, 1, { title: 'Ulysses' })).toBe('James Joyce');
    expect(draw(author, 1, { title: 'Emma 2' })).toBe('Jane Austen');
  });

  test('without a text follows a simple pattern, the limits, or the name', () => {
    expect(String(draw(good(undefined, 'string', { pattern: '^RX-\\d{6}$' }), 1))).toMatch(/^RX-\d{6}$/);
    expect(good(undefined, 'int', { min: 3, max: 4 })).toMatchObject({ kind: 'int', low: 3, high: 4 });
    const email = parseGenerator(undefined, { attr: 'work_email', type: { kind: 'string' } });
    expect(email).toMatchObject({ value: { kind: 'faker', path: 'internet.email' } });
  });
});

describe('a bad generator is refused:', () => {
  test.each<[string | undefined, string, Limits, RegExp]>([
    ['person.fulName', 'string', {}, /no generator 'person.fulName'.*did you mean 'person.fullName'/],
    ['airline.airport', 'string', {}, /gives an object/],
    ['date.past', 'datetime', {}, /gives a moment/],
    ['helpers.fake', 'string', {}, /needs arguments/],
    ['image.url', 'string', {}, /real sites/],
    ['location.latitude', 'money', {}, /gives a fraction/],
    ['constructor.name', 'string', {}, /no generator/],
    ['person.__proto__', 'string', {}, /no generator/],
    ['constructor:x', 'string', {}, /no generator/],
    ['person.fullName', 'int', {}, /gives texts; the column is int/],
    ['internet.port', 'int', { max: 10 }, /above the most 10/],
    ['person.firstName', 'string', { pattern: '^\\d+$' }, /does not match/],
    ['ints:0..2', 'int', {}, /no generator 'ints:'.*did you mean 'int'/],
    ['int:2..0', 'int', {}, /ends before it begins/],
    ['int:0..9', 'int', { min: 1 }, /below the least 1/],
    ['int:0..9', 'string', {}, /gives whole numbers; the column is string/],
    ['int:0..99999999999999999999', 'int', {}, /too wide/],
    ['date:5d..-5d', 'date', {}, /ends before it begins/],
    ['date:1h..2h', 'date', {}, /no whole day/],
    ['date:0d..9999y', 'date', {}, /200 years/],
    ['pattern:ABC', 'string', { pattern: '^\\d+$' }, /gives 'ABC', which does not match/],
    ['pick:red|gren', 'enum', {}, /'gren' is not one of red, green.*did you mean 'green'/],
    ['pick:2025-02-30', 'date', {}, /is no date/],
    ['bool:2', 'bool', {}, /not like bool:0.3/],
    ['null', 'string', {}, /never null/],
    ['finished => pick:a', 'string', {}, /'finished' is not one of open, done/],
    ['specie=dog => pick:a', 'string', {}, /'specie' is not declared above.*did you mean 'species'/],
    ['title=Emm => pick:a', 'string', {}, /'Emm' is not one of.*did you mean 'Emma'/],
    ['after:begins 1d', 'date', {}, /no date that is declared above/],
    ['beside:title one', 'string', {}, /1 choices beside the 2/],
    [undefined, 'string', { pattern: '^(a|b)+$' }, /needs a generator/],
  ])('%s for %s %j', (text, kind, limits, message) => {
    const parsed = parse(text, kind, limits);
    const text2 = parsed.ok
      ? 'accepted'
      : parsed.error.map(({ message, hint }) => `${message} ${hint ?? ''}`).join('\n');
    expect(text2).toMatch(message);
  });

  test('all problems of its cases are reported', () => {
    const parsed = parse('int:0..1; done => pick:; gone => pattern:#', 'int');
    expect(parsed.ok ? [] : parsed.error).toHaveLength(3);
  });
});
