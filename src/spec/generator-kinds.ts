// One reader per kind of generator: its text, and whether it suits the column.
import { deriveRng } from '../core/rng.js';
import { ok, type Result } from '../core/result.js';
import { isRealTime } from '../core/time.js';
import { checkFakerPath, fakerValue, fakerValues } from './faker-values.js';
import {
  bad,
  patternCapacity,
  patternValue,
  type GeneratedColumn,
  type Generator,
  type Parsed,
  type Sibling,
} from './generator-model.js';
import { didYouMean } from './issues.js';
import type { Value } from './state.js';

const unit: Readonly<Record<string, number>> = { min: 1, h: 60, d: 1440, w: 10_080, y: 525_600 };
const farthest = 200 * 525_600;
const span = '([+-]?\\d+)(min|h|d|w|y)?';

/** Reads a generator without cases. */
export function parseOne(text: string, column: GeneratedColumn, siblings: readonly Sibling[]): Parsed {
  const [head = '', ...rest] = text.split(':');
  const body = rest.join(':').trim();
  if (text === 'null') {
    return column.type.nullable === true
      ? ok({ kind: 'null', capacity: Infinity })
      : bad(`the column is never null`);
  }
  if (rest.length === 0) return parseFaker(text, column);
  const parse = Object.hasOwn(parsers, head) ? parsers[head] : undefined;
  if (parse === undefined) return bad(`no generator '${head}:'`, didYouMean(head, Object.keys(parsers)));
  return parse(body, column, siblings);
}

type Parse = (body: string, column: GeneratedColumn, siblings: readonly Sibling[]) => Parsed;

