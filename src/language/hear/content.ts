// The words of a text that say something: stems without the common ones, numbers as digits, and lengths
// of time as days, so that "over a month ago" meets "30 days".
import { stem } from './stem.js';

const common = new Set(
  'the a an and or of to for in on at by with is are be been not no only may must can before after any all it its this that than as from up has have had will would does do you your their them they he she his her who whom which whose what when where how if unless until while there so but out into per each some such said say says please'
    .split(' ')
    .map(stem),
);

const numerals = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, value) => [stem(word), String(value)]),
);

/** A number as plain digits, whatever its form; anything else as it is. */
export function numeral(word: string): string {
  return /^\d/.test(word) ? String(Number(word.replaceAll(',', ''))) : (numerals.get(word) ?? word);
}

/** Stems of what a text says. */
export function contentStems(text: string): readonly string[] {
  const words = text.toLowerCase().match(/\d[\d,]{0,15}(?:\.\d{1,9})?|[\p{L}\p{N}]{1,40}/gu) ?? [];
  return [
    ...words.map((word) => numeral(/^\d/.test(word) ? word : stem(word))).filter((word) => !common.has(word)),
    ...lengthsIn(text),
  ];
}

/** Whether a stem says nothing by itself. */
export function isCommon(word: string): boolean {
  return common.has(word);
}

const days: Readonly<Record<string, number>> = { hour: 1 / 24, day: 1, week: 7, month: 30, year: 365 };
const lengths = /\b(half an?|an?|[a-z]{3,6}|\d{1,4})[ -](hour|day|week|month|year)s?\b/g;

/** Lengths of time in a text, each as a word of its own: `30d`. */
export function lengthsIn(text: string): readonly string[] {
  return [...text.toLowerCase().matchAll(lengths)].flatMap(([, count = '', unit = '']) => {
    const number = count.startsWith('half') ? 0.5 : /^an?$/.test(count) ? 1 : Number(numeral(stem(count)));
    const length = number * (days[unit] ?? Number.NaN);
    return Number.isNaN(length) ? [] : [`${Math.round(length === 182.5 ? 180 : length)}d`];
  });
}
