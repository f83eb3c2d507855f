// Money and numbers among tokens: in digits and in words, with a currency before or behind.
import type { Token } from './token.js';
import type { Taken } from './value-span.js';

const signs = new Set(['$', '€', '£', '¥']);
const currencies = new Set(
  'euro euros eur dollar dollars usd aud cad buck bucks pound pounds gbp quid sterling franc francs chf yen'.split(
    ' ',
  ),
);
const cents = new Set(['cent', 'cents', 'pence', 'penny', 'ct', 'cts']);
const units = new Set(
  '% percent per kg kgs g gram grams kilo kilos kilogram kilograms km m cm mm mi mile miles l litre litres liter liters ml hour hours hrs h day days week weeks month months year years minute minutes min mins gb mb'.split(
    ' ',
  ),
);

const small = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((word, value) => [word, value]),
);
const tens = new Map(
  'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').map((word, at) => [word, 20 + 10 * at]),
);
const times = new Map([
  ['once', 1],
  ['twice', 2],
  ['thrice', 3],
]);

/** "one" that counts nothing. */
const oneAfter = new Set(
  'this that which the another each every any last next other no second first new right wrong'.split(' '),
);
const oneBefore = new Set(
  'of moment sec second minute thing way is was will that which or and for in on at with by from to as go step who where under has'.split(
    ' ',
  ),
);
/** "once" that is a conjunction. */
const onceBefore = new Set(
  'i we you it the your they this that he she all again more every a an per my our there'.split(' '),
);

/** The amount or number that begins at a token. */
export function numberAt(tokens: readonly Token[], at: number): Taken | null {
  const token = tokens[at];
  if (token === undefined) return null;
  const currency = isCurrency(token) ? amountAt(tokens, at + 1) : null;
  if (currency !== null) return money(isMinus(tokens, at) ? -currency.value : currency.value, currency.to);
  const amount = amountAt(tokens, at);
  if (amount === null) return null;
  const value = isMinus(tokens, at) ? -amount.value : amount.value;
  const behind = tokens[amount.to];
  if (behind !== undefined && isCurrency(behind)) return money(value, amount.to + 1, tokens);
  if (behind !== undefined && cents.has(behind.text)) {
    return { to: amount.to + 1, value: { type: 'money', value: Math.round(value) } };
  }
  if (amount.comma) return { to: amount.to, value: null };
  if (amount.decimals === 2 && !units.has(behind?.text ?? '')) return money(value, amount.to);
  return {
    to: amount.to,
    value: { type: Number.isInteger(value) && amount.decimals === 0 ? 'int' : 'number', value },
  };
}

interface Amount {
  readonly value: number;
  readonly to: number;
  readonly decimals: number;
  /** With a comma before its decimals, as only a currency explains. */
  readonly comma: boolean;
}

function amountAt(tokens: readonly Token[], at: number): Amount | null {
  const token = tokens[at];
  if (token?.kind === 'word') return wordsAt(tokens, at);
  if (token?.kind !== 'number' || token.text.length > 16) return null;
  // 1.250,00 is 1,250.00
  const text = /\.\d{3},\d{2}$/.test(token.text) ? token.text.replaceAll('.', '') : token.text;
  const comma = /^\d{1,15},\d{1,2}$/.test(text);
  if (text.includes(',') && !comma && !/^\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,12})?$/.test(text)) return null;
  const plain = comma ? text.replace(',', '.') : text.replaceAll(',', '');
  const next = tokens[at + 1];
  // 6k
  if (next?.text === 'k' && next.start === token.end)
    return { value: Number(plain) * 1000, to: at + 2, decimals: 0, comma: false };
  return { value: Number(plain), to: at + 1, decimals: (plain.split('.')[1] ?? '').length, comma };
}

function money(amount: number, to: number, tokens: readonly Token[] = []): Taken {
  const value = Math.round(amount * 100);
  // 12 euros 50, 12 euros and 50 cents
  const next = tokens[to]?.text === 'and' && cents.has(tokens[to + 2]?.text ?? '') ? to + 1 : to;
  const rest = tokens[next];
  const inWords = Number.isInteger(amount) && rest?.kind === 'word' ? belowHundred(tokens, next) : null;
  if (inWords !== null && inWords.value > 9) {
    return { to: inWords.to, value: { type: 'money', value: value + inWords.value } };
  }
  if (Number.isInteger(amount) && rest?.kind === 'number' && /^\d{2}$/.test(rest.text)) {
    const more = cents.has(tokens[next + 1]?.text ?? '') ? next + 2 : next + 1;
    return { to: more, value: { type: 'money', value: value + Number(rest.text) } };
  }
  return { to, value: { type: 'money', value } };
}

function isCurrency(token: Token): boolean {
  return signs.has(token.text) || (token.kind === 'word' && currencies.has(token.text));
}

function isMinus(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  if (before?.text === 'minus') return true;
  return before?.text === '-' && before.end === tokens[at]?.start && !touches(tokens, at - 1);
}

/** Whether a word or number ends right before a token. */
function touches(tokens: readonly Token[], at: number): boolean {
  const [before, token] = [tokens[at - 1], tokens[at]];
  return before !== undefined && token !== undefined && before.end === token.start && before.kind !== 'mark';
}

/** Numbers in words: one to ninety-nine, hundreds, once and twice. */
function wordsAt(tokens: readonly Token[], at: number): Amount | null {
  const word = tokens[at]?.text ?? '';
  const before = tokens[at - 1]?.text ?? '';
  const behind = tokens[at + 1]?.text ?? '';
  const found = (value: number, to: number): Amount => ({ value, to, decimals: 0, comma: false });
  const often = times.get(word);
  if (often !== undefined) {
    return word === 'once' && (onceBefore.has(behind) || before === 'at') ? null : found(often, at + 1);
  }
  if (word === 'one' && !counts(tokens, at)) return null;
  // "at three" is a time of day.
  if (before === 'at' && tokens[at + 1]?.kind !== 'word') return null;
  const base = belowHundred(tokens, at);
  if (base === null) return null;
  if (tokens[base.to]?.text === 'thousand') return found(base.value * 1000, base.to + 1);
  if (tokens[base.to]?.text !== 'hundred') return found(base.value, base.to);
  const rest = belowHundred(tokens, tokens[base.to + 1]?.text === 'and' ? base.to + 2 : base.to + 1);
  return rest === null ? found(base.value * 100, base.to + 1) : found(base.value * 100 + rest.value, rest.to);
}

function counts(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.text ?? '';
  const behind = tokens[at + 1];
  if (behind?.kind === 'id') return true;
  if (oneAfter.has(before) || behind?.kind !== 'word' || oneBefore.has(behind.text)) return false;
  return !(behind.text === 'more' && /^(?:thing|question|moment|time)s?$/.test(tokens[at + 2]?.text ?? ''));
}

function belowHundred(
  tokens: readonly Token[],
  at: number,
): { readonly value: number; readonly to: number } | null {
  const word = tokens[at]?.text ?? '';
  const unit = small.get(word);
  if (unit !== undefined) return { value: unit, to: at + 1 };
  const ten = tens.get(word);
  if (ten === undefined) return null;
  const next = tokens[at + 1]?.text === '-' ? at + 2 : at + 1;
  const rest = small.get(tokens[next]?.text ?? '');
  return rest !== undefined && rest > 0 && rest < 10
    ? { value: ten + rest, to: next + 1 }
    : { value: ten, to: at + 1 };
}