const parsers: Readonly<Record<string, Parse>> = {
  int: (body, column) => {
    if (!isOf(column, ['int', 'money'])) return mismatch('int:', 'whole numbers', column);
    const found = /^(-?\d+)\.\.(-?\d+)(?:\/(\d+))?$/.exec(body);
    if (found === null) return bad(`'int:${body}' is not like int:0..100 or int:0..100/5`);
    return intGenerator(Number(found[1]), Number(found[2]), Number(found[3] ?? 1), column);
  },
  date: (body, column) => {
    if (!isOf(column, ['date', 'datetime'])) return mismatch('date:', 'dates', column);
    const found = new RegExp(`^${span}\\.\\.${span}(?:/(\\d+)(min|h))?$`).exec(body);
    if (found === null) return bad(`'date:${body}' is not like date:-12d..20d (units min, h, d, w, y)`);
    const [low, high] = [minutes(found[1], found[2]), minutes(found[3], found[4])];
    const step = found[5] === undefined ? undefined : minutes(found[5], found[6]);
    if (low > high) return bad(`'date:${body}' ends before it begins`);
    if (Math.max(-low, high) > farthest) return bad('a date lies within 200 years of the clock');
    if (step !== undefined && (step < 1 || step > 720)) return bad('a step is between 1min and 12h');
    const time = column.type.kind === 'datetime';
    const days = Math.floor(high / 1440) - Math.ceil(low / 1440) + 1;
    if (!time && days < 1) return bad(`'date:${body}' holds no whole day`);
    const capacity = time ? Math.max(1, days) * Math.floor(600 / (step ?? 15)) : days;
    return ok({ kind: 'date', low, high, time, capacity, ...(step === undefined ? {} : { step }) });
  },
  after: (body, column, siblings) => {
    if (!isOf(column, ['date', 'datetime'])) return mismatch('after:', 'dates', column);
    const found = new RegExp(`^([a-z][a-z0-9_]*)\\s+${span}(?:\\.\\.${span})?$`).exec(body);
    if (found === null) return bad(`'after:${body}' is not like after:starts 30min..2h`);
    const base = siblings.find(({ attr }) => attr === found[1]);
    if (base?.type.kind !== 'date' && base?.type.kind !== 'datetime') {
      const names = siblings.filter(({ type }) => type.kind === 'date' || type.kind === 'datetime');
      const hint = didYouMean(
        found[1] ?? '',
        names.map(({ attr }) => attr),
      );
      return bad(`'${found[1]}' is no date that is declared above`, hint);
    }
    if (base.type.nullable === true && column.type.nullable !== true) {
      return bad(`'${base.attr}' may be null and this column may not`);
    }
    const low = minutes(found[2], found[3]);
    const high = found[4] === undefined ? low : minutes(found[4], found[5]);
    if (low > high) return bad(`'after:${body}' ends before it begins`);
    if (Math.max(-low, high) > farthest) return bad('a date lies within 200 years of the clock');
    return ok({
      kind: 'after',
      column: base.column,
      low,
      high,
      time: column.type.kind === 'datetime',
      capacity: Infinity,
    });
  },
  pattern: (body, column) => {
    if (!isOf(column, ['string', 'text'])) return mismatch('pattern:', 'texts', column);
    if (body === '') return bad('an empty pattern');
    return patternGenerator(body, column);
  },
  pick: (body, column) => {
    const choices = readChoices(body, column);
    return choices.ok ? ok(pickGenerator(choices.value)) : choices;
  },
  beside: (body, column, siblings) => {
    const found = /^([a-z][a-z0-9_]*)\s+(.+)$/s.exec(body);
    if (found === null) return bad(`'beside:${body}' is not like beside:title Jane Austen|Leo Tolstoy`);
    const [, attr = '', list = ''] = found;
    const base = siblings.find((sibling) => sibling.attr === attr);
    const picks = siblings.filter(({ gen }) => gen?.startsWith('pick:') === true);
    if (base === undefined || !picks.includes(base)) {
      const names = picks.map((sibling) => sibling.attr);
      return bad(`'${attr}' is not declared above with 'pick:'`, didYouMean(attr, names));
    }
    const keys = readChoices(base.gen?.slice('pick:'.length) ?? '', base);
    const values = readChoices(list, column);
    if (!values.ok) return values;
    if (!keys.ok) return bad(`the choices of '${attr}' are wrong`);
    if (keys.value.length !== values.value.length) {
      return bad(`${values.value.length} choices beside the ${keys.value.length} of '${attr}'`);
    }
    const pairs = keys.value.map((key, at) => [key, values.value[at] ?? null] as const);
    return ok({ kind: 'beside', column: base.column, values: pairs, capacity: new Set(values.value).size });
  },
  words: (body, column) => {
    if (!isOf(column, ['string', 'text'])) return mismatch('words:', 'texts', column);
    const found = /^(\d+)(?:\.\.(\d+))?$/.exec(body);
    const [low, high] = [Number(found?.[1] ?? 0), Number(found?.[2] ?? found?.[1] ?? 0)];
    if (low < 1 || high < low || high > 40) return bad(`'words:${body}' is not like words:2 or words:2..4`);
    return ok({ kind: 'words', low, high, capacity: low > 1 ? Infinity : 500 });
  },
  bool: (body, column) => {
    if (!isOf(column, ['bool'])) return mismatch('bool:', 'true and false', column);
    const chance = Number(body);
    if (body === '' || !(chance >= 0 && chance <= 1)) return bad(`'bool:${body}' is not like bool:0.3`);
    return ok({ kind: 'bool', chance, capacity: chance > 0 && chance < 1 ? 2 : 1 });
  },
};

/** `a|b|c` as values of the column; `null` where it may be null. */
function readChoices(body: string, column: GeneratedColumn): Result<readonly Value[]> {
  const values: Value[] = [];
  for (const item of body.split('|').map((choice) => choice.trim())) {
    const value = readChoice(item, column);
    if (!value.ok) return value;
    values.push(value.value);
  }
  return ok(values);
}

