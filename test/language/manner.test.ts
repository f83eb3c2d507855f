import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMinutes } from '../../src/core/time.js';
import { dateForms, sayTime, sayValue, type Manner } from '../../src/language/manner.js';
import { timesIn } from '../../src/language/recover-times.js';

const manner: Manner = {
  today: '2025-06-04T09:00Z', // a Wednesday
  date: 'day month',
  near: 'whole',
  clock: '24',
  money: 'cents',
  counts: 'digits',
  quotes: 'curly',
  contracts: false,
};

const manners: fc.Arbitrary<Manner> = fc.record({
  today: fc.integer({ min: 0, max: 3_000_000 }).map((minutes) => addMinutes('2023-01-01T00:00Z', minutes)),
  date: fc.constantFrom(...dateForms),
  near: fc.constantFrom('from today', 'no year', 'whole'),
  clock: fc.constantFrom('24', '12'),
  money: fc.constantFrom('cents', 'whole'),
  counts: fc.constantFrom('words', 'digits'),
  quotes: fc.constantFrom('curly', 'straight'),
  contracts: fc.boolean(),
});

describe('a speaker', () => {
  it('says values as people say them', () => {
    expect(sayValue(1250, { kind: 'money' }, manner)).toBe('£12.50');
    expect(sayValue(1200, { kind: 'money' }, { ...manner, money: 'whole' })).toBe('£12');
    expect(sayValue(3, { kind: 'int' }, manner)).toBe('3');
    expect(sayValue(3, { kind: 'int' }, { ...manner, counts: 'words' })).toBe('three');
    expect(sayValue(40, { kind: 'int' }, { ...manner, counts: 'words' })).toBe('40');
    expect(sayValue('mill_road', { kind: 'enum', of: ['mill_road'] }, manner)).toBe('mill road');
    const names = { mill_road: 'Mill Road' };
    expect(sayValue('mill_road', { kind: 'enum', of: ['mill_road'] }, manner, names)).toBe('Mill Road');
  });

  it.each<[Partial<Manner>, string, string]>([
    [{}, '2025-06-13', '13 June 2025'],
    [{ date: 'month day' }, '2025-06-13T09:30Z', 'June 13, 2025 at 09:30'],
    [{ date: 'weekday', near: 'no year' }, '2025-06-13', 'Friday 13 June'],
    [{ date: 'ordinal', near: 'no year' }, '2025-06-22', 'the 22nd of June'],
    [{ date: 'ordinal', near: 'no year' }, '2024-06-12', 'the 12th of June 2024'],
    [{ near: 'from today' }, '2025-06-05T14:30Z', 'tomorrow at 14:30'],
    [{ near: 'from today', clock: '12' }, '2025-06-06T14:30Z', 'this Friday at 2:30 pm'],
    [{ near: 'from today', clock: '12' }, '2025-06-13T09:00Z', 'Friday next week at 9 am'],
    [{ near: 'from today' }, '2025-06-16', '16 June'],
  ])('with %j says %s as %s', (habits, time, text) => {
    expect(sayTime(time, { ...manner, ...habits })).toBe(text);
  });

  it('says every time so that it can be read back', () => {
    const minutes = fc.integer({ min: -60_000, max: 60_000 });
    fc.assert(
      fc.property(manners, minutes, fc.boolean(), (manner, minutes, isDate) => {
        const moment = addMinutes(manner.today, minutes);
        const time = isDate ? moment.slice(0, 10) : moment;
        const text = `I would like it on ${sayTime(time, manner)}, please, for 2 people.`;
        expect(timesIn(text, manner.today).map(({ value }) => value)).toEqual([time]);
      }),
      { numRuns: 400 },
    );
  });
});

describe('the reader of times', () => {
  const read = (text: string): readonly string[] => timesIn(text, manner.today).map(({ value }) => value);

  it.each<[string, readonly string[]]>([
    ['from 2025-06-02 until 9 June', ['2025-06-02', '2025-06-09']],
    ['on Tue 3 Jun 2025 at 9.30', ['2025-06-03']],
    ['March 3rd, 2026, 14:00', ['2026-03-03T14:00Z']],
    ['yesterday or the day after tomorrow', ['2025-06-03', '2025-06-06']],
    ['5 January', ['2025-01-05']],
    ['30 December', ['2024-12-30']],
    ['31 June 2025 and 29 February 2025', []],
    ['I may come at 3 or call 555-1234', []],
    ['Monday next week', ['2025-06-09']],
  ])('reads %s', (text, times) => {
    expect(read(text)).toEqual(times);
  });
});
