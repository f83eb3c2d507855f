// Runs generators. Every draw takes its randomness from the stream it is given, so that the same
// stream gives the same values on any machine.
import type { Rng } from '../core/rng.js';
import { addMinutes, dateOf, toDateTime, toMinutes } from '../core/time.js';
import { fakerValues, fakerWords } from './faker-values.js';
import { patternValue, type Generator } from './generator-model.js';
import type { Row, Value } from './state.js';

/** What a draw depends on. `row` holds the columns drawn before; `faker` answers paths. */
export interface DrawContext {
  readonly rng: Rng;
  readonly now: string;
  readonly row: Row;
  readonly faker: (path: string, rng: Rng) => Value;
}

type Of<Kind extends Generator['kind']> = Extract<Generator, { kind: Kind }>;

const opens = 8 * 60;
const closes = 18 * 60;

/** One value. */
export function drawValue(generator: Generator, context: DrawContext): Value {
  const { rng } = context;
  switch (generator.kind) {
    case 'int': {
      const steps = Math.floor((generator.high - generator.low) / generator.step);
      return generator.low + rng.int(0, steps) * generator.step;
    }
    case 'date':
      return generator.time
        ? officeTime(generator, context)
        : addMinutes(dateOf(context.now), day(generator, rng));
    case 'after':
      return after(generator, context);
    case 'pattern':
      return patternValue(generator.pattern, () => rng.next());
    case 'pick':
      return rng.pick(generator.of);
    case 'beside':
      return beside(generator, context);
    case 'words': {
      const words = fakerWords(rng.int(generator.low, generator.high), rng);
      return words.charAt(0).toUpperCase() + words.slice(1);
    }
    case 'bool':
      return rng.chance(generator.chance);
    case 'faker':
      return context.faker(generator.path, rng);
    case 'null':
      return null;
    default:
      return drawValue(caseOf(generator, context.row), context);
  }
}

/** The generator that a row's earlier columns choose. */
export function caseOf(generator: Generator, row: Row): Generator {
  if (generator.kind !== 'cases') return generator;
  const applies = generator.cases.find(({ column, values }) => values.includes(row[column] ?? null));
  return applies?.generator ?? generator.otherwise;
}

/** All values that a generator can give, where they can be listed. */
export function allValues(generator: Generator, now: string): readonly Value[] | undefined {
  if (generator.capacity > 20_000) return undefined;
  const count = generator.capacity;
  switch (generator.kind) {
    case 'int':
      return Array.from({ length: count }, (_, at) => generator.low + at * generator.step);
    case 'pick':
      return [...new Set(generator.of)];
    case 'date': {
      const first = Math.ceil(generator.low / 1440);
      if (generator.time) return undefined;
      return Array.from({ length: count }, (_, at) => addMinutes(dateOf(now), (first + at) * 1440));
    }
    case 'pattern':
      return Array.from({ length: count }, (_, at) => patternAt(generator.pattern, at));
    case 'faker':
      return fakerValues(generator.path) ?? undefined;
    default:
      return undefined;
  }
}

function patternAt(pattern: string, ordinal: number): string {
  let left = ordinal;
  const take = (base: number): number => {
    const digit = left % base;
    left = Math.floor(left / base);
    return digit;
  };
  return Array.from(pattern, (at) => {
    if (at === '#') return String(take(10));
    return at === '?' ? String.fromCodePoint(65 + take(26)) : at;
  }).join('');
}

function day(generator: Of<'date'>, rng: Rng): number {
  return rng.int(Math.ceil(generator.low / 1440), Math.floor(generator.high / 1440)) * 1440;
}

/** A moment in the range, at a time of day when people are at work, where the range has one. */
function officeTime(generator: Of<'date'>, { rng, now }: DrawContext): Value {
  const clock = toMinutes(now);
  const [from, to] = [clock + generator.low, clock + generator.high];
  const step = generator.step ?? 15;
  for (let tries = 0; tries < 40; tries++) {
    const minute = rng.int(from, to);
    const inDay = opens + rng.int(0, Math.floor((closes - 1 - opens) / step)) * step;
    const moment = minute - (((minute % 1440) + 1440) % 1440) + inDay;
    if (moment >= from && moment <= to) return toDateTime(moment);
  }
  const rounded = Math.floor(rng.int(from, to) / 5) * 5;
  return toDateTime(Math.max(from, rounded));
}

/** Where a choice was made unique by a number ("Emma 2"), it stands beside what the choice stands beside. */
function beside({ column, values }: Of<'beside'>, { row, rng }: DrawContext): Value {
  const chosen = String(row[column]);
  const pair = values.find(([key]) => chosen === String(key) || chosen.startsWith(`${String(key)} `));
  return pair === undefined ? rng.pick(values)[1] : pair[1];
}

function after(generator: Of<'after'>, { rng, row }: DrawContext): Value {
  const base = row[generator.column];
  if (typeof base !== 'string') return null;
  const wide = generator.high - generator.low;
  const step = wide >= 1440 ? 1440 : wide >= 15 ? 15 : 1;
  const start = generator.time && base.length === 10 ? `${base}T09:00Z` : base;
  const moved = addMinutes(start, generator.low + rng.int(0, Math.floor(wide / step)) * step);
  return generator.time ? moved : dateOf(moved);
}