function readChoice(item: string, column: GeneratedColumn): Result<Value> {
  const { type } = column;
  if (item === '') return bad('an empty choice');
  if (item === 'null' && type.nullable === true) return ok(null);
  switch (type.kind) {
    case 'enum':
      if (type.of.includes(item)) return ok(item);
      return bad(`'${item}' is not one of ${type.of.join(', ')}`, didYouMean(item, type.of));
    case 'int':
    case 'money':
      if (!/^-?\d{1,15}$/.test(item)) return bad(`'${item}' is not a whole number`);
      return checkValue(Number(item), column);
    case 'bool':
      return item === 'true' || item === 'false'
        ? ok(item === 'true')
        : bad(`'${item}' is neither true nor false`);
    case 'date':
    case 'datetime': {
      const wanted = type.kind === 'date' ? '2025-06-02' : '2025-06-02T09:00Z';
      const fits = item.length === wanted.length && isRealTime(item);
      return fits ? ok(item) : bad(`'${item}' is no ${type.kind}; write it as ${wanted}`);
    }
    default:
      return checkValue(item, column);
  }
}

/** Reads a path as person.fullName. */
export function parseFaker(path: string, column: GeneratedColumn): Parsed {
  const found = checkFakerPath(path);
  if (!found.ok) return bad(found.message, found.hint);
  const wanted = { string: ['string', 'text'], int: ['int', 'money'], bool: ['bool'] } as const;
  const named = { string: 'texts', int: 'whole numbers', bool: 'true and false' } as const;
  if (!isOf(column, wanted[found.gives])) return mismatch(path, named[found.gives], column);
  const rng = deriveRng('toolgrove', 'faker', path);
  for (let drawn = 0; drawn < 20; drawn++) {
    const fits = checkValue(fakerValue(path, rng), column);
    if (!fits.ok) return fits;
  }
  const generator: Generator = {
    kind: 'faker',
    path,
    // Counting takes thousands of draws, and only unique columns ask.
    get capacity() {
      return fakerValues(path)?.length ?? Infinity;
    },
  };
  return ok(generator);
}

/** Whole numbers of a range, checked against the column's. */
export function intGenerator(low: number, high: number, step: number, column: GeneratedColumn): Parsed {
  if (low > high) return bad(`${low}..${high} ends before it begins`);
  if (step < 1) return bad('a step is at least 1');
  if (!Number.isSafeInteger(high - low)) return bad(`${low}..${high} is too wide`);
  for (const edge of [low, high]) {
    const fits = checkValue(edge, column);
    if (!fits.ok) return fits;
  }
  return ok({ kind: 'int', low, high, step, capacity: Math.floor((high - low) / step) + 1 });
}

/** One of some values. */
export function pickGenerator(of: readonly Value[]): Generator & { readonly kind: 'pick' } {
  return { kind: 'pick', of, capacity: new Set(of).size };
}

/** The generator of a pattern, when typical values of it are values of the column. */
export function patternGenerator(pattern: string, column: GeneratedColumn): Parsed {
  for (const at of [0, 0.5, 0.99]) {
    const fits = checkValue(
      patternValue(pattern, () => at),
      column,
    );
    if (!fits.ok) return fits;
  }
  return ok({ kind: 'pattern', pattern, capacity: patternCapacity(pattern) });
}

function checkValue<T extends Value>(value: T, column: GeneratedColumn): Result<T> {
  if (typeof value === 'string' && !matches(value, column)) {
    return bad(`gives '${value}', which does not match ${column.pattern}`);
  }
  if (typeof value === 'number' && column.min !== undefined && value < column.min) {
    return bad(`gives ${value}, below the least ${column.min}`);
  }
  if (typeof value === 'number' && column.max !== undefined && value > column.max) {
    return bad(`gives ${value}, above the most ${column.max}`);
  }
  return ok(value);
}

/** Whether a text is one of the column. An expression that cannot be read is another's complaint. */
function matches(text: string, column: GeneratedColumn): boolean {
  if (column.pattern === undefined) return true;
  try {
    return new RegExp(column.pattern).test(text);
  } catch {
    return true;
  }
}

function minutes(count: string | undefined, of: string | undefined): number {
  return Number(count) * (unit[of ?? 'd'] ?? 1);
}

function isOf(column: GeneratedColumn, kinds: readonly string[]): boolean {
  return kinds.includes(column.type.kind);
}

function mismatch(name: string, gives: string, column: GeneratedColumn): Parsed {
  return bad(`'${name}' gives ${gives}; the column is ${column.type.kind}`);
}
